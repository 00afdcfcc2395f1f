"""The home of a ledger: founded, cared for, put back, recovered; and who sits at this PC."""
