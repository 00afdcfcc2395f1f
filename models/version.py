"""Which program this is."""

VERSION = "0.1.0"
RELEASED = "2026-11-26"  # no clock that is right says an earlier day
PROGRAM = f"huangai {VERSION}"
