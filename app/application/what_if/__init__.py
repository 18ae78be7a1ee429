"""What if it had been otherwise: one thing changed or left out on a branch, and what follows from it."""
