"""Share files in the window."""
