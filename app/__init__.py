"""Branchline: scrub, branch and continue LLM sessions."""
