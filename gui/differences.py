"""What two texts have in common and what not: to mark it, and to join them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

LONGEST = 4_000  # letters beyond which differences are not marked: it would take too long
COMMON = 3  # letters in a row that count as common to two texts
SHORT = 12  # letters below which a value is read at a glance

# A date or a number is one sign: 5日 against 10日 differs as a whole.
_SIGN = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|\d{4}年\d{1,2}月|\d{4}[-.]\d{1,2}[-.]\d{1,2}|\d+(?:\.\d+)?|[A-Za-z]+|.",
    re.DOTALL,
)


def _differences(first: str, second: str) -> list[tuple[str, str, str]]:
    """Two texts as passages: what, in the first, in the second. Stray letters in common do not count as common."""
    ours, theirs = _SIGN.findall(first), _SIGN.findall(second)
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    found: list[tuple[str, str, str]] = []
    a = c = 0
    for block in blocks:
        same = "".join(ours[block.a : block.a + block.size])
        at_the_edge = block.a == block.b == 0 or (
            block.a + block.size == len(ours) and block.b + block.size == len(theirs)
        )
        if 0 < len(same) < COMMON and not at_the_edge:
            continue
        if a < block.a or c < block.b:
            found.append(("other", "".join(ours[a : block.a]), "".join(theirs[c : block.b])))
        if block.size:
            found.append(("same", same, same))
        a, c = block.a + block.size, block.b + block.size
    return found


def marks(text: str, other: str) -> list[tuple[int, int]]:
    """The passages of a text that the other one does not have; short values are read at a glance without."""
    if len(text) < SHORT or len(other) < SHORT or len(text) + len(other) > LONGEST:
        return []
    made: list[tuple[int, int]] = []
    at = 0
    for what, mine, _ in _differences(text, other):
        if what == "other" and mine:
            made.append((at, len(mine)))
        at += len(mine)
    return made


def joined(first: str, second: str) -> str:
    """Two texts as one: what both have once, what one has from each, in their order."""
    if not first or not second:
        return first or second
    if len(first) + len(second) > LONGEST:
        return f"{first}\n{second}"
    made = [
        mine if what == "same" else f"{mine}／{theirs}" if mine and theirs else mine or theirs
        for what, mine, theirs in _differences(first, second)
    ]
    text = "".join(made)
    return text if text.count("／") <= 3 else f"{first}\n{second}"
