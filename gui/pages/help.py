"""帮助: the manual inside the program. F1 opens the chapter of the page; words are found in all chapters."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout

from gui import manual, theme
from gui.manual import Chapter, Rendered
from gui.page import Page
from gui.places import Place
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.frames import upright
from gui.widgets.labels import label
from gui.widgets.reader import Reader
from gui.widgets.search_box import SearchBox

LIST = 236  # width of the list of chapters


class HelpPage(Page):
    """Chapters at the left, the text at the right."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "帮助", back="返回")
        self._chapter: Chapter | None = None
        self._words = ""
        self._sifting = self._just_sought = False
        self._read: list[tuple[Chapter, int]] = []  # the way back: chapter, how far it was scrolled
        self._scroll = 0  # where the chapter that is on its way is to be shown

    def build(self) -> Iterator[None]:
        self.search = SearchBox("在帮助里查找")
        self.search.setToolTip("查找（Ctrl+F），按 Enter 到下一处")
        self.before = button("刚才的一章", "quiet", icon="back", tip="回到刚才看的一章")
        self.before.hide()
        self.header.add(self.before, self.search)
        self.list = QListWidget()
        self.list.setObjectName("chapters")
        self.list.setAccessibleName("各章")
        self.list.setFixedWidth(theme.px(LIST))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.none = label("", "quiet", wrap=True)
        self.none.setContentsMargins(theme.px(24), theme.px(12), theme.px(12), 0)
        self.none.setFixedWidth(theme.px(LIST))
        self.none.hide()
        self.reader = Reader("帮助的正文")
        left = QVBoxLayout()
        left.setContentsMargins(0, theme.px(12), 0, 0)
        left.addWidget(self.none)
        left.addWidget(self.list, 1)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addLayout(left)
        line.addWidget(upright())
        line.addWidget(self.reader, 1)
        self.put(line, 1)
        yield
        self._fill(manual.order(county=self.session.is_county))
        self.list.currentItemChanged.connect(self._chosen)
        self.search.wanted.connect(self._seek)
        self.search.entered.connect(self._seek_next)
        self.reader.followed.connect(self._follow)
        self.reader.widened.connect(self._again)
        self.before.clicked.connect(self._go_before)

    @property
    def chapter(self) -> Chapter | None:
        """The chapter that is shown."""
        return self._chapter

    def enter(self, place: Place) -> None:
        super().enter(place)
        if place.tab or self._chapter is None:
            self.search.put("")
            self._seek("")
            self.open(manual.chapter_of(place.tab, county=self.session.is_county))
        self.reader.setFocus()

    def seek(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def open(self, chapter: Chapter, scroll: int = 0) -> None:
        """Show a chapter."""
        self._chapter, self._scroll = chapter, scroll
        self._mark()
        self._again()

    def _mark(self) -> None:
        """Mark the entry of the chapter that is shown."""
        for at in range(self.list.count()):
            if self._chapter and self.list.item(at).data(Qt.ItemDataRole.UserRole) == self._chapter.key:
                self.list.setCurrentRow(at)

    def _fill(self, chapters: tuple[Chapter, ...]) -> None:
        for one in chapters:
            item = QListWidgetItem(one.title)
            item.setData(Qt.ItemDataRole.UserRole, one.key)
            self.list.addItem(item)

    @Slot()
    def _again(self) -> None:
        """Read the chapter, its pictures as wide as there is room."""
        chapter = self._chapter
        if chapter is not None and self.isVisible():
            width, ratio = self.reader.picture_width, self.devicePixelRatioF()
            self.ask(lambda _: manual.render(chapter, width, ratio), self._show)

    @Slot(object)
    def _show(self, read: Rendered) -> None:
        if read.chapter != self._chapter:
            return
        self.reader.show_text(read.text, read.pictures)
        self.reader.setAccessibleName(read.chapter.title)
        self.reader.seek(self._words)
        if self._scroll:
            self.reader.verticalScrollBar().setValue(self._scroll)
            self._scroll = 0

    @Slot(object, object)
    def _chosen(self, item: QListWidgetItem | None, _: object) -> None:
        chapter = manual.BY_KEY.get(str(item.data(Qt.ItemDataRole.UserRole))) if item is not None else None
        if chapter is not None and chapter != self._chapter and not self._sifting:
            self.open(chapter)

    @Slot(str)
    def _follow(self, link: str) -> None:
        """A link to another chapter; the way back is kept."""
        chapter = manual.BY_KEY.get(link.partition("#")[0].removesuffix(".md"))
        if chapter is None or self._chapter is None:
            return
        self._read.append((self._chapter, self.reader.verticalScrollBar().value()))
        self.before.show()
        self.open(chapter)

    @Slot()
    def _go_before(self) -> None:
        if self._read:
            self.open(*self._read.pop())
        self.before.setVisible(bool(self._read))

    @Slot(str)
    def _seek(self, words: str) -> None:
        """Leave only the chapters in which the words stand, and go to the first of them."""
        self._words = words
        self._just_sought = True  # the Enter that asked for it does not also ask for the next place
        QTimer.singleShot(0, self._settle)
        keys = [one.key for one in (manual.found(words) if words else manual.CHAPTERS)]
        first: Chapter | None = None
        self._sifting = True  # hiding the current entry makes another one current: nobody chose that
        for at in range(self.list.count()):
            item = self.list.item(at)
            key = str(item.data(Qt.ItemDataRole.UserRole))
            item.setHidden(key not in keys)
            if key in keys and first is None:
                first = manual.BY_KEY[key]
        self._sifting = False
        self.none.setText(f"帮助里没有“{words}”。换个说法试试，比如办公时常说的词。")
        self.none.setVisible(not keys)
        if self._chapter is not None and words and first is not None and self._chapter.key not in keys:
            self.open(first)
        else:
            self._mark()
            self.reader.seek(words)

    @Slot()
    def _settle(self) -> None:
        self._just_sought = False

    @Slot(str)
    def _seek_next(self, words: str) -> None:
        """The next place in this chapter, then in the next one, and round again."""
        if self._just_sought or not words or self.reader.seek_next() or self._chapter is None:
            return
        keys = [one.key for one in manual.found(words)]
        shown = [str(self.list.item(at).data(Qt.ItemDataRole.UserRole)) for at in range(self.list.count())]
        left = [key for key in shown if key in keys]
        if left:
            at = left.index(self._chapter.key) + 1 if self._chapter.key in left else 0
            following = manual.BY_KEY[left[at % len(left)]]
            if following == self._chapter:
                self.reader.seek(words)
            else:
                self.open(following)
