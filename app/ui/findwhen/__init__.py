"""Find when a condition on the state becomes true."""
