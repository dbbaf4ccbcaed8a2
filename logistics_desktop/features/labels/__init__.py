"""Labels: what is on them, how they lie on paper, and the codes that scanners read."""
