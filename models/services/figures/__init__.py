"""Figures, sealed months, and what is to be done on which day."""
