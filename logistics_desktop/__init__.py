"""What the office does; knows nothing of Qt."""

__version__ = "0.1.0"
