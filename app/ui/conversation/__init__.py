"""The conversation at the playhead."""
