"""The reader of the manual: Markdown as running text with the line height of the design, pictures, and links."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from gui import theme

WIDEST, PICTURE = 640, 800  # of a line of text, of a picture
MARGIN = 24
HEADINGS = {1: ("title", 0, 10), 2: ("h2", 18, 6), 3: ("bold", 12, 4)}  # level → letters, space above and below


class Reader(QTextBrowser):
    """Shows one text at a time; a link is told, not followed."""

    followed = Signal(str)
    widened = Signal()  # there is room for wider or narrower pictures

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader")
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # its coming would change the width
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self._pictures: dict[str, QImage] = {}
        self._document: QTextDocument | None = None
        self._hits: list[QTextCursor] = []
        self._at = -1
        self._shown_at = (0, 0)
        self.anchorClicked.connect(self._follow)

    @property
    def column(self) -> int:
        """How wide a line of text is now."""
        return max(min(theme.px(WIDEST), self._room()), theme.px(200))

    @property
    def picture_width(self) -> int:
        """How wide a picture may be now; it may stand out, and is indented where it belongs to a step."""
        return max(min(theme.px(PICTURE), self._room() - theme.px(40)), theme.px(160))

    @property
    def hits(self) -> int:
        """In how many places the searched words stand."""
        return len(self._hits)

    def show_text(self, text: str, pictures: Mapping[str, QImage]) -> None:
        """Show another text from its beginning."""
        self._pictures = dict(pictures)
        self._hits, self._at = [], -1
        self.setExtraSelections([])
        document = QTextDocument(self)  # made beside what is shown, so that it is laid out once
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(theme.font())
        document.setDocumentMargin(theme.px(MARGIN))
        for name, picture in pictures.items():
            document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), picture)
        document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        _dress(document)
        self.setDocument(document)
        if self._document is not None:
            self._document.deleteLater()  # Qt lets go of its own first one alone
        self._document = document
        self._fit()
        self.verticalScrollBar().setValue(0)

    def seek(self, words: str) -> None:
        """Mark all places where words stand, and go to the first."""
        self._hits, self._at = [], -1
        if words:
            at = self.document().find(words)
            while not at.isNull():
                self._hits.append(at)
                at = self.document().find(words, at)
        marks = []
        for cursor in self._hits:
            mark = QTextEdit.ExtraSelection()
            form = QTextCharFormat()
            form.setBackground(theme.colour("mine"))
            mark.cursor, mark.format = cursor, form  # pyright: ignore[reportAttributeAccessIssue]
            marks.append(mark)
        self.setExtraSelections(marks)
        self.seek_next()

    def seek_next(self) -> bool:
        """Go to the next place; False behind the last."""
        if self._at + 1 >= len(self._hits):
            return False
        self._at += 1
        where = QTextCursor(self._hits[self._at])
        where.setPosition(where.selectionStart())
        self.setTextCursor(where)
        self.ensureCursorVisible()
        return True

    def loadResource(self, _type: int, name: QUrl | str) -> object:
        """Pictures come from what was read off the GUI thread; nothing else is ever loaded."""
        return self._pictures.get(name if isinstance(name, str) else name.toString())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before, self._shown_at = self._shown_at, (self.column, self.picture_width)
        if before != self._shown_at:
            self._fit()
            self.widened.emit()

    def _room(self) -> int:
        return self.viewport().width() - 2 * theme.px(MARGIN)

    def _wrap(self) -> int:
        return self.column + 2 * theme.px(MARGIN)  # the margins of the document stand inside

    def _fit(self) -> None:
        self.setLineWrapColumnOrWidth(self._wrap())

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        self.followed.emit(url.toString())


# ---------------------------------------------------------------------------------------------- dress


def _dress(document: QTextDocument) -> None:
    """Give blocks their letters and spaces: Qt's own reading of Markdown knows nothing of the design."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    percent = theme.line_percent()
    block = document.begin()
    while block.isValid():
        _dress_block(cursor, block, percent)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame)
    cursor.endEditBlock()


def _dress_block(cursor: QTextCursor, block: QTextBlock, percent: float) -> None:
    form, pieces = block.blockFormat(), _fragments(block)
    level = form.headingLevel()
    role, above, below = HEADINGS.get(level, ("body", 0, 8))
    if block.textList() is not None:
        below = 4
    elif not level and block.previous().isValid() and block.previous().textList() is not None:
        above = 8
    if level == 0 and not any(letters.isImageFormat() for _, _, letters in pieces):
        form.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    form.setTopMargin(theme.px(above))
    form.setBottomMargin(theme.px(below))
    if form.property(QTextFormat.Property.BlockQuoteLevel):
        form.setBackground(theme.colour("tint"))
        form.setLeftMargin(theme.px(12))
    cursor.setPosition(block.position())
    cursor.setBlockFormat(form)
    for start, length, found in pieces:
        if not level and not found.isAnchor():
            continue
        letters = QTextCharFormat(found)
        if level:
            size, bold = theme.LETTERS[role]
            letters.clearProperty(QTextFormat.Property.FontSizeAdjustment)  # it would win over the size
            letters.setProperty(QTextFormat.Property.FontPixelSize, theme.px(size))
            letters.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        if found.isAnchor():
            letters.setForeground(theme.colour("accent"))
            letters.setFontUnderline(False)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(letters)


def _dress_table(table: QTextTable) -> None:
    form = table.format()
    form.setBorderCollapse(True)
    form.setBorder(1)
    form.setBorderBrush(theme.colour("line"))
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setCellPadding(theme.px(6))
    form.setCellSpacing(0)
    form.setTopMargin(theme.px(4))
    form.setBottomMargin(theme.px(12))
    percent = QTextLength.Type.PercentageLength
    form.setWidth(QTextLength(percent, 100))
    first, others = (30, 70 / max(table.columns() - 1, 1))
    form.setColumnWidthConstraints([QTextLength(percent, others if at else first) for at in range(table.columns())])
    table.setFormat(form)


def _fragments(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """Start, length and letters of the pieces of a block."""
    found = []
    at = block.begin()
    while not at.atEnd():
        piece = at.fragment()
        if piece.isValid():
            found.append((piece.position(), piece.length(), piece.charFormat()))
        at += 1
    return found
