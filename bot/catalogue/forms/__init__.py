"""Annex 2 and annex 3 workbooks: read by their headings, checked row by row."""
