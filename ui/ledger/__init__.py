"""Screens made from the description of a ledger."""
