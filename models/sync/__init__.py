"""Packages on sticks: their bytes, the keys that sign and open them, and what is done with what they carry."""
