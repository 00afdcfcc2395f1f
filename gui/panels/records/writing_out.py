"""A list as a workbook of Excel: where it is written to, and what is said when it is there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QPushButton

from gui.jobs import Kind
from gui.page import Page
from models.domain import media


class WritingOut(QObject):
    """Writes the ledger of one table for its page; `buttons` rest meanwhile."""

    def __init__(self, page: Page, table: str, title: str, *buttons: QPushButton) -> None:
        super().__init__(page)
        self._page, self._table, self._title, self._buttons = page, table, title, buttons

    def ask_where(self, what: str, rows: Sequence[int] | None) -> None:
        """Ask for a file, and write the whole ledger or these rows of it."""
        session = self._page.session
        said = media.clear_name(f"{session.here.name}{self._title}{what}_{session.today:%Y%m%d}")
        suggested = str(Path(session.settings.stick or Path.home()) / f"{said}.xlsx")
        name, _ = QFileDialog.getSaveFileName(self._page, "导出到", suggested, "Excel 工作簿 (*.xlsx)")
        if name:
            self.write_to(Path(name if name.lower().endswith(".xlsx") else f"{name}.xlsx"), rows)

    def write_to(self, path: Path, rows: Sequence[int] | None = None) -> None:
        """Write the official ledger, or these rows of it."""
        records, table = self._page.session.office.records, self._table
        for one in self._buttons:
            one.setEnabled(False)
        self._page.ask(
            lambda progress: (path, records.export(table, path, progress, rows)),
            self._written,
            ended=self._wrote,
            kind=Kind.LONG,
        )  # fmt: skip

    @Slot(object)
    def _written(self, found: tuple[Path, int]) -> None:
        path, rows = found
        self._page.notice.say("success", f"已导出 {rows} 条。", f"文件在 {path}")

    @Slot()
    def _wrote(self) -> None:
        for one in self._buttons:
            one.setEnabled(True)
