"""Parts of a list of records: narrowing it, its lines, several of them changed at once."""
