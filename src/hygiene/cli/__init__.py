"""The thin outside: commands loaded by name, the error boundary, the composition root."""
