"""The way of a problem: steps, rounds, months, notices, look-backs."""
