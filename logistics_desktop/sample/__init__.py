"""The sample data: a believable organisation with ten years of assets, the same on every run."""
