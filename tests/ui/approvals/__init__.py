"""The inbox and the designer of routes."""
