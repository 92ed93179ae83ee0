"""Use cases: each takes what it needs as arguments and is wired in `server.py`."""
