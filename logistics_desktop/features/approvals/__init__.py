"""Approvals: routes that documents go, the cases on them, and the inbox of whoever has to sign."""
