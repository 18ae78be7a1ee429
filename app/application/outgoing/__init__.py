"""What leaves the program: parts of sessions, redacted, and what a format cannot hold of them."""
