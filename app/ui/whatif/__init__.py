"""Change one thing, or leave one event out, on a branch."""
