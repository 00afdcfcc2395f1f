"""Parts of a page that are too large for its module: the tabs of the exchange and of the record."""
