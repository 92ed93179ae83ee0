"""Requests for verification: opening, answering, warning, following, counting."""
