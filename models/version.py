"""Which program this is."""

VERSION = "0.1.0"
PROGRAM = f"huangai {VERSION}"
