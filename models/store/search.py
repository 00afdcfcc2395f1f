"""The search key of a record: its words, their pinyin initials and their full pinyin; and typed words as conditions."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import Column, ColumnElement, func

from models.domain.operation import Value

_SPOKEN = 200  # characters of a text that are also found by pinyin
_WORDS_MOST = 12


@lru_cache(maxsize=20_000)
def _syllable(character: str) -> str:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # we ask for single characters: saves 44 MB
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - 3 MB of tables, not needed to open a window

    found = lazy_pinyin(character, errors="ignore")
    return found[0] if found else ""


@lru_cache(maxsize=4_096)
def _sounds(text: str) -> tuple[str, ...]:
    """The initials and the full pinyin of a text; nothing where it has no Chinese in it."""
    syllables = [s for c in text if "一" <= c <= "鿿" and (s := _syllable(c))]
    return ("".join(s[0] for s in syllables), "".join(syllables)) if syllables else ()


def key(written: Iterable[Value], spoken: Iterable[Value]) -> str:
    """What a record is found by: all texts as written, and those people speak of also by pinyin."""
    texts = [str(text).lower().replace("\0", " ") for text in (*written, *spoken) if text]
    sounds = [sound for text in spoken if text for sound in _sounds(str(text)[:_SPOKEN])]
    return "\n".join((*texts, *sounds))


def conditions(column: Column[str], typed: str) -> list[ColumnElement[bool]]:
    """Every typed word must stand somewhere in the key, as typed: no wildcards, and no length that SQL gives up on."""
    words = typed.replace("\0", " ").encode("utf-8", "ignore").decode().lower().split()
    return [func.instr(column, word) > 0 for word in words[:_WORDS_MOST]]
