"""The prompt before it is sent: in words, compared with the last one, and its template."""
