"""What the office does: rules and use cases, without a window."""

__version__ = "0.1.0"
