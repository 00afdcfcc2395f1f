"""How photos and documents come to a record: chosen, dragged or pasted, looked at, asked about, added; then told."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from gui.dialogs.adding import Adding, Belongs, guess, stage_of
from gui.dialogs.viewer import Entry
from gui.jobs import Job, Kind
from gui.page import Page
from gui.panels.record.exhibits import Exhibits
from gui.places import Place
from gui.widgets.drop import paths_of
from models.domain import media
from models.progress import Progress
from models.services.views.files import AddedFiles, Looked, Offered
from models.services.views.home import Touched
from models.services.views.lists import Record
from models.services.views.workflow import PaperView

PASTED = "粘贴的图片.png"
NAMED = 3  # files that are named in a sentence; the others are counted


class Adder(QObject):
    """Adds files to the record that a page shows; the page says the outcome."""

    def __init__(self, page: Page, card: Exhibits, table: str) -> None:
        super().__init__(page)
        self._page, self._card, self._table = page, card, table
        self._id = ""
        self._record: Record = {}
        self._papers: tuple[PaperView, ...] = ()
        self._adding = False
        self._last: Belongs | None = None  # what was said last, of this record
        self._preset: Belongs | None = None  # what the files that are being chosen are of, as far as it is known
        self._image: QImage | None = None  # that was pasted, and is asked about
        self._looking: Job | None = None
        card.add_asked.connect(self._choose_half)
        card.files_asked.connect(self._choose_files)
        card.folder_asked.connect(self._choose_folder)
        card.stop_asked.connect(self._stop)
        card.change_asked.connect(self.change)

    def stand(self, record: str) -> None:
        """Another record is shown."""
        self._id, self._record, self._papers, self._last = record, {}, (), None

    def know(self, record: Record, papers: Sequence[PaperView]) -> None:
        """What is known of the record that is shown."""
        self._record, self._papers = record, tuple(papers)

    # ------------------------------------------------------------------------------------- where they come from

    @Slot(str, str)
    def _choose_half(self, stage: str, caption: str) -> None:
        """The missing half of a pair: what it is of is known."""
        if (paths := self._chosen()) and not self._adding:
            self._add(paths, Belongs(stage, caption))

    @Slot()
    def _choose_files(self) -> None:
        self.look(self._chosen())

    @Slot()
    def _choose_folder(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self._page, "选放照片和文档的文件夹"):
            self.look([Path(folder)])

    @Slot(object)
    def add_for_paper(self, paper: str) -> None:
        """Choose files for a paper of 一问题一档."""
        self.look(self._chosen(), Belongs(stage_of(paper), paper=paper))

    def _chosen(self) -> list[Path]:
        names, _ = QFileDialog.getOpenFileNames(self._page, "选照片和文档，可以一次选几个")
        return [Path(name) for name in names]

    def paste(self) -> bool:
        """Add what was copied elsewhere: files, or a picture. Whether there was any."""
        data = QGuiApplication.clipboard().mimeData()
        if paths := paths_of(data):
            self.look(paths)
        elif data.hasImage():
            if not self._adding:
                self._image = QGuiApplication.clipboard().image()
                self.look(())
        else:
            return False
        return True

    # ------------------------------------------------------------------------------------- looked at, asked about

    def look(self, paths: Sequence[Path], known: Belongs | None = None) -> None:
        """Look at files and folders, then ask what they belong to; `known`: what was said of it already."""
        if self._adding or not (paths or self._image is not None):
            return
        self._adding, self._preset = True, known
        self._card.say_busy("正在看选中的文件…")
        look = partial(self._page.session.office.evidence.look, self._table, self._id, tuple(paths))
        work = partial(_look, look, self._id, tuple(paths))
        self._looking = self._page.ask(work, self._ask, refused=self._refused, kind=Kind.COPY)
        self._looking.cancelled.connect(self._stopped)
        self._looking.broken.connect(self._over)

    @Slot(object)
    def _ask(self, found: tuple[str, tuple[Path, ...], Offered]) -> None:
        record, paths, offered = found
        image = self._over()
        if record != self._id or not self._card.writable:
            return  # one went on meanwhile
        if offered.packages:
            self._page.go(Place("exchange", tab="read", id="\n".join(str(path) for path in paths)))
            return
        files = (Looked(Path(PASTED), image.sizeInBytes(), "image/png"),) if image is not None else offered.files
        if not files:
            self._page.notice.say("info", "文件夹里没有照片和文档，没有添加。", "请选放照片的那个文件夹。")
            return
        dialog = Adding(
            files, offered.left, self._preset or self._guess(files), parts=offered.parts, papers=self._papers,
            captions=self._captions(), parent=self._page,
        )  # fmt: skip
        belongs = dialog.ask()
        dialog.deleteLater()
        if belongs is None or record != self._id:
            return
        self._last = belongs
        if image is not None:
            self._begin(partial(add_image, self._work(belongs), image), 1)
        else:
            self._add([one.path for one in dialog.good], belongs)

    def _guess(self, files: Sequence[Looked]) -> Belongs:
        photos = any(media.is_photo(one.media) for one in files)
        before = any(one["stage"] == "before" for one in self._card.entries)
        return guess(
            self._last, photos=photos, before=before, completed=self._record.get("stage") not in (None, "open")
        )

    def _captions(self) -> list[str]:
        """What was written of other photos, the newest first."""
        return list(dict.fromkeys(str(one["caption"]) for one in reversed(self._card.entries) if one["caption"]))

    # ------------------------------------------------------------------------------------- of one that is there

    @Slot(object)
    def change(self, one: Entry) -> None:
        """Ask what a photo or document belongs to that is there already."""
        evidence, table, id_ = self._page.session.office.evidence, self._table, self._id
        self._page.ask(lambda progress: (id_, one, evidence.look(table, id_, (), progress)), self._ask_change)

    @Slot(object)
    def _ask_change(self, found: tuple[str, Entry, Offered]) -> None:
        record, one, offered = found
        if record != self._id:
            return  # one went on meanwhile
        now = Belongs(str(one["stage"]), str(one["caption"]), str(one["part"]), str(one["paper"]))
        file = Looked(Path(str(one["name"])), int(one["bytes"]), str(one["media"]))
        dialog = Adding(
            (file,), 0, now, parts=offered.parts, papers=self._papers, captions=self._captions(), parent=self._page,
            there=True,
        )  # fmt: skip
        belongs = dialog.ask()
        dialog.deleteLater()
        if belongs is not None and belongs != now:
            values = {name: getattr(belongs, name) for name in ("stage", "caption", "part", "paper")}
            changed = {name: text for name, text in values.items() if text != getattr(now, name)}
            self._card.changed.emit(str(one["id"]), changed)

    # ------------------------------------------------------------------------------------- added

    def _work(self, belongs: Belongs) -> Any:
        evidence, reader = self._page.session.office.evidence, self._page.session.reader.read
        return partial(evidence.add, self._table, self._id, values=belongs.values, part=belongs.part, reader=reader,
                       partly=True)  # fmt: skip

    def _add(self, paths: Sequence[Path], belongs: Belongs) -> None:
        self._begin(partial(_add, self._work(belongs), tuple(paths)), len(paths))

    def _begin(self, work: Any, count: int) -> None:
        self._adding = True
        self._card.say_busy(f"正在添加 {count} 个文件…")
        self._page.run(work, self._added, refused=self._refused, stopped=self._stopped)

    @Slot(object)
    def _added(self, done: AddedFiles) -> None:
        self._over()
        if done.added:
            self._page.notice.say(
                "warning" if done.refused else "success",
                f"已添加 {len(done.added)} 个文件，保存在本机，随下一个数据包报送。", also(done),
            )  # fmt: skip
            self._page.session.tell(Touched(self._table, frozenset({self._id})))
        elif done.refused:
            self._page.notice.say("warning", "一个文件也没有添加。", also(done))
        else:
            self._page.notice.say("info", "这些文件这条记录里已经有了，没有重复添加。")
            self._page.refresh()

    @Slot(object)
    def _refused(self, error: Any) -> None:
        self._over()
        self._page.notice.refuse(error)

    @Slot()
    def _stopped(self) -> None:
        self._over()
        self._page.notice.say("info", "已停下，一个文件也没有添加。")

    @Slot()
    def _stop(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
        self._page.stop()

    @Slot()
    def _over(self) -> QImage | None:
        """Nothing is under way any more; the picture that was asked about."""
        image, self._image = self._image, None
        self._adding, self._looking = False, None
        self._card.say_busy("")
        return image


def _look(look: Any, record: str, paths: tuple[Path, ...], progress: Progress) -> tuple[str, tuple[Path, ...], Offered]:
    return record, paths, look(progress)


def _add(work: Any, paths: tuple[Path, ...], progress: Progress) -> AddedFiles:
    return work(paths, progress=progress)


def add_image(work: Any, image: QImage, progress: Progress) -> AddedFiles:
    """Add a picture that was copied in another program."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PASTED
        image.save(str(path))
        return work((path,), progress=progress)


def also(done: AddedFiles) -> str:
    """What is to be said of files beside how many were added."""
    parts = [f"“{one.name}”没有添加：{one.why}" for one in done.refused[:NAMED]]
    if len(done.refused) > NAMED:
        parts.append(f"还有 {len(done.refused) - NAMED} 个也没有添加。")
    if done.already:
        parts.append(f"另有 {len(done.already)} 个这条记录里已经有了：{named([one.name for one in done.already])}。")
    if done.elsewhere:
        parts.append(f"别的记录也用了同一个文件，请核对：{named(done.elsewhere)}。")
    parts += [
        f"“{one.name}”看上去和{one.number or one.title or '另一条记录'}里的一张一样，请核对。"
        for one in done.twice
        if one.near
    ]
    if done.unreadable:
        parts.append(f"这些照片打不开，可能没有传完整，请核对：{named(done.unreadable)}。")
    return "".join(parts)


def named(names: Sequence[str]) -> str:
    """A few files by name, many by number."""
    some = "、".join(names[:NAMED])
    return some if len(names) <= NAMED else f"{some}等 {len(names)} 个"
