"""Outside systems: each folder implements a port of ours for one of them."""
