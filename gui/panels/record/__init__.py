"""Parts of one record: its story, its form, what is written beside it."""
