"""Readers of the exports that people already hold: one reader per format, each a file to facts."""
