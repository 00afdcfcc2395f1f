"""Photos seen large: before, during and after of one spot side by side; ← → go on, Esc closes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from gui import saying, theme
from gui.widgets.buttons import button, carrier
from gui.widgets.chips import State
from gui.widgets.frames import clear, column, row
from gui.widgets.labels import Elided, label
from models.domain import words
from models.services.views.files import Twice

Entry = dict[str, Any]  # one entry of evidence, as a record carries it
OPENING = "正在打开…"
UNSEEN = "这张照片打不开"
PART = 0.94  # of the window that it takes


def groups(photos: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """What is seen side by side: of one caption the first before, during and after, and so on."""
    found: list[tuple[Entry, ...]] = []
    for caption in dict.fromkeys(str(one["caption"]) for one in photos):
        some = [one for one in photos if one["caption"] == caption]
        staged = ([one for one in some if one["stage"] == stage] for stage in words.EVIDENCE_STAGE)
        found += [tuple(one for one in together if one) for together in zip_longest(*staged)]
        found += [(one,) for one in some if one["stage"] not in words.EVIDENCE_STAGE]
    return found


def used_also(one: Entry, found: Sequence[Twice], record: str) -> list[Twice]:
    """The other records in which a photo is used too."""
    return [
        other
        for other in found
        if other.name == one["name"] and other.sha256 in ("", one["sha256"]) and other.record != record and other.table
    ]


def taken(one: Entry) -> str:
    """When and where a photo was taken, by the camera."""
    when = str(one["shot_at"])[:16]
    parts = [f"拍摄时间 {when}"] if when else []
    if one["longitude"] is not None:
        parts.append(f"拍摄位置 {saying.place(one['longitude'], one['latitude'])}")
    return saying.SPACE.join(parts)


class Large(QWidget):
    """One picture as large as there is room."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.said = said
        self.image: QImage | None = None
        self._fitted = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(200), theme.px(150))

    def put(self, image: QImage | None, said: str) -> None:
        """Show a picture, or say why there is none."""
        self.image, self.said, self._fitted = image, said, QPixmap()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("greyTint"))
        if self.image is None:
            painter.setFont(theme.font())
            painter.setPen(theme.colour("text2"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.said)
            return
        ratio = self.devicePixelRatioF()
        room = QSize(round(self.width() * ratio), round(self.height() * ratio))
        size = self.image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if self._fitted.size() != size:  # once for each size
            smooth = Qt.TransformationMode.SmoothTransformation
            self._fitted = QPixmap.fromImage(self.image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth))
        wide, tall = round(size.width() / ratio), round(size.height() / ratio)
        box = QRect((self.width() - wide) // 2, (self.height() - tall) // 2, wide, tall)
        painter.drawPixmap(box, self._fitted)


class Viewer(QDialog):
    """The large view; pictures come by `put_pictures` when they were asked for."""

    lacking = Signal(object)  # hashes of pictures that are to be made
    want_asked = Signal(object)  # Entry: its photo, of which a copy is here
    left_for = Signal(object)  # Twice: the other record is to be opened
    change_asked = Signal(object)  # Entry: what it belongs to

    def __init__(
        self, shown: Sequence[tuple[Entry, ...]], at: int, used: Sequence[Twice], record: str,
        parent: QWidget | None = None, *, writable: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._writable = writable
        self.setWindowTitle("环改台账")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shown = [[dict(one) for one in some] for some in shown]
        self.at, self._used, self._record = at, used, record
        self._pictures: dict[str, QImage | None] = {}
        self.larges: dict[str, Large] = {}  # hash of what is shown → where
        if parent is not None:
            self.resize(parent.window().size() * PART)
        self.name = Elided("", "h2")
        self.where = label("", "quiet")
        self.back = button("", "quiet", icon="left", tip="上一组（←）", size="square")
        self.on = button("", "quiet", icon="right", tip="下一组（→）", size="square")
        self.leave = button("关闭", key="Esc")
        for one in (self.back, self.on, self.leave):
            one.setAutoDefault(False)
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        top = row(self.name, self.where, self.back, self.on, self.leave, gap=10)
        top.setStretch(0, 1)
        self._line = QGridLayout()  # pictures of one height, below each what is said of it
        self._line.setHorizontalSpacing(theme.px(12))
        self._line.setVerticalSpacing(theme.px(4))
        self._line.setRowStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(16),) * 4)
        layout.setSpacing(theme.px(12))
        layout.addLayout(top)
        layout.addLayout(self._line, 1)
        self.back.clicked.connect(self.go_back)
        self.on.clicked.connect(self.go_on)
        self.leave.clicked.connect(self.reject)
        self._show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_PageUp:
                self.go_back()
            case Qt.Key.Key_Right | Qt.Key.Key_PageDown:
                self.go_on()
            case _:
                super().keyPressEvent(event)

    @Slot()
    def go_back(self) -> None:
        """The photos before."""
        self._go(self.at - 1)

    @Slot()
    def go_on(self) -> None:
        """The next photos."""
        self._go(self.at + 1)

    def _go(self, at: int) -> None:
        if 0 <= at < len(self._shown):
            self.at = at
            self._show()
            self.ask()

    def ask(self) -> None:
        """Ask for the pictures that are shown and not there yet."""
        wanted = [key for key in self.larges if key and key not in self._pictures]
        if wanted:
            self.lacking.emit(wanted)

    @Slot(object)
    def put_pictures(self, made: Mapping[str, QImage | None]) -> None:
        """Pictures have come."""
        self._pictures |= made
        for key, one in self.larges.items():
            if key in made:
                one.put(made[key], UNSEEN)

    def _show(self) -> None:
        clear(self._line)
        self.larges = {}
        some = self._shown[self.at]
        self.name.say(str(some[0]["caption"]) or "没有写说明的照片")
        self.where.setText(f"{self.at + 1} / {len(self._shown)}")
        self.back.setEnabled(self.at > 0)
        self.on.setEnabled(self.at + 1 < len(self._shown))
        for at in range(len(words.EVIDENCE_STAGE)):
            self._line.setColumnStretch(at, int(at < len(some)))
        for at, one in enumerate(some):
            self._line.addWidget(self._picture(one), 0, at)
            self._line.addLayout(self._said(one), 1, at, Qt.AlignmentFlag.AlignTop)

    def _picture(self, one: Entry) -> Large:
        key, state = str(one["picture"]), str(one["state"])
        large = Large(OPENING if key else words.FILE_STATE[state])
        if key in self._pictures:
            large.put(self._pictures[key], UNSEEN)
        self.larges[key] = large
        stage = words.EVIDENCE_STAGE.get(str(one["stage"]), "没有写明阶段")
        large.setAccessibleName(f"{stage}照片，{one['name']}")
        return large

    def _said(self, one: Entry) -> QVBoxLayout:
        state, stage = str(one["state"]), words.EVIDENCE_STAGE.get(str(one["stage"]), "没有写明阶段")
        head = [label(stage, "bold"), Elided(str(one["name"]), "small")]
        line = row(*head, gap=10)
        line.setStretch(1, 1)
        if state != "here":
            line.addWidget(State(words.FILE_STATE[state], "grey"))
        if state == "copy":
            want = carrier(one, "向对方要原图", "quiet", icon="read", size="slim", tip="下一个数据包会向对方要")
            want.setAutoDefault(False)
            want.handed.connect(self._want)
            line.addWidget(want)
        if self._writable:
            change = carrier(one, "改归属…", "quiet", icon="edit", size="slim", tip="阶段、说明、归到哪一环节")
            change.setAutoDefault(False)
            change.handed.connect(self._change)
            line.addWidget(change)
        made = column(line, gap=4)
        for said in (*taken(one).split(saying.SPACE), str(one["remark"])):
            if said:
                made.addWidget(label(said, "small", wrap=True))
        for other in used_also(one, self._used, self._record):
            how = "看上去一样的照片" if other.near else "同一张照片"
            text = f"{how}也用在 {other.number or other.title or '另一条记录'}"
            jump = carrier(other, "去看那一条", "quiet", icon="forward", size="slim")
            jump.setAutoDefault(False)
            jump.handed.connect(self._leave_for)
            made.addLayout(row(label(text, "small"), jump, None))
        return made

    @Slot(object)
    def _want(self, one: Entry) -> None:
        one["state"] = "asked"
        self.want_asked.emit(one)
        self._show()

    @Slot(object)
    def _change(self, one: Entry) -> None:
        self.accept()
        self.change_asked.emit(one)

    @Slot(object)
    def _leave_for(self, other: Twice) -> None:
        self.accept()
        self.left_for.emit(other)
