"""The answers of one inspection as they stand and as they were typed: what is left, what is found. No Qt, no ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from models.services.views.lists import Record

ANSWER, NOTE = "answer", "note"
Typed = dict[str, dict[str, str]]  # question → field → text
NOTHING: Mapping[str, Mapping[str, str]] = MappingProxyType({})
UNKNOWN = "（这一项要用新版程序才看得到）"


class Group(NamedTuple):
    """Questions that belong together: a group of a checklist."""

    name: str
    first: int  # row of its first question
    size: int
    answered: int
    found: int


class Answers:
    """Questions in their order; `typed` holds what is not in the ledger yet, by question and field."""

    def __init__(self) -> None:
        self.lines: list[Record] = []
        self.typed: Typed = {}
        self._begun: Typed = {}  # what the ledger said where something is typed, when it was typed

    def stand(self, lines: list[Record], *, again: bool, saved: Mapping[str, Mapping[str, str]] = NOTHING) -> None:
        """Other answers stand in the ledger.

        `again`: of the same inspection, so what is typed and differs stays; `saved`: what was written there from here.
        """
        typed, begun = (self.typed, self._begun) if again else ({}, {})
        self.lines, self.typed, self._begun = lines, {}, {}
        for row, line in enumerate(lines):
            item = line["item"]
            for name, text in typed.get(item, {}).items():
                now = self.stored(row, name)
                self._type(row, name, text, now if saved.get(item, {}).get(name) == now else begun[item][name])

    def stored(self, row: int, name: str) -> str:
        """What the ledger says."""
        return str(self.lines[row].get(name) or "")

    def value(self, row: int, name: str) -> str:
        """What is seen: typed, else stored."""
        typed = self.typed.get(self.lines[row]["item"], {})
        return typed[name] if name in typed else self.stored(row, name)

    def put(self, row: int, name: str, text: str) -> bool:
        """Type something; whether that changed anything."""
        if self.value(row, name) == text:
            return False
        self._type(row, name, text, self.stored(row, name))
        return True

    def _type(self, row: int, name: str, text: str, begun: str) -> None:
        """Type what is not in the ledger; `begun`: what the ledger said when it was typed."""
        item, is_new = self.lines[row]["item"], text != self.stored(row, name)
        for every, value in ((self.typed, text), (self._begun, begun)):
            some = every.setdefault(item, {})
            if is_new:
                some[name] = value
            else:
                some.pop(name, None)
            if not some:
                del every[item]

    def changed(self, row: int) -> list[str]:
        """Fields of a question in which the ledger says something else by now than when they were typed into."""
        begun = self._begun.get(self.lines[row]["item"], {})
        return [name for name, before in begun.items() if self.stored(row, name) != before]

    def let_go(self, row: int) -> None:
        """What the ledger says of a question stands."""
        for every in (self.typed, self._begun):
            every.pop(self.lines[row]["item"], None)

    def row_of(self, item: str) -> int:
        """The row of a question; -1 where it is not asked."""
        return next((row for row, line in enumerate(self.lines) if line["item"] == item), -1)

    def next_open(self, after: int) -> int:
        """The next row without an answer behind one, from the top again; -1 where all are answered."""
        count = len(self.lines)
        order = ((after + step) % count for step in range(1, count + 1))
        return next((row for row in order if not self.value(row, ANSWER)), -1)

    def count(self, answer: str) -> int:
        """How many have this answer; "" none yet."""
        return sum(1 for row in range(len(self.lines)) if self.value(row, ANSWER) == answer)

    def groups(self) -> list[Group]:
        """The groups in their order, with how far each is."""
        made: list[Group] = []
        for row, line in enumerate(self.lines):
            name, said = str(line.get("group") or "其他"), self.value(row, ANSWER)
            done, no = int(bool(said)), int(said == "no")
            if made and made[-1].name == name:
                last = made[-1]
                made[-1] = last._replace(size=last.size + 1, answered=last.answered + done, found=last.found + no)
            else:
                made.append(Group(name, row, 1, done, no))
        return made

    # ------------------------------------------------------------------------------------- to be kept and saved

    def unsaved(self) -> dict[str, str]:
        """What is typed, as a draft keeps it: question and field → text."""
        return {f"{item} {name}": text for item, some in self.typed.items() for name, text in some.items()}

    def base(self) -> dict[str, str]:
        """What the ledger said when it was typed."""
        return {f"{item} {name}": text for item, some in self._begun.items() for name, text in some.items()}

    def restore(self, values: Mapping[str, str], base: Mapping[str, str]) -> None:
        """Type what a draft holds, of questions that are asked; `base`: what the ledger said when it was begun."""
        for key, text in values.items():
            item, _, name = key.rpartition(" ")
            row = self.row_of(item)
            if row >= 0 and name in (ANSWER, NOTE):
                self._type(row, name, text, base.get(key, ""))

    def seen(self) -> Typed:
        """What is seen of the ledger where something is typed."""
        return {
            item: {name: self.stored(self.row_of(item), name) for name in some} for item, some in self.typed.items()
        }

    def to_write(self, rest: str) -> Typed:
        """What stands in the ledger once it is saved: all that is typed; `rest`, if any, where no answer is."""
        made = {item: dict(some) for item, some in self.typed.items()}
        for row, line in enumerate(self.lines) if rest else ():
            if not self.value(row, ANSWER):
                made.setdefault(line["item"], {})[ANSWER] = rest
        return made

    def to_save(self, field: str) -> dict[str, str]:
        """What was typed into one field, by question."""
        return {item: some[field] for item, some in self.typed.items() if field in some}


class SentAnswers:
    """Answers as they were given to be saved; `rest`: the answer to all that are left."""

    def __init__(self, inspection: str, answers: Answers, rest: str, before: Sequence[SentAnswers]) -> None:
        self.inspection = inspection  # its id
        self.values = answers.unsaved()
        self.writes = answers.to_write(rest)
        self.is_written = False
        self._seen, self._before = answers.seen(), [one for one in before if one.inspection == inspection]

    def seen(self) -> Typed:
        """What the ledger says if nobody else wrote: what was seen, and what was sent before and is written by now."""
        found = {item: dict(some) for item, some in self._seen.items()}
        for one in self._before:
            for item, some in found.items() if one.is_written else ():
                some |= {name: text for name, text in one.writes.get(item, {}).items() if name in some}
        return found
