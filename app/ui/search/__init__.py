"""Searching for events."""
