"""Play the rest of many sessions again, checked, with a table of what came of it."""
