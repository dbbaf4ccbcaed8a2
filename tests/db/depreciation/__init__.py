"""Books, their months and entries, on a real database."""
