"""The state at the playhead."""
