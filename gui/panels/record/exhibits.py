"""佐证材料: photos in pairs, documents below, and a line about the one that is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from gui import saying, theme
from gui.dialogs.viewer import Entry, taken, used_also
from gui.panels.record.pairs import AWAY, is_photo, pairs
from gui.widgets.buttons import button, carrier
from gui.widgets.chips import State
from gui.widgets.choice import Choice, Segments
from gui.widgets.frames import Card, clear, column, row
from gui.widgets.labels import Elided, label
from gui.widgets.thumbnails import Photo, Thumbnails
from gui.widgets.timeline import as_day
from models.domain import words
from models.services.views.files import Twice
from models.services.views.lists import Record

NOTHING_YET = "还没有照片和文档。把照片从手机传到电脑后，拖到这里，或复制后在这里粘贴，或点“添加照片和文档”。"
TONE = {"wanted": "yellow", "lost": "red", "copy": "grey", "asked": "grey", "only": "grey"}
CAPTION_CHARS = 100
OF_WIDE = 240  # of the list of parts
ALL, ITSELF = "*", ""  # parts to choose from beside those that have an id


class Exhibits(Card):
    """The card of photos and documents; what is done with them is asked for by signals."""

    add_asked = Signal(str, str)  # stage and caption of the one half that is to be added
    files_asked = Signal()  # files are to be chosen
    folder_asked = Signal()  # a folder is to be chosen
    open_asked = Signal(object)  # Entry
    save_asked = Signal(object)  # Entry: write it to another place
    void_asked = Signal(object)  # Entry
    change_asked = Signal(object)  # Entry: what it belongs to
    want_asked = Signal(object)  # Entry: its photo, of which a copy is here
    changed = Signal(str, object)  # id of an entry, and what was changed of it
    large_asked = Signal(object)  # Entry: a photo is to be seen large
    left_for = Signal(object)  # Twice: the other record that has the photo too
    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__("佐证材料", " ")
        self.entries: tuple[Entry, ...] = ()
        self._pictures: dict[str, QImage | None] = {}
        self.writable = False
        self._chosen = ""  # id of the entry that is chosen
        self._record = ""
        self.used: tuple[Twice, ...] = ()  # where else its photos are used
        self._twice: dict[str, str] = {}  # name of a file → where else it is used
        self.add_one = button("添加照片和文档", "quiet", icon="plus", size="slim", tip="也可以拖进来或粘贴")
        self.add_folder = button(
            "添加文件夹", "quiet", icon="folder", size="slim", tip="选一个文件夹，里面的照片和文档一起添加"
        )
        self.of = Choice()
        self.of.setProperty("sz", "slim")
        self.of.setAccessibleName("只看哪一环节的")
        self.of.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.of.setMaximumWidth(theme.px(OF_WIDE))
        self.tools.addWidget(self.of)
        self.tools.addWidget(self.add_folder)
        self.tools.addWidget(self.add_one)
        self.strip = Thumbnails()
        self.nothing = label(NOTHING_YET, "quiet", wrap=True)
        self._papers = QVBoxLayout()
        self._papers.setSpacing(theme.px(2))
        self.busy = label("", "quiet")
        self.stop = button("停下", size="slim", icon="close")
        self.waiting = QFrame()
        self.waiting.setLayout(row(self.busy, None, self.stop))
        self._make_line()
        self.add(self.nothing, self.strip, self._papers, self.waiting, self.line)
        self.waiting.hide()
        self.line.hide()
        self.of.hide()
        self.of.activated.connect(self._show_entries)
        self.add_one.clicked.connect(self.files_asked)
        self.add_folder.clicked.connect(self.folder_asked)
        self.strip.opened.connect(self._choose_photo)
        self.strip.wanted.connect(self._ask_half)
        self.stop.clicked.connect(self.stop_asked)

    def _make_line(self) -> None:
        """What can be said and done of the chosen one."""
        self.name = Elided("", "bold")
        self.about = label("", "small")
        self.state = State()
        self.shot = label("", "small")
        self.hint = label("", "quiet", wrap=True)
        self.stage = Segments(words.EVIDENCE_STAGE)
        self.stage.setAccessibleName("整改阶段")
        self.caption = QLineEdit()
        self.caption.setPlaceholderText("说明：地点、拍的是什么")
        self.caption.setAccessibleName("说明")
        self.caption.setMaxLength(CAPTION_CHARS)
        self.large = button("看大图", size="slim", icon="photo", tip="整改前、中、后并排看")
        self.jump = button("去看那一条", "quiet", size="slim", icon="forward", tip="也用了这张照片的那条记录")
        self.open = button("打开", size="slim", icon="file")
        self.save = button("另存到别处", size="slim", icon="copy")
        self.want = button("要原图", size="slim", icon="read", tip="下一个数据包会向对方要")
        self.void = button("作废…", size="slim", icon="void")
        self.change = button("改归属…", size="slim", icon="edit", tip="归到哪一条措施、哪个月、哪次验收，是哪种材料")
        top = row(self.name, self.state, self.about)
        top.setStretch(0, 1)
        words_ = row(self.stage, self.caption, gap=12)
        words_.setStretch(1, 1)
        self.line = QFrame()
        self.line.setObjectName("chosen")
        inside = column(
            top,
            self.shot,
            words_,
            self.hint,
            row(self.large, self.open, self.save, self.want, self.change, self.void, None, self.jump),
        )
        inside.setContentsMargins(*(theme.px(10),) * 4)
        self.line.setLayout(inside)
        self.stage.changed.connect(self._change_stage)
        self.caption.editingFinished.connect(self._change_caption)
        self.large.clicked.connect(self._enlarge)
        self.jump.clicked.connect(self._jump)
        self.open.clicked.connect(self._open)
        self.save.clicked.connect(self._save)
        self.want.clicked.connect(self._want)
        self.void.clicked.connect(self._void)
        self.change.clicked.connect(self._change)

    # ------------------------------------------------------------------------------------- showing

    def show_entries(self, record: Record, known: Mapping[str, QImage | None], *, writable: bool) -> None:
        """Show the photos and documents of a record; pictures that are still to be made come by `put_pictures`."""
        self.entries = tuple(record.get("evidence") or ())
        if record.get("id") != self._record:
            self._record, self._twice, self.used = str(record.get("id") or ""), {}, ()
        self.writable = writable
        self._pictures = dict(known)
        self.add_one.setVisible(writable)
        self.add_folder.setVisible(writable)
        self.nothing.setVisible(not self.entries)
        self._offer_parts()
        self._show_entries()

    def _offer_parts(self) -> None:
        """The parts of which there are photos and documents, to see only theirs."""
        now, found = self.of.currentData(), Counter(str(one["part"]) for one in self.entries)
        said = {str(one["part"]): str(one["part_said"]) for one in self.entries}
        self.of.clear()
        self.of.addItem(f"全部环节 {len(self.entries)}", ALL)
        for part, count in found.items():
            self.of.addItem(f"{said[part] or '这条记录本身'} {count}", part)
        self.of.setCurrentIndex(max(self.of.findData(now), 0))
        self.of.setVisible(bool(set(found) - {ITSELF}))

    def narrow(self, part: str) -> None:
        """Show those of one part alone."""
        self.of.setCurrentIndex(max(self.of.findData(part), 0))
        self._show_entries()

    @property
    def seen(self) -> list[Entry]:
        """The entries that are shown: of all parts, or of one."""
        part = self.of.currentData()
        return [one for one in self.entries if part in (None, ALL, one["part"])]

    @Slot()
    def _show_entries(self) -> None:
        seen = self.seen
        photos = [one for one in seen if is_photo(one)]
        papers = [one for one in seen if not is_photo(one)]
        self.quiet.setText(_counted(photos, papers, seen))
        self.strip.setVisible(bool(photos))
        self._show_strip()
        clear(self._papers)
        for one in papers:
            self._papers.addLayout(self._paper(one))
        self._show_line()

    def _show_strip(self) -> None:
        photos = [one for one in self.seen if is_photo(one)]
        self.strip.show_pairs(pairs(photos, self._pictures, may_add=self.writable))

    def _paper(self, one: Entry) -> Any:
        name = carrier(one, str(one["name"]), "quiet", icon="file", size="slim")
        name.handed.connect(self._choose)
        stage = label(words.EVIDENCE_STAGE.get(one["stage"], ""), "small")
        state = State(words.FILE_STATE[one["state"]], TONE[one["state"]]) if one["state"] in TONE else None
        parts = [name, stage, label(saying.size(one["bytes"]), "small"), *([state] if state else []), None]
        return row(*parts, gap=10)

    def put_twice(self, found: Sequence[Twice]) -> None:
        """Say of photos that they are used elsewhere too."""
        self._twice, self.used = {}, tuple(found)
        for one in found:
            where = "这条记录的另一个阶段" if one.record == self._record else one.number or one.title or "另一条记录"
            how = f"看上去和{where}里的一张一样" if one.near else f"{where}也用了这张照片"
            self._twice[one.name] = f"{self._twice.get(one.name, '')}{how}，请核对。"
        self._show_line()

    def put_pictures(self, made: Mapping[str, QImage | None]) -> None:
        """Small pictures have come."""
        if made.keys() & {one["picture"] for one in self.entries}:
            self._pictures |= made
            focused = next((one for one in self._thumbnails() if one.hasFocus()), None)
            key = focused.value.key if focused is not None else ""
            self._show_strip()
            again = next((one for one in self._thumbnails() if one.value.key == key), None)
            if again is not None:
                again.setFocus()

    def _thumbnails(self) -> Iterable[Any]:
        for box in self.strip.pairs:
            yield from (half for half in box.halves.values() if isinstance(getattr(half, "value", None), Photo))

    def lacking(self) -> list[str]:
        """The hashes of photos that are here and of which no small picture was made yet."""
        found = [one["picture"] for one in self.entries if is_photo(one) and one["picture"]]
        return [sha256 for sha256 in dict.fromkeys(found) if sha256 not in self._pictures]

    def say_busy(self, text: str) -> None:
        """Say that files are being added; "" when that is over."""
        self.busy.setText(text)
        self.waiting.setVisible(bool(text))
        self.add_one.setEnabled(not text)
        self.add_folder.setEnabled(not text)

    # ------------------------------------------------------------------------------------- the chosen one

    @property
    def chosen(self) -> Entry | None:
        """The entry that the line is about."""
        return next((one for one in self.entries if one["id"] == self._chosen), None)

    def choose(self, id_: str) -> None:
        """Show the line about one entry, whichever part it is of."""
        self.narrow(ALL)
        if (one := next((one for one in self.entries if one["id"] == id_), None)) is not None:
            self._choose(one)

    @Slot(object)
    def _choose_photo(self, photo: Photo) -> None:
        self._choose(next(one for one in self.entries if one["id"] == photo.key))

    @Slot(object)
    def _choose(self, one: Entry) -> None:
        self._chosen = str(one["id"])
        self._show_line()

    def _show_line(self) -> None:
        one = self.chosen
        self.line.setVisible(one is not None)
        if one is None:
            self._chosen = ""
            return
        state = str(one["state"])
        self.name.say(str(one["name"]))
        day = as_day(str(one["at"])[:10])
        told = (saying.size(one["bytes"]), str(one["unit_name"]), saying.day(day) if day else "")
        of = (str(one["part_said"]), str(one["paper"]))
        self.about.setText(saying.SPACE.join(part for part in told if part))
        self.state.say("" if state == "here" else words.FILE_STATE[state], TONE.get(state, "grey"))
        self.shot.setText(saying.SPACE.join(part for part in (*of, taken(one)) if part))
        self.shot.setVisible(bool(self.shot.text()))
        said = (str(one["remark"]), self._twice.get(one["name"], ""), words.FILE_WAY.get(state, ""))
        self.hint.setText("".join(said))
        self.hint.setVisible(any(said))
        self.stage.put(str(one["stage"]))
        self.stage.setEnabled(self.writable)
        self.caption.setText(str(one["caption"]))
        self.caption.setReadOnly(not self.writable)
        self.open.setEnabled(state == "here" or bool(one["picture"]))
        self.save.setEnabled(state == "here")
        self.want.setVisible(state == "copy")
        self.large.setVisible(is_photo(one))
        self.jump.setVisible(bool(used_also(one, self.used, self._record)))
        for one_ in (self.void, self.change):
            one_.setVisible(self.writable)

    @Slot()
    def _change_stage(self) -> None:
        one = self.chosen
        if one is not None and self.stage.value != one["stage"]:
            self.changed.emit(one["id"], {"stage": self.stage.value})

    @Slot()
    def _change_caption(self) -> None:
        one = self.chosen
        if one is not None and self.caption.text().strip() != one["caption"]:
            self.changed.emit(one["id"], {"caption": self.caption.text().strip()})

    @Slot()
    def _open(self) -> None:
        self.open_asked.emit(self.chosen)

    @Slot()
    def _save(self) -> None:
        self.save_asked.emit(self.chosen)

    @Slot()
    def _enlarge(self) -> None:
        self.large_asked.emit(self.chosen)

    @Slot()
    def _jump(self) -> None:
        if (one := self.chosen) is not None:
            self.left_for.emit(used_also(one, self.used, self._record)[0])

    @Slot()
    def _want(self) -> None:
        self.want_asked.emit(self.chosen)

    @Slot()
    def _change(self) -> None:
        self.change_asked.emit(self.chosen)

    @Slot()
    def _void(self) -> None:
        self.void_asked.emit(self.chosen)

    @Slot(str, str)
    def _ask_half(self, name: str, half: str) -> None:
        self.add_asked.emit(half, name)


def _counted(photos: Sequence[Entry], papers: Sequence[Entry], every: Sequence[Entry]) -> str:
    away = sum(1 for one in every if one["state"] in AWAY)
    parts = ((len(photos), "照片 {} 张"), (len(papers), "文档 {} 份"), (away, "缺 {} 个"))
    return saying.SPACE.join(text.format(count) for count, text in parts if count)
