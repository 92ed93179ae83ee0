"""The 12345 hotline: work orders out, their progress back."""
