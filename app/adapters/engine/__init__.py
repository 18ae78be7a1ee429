"""The built-in model, behind Ollama's API."""
