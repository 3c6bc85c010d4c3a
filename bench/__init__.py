"""How long builds take and how much memory, for this site and for it grown."""
