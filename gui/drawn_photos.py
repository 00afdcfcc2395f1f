"""Photos for the demo and the manual: a river bank drawn before, during and after, with time and place in them."""

from __future__ import annotations

import random
import struct
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPolygonF

WIDE, TALL = 800, 600
_TEXT, _LONG, _RATIO = 2, 4, 5


def photo(path: Path, stage: str, spot: int, shot: datetime, longitude: float, latitude: float) -> Path:
    """Draw a photo of a stage (before, during, after) of a spot, and write it as a camera would."""
    image = QImage(WIDE, TALL, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if spot % 2 == 0:  # seen from the other bank
        painter.translate(WIDE, 0)
        painter.scale(-1, 1)
    _land(painter, green=stage == "after", spot=spot)
    if stage == "after":
        _trees(painter)
    else:
        _heaps(painter, 14 if stage == "before" else 5, spot)
    if stage == "during":
        _digger(painter)
    painter.end()
    out = QBuffer()
    out.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(out, "JPG", 85)  # pyright: ignore[reportCallIssue, reportArgumentType]
    content = bytes(out.data().data())
    path.write_bytes(content[:2] + _exif(shot, longitude, latitude) + content[2:])
    return path


def _land(painter: QPainter, *, green: bool, spot: int) -> None:
    sky = QLinearGradient(0, 0, 0, TALL * 0.5)
    sky.setColorAt(0, QColor("#8fb3d4" if green else "#a9b4bb"))
    sky.setColorAt(1, QColor("#e4edf2"))
    painter.fillRect(0, 0, WIDE, TALL, sky)
    painter.setPen(Qt.PenStyle.NoPen)
    for base, colour in ((250, "#8aa39a"), (285, "#6f8c74")):
        hills = [
            QPointF(x, base - (26 + 12 * (spot % 3)) * abs(((x * 3 + base) // 100) % 4 - 2))
            for x in range(-100, WIDE + 101, 100)
        ]
        painter.setBrush(QColor(colour))
        painter.drawPolygon(QPolygonF([QPointF(-100, TALL), *hills, QPointF(WIDE + 100, TALL)]))
    painter.setBrush(QColor("#8fae6a" if green else "#9a8567"))
    painter.drawRect(0, 300, WIDE, 300)
    painter.setBrush(QColor("#7fa6b8" if green else "#7d8880"))
    painter.drawPolygon(
        QPolygonF([QPointF(x, y) for x, y in ((480, 300), (560, 300), (800, 470), (800, 600), (620, 600))])
    )


def _heaps(painter: QPainter, count: int, spot: int) -> None:
    dice = random.Random(6 + spot)  # noqa: S311 - a drawing
    for _ in range(count):
        x, y, high = dice.uniform(20, 430), dice.uniform(360, 540), dice.uniform(30, 80)
        painter.setBrush(QColor(dice.choice(("#6b5a49", "#80705c", "#5a5650", "#8f8576"))))
        painter.drawPolygon(QPolygonF([QPointF(x - high, y), QPointF(x - high / 4, y - high), QPointF(x + high, y)]))
        painter.setBrush(QColor(dice.choice(("#b7533c", "#4a6f9a", "#d8d4c8"))))
        painter.drawRect(QRectF(x - 8, y - high / 2, 18, 10))


def _trees(painter: QPainter) -> None:
    for x, y in ((60, 420), (150, 390), (240, 440), (330, 400), (420, 450), (110, 510), (300, 530)):
        painter.setBrush(QColor("#6b4f35"))
        painter.drawRect(x - 4, y, 8, 40)
        painter.setBrush(QColor("#4f7a45"))
        painter.drawEllipse(QPointF(x, y - 12), 28, 32)


def _digger(painter: QPainter) -> None:
    painter.setBrush(QColor("#e0a52a"))
    painter.drawRect(250, 400, 110, 60)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in ((350, 410), (450, 320), (465, 335), (365, 430))]))
    painter.setBrush(QColor("#33383d"))
    painter.drawRoundedRect(240, 458, 135, 26, 13, 13)
    painter.drawRect(445, 330, 34, 40)


def _exif(shot: datetime, longitude: float, latitude: float) -> bytes:
    """What a camera writes of time and place, as the segment of a JPEG."""
    head = 8 + 2 + 2 * 12 + 4  # the first list: it points at the two others
    taken = f"{shot:%Y:%m:%d %H:%M:%S}\0".encode()
    details = _list(head, [(0x9003, _TEXT, len(taken), taken)])
    place = _list(head + len(details), [
        (1, _TEXT, 2, b"N\0\0\0"), (2, _RATIO, 3, _degrees(latitude)),
        (3, _TEXT, 2, b"E\0\0\0"), (4, _RATIO, 3, _degrees(longitude)),
    ])  # fmt: skip
    pointers = [(0x8769, _LONG, 1, struct.pack(">I", head)), (0x8825, _LONG, 1, struct.pack(">I", head + len(details)))]
    whole = b"Exif\0\0MM\0*\0\0\0\x08" + _list(8, pointers) + details + place
    return b"\xff\xe1" + struct.pack(">H", len(whole) + 2) + whole


def _list(at: int, entries: list[tuple[int, int, int, bytes]]) -> bytes:
    """A list of entries that stands at an offset; what is longer than four bytes stands behind it."""
    made, behind = struct.pack(">H", len(entries)), b""
    after = at + 2 + 12 * len(entries) + 4
    for tag, kind, count, value in entries:
        where = value if len(value) == 4 else struct.pack(">I", after + len(behind))
        behind += b"" if len(value) == 4 else value
        made += struct.pack(">HHI", tag, kind, count) + where
    return made + b"\0\0\0\0" + behind


def _degrees(value: float) -> bytes:
    whole = int(value)
    minutes = (value - whole) * 60
    return struct.pack(">6I", whole, 1, int(minutes), 1, round((minutes - int(minutes)) * 60 * 100), 100)
