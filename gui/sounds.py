"""How Chinese words sound: pinyin and its initials, so that `bsz` and `baishui` find 白水镇 in a list of choices."""

from __future__ import annotations

import os
from functools import lru_cache


@lru_cache(maxsize=8_192)
def key(text: str) -> str:
    """What a choice is found by: as written, by initials, by full pinyin. Reads tables at first: off the GUI thread."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # single characters are asked for: saves 44 MB
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - 3 MB of tables, not needed to open a window

    syllables = [
        sound for character in text if "一" <= character <= "鿿" for sound in lazy_pinyin(character, errors="ignore")
    ]
    return "\n".join((text.lower(), "".join(one[0] for one in syllables), "".join(syllables)))
