"""What stands below the grid for a question answered 否: what was seen, its photos, and the problem it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.widgets.buttons import button
from gui.widgets.frames import clear, column, row
from gui.widgets.labels import Elided, label
from gui.widgets.long_text import LongText
from gui.widgets.thumbnails import Photo, Thumbnail

LINES = 3
SHOWN = 3  # photos that have room
SMALL = (96, 66)
MENDED = "当场改好了…"


class NoteText(LongText):
    """What was seen. Enter or Esc goes back to the grid; Enter with Shift begins another line."""

    ended = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier) or event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        else:
            super().keyPressEvent(event)


class SmallPhoto(Thumbnail):
    """A photo that takes little room."""

    def __init__(self, photo: Photo) -> None:
        super().__init__(photo, "")
        self.setProperty("sz", "small")
        self.setFixedSize(theme.px(SMALL[0]), theme.px(SMALL[1]))


class Finding(QWidget):
    """Shows one question; what is done with it is asked for by signals."""

    noted = Signal(str)  # what was seen was typed
    left = Signal()  # back to the grid
    photos_asked = Signal()
    register_asked = Signal(bool)  # whether it was mended on the spot
    problem_asked = Signal()
    photo_opened = Signal(object)  # Photo

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._showing = False
        self.title, self.again = Elided("", "bold"), label("", "small", "orange")
        self.note = NoteText(LINES)
        self.note.setAccessibleName("情况说明")
        self.note.setPlaceholderText("写看到的情况。Enter 写好，回到上面")
        self.count = label("", "small")
        self.add = button("添加照片", icon="photo", size="slim", tip="也可以复制后在这里粘贴，或者拖进来")
        self.register = button(
            "登记为问题", icon="clipboard", size="slim", tip="说明、地点、依据、照片和整改时限都带过去"
        )
        self.fixed = button(MENDED, icon="check", size="slim", tip="立行立改：选一张整改后的照片，登记并当场办完")
        self.problem = button("", "quiet", icon="forward", size="slim", tip="打开登记的问题")
        self._photos = row(gap=6)
        head = row(self.title, self.again)
        head.setStretch(0, 1)
        strip = column(self.count, self._photos, None, gap=4)
        deeds = column(self.add, self.register, self.fixed, self.problem, None, gap=6)
        middle = row(gap=16)
        middle.addWidget(self.note, 1)
        middle.addLayout(strip)
        middle.addLayout(deeds)
        whole = column(head, middle, gap=6)
        whole.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(10))
        self.setLayout(whole)
        self.note.textChanged.connect(self._type)
        self.note.ended.connect(self.left)
        self.add.clicked.connect(self.photos_asked)
        self.register.clicked.connect(self._register)
        self.fixed.clicked.connect(self._register_fixed)
        self.problem.clicked.connect(self.problem_asked)

    def show_question(self, title: str, note: str, again: str, problem: str, *, writable: bool) -> None:
        """Show another question. `problem`: the number of what it became; "" where it is not registered."""
        self.title.say(title)
        self.again.setText(again)
        self.again.setVisible(bool(again))
        if self.note.toPlainText().strip() != note:
            self._showing = True
            self.note.setPlainText(note)
            self._showing = False
        self.note.setReadOnly(not writable)
        for one in (self.add, self.register, self.fixed):
            one.setVisible(writable and (one is self.add or not problem))
        self.problem.setVisible(bool(problem))
        self.problem.setText(f"已登记 {problem}")
        self.problem.setAccessibleName(f"打开登记的问题 {problem}")

    def show_photos(self, photos: Sequence[Mapping[str, Any]], pictures: Mapping[str, QImage | None]) -> None:
        """Show its photos: entries of evidence, and what of them can be seen."""
        clear(self._photos)
        for one in photos[:SHOWN]:
            made = SmallPhoto(Photo(str(one["id"]), pictures.get(str(one["picture"])), str(one["shot_at"])[5:16]))
            made.handed.connect(self.photo_opened)
            self._photos.addWidget(made)
        more = f"，看得到前 {SHOWN} 张" if len(photos) > SHOWN else ""
        self.count.setText(f"照片 {len(photos)} 张{more}" if photos else "")

    def write(self) -> None:
        """Go into the note."""
        self.note.setFocus()
        self.note.moveCursor(self.note.textCursor().MoveOperation.End)

    @Slot()
    def _type(self) -> None:
        if not self._showing:
            self.noted.emit(self.note.toPlainText().strip())

    @Slot()
    def _register(self) -> None:
        self.register_asked.emit(False)

    @Slot()
    def _register_fixed(self) -> None:
        self.register_asked.emit(True)
