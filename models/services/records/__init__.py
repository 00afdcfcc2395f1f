"""Records as records: lists, one of them, several at once, doubles, search."""
