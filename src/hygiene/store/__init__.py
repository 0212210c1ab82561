"""The record in its sealed file."""
