"""The bar above: what is open, where the playhead is, play and step."""
