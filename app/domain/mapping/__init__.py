"""How records of any table or file become sessions and events: what a mapping says, and what it makes of a record."""
