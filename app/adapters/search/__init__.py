"""The search index: folded texts in blocks, and postings that tell which blocks hold the pieces of a text."""
