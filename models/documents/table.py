"""A sheet as people see it: cells, and the merged ranges that they may stand in."""

from __future__ import annotations

from models.documents.raw import Area, Kind, RawCell, RawSheet
from models.documents.texts import clean, says_nothing

_COVERED_CELLS = 400_000  # merged cells that are looked up; a sheet beyond has merges for decoration


class Table:
    """Reading access to one sheet, all numbers 0-based."""

    def __init__(self, sheet: RawSheet) -> None:
        self.sheet = sheet
        self.height = len(sheet.rows)
        self.width = max((len(row) for row in sheet.rows), default=0)
        self._texts: dict[int, dict[int, str]] = {}
        self._areas: dict[tuple[int, int], Area] = {}
        for area in sheet.merges:
            cells = (area.bottom - area.top + 1) * (area.right - area.left + 1)
            if 1 < cells <= _COVERED_CELLS - len(self._areas) and not self._holds_more(area):
                for row in range(area.top, area.bottom + 1):
                    for column in range(area.left, area.right + 1):
                        self._areas[row, column] = area

    def _holds_more(self, area: Area) -> bool:
        """Whether cells lie hidden under a merged range: then it is decoration, and the cells speak for themselves."""
        first = area.left + 1
        for row in range(area.top, area.bottom + 1):
            if any(self.sheet.rows[row][first : area.right + 1]):
                return True
            first = area.left
        return False

    def own(self, row: int, column: int) -> RawCell | None:
        """The cell itself, whatever it is merged with."""
        cells = self.sheet.rows[row] if 0 <= row < self.height else ()
        return cells[column] if 0 <= column < len(cells) else None

    def area(self, row: int, column: int) -> Area | None:
        """The merged range that covers the cell."""
        return self._areas.get((row, column))

    def filled(self, row: int, column: int) -> RawCell | None:
        """The cell, or the one above that it is merged with: a value that stands for several rows."""
        area = self._areas.get((row, column))
        if area is None:
            return self.own(row, column)
        return self.own(area.top, area.left) if area.left == column else None

    def text(self, row: int, column: int) -> str:
        """The words of the cell itself."""
        cell = self.own(row, column)
        return clean(cell.text) if cell else ""

    def shown(self, row: int, column: int) -> str:
        """The words that a reader sees at this place, merged from wherever."""
        area = self._areas.get((row, column))
        return self.text(area.top, area.left) if area else self.text(row, column)

    def texts(self, row: int) -> dict[int, str]:
        """The cells of a row that say anything, by column; a merged range counts once, in its first row."""
        known = self._texts.get(row)
        if known is None:
            known = self._texts[row] = self._texts_of(row)
        return known

    def _texts_of(self, row: int) -> dict[int, str]:
        return {
            column: clean(cell.text)
            for column, cell in enumerate(self.sheet.rows[row] if row < self.height else ())
            if cell and not says_nothing(cell.text) and (not self._areas or self._first_of(row, column))
        }

    def _first_of(self, row: int, column: int) -> bool:
        area = self._areas.get((row, column))
        return area is None or (area.top, area.left) == (row, column)

    def span(self, row: int, column: int) -> int:
        """Over how many columns the cell goes."""
        area = self._areas.get((row, column))
        return area.right - area.left + 1 if area else 1

    def kinds(self, row: int) -> list[Kind]:
        """What the cells of a row hold."""
        return [cell.kind for cell in self.sheet.rows[row] if cell]
