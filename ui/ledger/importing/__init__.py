"""The import assistant's steps; `ui.ledger.import_dialog` puts them into one window."""
