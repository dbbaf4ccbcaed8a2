"""The commands that need no window, one module a command; see `logistics_desktop/commands.py`."""
