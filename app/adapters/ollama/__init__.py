"""The client of an Ollama server."""
