"""Likely doubles: two records that may tell of one thing. Pure and fast: records in, pairs out, a person decides.

- The same foreign number with the same source, or the same receipt number, whatever the text says.
- Else in the same township a similar text: the pairs of letters (bigrams) that both have, as a share of what they have
  (Dice). A bigram weighs the more the rarer it is in the whole ledger, so what every text says makes none alike.
  Where both name villages, they name one in common; where both name figures of several digits, likewise.
- No record is compared with all others: only with those of its township that share some of its rarest bigrams. Two
  texts that are alike enough must share one of those that make up more than LEFT of their weight, and nearly always
  share many.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from models.progress import Progress, Silent

ALIKE = 0.6  # share in common from which on two texts are likely to tell of one thing
LEFT = ALIKE / (2 - ALIKE)  # share of its own weight that a text has in common with any that is alike enough
FEW = 50  # records as which a small ledger counts: in it nothing is rare enough to tell much
SHORT = 8  # letters: a shorter text is like too many others
COMMON = 40  # records of a township that may share a bigram; what more share tells nothing
SHARED = 2  # of its rarest bigrams that a text must share to be compared

_FIGURE = re.compile(r"\d{2,}")
_VILLAGE = re.compile(r"([一-鿿]{2})村")
# What stands before 村 without naming one: 农村, 本村, 各村, 行政村 …
_NO_NAME = re.compile(r".[农本该各全每乡新两三几个政然]")


@dataclass(frozen=True, slots=True)
class Told:
    """What of one record tells whether it is told twice. Texts and numbers are normalised."""

    id: str
    town: str
    text: str
    numbers: tuple[tuple[str, ...], ...] = ()  # field, number, source: where all are the same, so may be the record


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one: the earlier in the ledger first."""

    one: str
    other: str
    number: str  # the field whose number is the same; "" for none
    alike: float  # share of the text in common, 0 … 1


def pair_key(one: str, other: str) -> tuple[str, str]:
    """A pair, whichever is named first."""
    return (one, other) if one < other else (other, one)


def likely(
    records: Sequence[Told], dismissed: Collection[tuple[str, str]] = (), progress: Progress | None = None
) -> list[Pair]:
    """All likely doubles, the surest first; `dismissed` are pairs (pair_key) that somebody has told apart."""
    told, found = progress or Silent(), dict[tuple[str, str], Pair]()
    texts = _Texts(records)
    for at, with_, number in (*_same_number(records), *_similar(records, texts, told)):
        one, other = sorted((at, with_))
        key = pair_key(records[one].id, records[other].id)
        if key not in found and key not in dismissed:
            found[key] = Pair(records[one].id, records[other].id, number, texts.alike(one, other))
    return sorted(found.values(), key=lambda pair: (not pair.number, -pair.alike, pair.one, pair.other))


class _Texts:
    """The texts as sets of bigrams, which are numbered: the rarest first."""

    def __init__(self, records: Sequence[Told]) -> None:
        some = [{one.text[at : at + 2] for at in range(len(one.text) - 1)} for one in records]
        often = Counter(gram for grams in some for gram in grams)
        ranked = sorted(often, key=lambda gram: (often[gram], gram))
        number = {gram: at for at, gram in enumerate(ranked)}
        self._weight = [log(1 + (len(records) + FEW) / often[gram]) for gram in ranked]
        self.grams = [frozenset(number[gram] for gram in grams) for grams in some]
        self.whole = [self._sum(grams) for grams in self.grams]

    def _sum(self, grams: Iterable[int]) -> float:
        weight = self._weight
        return sum([weight[gram] for gram in grams])

    def alike(self, one: int, other: int) -> float:
        """What two texts have in common, as a share of what they have."""
        both = self.whole[one] + self.whole[other]
        return 2 * self._sum(self.grams[one] & self.grams[other]) / both if both else 0.0

    def telling(self, at: int) -> list[int]:
        """The rarest bigrams of a text, of which one at least stands in every text that is alike enough."""
        left, found = self.whole[at] * (1 - LEFT), list[int]()
        for gram in sorted(self.grams[at]):
            found.append(gram)
            left -= self._weight[gram]
            if left < 0:
                break
        return found


def _same_number(records: Iterable[Told]) -> Iterator[tuple[int, int, str]]:
    """Each record with the first that has the same number."""
    first: dict[tuple[str, ...], int] = {}
    for at, record in enumerate(records):
        for number in record.numbers:
            if first.setdefault(number, at) != at:
                yield first[number], at, number[0]


def _similar(records: Sequence[Told], texts: _Texts, told: Progress) -> Iterator[tuple[int, int, str]]:
    """Pairs of one township whose texts are alike enough."""
    towns: defaultdict[str, list[int]] = defaultdict(list)
    first: dict[tuple[str, str], int] = {}
    for at, record in enumerate(records):
        if len(record.text) < SHORT:
            continue
        before = first.setdefault((record.town, record.text), at)
        if before != at:
            yield before, at, ""  # word for word: the first stands for all that are the same
        else:
            towns[record.town].append(at)
    done = 0
    for members in towns.values():
        told.step(done, len(records), "正在比对")
        done += len(members)
        yield from _of_town(records, texts, members)


def _of_town(records: Sequence[Told], texts: _Texts, members: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    holders: defaultdict[int, list[int]] = defaultdict(list)
    marks = {at: _marks(records[at].text) for at in members}
    for at in members:
        met: list[int] = []
        for gram in texts.telling(at):
            some = holders[gram]
            if len(some) < COMMON:
                met += some
                some.append(at)
        for other, times in Counter(met).items():
            if times >= SHARED and _may_be_one(marks[at], marks[other]) and texts.alike(at, other) >= ALIKE:
                yield other, at, ""


def _marks(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The villages and the figures that a text names."""
    villages = (name for name in _VILLAGE.findall(text) if not _NO_NAME.fullmatch(name))
    return frozenset(villages), frozenset(_FIGURE.findall(text))


def _may_be_one(marks: tuple[frozenset[str], ...], others: tuple[frozenset[str], ...]) -> bool:
    """Whether nothing that both name tells them apart."""
    return all(not mine or not theirs or mine & theirs for mine, theirs in zip(marks, others, strict=True))
