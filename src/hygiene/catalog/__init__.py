"""Checklist files: bytes to checklists, with every problem of a file at once."""
