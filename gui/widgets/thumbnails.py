"""Photos in pairs: before at the left, after at the right; a missing half is itself the button that adds it.

Photos of neither kind stand beside each other in a box of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gui import icons, theme
from gui.widgets.buttons import Carrier
from gui.widgets.chips import State
from gui.widgets.frames import clear, row
from gui.widgets.labels import Elided
from models.domain import words

WIDE, TALL, STRIP = 188, 122, 22
BEFORE, AFTER = "before", "after"
HALF = {**words.EVIDENCE_STAGE, "": ""}


@dataclass(frozen=True)
class Photo:
    """One photo as it is shown: the picture may still be under way."""

    key: str
    image: QImage | None = None
    taken: str = ""  # time and place, as written on the strip


@dataclass(frozen=True)
class Pair:
    """One spot, before and after."""

    name: str
    before: Photo | None = None
    after: Photo | None = None
    mark: str = ""  # 同角度, 缺整改后 …
    tone: str = "grey"
    others: tuple[Photo, ...] = ()  # photos of neither half, which then are not there
    half: str = ""  # of these others
    may_add: bool = True  # whether a missing half is offered


class Thumbnail(Carrier):
    """One photo; pressed, it is opened."""

    def __init__(self, photo: Photo, half: str) -> None:
        super().__init__(photo)
        self.photo = photo
        self.setProperty("kind", "photo")
        self.setFixedSize(theme.px(WIDE), theme.px(TALL))
        self.setAccessibleName("，".join(part for part in (f"{HALF[half]}照片", photo.taken) if part))
        self.setToolTip(f"{photo.taken}：选中后可以打开" if photo.taken else "选中后可以打开")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        whole = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(whole, theme.px(4), theme.px(4))
        painter.setClipPath(shape)
        painter.fillRect(whole, theme.colour("greyTint"))
        if self.photo.image is not None and not self.photo.image.isNull():
            painter.drawImage(whole, self.photo.image, _middle(self.photo.image, whole))
        else:
            mark = theme.px(24)
            box = QRectF(whole.center().x() - mark / 2, whole.center().y() - mark, mark, mark)
            painter.drawPixmap(box.topLeft(), icons.pixmap("photo", "hint", 24, 2))
        if self.photo.taken:
            self._paint_strip(painter, whole)
        painter.setClipping(False)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))

    def _paint_strip(self, painter: QPainter, whole: QRectF) -> None:
        strip = QRectF(0, whole.height() - theme.px(STRIP), whole.width(), theme.px(STRIP))
        painter.fillRect(strip, theme.colour("strip"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("stripInk"))
        words = strip.adjusted(theme.px(6), 0, -theme.px(6), 0)
        told = QFontMetrics(theme.font("small")).elidedText(
            self.photo.taken, Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, told)


class Missing(Carrier):
    """The half that is missing: a dashed field that is itself the button."""

    def __init__(self, pair: str, half: str) -> None:
        super().__init__((pair, half))
        self.setProperty("kind", "photo")
        self.setFixedSize(theme.px(WIDE), theme.px(TALL))
        self._words = f"添加{HALF[half]}照片"
        self.setAccessibleName(f"{pair}：{self._words}" if pair else self._words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        focus = self.hasFocus()
        painter.setPen(QPen(theme.colour("accent" if focus else "control"), 2 if focus else 1, Qt.PenStyle.DashLine))
        painter.setBrush(theme.colour("tint" if self.underMouse() or focus else "surface"))
        painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))
        mark = theme.px(24)
        left, top = whole.center().x() - mark / 2, whole.center().y() - mark - theme.px(2)
        painter.drawPixmap(int(left), int(top), icons.pixmap("photo", "text2", 24, 2))
        painter.setFont(theme.font("cell"))
        painter.setPen(theme.colour("accent"))
        below = QRectF(0, whole.center().y() + theme.px(4), whole.width(), theme.px(24))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._words)


class PairBox(QFrame):
    """One spot: its name, its mark, and the two halves."""

    def __init__(self, pair: Pair) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.halves: dict[str, QPushButton] = {
            str(number): Thumbnail(photo, pair.half) for number, photo in enumerate(pair.others)
        }
        for half, photo in () if pair.others else ((BEFORE, pair.before), (AFTER, pair.after)):
            if photo is not None:
                self.halves[half] = Thumbnail(photo, half)
            elif pair.may_add:
                self.halves[half] = Missing(pair.name, half)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        name = Elided(pair.name, "bold")
        top = row(name)
        top.setStretch(0, 1)
        if pair.mark:
            top.addWidget(State(pair.mark, pair.tone))
        layout.addLayout(top)
        layout.addLayout(row(*self.halves.values(), gap=6))


class Thumbnails(QScrollArea):
    """The strip: pairs side by side; it scrolls sideways, the page does not."""

    opened = Signal(object)  # the Photo that was pressed
    wanted = Signal(str, str)  # name of the pair, BEFORE or AFTER: a photo is to be added

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("照片，整改前后成对")
        self._inner = QWidget()
        self._inner.setObjectName("body")
        self._line = QHBoxLayout(self._inner)
        self._line.setContentsMargins(0, 0, 0, theme.px(12))
        self._line.setSpacing(theme.px(12))
        self.setWidget(self._inner)
        self.viewport().setAutoFillBackground(False)
        self._inner.setAutoFillBackground(False)
        self.pairs: list[PairBox] = []
        self.setFixedHeight(theme.px(22 + 6 + TALL + 14))

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Show other photos."""
        clear(self._line)
        self.pairs = []
        for pair in pairs:
            box = PairBox(pair)
            for half in box.halves.values():
                if isinstance(half, Thumbnail):
                    half.handed.connect(self.opened)
                elif isinstance(half, Missing):
                    half.handed.connect(self._ask)
            self.pairs.append(box)
            self._line.addWidget(box)
        self._line.addStretch(1)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(2 * WIDE + 6), self.height())

    @Slot(object)
    def _ask(self, what: tuple[str, str]) -> None:
        self.wanted.emit(*what)


def _middle(image: QImage, box: QRectF) -> QRectF:
    """The largest part from the middle of a picture that has the shape of the box."""
    wide, tall = image.width(), image.height()
    shape = box.width() / box.height()
    if wide / tall > shape:
        part = tall * shape
        return QRectF((wide - part) / 2, 0, part, tall)
    part = wide / shape
    return QRectF(0, (tall - part) / 2, wide, part)
