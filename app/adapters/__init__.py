"""The outside world: store, models, files."""
