"""The search index: folded texts in blocks, and signatures that tell which blocks can hold a text."""
