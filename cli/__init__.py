"""Commands for the terminal. Each file holds one command; `commands.py` lists them for `server.py`."""
