"""The printing room: a paper becomes A4 pages in the office's letters, with page numbers and headings on every page.

It works on any thread and without a screen. A text is drawn as it is, whatever it looks like. A row is never torn in
two but where it is longer than a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
    QPen,
    QTextLayout,
    QTextOption,
)

from models.domain.paper import Block, Book, Paper, Photo, Photos, Table, Text, printed

DPI: Final = 600
MARGINS: Final = QMarginsF(24, 20, 18, 14)  # millimetres; the left one is for the binder
BOX: Final = 20.0  # points of a box that is ticked by hand
TICKED: Final = 9.0  # millimetres of a row with boxes
BY_HAND: Final = 6.3  # of a row in which one writes: those of a month stand on one page
FOOT: Final = 9.0  # millimetres for the page number
TITLES: Final = ["方正小标宋简体", "FZXiaoBiaoSong-B05S", "STZhongsong", "SimSun", "Noto Serif CJK SC"]
TEXTS: Final = ["仿宋_GB2312", "FangSong", "STFangsong", "SimSun", "Noto Serif CJK SC"]
TYPED: Final = ["Consolas", "DejaVu Sans Mono", "Noto Sans Mono CJK SC", "monospace"]
TALL: Final = 0.75  # of the width of a photo's place: most cameras
DPI_OF_PHOTOS: Final = 200  # as sharp as an office printer shows them; more makes large files
Pictures = Callable[[str], QImage | None]  # of a hash; None where it cannot be shown
LEFT: Final = Qt.AlignmentFlag.AlignLeft
RIGHT: Final = Qt.AlignmentFlag.AlignRight
CENTRE: Final = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True)
class _Words:
    """Lines of text in a rectangle, all dots of the device."""

    box: QRectF
    lines: tuple[str, ...]
    font: QFont
    across: Qt.AlignmentFlag
    framed: bool = False
    shaded: bool = False
    picture: str = ""  # hash of a photo, drawn instead of the lines


@dataclass
class Sheets:
    """A paper laid out for one device: its pages, and how to draw them."""

    device: QPaintDevice
    body: QRectF  # what may be printed on, from its own corner
    pages: list[list[_Words]] = field(default_factory=lambda: [[]])
    down: float = 0.0  # where the next thing goes on the last page

    def mm(self, length: float) -> float:
        """Millimetres in dots."""
        return length / 25.4 * self.device.logicalDpiY()

    def font(self, families: Sequence[str], points: float, *, bold: bool = False) -> QFont:
        """Letters of a size in points, in dots of the device."""
        made = QFont(list(families))
        made.setPixelSize(max(1, round(points / 72 * self.device.logicalDpiY())))
        made.setBold(bold)
        return made

    @property
    def _bottom(self) -> float:
        return self.body.height() - self.mm(FOOT)

    def room(self, height: float) -> bool:
        """Whether so much fits on this page; if not, another page is begun."""
        if self.down + height <= self._bottom or not self.pages[-1]:
            return True
        self.pages.append([])
        self.down = 0.0
        return False

    def paragraph(
        self, text: str, font: QFont, across: Qt.AlignmentFlag = LEFT, *, after: float = 1.5, spacing: float = 1.5
    ) -> None:
        """A paragraph over the whole width, line after line."""
        high = QFontMetricsF(font, self.device).height() * spacing
        for line in self.wrapped(text, font, self.body.width()):
            self.room(high)
            self.pages[-1].append(_Words(QRectF(0, self.down, self.body.width(), high), (line,), font, across))
            self.down += high
        self.down += self.mm(after)

    def table(self, table: Table) -> None:
        """A table; its headings stand on top of every page that it reaches."""
        plain, bold = self.font(TEXTS, 10), self.font(TEXTS, 10, bold=True)
        edges = self._edges(table.widths)
        least = self.mm(TICKED) if table.large else self.mm(BY_HAND) if table.tall else 0.0
        heading = self._cells(table.headings, edges, bold) if table.headings else []
        self.room(self.beginning(table))
        self._row(heading, edges, bold, table, head=True)
        for row in table.rows:
            cells = self._cells(row, edges, plain)
            if not self.room(max(self._height(cells, plain), least)):
                self._row(heading, edges, bold, table, head=True)
            for piece in self._pieces(cells, plain):
                if piece is not cells and not self.room(self._height(piece, plain)):
                    self._row(heading, edges, bold, table, head=True)
                self._row(piece, edges, plain, table, least=least)
        self.down += self.mm(2.5)

    def photos(self, block: Photos) -> None:
        """Photos side by side; their headings stand above them on every page."""
        plain, bold = self.font(TEXTS, 10), self.font(TEXTS, 10, bold=True)
        edges, tall = self._spots(block)
        heading = self._cells(block.headings, edges, bold)
        headed = False
        for row in block.rows:
            said = self._cells(["\n".join(one.lines) if one else "" for one in row], edges, plain)
            below = 0.0 if headed else self._height(heading, bold)
            if not self.room(below + tall + self._height(said, plain)) or not headed:
                self._row(heading, edges, bold, Table((), (), block.headings), head=True)
                headed = True
            for at, one in enumerate(row):
                box = QRectF(edges[at], self.down, edges[at + 1] - edges[at], tall)
                self.pages[-1].append(_place(one, block.lacks[at], box, plain))
            self.down += tall
            self._row(said, edges, plain, Table((), (), block.headings))
        self.down += self.mm(2.5)

    def _spots(self, block: Photos) -> tuple[list[float], float]:
        """The columns of photos, and how tall the place of one is."""
        edges = self._edges((1,) * len(block.headings))
        return edges, (edges[1] - self.mm(2)) * TALL + self.mm(2)

    def beginning(self, block: Block) -> float:
        """How much of a page the beginning of a block asks for, so that nothing stands alone above a page's end."""
        plain, bold = self.font(TEXTS, 10), self.font(TEXTS, 10, bold=True)
        match block:
            case Text():
                return self.mm(8)
            case Photos():
                _, tall = self._spots(block)
                return tall + self.mm(24)
            case Table():
                edges = self._edges(block.widths)
                first = self._cells(block.rows[0], edges, plain) if block.rows else []
                heading = self._cells(block.headings, edges, bold) if block.headings else []
                return min(self._height(heading, bold) + self._height(first, plain), self._bottom / 2)

    def _edges(self, widths: Sequence[int]) -> list[float]:
        whole, at, edges = sum(widths), 0, [0.0]
        for width in widths:
            at += width
            edges.append(self.body.width() * at / whole)
        return edges

    def _cells(self, row: Sequence[str], edges: Sequence[float], font: QFont) -> list[list[str]]:
        inside = 2 * self.mm(1)
        return [self.wrapped(said, font, edges[at + 1] - edges[at] - inside) for at, said in enumerate(row)]

    def _height(self, cells: list[list[str]], font: QFont) -> float:
        lines = max((len(cell) for cell in cells), default=0)
        return lines * QFontMetricsF(font, self.device).height() + self.mm(1.6)

    def _pieces(self, cells: list[list[str]], font: QFont) -> list[list[list[str]]]:
        """A row as it is; or in pieces of what fits below headings, where it is longer than a page."""
        most = int((self._bottom - self.mm(14)) / QFontMetricsF(font, self.device).height())
        lines = max((len(cell) for cell in cells), default=0)
        if lines <= most:
            return [cells]
        return [[cell[start : start + most] for cell in cells] for start in range(0, lines, most)]

    def _row(
        self, cells: list[list[str]], edges: Sequence[float], font: QFont, table: Table, *, head: bool = False,
        least: float = 0.0,
    ) -> None:  # fmt: skip
        if not cells:
            return
        high, large = max(self._height(cells, font), least), self.font(TEXTS, BOX)
        for at, lines in enumerate(cells):
            label = head or (not table.headings and at == 0)
            across = CENTRE if head or at in table.centred else LEFT
            box = QRectF(edges[at], self.down, edges[at + 1] - edges[at], high)
            letters = large if at in table.large and not head else font
            self.pages[-1].append(_Words(box, tuple(lines), letters, across, framed=True, shaded=label))
        self.down += high

    def wrapped(self, text: str, font: QFont, width: float) -> list[str]:
        """A text in lines that are no wider; a word that is longer is broken."""
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        found: list[str] = []
        for part in text.split("\n"):
            layout = QTextLayout(part, font, self.device)
            layout.setTextOption(option)
            raw = part.encode("utf-16-le", "replace")  # Qt counts in halves
            layout.beginLayout()
            line = layout.createLine()
            while line.isValid():
                line.setLineWidth(max(width, 1.0))
                start, end = line.textStart(), line.textStart() + line.textLength()
                found.append(raw[2 * start : 2 * end].decode("utf-16-le", "replace").rstrip())
                line = layout.createLine()
            layout.endLayout()
        return found or [""]

    def draw(self, number: int, painter: QPainter, pictures: Pictures) -> None:
        """One page, with its number under it."""
        for words in self.pages[number]:
            image = pictures(words.picture) if words.picture else None
            if image is None:
                self._draw(words, painter)
            else:
                self._draw_picture(words.box, image, painter)
        small = self.font(TEXTS, 9)
        painter.setFont(small)
        place = QRectF(0, self._bottom, self.body.width(), self.mm(FOOT))
        under = int(CENTRE | Qt.AlignmentFlag.AlignBottom)
        painter.drawText(place, under, f"第 {number + 1} 页  共 {len(self.pages)} 页")

    def _draw_picture(self, box: QRectF, image: QImage, painter: QPainter) -> None:
        """A photo, whole and as large as its place allows."""
        painter.setPen(QPen(Qt.GlobalColor.black, self.mm(0.2)))
        painter.drawRect(box)
        spare = self.mm(1)
        room = box.adjusted(spare, spare, -spare, -spare)
        size = image.size().toSizeF().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        dots = self.mm(25.4) / DPI_OF_PHOTOS  # of the page for one of the photo
        if image.width() * dots > size.width():
            image = image.scaledToWidth(round(size.width() / dots), Qt.TransformationMode.SmoothTransformation)
        corner = room.center() - QPointF(size.width() / 2, size.height() / 2)
        painter.drawImage(QRectF(corner, size), image)

    def _draw(self, words: _Words, painter: QPainter) -> None:
        if words.shaded:
            painter.fillRect(words.box, QColor("#EFEFEF"))
        painter.setPen(QPen(Qt.GlobalColor.black, self.mm(0.2)))
        if words.framed:
            painter.drawRect(words.box)
        painter.setFont(words.font)
        metrics = QFontMetricsF(words.font, self.device)
        spare = self.mm(1) if words.framed else 0.0
        high = metrics.height()
        top = words.box.top() + (words.box.height() - high * len(words.lines)) / 2
        for at, line in enumerate(words.lines):
            left = words.box.left() + spare
            if words.across == CENTRE:
                left = words.box.center().x() - metrics.horizontalAdvance(line) / 2
            elif words.across == RIGHT:
                left = words.box.right() - 4 * metrics.height() - metrics.horizontalAdvance(line) / 2
            painter.drawText(QPointF(left, top + at * high + metrics.ascent()), line)


def _place(one: Photo | None, lacks: str, box: QRectF, font: QFont) -> _Words:
    """The place of a photo: what is not there, or cannot be shown, says so."""
    said = lacks if one is None else "这张照片打不开" if one.picture else "照片不在本机"
    return _Words(box, (said,), font, CENTRE, framed=True, picture=one.picture if one else "")


def no_pictures(_: str) -> QImage | None:
    """For papers without photos."""
    return None


def page_layout(paper: Paper) -> QPageLayout:
    """A4, upright or across."""
    way = QPageLayout.Orientation.Landscape if paper.landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, MARGINS, QPageLayout.Unit.Millimeter)


def lay_out(paper: Paper, device: QPaintDevice, body: QRectF) -> Sheets:
    """A paper in pages of the size of `body`, in dots of a device."""
    sheets = Sheets(device, body)
    sheets.paragraph(paper.title, sheets.font(TITLES, 18, bold=True), CENTRE, after=2)
    if paper.line:
        sheets.paragraph(paper.line, sheets.font(TEXTS, 10.5), CENTRE, after=2)
    for at, block in enumerate(paper.blocks):
        match block:
            case Text():
                letters = sheets.font(TYPED, 13) if block.typed else sheets.font(TEXTS, 12, bold=block.strong)
                if block.strong and at + 1 < len(paper.blocks):
                    sheets.room(sheets.mm(12) + sheets.beginning(paper.blocks[at + 1]))
                sheets.paragraph(block.text, letters, RIGHT if block.right else LEFT)
            case Table():
                sheets.table(block)
            case Photos():
                sheets.photos(block)
    if paper.foot:
        sheets.down += sheets.mm(3)
        sheets.paragraph(paper.foot, sheets.font(TEXTS, 10.5))
    return sheets


def pdf(paper: Paper | Book, pictures: Pictures = no_pictures) -> bytes:
    """A paper as a PDF; each photo is asked for when it is drawn, so that no two are in memory at once."""
    content = QByteArray()
    out = QBuffer(content)
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(out)
    writer.setResolution(DPI)
    writer.setTitle(paper.title)
    writer.setCreator("环改台账")
    draw(paper, writer, pictures)
    out.close()
    return bytes(content.data())


def draw(paper: Paper | Book, device: QPagedPaintDevice, pictures: Pictures = no_pictures) -> None:
    """Draw a paper, or several, on what has pages: a PDF, a printer."""
    first, *rest = printed(paper)
    device.setPageLayout(page_layout(first))
    painter = QPainter(device)
    try:
        _draw(first, device, painter, pictures)
        for one in rest:
            device.setPageLayout(page_layout(one))
            device.newPage()
            _draw(one, device, painter, pictures)
    finally:
        painter.end()


def _draw(paper: Paper, device: QPagedPaintDevice, painter: QPainter, pictures: Pictures) -> None:
    """One paper, from the page on that was begun."""
    sheets = lay_out(paper, device, QRectF(0, 0, device.width(), device.height()))
    for number in range(len(sheets.pages)):
        if number:
            device.newPage()
        sheets.draw(number, painter, pictures)
