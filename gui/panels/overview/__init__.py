"""Parts of the first page: the township's, the county's, and what both share."""
