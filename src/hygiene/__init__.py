"""A yearly, private audit of one's own accounts, in the terminal."""

__version__ = "0.1.0"
