"""Plain frozen dataclasses and rules; standard library only."""
