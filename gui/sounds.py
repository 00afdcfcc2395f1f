"""How Chinese words sound: pinyin and its initials, so that `bsz` and `baishui` find 白水镇 in a list of choices."""

from __future__ import annotations

from functools import lru_cache

from models.domain import pinyin


@lru_cache(maxsize=8_192)
def key(text: str) -> str:
    """What a choice is found by: as written, by initials, by full pinyin. Reads tables at first: off the GUI thread."""
    read = pinyin.table()
    syllables = [read[character] for character in text if character in read]
    return "\n".join((text.lower(), "".join(one[0] for one in syllables), "".join(syllables)))
