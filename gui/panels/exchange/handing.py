"""Papers from the pages of the exchange: where to, and that it was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from gui import printing
from gui.jobs import Kind
from gui.page import Panel
from models.domain.paper import Book, Paper
from models.progress import Progress

KINDS = "打印用的 PDF (*.pdf);;Excel 工作簿 (*.xlsx)"


class HandingPanel(Panel):
    """A part of a page that hands papers over."""

    def hand_over(self, name: str, paper: Callable[[], Paper | Book], ending: str = ".pdf") -> None:
        """Ask where a paper goes, and write it there. `name`: what the file is called at first, before its ending."""
        suggested = str(Path(self.session.settings.stick or Path.home()) / f"{name}{ending}")
        chosen, kind = QFileDialog.getSaveFileName(self, "写到", suggested, KINDS)
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() not in {".pdf", ".xlsx"}:
            path = path.with_name(path.name + (".xlsx" if "xlsx" in kind else ".pdf"))
        papers = self.session.office.papers

        def work(_: Progress) -> Path:
            return papers.write(paper(), path, printing.pdf)

        self.ask(work, self._handed_over, kind=Kind.LONG)

    @Slot(object)
    def _handed_over(self, path: Path) -> None:
        self.notice.say("success", f"已写出 {path.name}。", f"在“{path.parent}”里，可以打开打印。")
