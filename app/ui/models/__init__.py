"""The models of the server: what they are, and how another one comes there."""
