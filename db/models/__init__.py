"""Every table, imported once so that the metadata is complete."""

from db.models import assets, attachments, history, organisation, settings, suppliers, views

__all__ = ["assets", "attachments", "history", "organisation", "settings", "suppliers", "views"]
