"""Rules that data files must keep beyond what the loaders refuse; each yields findings in its editors' words."""
