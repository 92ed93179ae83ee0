"""One small file a step; their order is written once, in `catalogue_dialogue.py`."""
