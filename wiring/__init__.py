"""Puts the parts of the service together, a file a part; `server.py` alone imports it."""
