"""Parts of the search."""
