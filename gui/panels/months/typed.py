"""What was typed into a month and is not saved: by problem and field, with every step back and forth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from models.domain import words
from models.domain.limits import FIELD_CHARS
from models.services.views.months import Entry, MonthLine

PACES = tuple(words.PACE)
FIELDS = ("pace", "progress", "difficulties", "next_step")  # what a clerk fills in, from left to right
NEEDED = ("pace", "progress")
STEPS = 500  # that can be taken back


class Change(NamedTuple):
    """One cell: what stood there, and what was typed."""

    id: str
    field: str
    old: str
    new: str


def stored(line: MonthLine, field: str) -> str:
    """What the ledger has in a cell."""
    entry = line.now or Entry()
    return ("true" if entry.zero else "") if field == "zero" else str(getattr(entry, field))


def read_pace(text: str) -> str:
    """A pace as a person writes it: its word, its place from 1 to 6, the stored word; else the text as it is."""
    said = "".join(text.split())
    if said in words.PACE:
        return said
    if said.isdecimal() and said.isascii() and len(said) == 1 and 1 <= int(said) <= len(PACES):
        return PACES[int(said) - 1]
    return next((value for value, word in words.PACE.items() if word == said), text.strip())


class Typed:
    """Holds the texts; the table asks it what a cell says."""

    def __init__(self) -> None:
        self.values: dict[str, dict[str, str]] = {}
        self._done: list[tuple[Change, ...]] = []
        self._undone: list[tuple[Change, ...]] = []

    @property
    def cells(self) -> int:
        """How many cells differ from the ledger."""
        return sum(map(len, self.values.values()))

    def begin(self) -> None:
        """Another month: nothing is typed, and there is no way back."""
        self.values.clear()
        self._done.clear()
        self._undone.clear()

    def value(self, line: MonthLine, field: str) -> str:
        """What a cell says now."""
        typed = self.values.get(line.id)
        return stored(line, field) if typed is None or field not in typed else typed[field]

    def is_changed(self, line: MonthLine, field: str) -> bool:
        """Whether a cell says something else than the ledger."""
        return field in self.values.get(line.id, ())

    def put(self, texts: Iterable[tuple[MonthLine, str, str]], *, on: bool = False) -> tuple[Change, ...]:
        """Write into cells, as one step; what follows a step back cannot be had again.

        `on`: somebody types on in the same cell, letter by letter: that is one step with what he typed before.
        """
        changes: list[Change] = []
        for line, field, text in texts:
            new = read_pace(text) if field == "pace" else text.strip()
            old = self.value(line, field)
            if new != old:
                changes.append(Change(line.id, field, old, new))
                self._set(line, field, new)
        if changes:
            last = self._done[-1] if on and self._done and len(changes) == 1 else ()
            if len(last) == 1 and last[0][:2] == changes[0][:2]:
                self._done[-1] = (changes[0]._replace(old=last[0].old),)
            else:
                self._done = [*self._done[-STEPS:], tuple(changes)]
            self._undone.clear()
        return tuple(changes)

    def step(self, lines: Mapping[str, MonthLine], *, back: bool) -> tuple[Change, ...]:
        """Take the last step back, or once more; what it changed."""
        source, target = (self._done, self._undone) if back else (self._undone, self._done)
        if not source:
            return ()
        changes = source.pop()
        target.append(changes)
        for one in reversed(changes) if back else changes:
            if one.id in lines:
                self._set(lines[one.id], one.field, one.old if back else one.new)
        return changes

    def rest(self, lines: Mapping[str, MonthLine]) -> None:
        """The ledger was read again: what it says by now is not typed any more."""
        for id_, texts in [*self.values.items()]:
            line = lines.get(id_)
            for field, text in [*texts.items()]:
                if line is None or stored(line, field) == text:
                    del texts[field]
            if not texts:
                del self.values[id_]

    def _set(self, line: MonthLine, field: str, text: str) -> None:
        texts = self.values.setdefault(line.id, {})
        texts[field] = text
        if text == stored(line, field):
            del texts[field]
        if not texts:
            del self.values[line.id]

    # ------------------------------------------------------------------------------------- what is wrong

    def fault(self, line: MonthLine, field: str) -> str:
        """What is wrong with a cell, and what to do; "" where it can be saved."""
        text = self.value(line, field)
        if field == "pace" and text and text not in words.PACE:
            return f"“{text[:12]}”不是序时进度，请按 1 到 6 选一个"
        if len(text) > FIELD_CHARS:
            return f"有 {len(text)} 字，一栏最多 {FIELD_CHARS} 字"
        if line.id in self.values and not text and field in NEEDED and self.value(line, "zero") != "true":
            return "还差序时进度，按 1 到 6 选" if field == "pace" else "还差进展情况，写一句就行"
        return ""

    def ready(self, lines: Mapping[str, MonthLine]) -> dict[str, dict[str, str]]:
        """The problems whose entries can be saved, and what is new in each."""
        return {
            id_: dict(texts)
            for id_, texts in self.values.items()
            if id_ in lines and not any(self.fault(lines[id_], field) for field in FIELDS)
        }
