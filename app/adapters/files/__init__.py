"""File formats that hold sessions: one module each, all of them listed in ``formats``."""
