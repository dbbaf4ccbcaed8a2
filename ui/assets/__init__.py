"""What the ledgers of assets and their classes have besides what every ledger has."""
