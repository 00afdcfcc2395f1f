"""What cells have in common although offices type them differently: spaces, widths, the many ways to say nothing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from models.domain.plain import seen

_NOTHING = frozenset({
    "", "/", "\\", "|", "无", "-", "--", "---", "—", "——", "―", "暂无", "空", "n/a", "na", "null", "none", "nan",
    "无。", "//", "/ /", "….", "…", "*", ".", "。", "、", "_", "__",
})  # fmt: skip
_LIST_JOINTS = re.compile(r"[；;、，,\n\r\t]+|\s*/\s*|\s{2,}")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|\u3014[^\u3015]*\u3015")


@lru_cache(maxsize=8192)
def squash(text: str) -> str:
    """The text in half width, without any space or line break: for comparing, never for keeping."""
    return re.sub(r"\s", "", seen(unicodedata.normalize("NFKC", text)))


def clean(text: str) -> str:
    """The text as it is kept: line ends unified, spaces at the ends and invisible marks taken off."""
    return seen(text).strip()


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
