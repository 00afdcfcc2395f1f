"""What is done with photos and documents that a record has: shown small, opened, described, voided, asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QFileDialog

from gui.dialogs.question import Question
from gui.dialogs.viewer import Viewer, groups
from gui.jobs import Kind
from gui.page import Page
from gui.panels.record.exhibits import Entry, Exhibits
from gui.panels.record.pairs import is_photo
from gui.places import Place
from models.domain import media
from models.progress import Progress
from models.services.views.files import Copy, EvidenceView, Twice
from models.services.views.home import Touched

AT_ONCE = 4  # small pictures that are made before they are shown


class Photos(QObject):
    """The deeds of the card; the page says the outcome."""

    def __init__(self, page: Page, card: Exhibits, table: str) -> None:
        super().__init__(page)
        self._page, self._card, self._table = page, card, table
        self._id = ""
        self.viewer: Viewer | None = None  # while photos are seen large
        self._told: tuple[Entry, ...] = ()  # of which it was said whether they are used elsewhere
        card.open_asked.connect(self._open)
        card.save_asked.connect(self._save)
        card.void_asked.connect(self._ask_void)
        card.want_asked.connect(self._want)
        card.large_asked.connect(self._enlarge)
        card.left_for.connect(self._go_to)
        card.changed.connect(self._change)

    def stand(self, record: str) -> None:
        """Another record is shown."""
        self._id, self._told = record, ()

    def ask_pictures(self) -> None:
        """Have the next small pictures made, a few at a time, so that figures do not wait for all of them.

        After the last one, whether any is used elsewhere too.
        """
        session, wanted = self._page.session, self._card.lacking()[:AT_ONCE]
        if wanted:
            work = partial(session.pictures.make, session.office.evidence, wanted)
            self._page.ask(partial(_made, work, wanted), self._put_pictures, kind=Kind.COUNT)
        elif self._card.entries and self._told != self._card.entries:
            self._told = self._card.entries
            evidence, table, id_ = session.office.evidence, self._table, self._id
            self._page.ask(lambda _: (id_, evidence.twice(table, id_)), self._put_twice, kind=Kind.COUNT)

    @Slot(object)
    def _put_pictures(self, made: Mapping[str, QImage | None]) -> None:
        self._card.put_pictures(made)
        self.ask_pictures()

    @Slot(object)
    def _put_twice(self, found: tuple[str, tuple[Twice, ...]]) -> None:
        if found[0] == self._id:
            self._card.put_twice(found[1])

    # ------------------------------------------------------------------------------------- one of them

    @Slot(object)
    def _open(self, one: Entry) -> None:
        evidence = self._page.session.office.evidence
        self._page.ask(lambda _: evidence.open_copy(one["id"]), self._opened, kind=Kind.COPY)

    @Slot(object)
    def _opened(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._page.notice.say("warning", "电脑上没有能打开它的程序。", f"文件在 {path}，也可以另存到别处。")

    @Slot(object)
    def _enlarge(self, one: Entry) -> None:
        """See a photo large, with those that belong beside it."""
        shown = groups([entry for entry in self._card.seen if is_photo(entry)])
        at = next(number for number, some in enumerate(shown) if one in some)
        viewer = Viewer(shown, at, self._card.used, self._id, self._page, writable=self._card.writable)
        viewer.change_asked.connect(self._card.change_asked)
        viewer.lacking.connect(self._make_large)
        viewer.want_asked.connect(self._want)
        viewer.left_for.connect(self._go_to)
        self.viewer = viewer
        viewer.destroyed.connect(self._forget)
        viewer.open()
        viewer.ask()

    @Slot(object)
    def _make_large(self, wanted: Sequence[str]) -> None:
        session = self._page.session
        if known := session.large.known(wanted):
            self._put_large(known)
        if wanted := [key for key in wanted if key not in known]:
            work = partial(session.large.make, session.office.evidence, wanted)
            self._page.ask(partial(_made, work, wanted), self._put_large, kind=Kind.COPY)

    @Slot(object)
    def _put_large(self, made: Mapping[str, QImage | None]) -> None:
        if self.viewer is not None:
            self.viewer.put_pictures(made)

    @Slot()
    def _forget(self) -> None:
        self.viewer = None

    @Slot(object)
    def _go_to(self, other: Twice) -> None:
        self._page.go(Place(f"{other.table}/record", id=other.record))

    @Slot(object)
    def _save(self, one: Entry) -> None:
        path, _ = QFileDialog.getSaveFileName(self._page, "另存到别处", media.clear_name(str(one["name"]), 120))
        if path:
            evidence = self._page.session.office.evidence
            self._page.ask(partial(evidence.get, one["sha256"], Path(path)), self._saved, kind=Kind.COPY)

    @Slot(object)
    def _saved(self, copy: Copy) -> None:
        self._page.notice.say("success", "已另存，并核对无误。", str(copy.path))

    @Slot(object)
    def _want(self, one: Entry) -> None:
        evidence = self._page.session.office.evidence
        self._page.ask(lambda _: evidence.want([one["id"]]), self._wanted, kind=Kind.SAVE)

    @Slot(object)
    def _wanted(self, _: int) -> None:
        self._page.notice.say("success", "已记下：下一个数据包会向对方要原图。")
        self._tell()

    @Slot(str, object)
    def _change(self, id_: str, values: dict[str, str]) -> None:
        evidence = self._page.session.office.evidence
        self._page.ask(lambda _: evidence.edit(id_, values), self._changed, kind=Kind.SAVE)

    @Slot(object)
    def _changed(self, _: EvidenceView) -> None:
        self._tell()

    @Slot(object)
    def _ask_void(self, one: Entry) -> None:
        text = "作废后这条记录里不再显示它，也不再随数据包发送。文件和历史都保留。"
        question = Question(
            "作废这份佐证材料？", text, "不作废", ("作废这份材料", "danger"),
            reason="作废原因", hint="会写进变更历史，对方也能看到", parent=self._page,
        )  # fmt: skip
        if question.ask():
            evidence, why = self._page.session.office.evidence, question.reason.text().strip()
            self._page.ask(lambda _: evidence.void(one["id"], why), self._voided, kind=Kind.SAVE)

    @Slot(object)
    def _voided(self, _: object) -> None:
        self._page.notice.say("success", "已作废。文件仍保留在本机，历史里看得到。")
        self._tell()

    def _tell(self) -> None:
        self._page.session.tell(Touched(self._table, frozenset({self._id})))


def _made(work: Any, wanted: Sequence[str], progress: Progress) -> dict[str, QImage | None]:
    """Small pictures of all that were asked for: one that cannot be shown is not asked for again."""
    return dict.fromkeys(wanted) | work(progress)
