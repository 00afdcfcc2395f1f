"""How each Chinese character is usually read: a table, read when it is first asked."""

from __future__ import annotations

from functools import cache

import resources

FIRST, LAST = "一", "鿿"
_NONE = "-"  # stands in the table where a character has no reading


@cache
def table() -> dict[str, str]:
    """Each character that has a reading, and its usual one without the tone: 绿 lv."""
    every = resources.path("pinyin.txt").read_text(encoding="ascii").split()
    return {chr(code): one for code, one in enumerate(every, ord(FIRST)) if one != _NONE}
