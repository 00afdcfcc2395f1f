"""Files that other programs open: workbooks of the offices come in here, official ledgers go out."""
