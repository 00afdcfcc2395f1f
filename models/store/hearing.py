"""Where a typed word stands in a text: as written, by its sound, or as a number typed otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from models.domain import pinyin
from models.store import readings

LONG = 64  # a longer word is looked for as it is typed and in no other way
_SILENT = 40  # figures and marks between two characters that belong together
_CHINESE = f"{pinyin.FIRST}-{pinyin.LAST}"
PARTS = re.compile(r"[a-z0-9]+")
LETTERS = re.compile(r"[a-z]+")
RUNS = re.compile(f"[{_CHINESE}]+")
BORDER = re.compile(f"(?<=[{_CHINESE}])(?=[0-9a-z])|(?<=[0-9a-z])(?=[{_CHINESE}])")  # where offices put a space
_APART = f"[^a-z0-9{_CHINESE}]"
NUMBER = re.compile(f"(?=[a-z0-9])(?=.*[0-9])[a-z0-9]+(?:{_APART}+[a-z0-9]+)*{_APART}*")


def without_zeros(part: str) -> str:
    """A part of a number without the zeros before it."""
    return part.lstrip("0") or "0"


def heard(text: str | None, word: str) -> int:
    """Whether a mixed word stands in a text; SQL asks this of the few records that the patterns leave."""
    return int(bool(text) and spoken_in(text, word) is not None)


def found_in(text: str, word: str) -> tuple[int, int] | None:
    """Where in a text a word of `words_of` stands: as written, then by its sound. `text` is `usual`."""
    at = text.find(word)
    if at >= 0:
        return at, at + len(word)
    if len(word) > LONG:
        return None
    if LETTERS.search(word) and not NUMBER.fullmatch(word):
        spoken = spoken_in(text, word)
        if spoken is not None or not RUNS.search(word):
            return spoken
    elif not RUNS.search(word):
        return _number_in(text, word)
    spaced = re.search(" ?".join(map(re.escape, BORDER.split(word))), text)
    return spaced.span() if spaced else None


def spoken_in(text: str, word: str) -> tuple[int, int] | None:
    """Where a text sounds like a word; figures and marks that stand between its characters are not spoken."""
    for match in _beginning(word[0]).finditer(text):
        end = _read(text, match.start(), word)
        if end is not None:
            return match.start(), end
    return None


@cache
def _beginning(sign: str) -> re.Pattern[str]:
    """What a word may begin at that is typed with this sign first."""
    return re.compile(f"[{re.escape(sign)}{readings.beginning_with(sign)}]")


def _read(text: str, at: int, word: str) -> int | None:
    """Read a text from a place on: where the word ends, by all ways to spell it at once."""
    states, silent = {0}, _SILENT
    for place in range(at, min(len(text), at + _SILENT * len(word))):
        sign = text[place]
        ways = readings.of_any(sign)
        further = {after for state in states for after in _after(sign, ways, word, state)}
        if len(word) in further:
            return place + 1
        silent = 0 if ways and further else silent + 1
        if not further and (ways or silent > _SILENT or sign == "\n"):
            return None
        states = further or states
    return None


def _after(sign: str, ways: tuple[str, ...], word: str, state: int) -> Iterator[int]:
    """How far a word is read after one more character: itself, its syllable, its initial, or what is typed of it."""
    if word[state] == sign:
        yield state + 1
    for syllable in ways:
        if word.startswith(syllable, state):
            yield state + len(syllable)
        if word[state] == syllable[0]:
            yield state + 1
        if syllable.startswith(word[state:]):
            yield len(word)


def _number_in(text: str, word: str) -> tuple[int, int] | None:
    """Where a number stands that was typed without its dashes or with other zeros."""
    parts = PARTS.findall(word)
    if not parts:
        return None
    joined = r"[^a-z0-9\n]?".join(re.escape(sign) for part in parts for sign in part)
    zeros = r"[^a-z0-9\n]+".join(f"0*{re.escape(without_zeros(part))}" for part in parts)
    match = re.search(joined, text) or re.search(rf"(?<![a-z0-9]){zeros}(?![a-z0-9])", text)
    return match.span() if match else None
