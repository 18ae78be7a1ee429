"""Qt models and presenters; QtCore only."""
