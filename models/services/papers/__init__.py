"""Papers: ledgers, dossiers, forms; and the files that they are handed over as."""
