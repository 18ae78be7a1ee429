"""Looking through what leaves, and masking what is shown."""
