"""What runs in the child process when a photo is added: when and where it was taken, its likeness, a smaller copy."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage

from gui import shrink
from models.domain import exif
from models.services.evidence.photo_facts import LARGE, MOST_SIDE, PhotoFacts, PhotoRead, pack

QUALITY = 82  # of the copy, of 100
_WIDE, _TALL = 9, 8  # spots of a likeness
_PLAIN = 6  # a likeness with fewer bits, or with fewer that are not set, is of one plain area


def read(path: str) -> bytes:
    """Everything that is learned of one photo; b"" where it is no picture that can be opened."""
    image = shrink.load(path, MOST_SIDE)
    if image is None:
        return b""
    file = Path(path)
    with file.open("rb") as source:
        shot = exif.read(source.read(exif.HEAD))
    facts = PhotoFacts(shot.taken, shot.longitude, shot.latitude, looks(image))
    return pack(PhotoRead(facts, _jpeg(image) if file.stat().st_size > LARGE else b""))


def looks(image: QImage) -> str:
    """64 bits as hex digits: for each spot, whether it is brighter than its right neighbour."""
    small = image.scaled(
        QSize(_WIDE, _TALL), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    ).convertToFormat(QImage.Format.Format_Grayscale8)
    bits = 0
    for y in range(_TALL):
        line = [small.pixelColor(x, y).lightness() for x in range(_WIDE)]
        for x in range(_WIDE - 1):
            bits = bits << 1 | (line[x] > line[x + 1])
    return f"{bits:016x}" if _PLAIN <= bits.bit_count() <= 64 - _PLAIN else ""


def _jpeg(image: QImage) -> bytes:
    content = QByteArray()
    out = QBuffer(content)
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    image.convertToFormat(QImage.Format.Format_RGB888).save(out, "JPEG", QUALITY)  # pyright: ignore[reportCallIssue, reportArgumentType]
    out.close()
    return bytes(content.data())
