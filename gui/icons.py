"""Line icons: SVG files of the cupboard, coloured from tokens."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from gui import theme


def icon(name: str, tone: str = "text2", size: int = 18, *, chosen: str = "") -> QIcon:
    """An icon in the colour of a token, and in that of `chosen` while its button is checked."""
    made = QIcon()
    for ratio in (1, 2):
        made.addPixmap(pixmap(name, tone, size, ratio))
        made.addPixmap(pixmap(name, "hint", size, ratio), QIcon.Mode.Disabled)
        if chosen:
            made.addPixmap(pixmap(name, chosen, size, ratio), QIcon.Mode.Normal, QIcon.State.On)
    return made


def pixmap(name: str, tone: str = "text2", size: int = 18, ratio: float = 1) -> QPixmap:
    """An icon as a picture for a screen of this device ratio."""
    return _draw(name, theme.token(tone), theme.px(size), ratio)


@lru_cache(maxsize=512)
def _draw(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    svg = resources.path(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
