"""Documents of assets: what happens to them is asked for, approved, and only then done."""
