"""Plays the outside systems, faults included: for demonstrations, local runs and tests. Never in production."""
