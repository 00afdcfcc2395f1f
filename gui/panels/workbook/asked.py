"""What a person said of a workbook so far, and the work that is asked for with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gui import sounds
from gui.counter.workbooks import Imports
from gui.panel import Work
from gui.panels.workbook.words import choices
from models.progress import Progress
from models.services.views.workbooks import WorkbookView

KIND = {"problem": "problems", "petition": "petitions", "source": "sources"}


@dataclass
class Asked:
    """One workbook under way."""

    path: Path
    table: str
    sheet: str | None = None
    heading: int | None = None
    mapping: dict[str, str] | None = None  # None: as the last time
    cells: dict[str, str] = field(default_factory=dict[str, str])

    def look(self, imports: Imports) -> Work:
        """Look at it as it is understood now."""
        path, kind, sheet, heading = self.path, KIND[self.table], self.sheet, self.heading
        mapping, cells, fields = self.mapping, dict(self.cells), choices(self.table)

        def work(progress: Progress) -> WorkbookView:
            for _, words in fields:  # how they sound is looked up here, not while somebody types
                sounds.key(words)
            return imports.look(
                path, kind, sheet=sheet, heading=heading, mapping=mapping, cells=cells, progress=progress
            )

        return work

    def bare(self, imports: Imports) -> Work:
        """Look at the sheet without understanding it."""
        path, kind, sheet = self.path, KIND[self.table], self.sheet
        return lambda progress: imports.bare(path, kind, sheet=sheet, progress=progress)

    def take(self, imports: Imports, *, remember: bool) -> Work:
        """Take it in as it was looked at."""
        path, kind, sheet, heading = self.path, KIND[self.table], self.sheet, self.heading
        mapping, cells = self.mapping, dict(self.cells)
        return lambda progress: imports.take(
            path, kind, sheet=sheet, heading=heading, mapping=mapping, cells=cells, remember=remember,
            progress=progress,
        )  # fmt: skip

    def learn(self, book: WorkbookView) -> None:
        """Hold on to what was looked at."""
        self.sheet, self.heading, self.mapping = book.sheet, book.heading, dict(book.mapping)
