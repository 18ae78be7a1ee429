"""The folds: what the events of a session amount to, rebuilt and never stored as truth."""
