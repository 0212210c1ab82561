"""The screen: plain lines for everyone, and a richer one drawn with prompt_toolkit."""
