"""The notebook: what people noted beside the events."""
