"""The tabs of the exchange and their parts: writing, reading, conflicts, what passed, enrolment."""
