"""Sources that no format of ours describes: tables, lines, databases, read by a mapping."""
