"""The search key of a record, written by the fold alone; and typed words as conditions on it.

A key has three parts, each with a mark at its end: the numbers, the title, the rest; so that where a word stands tells
how well it fits. A text stands in it as written, in small letters of usual width; what people speak of also by sound:

- `bfqc`, the initials; `bAOfEIqIcHE`, the syllables, written so that nobody finds `wan` who types `an`.
- A character that is read in two ways has its neighbourhood written once more with the other reading.
- A number stands also without what parts its digits, and without leading zeros: `#361021#2024#1#ab#`.

Whoever changes what a key holds adds a migration that calls `fold.rebuild`; `check --deep` finds keys that are old.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from itertools import product
from string import ascii_uppercase

from sqlalchemy import Column, ColumnElement, and_, case, func, literal, or_

from models.domain.operation import Value
from models.domain.plain import seen
from models.store import readings
from models.store.hearing import BORDER, LETTERS, LONG, NUMBER, PARTS, RUNS, heard, without_zeros

END_OF_NUMBERS, END_OF_TITLE = "\x01", "\x02"
_SPOKEN = 200  # characters of a text that are also found by pinyin
_SHORT = 500  # characters of a text that is worth remembering: thousands are
_WORDS_MOST = 12
_WILD = str.maketrans({sign: f"[{sign}]" for sign in "*?["})
_AROUND = 6  # syllables on both sides of a character that is read in two ways
_NEAR, _TOGETHER = 5, 4  # two such characters so near are read in all combinations; so many of them at most
_NO_CAPITALS = dict.fromkeys(map(ord, ascii_uppercase))
_WIDE = tuple(zip("，（）：；", ",():;", strict=True))
_USUAL = "\t\n -@\\[-~\u3001\u3002\u201c\u201d\u300a\u300b\u4e00-\u9fff"  # but for capitals
_ODD, _ODD_OR_CAPITAL = re.compile(f"[^A-Z{_USUAL}]"), re.compile(f"[^{_USUAL}]")
_PLAIN = {
    **{code: " " for code in range(32) if chr(code) not in "\n\t"},
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-"),
    **dict.fromkeys((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))),  # how a character is drawn, not which it is
}


# ------------------------------------------------------------------------------------- the key


def usual(text: str) -> str:
    """A text as it is compared: small letters of usual width, one kind of dash, nothing that cannot be seen."""
    if text.isascii() and text.isprintable():
        return text.lower()
    for wide, narrow in _WIDE:  # nearly all texts have these and nothing rarer
        text = text.replace(wide, narrow)
    if not _ODD_OR_CAPITAL.search(text):
        return text
    if _ODD.search(text):
        text = unicodedata.normalize("NFKC", text).translate(_PLAIN)
    return text.lower()


def key(numbers: Iterable[Value], title: Iterable[Value], spoken: Iterable[Value], written: Iterable[Value]) -> str:
    """What a record is found by. `written` is found as written, all others in every way."""
    lines: list[str] = [""]
    for number in numbers:
        if number:
            lines += _number(usual(str(number)))
    lines.append(END_OF_NUMBERS)
    lines += [_spoken(str(text)) for text in dict.fromkeys(title) if text]
    lines.append(END_OF_TITLE)
    lines += [_spoken(str(text)) for text in dict.fromkeys(spoken) if text]
    for text in [usual(str(text)) for text in dict.fromkeys(written) if text]:
        lines += _number(text) if len(text) <= LONG and NUMBER.fullmatch(text) else (text,)
    return "\n".join(lines)


def _number(text: str) -> Iterator[str]:
    yield text
    parts = PARTS.findall(text)
    if len(parts) > 1:
        yield "".join(parts)
    yield f"#{'#'.join(without_zeros(part) for part in parts)}#"


def _spoken(text: str) -> str:
    """A text as written and by its sound."""
    return _remembered(text) if len(text) <= _SHORT else _remembered.__wrapped__(text)


@lru_cache(maxsize=4_096)
def _remembered(text: str) -> str:
    written = usual(text)
    return "\n".join((written, *_sounds(written[:_SPOKEN])))


def _sounds(text: str) -> tuple[str, ...]:
    """The initials and the syllables of a text, and its neighbourhoods in another reading; nothing without Chinese."""
    runs = RUNS.findall(text)
    read = list(map(_spelled.__getitem__, "".join(runs)))
    others = readings.in_two_ways(runs)
    if not all(read):  # some have no reading
        others = {at - read[:at].count(""): ways for at, ways in others.items()}
        read = [one for one in read if one]
    if not read:
        return ()
    lines = [_line(read)]
    for first, last in _clusters(others):
        start, end = max(first - _AROUND, 0), last + _AROUND + 1
        ways = [[_spell(one) for one in others[at]] if at in others else [read[at]] for at in range(first, last + 1)]
        lines += [_line([*read[start:first], *way, *read[last + 1 : end]]) for way in list(product(*ways))[1:]]
    return tuple(lines)


def _line(read: Iterable[str]) -> str:
    spelled = "".join(read)
    return f"{spelled.translate(_NO_CAPITALS)} {spelled}"


@cache
def _spell(syllable: str) -> str:
    """A syllable so that one sees in a row of them where each begins."""
    return syllable[0] + syllable[1:].upper()


class _Spelled(dict[str, str]):
    """Each character in its usual reading, remembered: asked for every character of every title."""

    def __missing__(self, character: str) -> str:
        self[character] = spelled = "".join(map(_spell, readings.of(character)[:1]))
        return spelled


_spelled = _Spelled()


def _clusters(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Places that stand near each other, a few of them at a time."""
    some: list[int] = []
    for place in places:
        if some and place - some[-1] > _NEAR:
            yield some[0], some[-1]
            some = []
        some.append(place)
        if len(some) == _TOGETHER:
            yield some[0], some[-1]
            del some[: _TOGETHER // 2]
    if some:
        yield some[0], some[-1]


# ------------------------------------------------------------------------------------- what was typed


def words_of(typed: str) -> list[str]:
    """The words that were typed, as they are looked for."""
    words = seen(typed[:4_096].encode("utf-8", "ignore").decode()).replace("ü", "v").replace("Ü", "v")
    return usual(words).replace("'", " ").split()[:_WORDS_MOST] or usual(words).split()[:_WORDS_MOST]


def conditions(column: Column[str], typed: str) -> list[ColumnElement[bool]]:
    """Every typed word must fit the key."""
    return [_fits(column, word) for word in words_of(typed)]


def _fits(column: Column[str], word: str) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = [column.op("GLOB")(pattern) for pattern in patterns(word)]
    if is_mixed(word):
        ways.append(and_(_surely(column, word), func.heard(column, word) == 1))
    return or_(*ways)


@lru_cache(maxsize=512)
def patterns(word: str) -> tuple[str, ...]:
    """What of a key shows that a word stands in it, as GLOB knows it: that looks three times as fast as instr."""
    if LETTERS.fullmatch(word):  # initials, or syllables: only the first letter must be the first of a syllable
        return ("*" + word[0] + "".join(f"[{letter}{letter.upper()}]" for letter in word[1:]) + "*",)
    found = [one.translate(_WILD) for one in (word, BORDER.sub(" ", word))]
    parts = PARTS.findall(word) if any(sign.isdigit() for sign in word) and len(word) <= LONG else []
    if parts:
        bare = [without_zeros(part) for part in parts]
        found += ["".join(parts)] if len(parts) > 1 else []
        found += [f"#{'#'.join(bare)}#"] if len(parts) > 1 or bare != parts else []
    return tuple(f"*{one}*" for one in dict.fromkeys(found))


@lru_cache(maxsize=512)
def is_mixed(word: str) -> bool:
    """Whether a word is of characters and letters, or of syllables and initials: 报fei, baofqc. It is listened to."""
    if len(word) > LONG or not LETTERS.search(word):
        return False
    if not LETTERS.fullmatch(word):
        return bool(RUNS.search(word))
    ways, whole = readings.mixed_splits(word), readings.splits(word)
    return bool(ways) and len(ways[0]) < len(word) and not (whole and len(whole[0]) == len(ways[0]))


def _surely(column: Column[str], word: str) -> ColumnElement[bool]:
    """What stands in the key of every record that sounds like a mixed word: few records are listened to."""
    if characters := RUNS.findall(word):
        return and_(*(column.op("GLOB")(f"*{one}*") for one in characters))
    initials = {"".join(part[0] for part in way) for way in readings.mixed_splits(word)}
    return or_(*(column.op("GLOB")(f"*{one}*") for one in sorted(initials)))


def fits(key_: str, word: str) -> bool:
    """Whether a word fits a key: what `conditions` ask of SQL."""
    if any(fnmatchcase(key_, pattern) for pattern in patterns(word)):
        return True
    return is_mixed(word) and heard(key_, word) == 1


# ------------------------------------------------------------------------------------- how well it fits


def rank(column: Column[str], typed: str) -> ColumnElement[int]:
    """How well a record fits: the number itself, a number, the title, the rest; of several words the sum."""
    total: ColumnElement[int] = literal(0)
    for word in words_of(typed):
        total = total + _rank_of(column, word)
    return total


def _rank_of(column: Column[str], word: str) -> ColumnElement[int]:
    numbers = func.substr(column, 1, func.instr(column, END_OF_NUMBERS))
    title = func.substr(column, 1, func.instr(column, END_OF_TITLE))
    if is_mixed(word):
        return case((func.heard(title, word) == 1, 2), else_=3)
    return case(
        (func.instr(numbers, f"\n{word}\n") > 0, 0),
        (or_(*(numbers.op("GLOB")(pattern) for pattern in patterns(word))), 1),
        (or_(*(title.op("GLOB")(pattern) for pattern in patterns(word))), 2),
        else_=3,
    )
