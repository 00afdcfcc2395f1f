"""The ledger without a window: rules, database, packages, documents, services. Never imports Qt."""
