"""Charts: described, drawn in a worker, shown."""
