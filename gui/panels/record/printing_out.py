"""The papers of the problem that a page shows: printed one by one, or the whole dossier with all its files."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu

from gui import printed
from gui.handing import where_to
from gui.page import Page
from models.domain import media, words
from models.progress import Progress
from models.services.views.files import Packed
from models.services.views.lists import Record

FOLDER, ZIP, TEXT, PAIRS = "dossier-folder", "dossier-zip", "dossier", "pairs"
WHAT = {
    FOLDER: "一问题一档整套，写成文件夹",
    ZIP: "一问题一档整套，写成压缩包",
    TEXT: "目录和情况",
    PAIRS: "整改前后照片对照",
}
MENU = "打印和写出"
OPEN, STOP = "打开文件夹", "停下"
LISTED = 3  # missing files that are named


class PrintingOut(QObject):
    """What may be printed of a problem; the page says the outcome."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._record: Record = {}
        self._folder = ""  # where the last one was written
        page.notice.acted.connect(self._act)

    def stand(self, record: Record) -> None:
        """Another problem is shown; nothing for a record of another kind."""
        self._record = record

    def offer(self, menu: QMenu) -> None:
        """Add everything that may be printed to a menu."""
        inner = menu.addMenu(MENU)
        for key in (FOLDER, ZIP):
            inner.addAction(f"{WHAT[key]}…").setData(key)
        inner.addSeparator()
        for key in (TEXT, PAIRS):
            inner.addAction(f"{WHAT[key]}…").setData(key)
        inner.addSeparator()
        for key, word in words.PROBLEM_FORM.items():
            inner.addAction(f"{word}…").setData(key)

    def knows(self, deed: str) -> bool:
        """Whether an act of the menu is one of these."""
        return deed in WHAT or deed in words.PROBLEM_FORM

    @Slot()
    def write_folder(self) -> None:
        """Write the whole dossier."""
        self.act(FOLDER)

    def act(self, deed: str) -> None:
        """Ask where to, and write it there."""
        path = self._place(deed)
        if path is None:
            return
        self._page.notice.say("info", f"正在写出“{path.name}”…", "可以接着做别的。", STOP)
        work = partial(self._write, deed, str(self._record["id"]), path)
        self._page.run(work, self._written, refused=self._page.notice.refuse, stopped=self._stopped)

    def _write(self, deed: str, id_: str, path: Path, progress: Progress) -> Packed:
        office = self._page.session.office
        papers = office.problem_papers
        with printed.to_pdf(office.evidence, progress) as to_pdf:
            match deed:
                case "dossier-folder" | "dossier-zip":
                    return papers.pack(id_, path, to_pdf, progress)
                case "dossier":
                    paper = papers.dossier(id_)
                case "pairs":
                    paper = papers.pairs(id_)
                case _:
                    paper = papers.form(id_, deed)
            return Packed(office.papers.write(paper, path, to_pdf), 0, ())

    def _place(self, deed: str) -> Path | None:
        """Where it goes; None: nowhere."""
        page, name = self._page, media.clear_name(f"{self._record['number'] or ''} {self._record['title']}", 40)
        if deed == ZIP:
            start = str(Path(page.session.settings.stick or Path.home()) / f"{name}.zip")
            chosen, _ = QFileDialog.getSaveFileName(page, "写到", start, "压缩包 (*.zip)")
            return Path(chosen).with_suffix(".zip") if chosen else None
        if deed == FOLDER:
            start = page.session.settings.stick or str(Path.home())
            chosen = QFileDialog.getExistingDirectory(page, "写到哪个文件夹里", start)
            return _free(Path(chosen) / name) if chosen else None
        said = WHAT[deed] if deed in WHAT else words.PROBLEM_FORM[deed]
        return where_to(page, page.session, f"{name} {said}")

    @Slot(object)
    def _written(self, done: Packed) -> None:
        self._folder = str(done.path.parent)
        missing = "、".join(done.missing[:LISTED]) + ("等" if len(done.missing) > LISTED else "")
        lacks = f"有 {len(done.missing)} 个文件不在本机，目录里写着：{missing}。" if done.missing else ""
        kind = "warning" if done.missing else "success"
        self._page.notice.say(kind, f"已写出 {done.path.name}。", f"在“{self._folder}”里。{lacks}", OPEN)

    @Slot()
    def _stopped(self) -> None:
        self._page.notice.say("info", "已停下，没有写出文件。", "本机数据未改动。")

    @Slot(str)
    def _act(self, word: str) -> None:
        if word == STOP:
            self._page.stop()
        elif word == OPEN:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder))


def _free(path: Path) -> Path:
    """A name that no folder has yet: the same, or the same with a number."""
    number, found = 2, path
    while found.exists():
        number, found = number + 1, path.with_name(f"{path.name} ({number})")
    return found
