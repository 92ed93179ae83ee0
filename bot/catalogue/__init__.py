"""Catalogue files: read, checked, and turned into one immutable `Catalogue`."""
