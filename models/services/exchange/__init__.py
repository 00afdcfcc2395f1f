"""Packages out and in, the PCs and units they go between, and what was said of each."""
