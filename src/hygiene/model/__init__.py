"""Frozen values: what was said, what is asked, what follows. No input or output, no clock."""
