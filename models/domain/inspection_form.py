"""The form of an inspection, filled in on paper or in a workbook: its headings, and what a filled one says. Pure.

What is printed and what is read back name the same columns here. Nothing is guessed: what cannot be read is a reason
to refuse, with the row and what stands there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from models.domain import words

NUMBER = "检查编号"
STAMP = "核对码"  # by what was answered when the form was written: `stamp`
CODE, TEXT, NOTE = "编号", "检查内容", "情况说明"
HEADINGS = (CODE, TEXT, *words.ANSWER.values(), NOTE)
BOX, MARK = "□", "√"
OWN = "本地"  # instead of the code of a question that a unit added itself: it is known by its text
_MARKS = frozenset(("√", "✓", "✔", "☑", "■", "v", "V", "1", "对", "是", "有"))
_EMPTY = frozenset({"", BOX, "☐", "○", "-", "—"})

_STAMP = re.compile(r"([0-9]{1,15})-([0-9a-f]{8})")

Rows = Sequence[Sequence[str]]
Known = Mapping[str, tuple[str, str]]  # by question: its answer and its note, "" for none


class Filled(NamedTuple):
    """What a filled form says."""

    number: str  # of the inspection; "" where none stands there
    answers: dict[str, str]  # by question
    notes: dict[str, str]
    faults: tuple[str, ...]  # why it cannot be taken, row by row


def box(answer: str | None, kind: str) -> str:
    """A box to tick, ticked where that is the answer."""
    return MARK if answer == kind else BOX


def find_head(rows: Rows) -> int:
    """The row that holds the headings; -1 where there is none: it is no form of this program."""
    wanted = {CODE, NOTE, *words.ANSWER.values()}
    return next((at for at, cells in enumerate(rows) if wanted <= {cell.strip() for cell in cells}), -1)


def number_of(rows: Rows) -> str:
    """The number of the inspection, which stands behind its label."""
    return _behind(rows, NUMBER)


def stamp(last: int, known: Known) -> str:
    """What a form says of the answers it was written with: how long the log was then, and a mark of them all."""
    return f"{last}-{sha256(json.dumps(sorted(known.items())).encode()).hexdigest()[:8]}"


def written_at(rows: Rows) -> int:
    """How long the log was when the form was written; 0 where no stamp says so."""
    found = _STAMP.fullmatch(_behind(rows, STAMP))
    return int(found[1]) if found else 0


def is_stamped(rows: Rows, last: int, known: Known) -> bool:
    """Whether a form was written with just these answers."""
    return _behind(rows, STAMP) == stamp(last, known)


def news(filled: Filled, written: Known, now: Known) -> tuple[dict[str, str], dict[str, str], tuple[str, ...]]:
    """What a filled form changes: answers, notes; and the questions where something else was said since.

    `written`: what the form was written with, empty where that is not known: then it changes nothing that is answered.
    """
    changed: tuple[dict[str, str], dict[str, str]] = {}, {}
    since: dict[str, None] = {}
    for at, said in enumerate((filled.answers, filled.notes)):
        for item, text in said.items():
            was, is_now = (_plain(known.get(item, ("", ""))[at]) for known in (written, now))
            if _plain(text) in (was, is_now):
                continue
            if is_now != was:
                since[item] = None
            changed[at][item] = text
    return *changed, tuple(since)


def _plain(text: str) -> str:
    return " ".join(text.split())  # a workbook need not keep the white space of a note


def _behind(rows: Rows, label: str) -> str:
    for cells in rows:
        for at, cell in enumerate(cells):
            if cell.strip() == label:
                return next((one.strip() for one in cells[at + 1 :] if one.strip()), "")
    return ""


def read(rows: Rows, asked: Collection[str], own: Mapping[str, str]) -> Filled:
    """Read a form whose headings are there. `asked`: the codes of its questions; `own`: id → text of a unit's own."""
    head = find_head(rows)
    names = [cell.strip() for cell in rows[head]]
    columns = {name: names.index(name) for name in HEADINGS if name in names}
    answers: dict[str, str] = {}
    notes: dict[str, str] = {}
    faults: list[str] = []
    filled: dict[str, int] = {}  # question → its row
    for at, cells in enumerate(rows[head + 1 :], head + 2):
        told = {name: cells[column].strip() if column < len(cells) else "" for name, column in columns.items()}
        code, text = told[CODE], told.get(TEXT, "")
        if not code:
            continue
        items = _items(code, text, asked, own)
        ticked, why = _ticked(told)
        if why:
            faults.append(f"第 {at} 行：{why}")
        elif not ticked and not told[NOTE]:
            continue
        elif len(items) > 1:
            faults.append(
                f"第 {at} 行：有 {len(items)} 个本地检查项都是“{_start(text)}”，分不清，请清空这一行，在程序里填"
            )
        elif not items:
            faults.append(f"第 {at} 行：这次检查没有“{code}”这一项")
        elif (item := items[0]) in filled:
            faults.append(f"第 {at} 行：和第 {filled[item]} 行是同一项，填了两次")
        else:
            filled[item] = at
            if ticked:
                answers[item] = ticked
            if told[NOTE]:
                notes[item] = told[NOTE]
    return Filled(number_of(rows[:head]), answers, notes, tuple(faults))


def _ticked(told: Mapping[str, str]) -> tuple[str, str]:
    """The answer that a row ticks, "" where none is ticked; and why that is unclear."""
    marked = [kind for kind, word in words.ANSWER.items() if _is_marked(told[word])]
    odd = next((told[w] for w in words.ANSWER.values() if not _is_marked(told[w]) and told[w] not in _EMPTY), "")
    if odd:
        return "", f"“{odd}”看不出是不是打勾"
    if len(marked) > 1:
        return "", f"打了 {len(marked)} 个勾"
    return "".join(marked), ""


def _items(code: str, text: str, asked: Collection[str], own: Mapping[str, str]) -> list[str]:
    """The questions that a row may be of: one, none, or several of a unit's own that begin alike."""
    if code == OWN:
        return [id_ for id_, of in own.items() if _start(of) == _start(text)]
    return [code] if code in asked else []


def _start(text: str) -> str:
    """What a question is known by on paper: its first line; how it is looked at stands below."""
    return text.strip().partition("\n")[0].strip()


def _is_marked(cell: str) -> bool:
    return cell in _MARKS or (len(cell) == 2 and cell[0] == BOX and cell[1] in _MARKS)
