"""Parts of the import assistant."""
