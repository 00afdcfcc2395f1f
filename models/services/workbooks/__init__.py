"""Workbooks in: looked at, planned, taken."""
