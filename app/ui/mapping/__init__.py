"""The window in which a mapping is made: the source on the left, what becomes of it on the right, the rules below."""
