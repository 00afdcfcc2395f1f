"""Papers from pages: where to, and that it was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from gui import printing
from gui.jobs import Kind
from gui.panel import Panel
from gui.session import Session
from models.domain import media
from models.domain.paper import Book, Paper
from models.progress import Progress

KINDS = {".pdf": "打印用的 PDF (*.pdf)", ".docx": "接着修改的 Word 文件 (*.docx)", ".xlsx": "Excel 工作簿 (*.xlsx)"}


def where_to(parent: QWidget, session: Session, name: str, ending: str = ".pdf") -> Path | None:
    """Ask where a paper goes; None: nowhere. `name`: what it is called at first, without ending; any text will do."""
    suggested = str(Path(session.settings.stick or Path.home()) / f"{media.clear_name(name)}{ending}")
    chosen, kind = QFileDialog.getSaveFileName(parent, "写到", suggested, ";;".join(KINDS.values()), KINDS[ending])
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() not in KINDS:
        path = path.with_name(path.name + next((one for one, said in KINDS.items() if said == kind), ending))
    return path


class HandingPanel(Panel):
    """A part of a page that hands papers over."""

    def hand_over(self, name: str, paper: Callable[[], Paper | Book], ending: str = ".pdf") -> None:
        """Ask where a paper goes, and write it there. `name`: what the file is called at first, before its ending."""
        path = where_to(self, self.session, name, ending)
        if path is None:
            return
        papers = self.session.office.papers

        def work(_: Progress) -> Path:
            return papers.write(paper(), path, printing.pdf)

        self.ask(work, self._handed_over, kind=Kind.LONG)

    @Slot(object)
    def _handed_over(self, path: Path) -> None:
        self.notice.say("success", f"已写出 {path.name}。", f"在“{path.parent}”里，可以打开打印。")
