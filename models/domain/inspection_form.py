"""The form of an inspection, filled in on paper or in a workbook: its headings, and what a filled one says. Pure.

What is printed and what is read back name the same columns here. Nothing is guessed: what cannot be read is a reason
to refuse, with the row and what stands there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from models.domain import words

NUMBER = "检查编号"
CODE, TEXT, NOTE = "编号", "检查内容", "情况说明"
HEADINGS = (CODE, TEXT, *words.ANSWER.values(), NOTE)
BOX, MARK = "□", "√"
OWN = "本地"  # instead of the code of a question that a unit added itself: it is known by its text
_MARKS = frozenset(("√", "✓", "✔", "☑", "■", "v", "V", "1", "对", "是", "有"))
_EMPTY = frozenset({"", BOX, "☐", "○", "-", "—"})

Rows = Sequence[Sequence[str]]


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
    for cells in rows:
        for at, cell in enumerate(cells):
            if cell.strip() == NUMBER:
                return next((one.strip() for one in cells[at + 1 :] if one.strip()), "")
    return ""


def read(rows: Rows, by_code: Mapping[str, str], by_text: Mapping[str, str]) -> Filled:
    """Read a form whose headings are there. `by_code`, `by_text`: the ids of the questions that it may answer."""
    head = find_head(rows)
    names = [cell.strip() for cell in rows[head]]
    columns = {name: names.index(name) for name in HEADINGS if name in names}
    answers: dict[str, str] = {}
    notes: dict[str, str] = {}
    faults: list[str] = []
    for at, cells in enumerate(rows[head + 1 :], head + 2):
        told = {name: cells[column].strip() if column < len(cells) else "" for name, column in columns.items()}
        code, text = told[CODE], told.get(TEXT, "")
        if not code:
            continue
        item = by_text.get(text.partition("\n")[0], "") if code == OWN else by_code.get(code, "")
        marked = [kind for kind, word in words.ANSWER.items() if _is_marked(told[word])]
        odd = next((told[w] for w in words.ANSWER.values() if not _is_marked(told[w]) and told[w] not in _EMPTY), "")
        if odd:
            faults.append(f"第 {at} 行：“{odd}”看不出是不是打勾")
        elif len(marked) > 1:
            faults.append(f"第 {at} 行：打了 {len(marked)} 个勾")
        elif not item:
            if marked or told[NOTE]:
                faults.append(f"第 {at} 行：这次检查没有“{code}”这一项")
        else:
            if marked:
                answers[item] = marked[0]
            if told[NOTE]:
                notes[item] = told[NOTE]
    return Filled(number_of(rows[:head]), answers, notes, tuple(faults))


def _is_marked(cell: str) -> bool:
    return cell in _MARKS or (len(cell) == 2 and cell[0] == BOX and cell[1] in _MARKS)
