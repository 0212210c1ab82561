"""Signed lists from an organisation: fetched from a source, verified, kept; and published.

TUF (https://theupdateframework.io) over https, a folder or a zip. Of the modules here only
`fetching` loads the libraries for it; the others load them when a source is read.
"""
