"""Parts of the pages of pollution sources: the list, and one of them."""
