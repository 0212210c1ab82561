"""Reports as text: one value in the words of one language, and its forms. Nothing here writes a file."""
