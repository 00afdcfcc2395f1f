"""What runs in the child process: a photo that anybody may have made becomes a few plain pixels."""

from __future__ import annotations

import struct

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

WIDE, TALL = 376, 244  # twice the size that is shown, for large letters and fine screens
LARGE = 1160  # pixels of the longer side where a photo is looked at: plain, it fits an answer of the child
MOST_PIXELS = 100_000_000
MOST_MEGABYTES = 200  # that one picture may take while it is read
FORMATS = frozenset({b"jpeg", b"png", b"bmp", b"gif", b"tiff", b"webp"})

SIZE = struct.Struct(">HH")
DEPTH = 3  # bytes of one pixel


def shrink(path: str) -> bytes:
    """Width, height, and the pixels as red, green, blue; b"" where it is no picture that is shown here."""
    image = load(path, WIDE)
    return b"" if image is None else pack(image)


def enlarge(path: str) -> bytes:
    """The same for the large view."""
    image = load(path, LARGE)
    return b"" if image is None else pack(image)


def load(path: str, side: int) -> QImage | None:
    """A picture, upright, at most so many pixels wide and tall; None where it is none that is shown here."""
    QImageReader.setAllocationLimit(MOST_MEGABYTES)
    reader = QImageReader(path)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)  # a telephone held upright
    size = reader.size()
    if bytes(reader.format().data()) not in FORMATS or not 0 < size.width() * size.height() <= MOST_PIXELS:
        return None
    small = size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio)
    if small.width() < size.width():
        reader.setScaledSize(small.expandedTo(QSize(1, 1)))
    image = reader.read()
    return None if image.isNull() else image


def pack(image: QImage) -> bytes:
    """A picture as plain pixels."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    bits, stride, line = bytes(plain.constBits()), plain.bytesPerLine(), plain.width() * DEPTH
    rows = (bits[start : start + line] for start in range(0, stride * plain.height(), stride))
    return SIZE.pack(plain.width(), plain.height()) + b"".join(rows)


def unpack(answer: bytes, side: int = WIDE) -> QImage | None:
    """The picture that the child sent, if it is one: its sender may have been taken over by a photo."""
    if len(answer) < SIZE.size:
        return None
    wide, tall = SIZE.unpack_from(answer)
    if not (0 < wide <= side and 0 < tall <= side and len(answer) == SIZE.size + wide * tall * DEPTH):
        return None
    return QImage(answer[SIZE.size :], wide, tall, wide * DEPTH, QImage.Format.Format_RGB888).copy()
