"""The finding on which one stands: what was seen, its photos, and the problem that is made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from gui.jobs import Kind
from gui.panel import Panel
from gui.panels.inspections.answers import ANSWER, NOTE
from gui.panels.inspections.finding import Finding
from gui.panels.inspections.grid import AnswerGrid
from gui.panels.record.adding import add_image
from models.progress import Progress
from models.services.views.files import AddedFiles
from models.services.views.home import Touched
from models.services.views.lists import Record

Then = Callable[[Any, str, Progress], Any]  # does more, with the inspection if anything was saved, and with its id
Write = Callable[[Then, Callable[[Any], None], Kind], None]  # saves all that is typed, does more, calls a slot


class Registered(NamedTuple):
    """A finding that became a problem."""

    problem: Record
    fixed: bool
    inspection: str  # its id


class Photographed(NamedTuple):
    """Photos were added to a finding of an inspection."""

    files: AddedFiles
    inspection: str  # its id


class Below(QObject):
    """Shows the question on which one stands in the grid, where it is answered 否; does with it what is asked for.

    It works on the panel that holds the grid, in its notice, and types the note into the grid.
    """

    registered = Signal(object)  # Registered
    late = Signal(str, str, str)  # kind, message and more of a notice: what came of an inspection that one has left
    photos_asked = Signal()  # files are to be chosen for the finding that is shown
    mended_asked = Signal()  # a photo of what was mended is to be chosen
    opened = Signal(str)  # id of a problem
    photo_opened = Signal(str)  # id of an entry

    def __init__(self, panel: Panel, finding: Finding, grid: AnswerGrid, write: Write) -> None:
        super().__init__(panel)
        self._panel, self._finding, self._grid, self._write = panel, finding, grid, write
        self._record: Record = {}
        self._writable = False
        self._at = -1  # the row that is shown
        grid.answered.connect(self._answered)
        grid.note_wanted.connect(self._write_note)
        finding.noted.connect(self._note)
        finding.photos_asked.connect(self.photos_asked)
        finding.register_asked.connect(self._register)
        finding.problem_asked.connect(self._open_problem)
        finding.photo_opened.connect(self._open_photo)

    # ------------------------------------------------------------------------------------- showing

    @property
    def takes_photos(self) -> bool:
        """Whether a finding stands here to which photos may be added."""
        return self._writable and not self._finding.isHidden()

    def stand(self, record: Record, *, writable: bool) -> None:
        """Another inspection stands in the grid, or the same as it is by now; {} for none."""
        if record.get("id") != self._record.get("id"):
            self._at = -1
        self._record, self._writable = record, writable
        self._show()

    def go_to(self, at: int) -> None:
        """Show the question of a row, if it is a finding."""
        self._at = at if at >= 0 and self._grid.table.answers.value(at, ANSWER) == "no" else -1
        self._show()

    @Slot(int, str)
    def _answered(self, at: int, kind: str) -> None:
        if kind == "no" or self._at == at:
            self._at = at if kind == "no" else -1
        self._show()
        if kind != "no" and (number := self._number(self._grid.table.answers.lines[at])):
            self._panel.notice.say("warning", f"这一项已经登记为问题 {number}，改了答案，那个问题还在。",
                                   "登记错了的，打开那个问题作废它。")  # fmt: skip

    def _number(self, line: Record) -> str:
        """The number of the problem that a finding became; "" where it is not registered."""
        numbers = {one["id"]: str(one["number"]) for one in self._record.get("problems") or ()}
        return numbers.get(line.get("problem"), "")

    def _show(self) -> None:
        table, at = self._grid.table, self._at
        answers = table.answers
        there = 0 <= at < len(answers.lines) and answers.value(at, ANSWER) == "no"
        self._finding.setVisible(there)
        if not there:
            return
        line = answers.lines[at]
        self._finding.show_question(
            f"{table.index(at, 0).data()}　{table.text(at)}", answers.value(at, NOTE),
            table.beside(at) or table.again(at), self._number(line), writable=self._writable,
        )  # fmt: skip
        session, photos = self._panel.session, self._photos(line)
        known = session.pictures.known([one["picture"] for one in photos])
        self._finding.show_photos(photos, known)
        wanted = [one["picture"] for one in photos if one["picture"] and one["picture"] not in known]
        if wanted:
            work = partial(session.pictures.make, session.office.evidence, wanted)
            self._panel.ask(work, self._put_pictures, kind=Kind.COUNT)

    @Slot(object)
    def _put_pictures(self, made: Mapping[str, QImage | None]) -> None:
        lines = self._grid.table.answers.lines
        if made and 0 <= self._at < len(lines):
            photos = self._photos(lines[self._at])
            known = self._panel.session.pictures.known([one["picture"] for one in photos])
            self._finding.show_photos(photos, known)

    def _photos(self, line: Record) -> list[Record]:
        every = self._record.get("evidence") or ()
        return [one for one in every if line.get("id") and one["part"] == line["id"]]

    # ------------------------------------------------------------------------------------- being used

    @Slot()
    def _write_note(self) -> None:
        at = self._grid.row
        if at >= 0 and self._grid.table.answers.value(at, ANSWER) == "no":
            self._at = at
            self._show()
        if not self._finding.isHidden():
            self._finding.write()

    @Slot(str)
    def _note(self, text: str) -> None:
        if self._at >= 0:
            self._grid.table.put(self._at, NOTE, text)

    @property
    def _item(self) -> str:
        return str(self._grid.table.answers.lines[self._at]["item"])

    @Slot()
    def _open_problem(self) -> None:
        self.opened.emit(str(self._grid.table.answers.lines[self._at]["problem"]))

    @Slot(object)
    def _open_photo(self, photo: Any) -> None:
        self.photo_opened.emit(photo.key)

    # ------------------------------------------------------------------------------------- a problem, photos

    @Slot(bool)
    def _register(self, fixed: bool) -> None:  # noqa: FBT001 - a slot
        if fixed:
            self.mended_asked.emit()
        else:
            self.register(())

    def register(self, mended: Sequence[Path]) -> None:
        """Make a problem of the finding that is shown; `mended`: photos of what was set right on the spot."""
        session, item = self._panel.session, self._item
        office, reader = session.office, session.reader.read

        def then(_: Any, id_: str, progress: Progress) -> Registered:
            problem = office.inspections.register(id_, item, fixed=bool(mended))
            if mended:
                office.evidence.add(
                    "problem", problem["id"], mended, {"stage": "after"}, progress, reader=reader, partly=True
                )
            return Registered(problem, bool(mended), id_)

        self._write(then, self._registered, Kind.LONG if mended else Kind.SAVE)

    @Slot(object)
    def _registered(self, made: Registered) -> None:
        session, ids = self._panel.session, frozenset({str(made.problem["id"]), made.inspection})
        session.tell(Touched("inspection", ids))
        session.tell(Touched("problem", ids))
        self.registered.emit(made)

    def add_photos(self, paths: Sequence[Path] = (), image: QImage | None = None) -> None:
        """Add photos to the finding that is shown; `image`: one that was copied in another program."""
        session, item = self._panel.session, self._item
        office, reader = session.office, session.reader.read

        def then(record: Any, id_: str, progress: Progress) -> Photographed:
            record = record or office.records.show("inspection", id_)
            part = next(str(line["id"]) for line in record["answers"] if line["item"] == item)
            add = partial(office.evidence.add, "inspection", id_, values={"stage": "before"}, part=part, reader=reader,
                          partly=True)  # fmt: skip
            done = add_image(add, image, progress) if image is not None else add(paths, progress=progress)
            return Photographed(done, id_)

        self._write(then, self._added, Kind.LONG)

    @Slot(object)
    def _added(self, made: Photographed) -> None:
        done = made.files
        refused = "".join(f"“{one.name}”没有添加：{one.why}" for one in done.refused)
        kind, text = "warning" if done.refused else "success", f"已添加 {len(done.added)} 张照片，保存在本机。"
        if made.inspection == self._record.get("id"):
            self._panel.notice.say(kind, text, refused)
        else:
            self.late.emit(kind, f"刚才那次检查{text}", refused)
        self._panel.session.tell(Touched("inspection", frozenset({made.inspection})))
