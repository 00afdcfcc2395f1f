"""What cells have in common although offices type them differently: spaces, widths, the many ways to say nothing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOTHING = frozenset({
    "", "/", "\\", "|", "无", "-", "--", "---", "—", "——", "―", "暂无", "空", "n/a", "na", "null", "none", "nan",
    "无。", "//", "/ /", "….", "…", "*", ".", "。", "、", "_", "__",
})  # fmt: skip
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_TO_CLEAN = frozenset("\r\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\u00ad")
_LIST_JOINTS = re.compile(r"[；;、，,\n\r\t]+|\s*/\s*|\s{2,}")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|\u3014[^\u3015]*\u3015")


@lru_cache(maxsize=8192)
def squash(text: str) -> str:
    """The text in half width, without any space or line break: for comparing, never for keeping."""
    return re.sub(r"\s", "", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


def clean(text: str) -> str:
    """The text as it is kept: line ends unified, spaces at the ends and invisible marks taken off."""
    if _TO_CLEAN.isdisjoint(text):
        return text.strip()
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


@lru_cache(maxsize=8192)
def says_nothing(text: str) -> bool:
    """Whether a cell is empty or holds a stroke, a dash or 无."""
    return squash(text).lower() in _NOTHING


def split_list(text: str) -> tuple[str, ...]:
    """The parts of a cell that may hold several values; separators inside brackets separate nothing."""
    kept: list[str] = []

    def hide(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\0{len(kept) - 1}\0"

    hidden = re.sub(r"[（(][^（()）]*[)）]", hide, clean(text))
    parts = (re.sub(r"\0(\d+)\0", lambda m: kept[int(m[1])], part).strip() for part in _LIST_JOINTS.split(hidden))
    return tuple(dict.fromkeys(part for part in parts if part and not says_nothing(part)))


def without_brackets(key: str) -> str:
    """A squashed text without what stands in brackets."""
    return _BRACKETS.sub("", key)
