"""One citizen turn, from words to reply: pure, no I/O."""
