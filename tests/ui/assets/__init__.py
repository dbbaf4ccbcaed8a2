"""Cards and classes at the window."""
