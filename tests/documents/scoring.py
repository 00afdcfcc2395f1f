"""How much of a generated ledger was understood: every typed cell is one point, right or honestly doubted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Self

from models.documents.rows import Row, Understood
from tests.documents.layout_records import Cell
from tests.documents.layouts import Layout

_DATES = {"deadline", "found_on", "completed_on", "closed_on", "finished_on", "completed", "closing", "finish"}


@dataclass
class Score:
    """The points of one ledger or of many."""

    rows: int = 0
    rows_found: int = 0
    cells: int = 0
    right: int = 0
    doubted: int = 0
    wrong: list[str] = field(default_factory=list)
    wrong_dates: list[str] = field(default_factory=list)

    def __iadd__(self, other: Score) -> Self:
        for name in ("rows", "rows_found", "cells", "right", "doubted", "wrong", "wrong_dates"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    @property
    def share(self) -> float:
        """Right or doubted, of all."""
        return (self.right + self.doubted) / max(1, self.cells)


def score(layout: Layout, read: Understood) -> Score:
    """Compare what was understood with what was meant."""
    total = Score(rows=len(layout.truth), rows_found=len(read.rows))
    if len(layout.truth) != len(read.rows):
        total.cells = sum(len(cells) for cells in layout.truth)
        total.wrong.append(f"seed {layout.seed}: {len(read.rows)} rows instead of {len(layout.truth)}")
        return total
    for cells, row in zip(layout.truth, read.rows, strict=True):
        for name, cell in cells.items():
            if cell.typed in {"", None} or not (cell.values or cell.facts or cell.unsure):
                continue
            total.cells += 1
            _score_cell(total, layout.seed, row, name, cell)
    return total


def _score_cell(total: Score, seed: int, row: Row, name: str, cell: Cell) -> None:
    facts = {f.field: (f.state, f.day) for f in row.facts}
    doubts = {n.value for n in (*row.refused, *row.rejected, *row.flagged)}
    typed = str(cell.typed).strip()
    doubted = any(typed == d or typed in d or d.startswith(typed) for d in doubts if d) or (
        isinstance(cell.typed, date) and bool(doubts)
    )
    got = {n: row.values.get(n) for n in cell.values}
    right = all(_same(n, got[n], wanted) for n, wanted in cell.values.items()) and all(
        _same_fact(facts.get(axis), wanted) for axis, wanted in cell.facts.items()
    )
    if cell.unsure:
        total.right += right and doubted
        silent = not (right and doubted)
    else:
        total.right += right
        total.doubted += not right and doubted
        silent = not right and not doubted
    if silent:
        meant = f"meant {cell.values} {cell.facts} got {got} {facts}"
        what = f"seed {seed} row {row.number} {name}: typed {cell.typed!r} {meant}"
        total.wrong.append(what)
        if name in _DATES and _wrong_date(cell, row, facts):
            total.wrong_dates.append(what)


def _same(name: str, got: object, wanted: object) -> bool:
    if name == "remark":
        return str(wanted) in str(got)  # columns without a field of their own stand there too
    return got == wanted if wanted is not None else got is None


def _same_fact(got: tuple[str, date | None] | None, wanted: tuple[str, date | None]) -> bool:
    return got is not None and got[0] == wanted[0] and (wanted[1] is None or got[1] == wanted[1])


def _wrong_date(cell: Cell, row: Row, facts: dict[str, tuple[str, date | None]]) -> bool:
    """A date was taken that was not meant: worse than a date that was not taken."""
    for name, wanted in cell.values.items():
        got = row.values.get(name)
        if name in {"deadline", "found_on"} and got is not None and got != wanted:
            return True
    return any(
        (got := facts.get(axis)) is not None and got[1] is not None and got[1] != wanted[1]
        for axis, wanted in cell.facts.items()
    )
