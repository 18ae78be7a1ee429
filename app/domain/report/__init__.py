"""A report of a session: what a reader needs who has no Branchline."""
