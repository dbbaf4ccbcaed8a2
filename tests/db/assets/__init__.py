"""Cards, numbers and classes in a real database."""
