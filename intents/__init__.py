"""The intent engine: from what a citizen said to what they mean. Imports nothing of ours; any program can use it."""
