"""Imports and exports on a real database."""
