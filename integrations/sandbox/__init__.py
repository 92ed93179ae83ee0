"""Plays the outside systems, faults included: for demonstrations, local runs and contract tests. Never in production."""
