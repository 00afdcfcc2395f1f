"""The answers of one inspection as they stand and as they were typed: what is left, what is found. No Qt, no ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from models.services.views.lists import Record

ANSWER, NOTE = "answer", "note"
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
        self.typed: dict[str, dict[str, str]] = {}

    def stand(self, lines: list[Record], *, again: bool) -> None:
        """Other answers stand in the ledger; `again`: of the same inspection, so what is typed and differs stays."""
        self.lines = lines
        before = self.typed if again else {}
        self.typed = {}
        for row, line in enumerate(lines):
            for name, text in before.get(line["item"], {}).items():
                self.put(row, name, text)

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
        item = self.lines[row]["item"]
        some = self.typed.setdefault(item, {})
        some[name] = text
        if text == self.stored(row, name):
            del some[name]
        if not some:
            del self.typed[item]
        return True

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
        """What the ledger said where something is typed."""
        keys = (key.rpartition(" ") for key in self.unsaved())
        return {f"{item} {name}": self.stored(self.row_of(item), name) for item, _, name in keys}

    def restore(self, values: Mapping[str, str], base: Mapping[str, str]) -> list[int]:
        """Type what a draft holds, of questions that are asked.

        Where the ledger says something else by now than when the draft was begun (`base`), it is left: those rows.
        """
        typed: list[tuple[int, str, str, str]] = []
        for key, text in values.items():
            item, _, name = key.rpartition(" ")
            row = self.row_of(item)
            if row >= 0 and name in (ANSWER, NOTE):
                typed.append((row, name, text, base.get(key, "")))
        left = {row for row, name, text, before in typed if self.stored(row, name) not in (before, text)}
        for row, name, text, _ in typed:
            if row not in left:
                self.put(row, name, text)
        return sorted(left)

    def to_save(self, field: str) -> dict[str, str]:
        """What was typed into one field, by question."""
        return {item: some[field] for item, some in self.typed.items() if field in some}
