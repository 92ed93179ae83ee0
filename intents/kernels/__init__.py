"""The loops that every message goes through, and those of learning, compiled.

A message meets some seventy n-grams. As numpy calls, each of the many small steps over them would cost more than what
it computes. These functions take the arrays of the classes that own them (`features.py`, `linear.py`, `roles.py`,
`decode.py`), are called by those only, and check nothing.
"""
