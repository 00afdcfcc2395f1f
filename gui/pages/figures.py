"""统计: the figures of any day by anything, as known on any day; their lists, their meaning, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from gui import theme, typed
from gui.handing import HandingPanel
from gui.jobs import Kind
from gui.page import Page
from gui.panels.figures.counting import Counting
from gui.panels.figures.lines import Lines
from gui.panels.figures.meanings import Meanings
from gui.panels.figures.sealed import Sealed
from gui.places import Place
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.choice import Choice, Segments
from gui.widgets.frames import row
from gui.widgets.labels import label, retone
from gui.widgets.tabs import Tabs
from models.domain import words
from models.domain.breakdown import WAYS
from models.domain.field import Field, Type
from models.domain.meaning import FIGURES
from models.progress import Progress
from models.services.views.breakdowns import Asked, FigureLine, FigureTable

COUNT, MEAN, SEALED, BEHIND = "count", "meaning", "sealed", "behind"
NAMES = {COUNT: "数字", MEAN: "口径", SEALED: "与封账时相比"}
DAY = Field("day", "日期", Type.DATE)
ALL_KNOWN = "现在"


class FiguresPage(Page, HandingPanel):
    """`Place.view` is one of the tabs."""

    tables: ClassVar[frozenset[str]] = frozenset({"problem", "petition", "dispatch", "cycle", "unit", "dictionary"})
    notice_margins = (24, 12, 24, 0)

    def __init__(self, session: Session) -> None:
        super().__init__(session, "统计")
        self._view = COUNT
        self._found: FigureTable | None = None

    def build(self) -> Iterator[None]:
        self.tabs = Tabs(NAMES.items())
        self.behind = button("", "quiet", icon="close", size="slim", tip="回到数字")
        self.behind.hide()
        self.tabs.add(self.behind)
        self.put_above_notice(self.tabs)
        self.out = button("写出月报…", icon="file", tip="工作簿或 PDF：各项数字、分类统计和名单")
        self.matrix = button("写出一览表…", icon="file", tip="各乡镇整改情况和亮灯情况，一页纸，可以打印")
        self.header.add(self.matrix)
        self.header.add(self.out)
        yield
        self.put_above_notice(self._make_choices())
        yield
        self.middle = QStackedWidget()
        self.put(self.middle, 1)
        self.counting = Counting()
        self.middle.addWidget(self.counting)
        self.counting.offer_ways(WAYS[self._table].values())
        yield
        self.lines = Lines()
        self.middle.addWidget(self.lines)
        yield
        self.meanings = Meanings()
        self.middle.addWidget(self.meanings)
        yield
        self.sealed = Sealed(self.session)
        self.middle.addWidget(self.sealed)
        self._parts: dict[str, QWidget] = {
            COUNT: self.counting, BEHIND: self.lines, MEAN: self.meanings, SEALED: self.sealed,
        }  # fmt: skip
        self._connect()

    def _make_choices(self) -> QWidget:
        self.table = Segments({name: words.TABLE[name] for name in WAYS})
        self.table.setAccessibleName("统计什么")
        self.table.put("problem")
        self.way = Choice()
        self.way.setAccessibleName("按什么分开")
        self.way.setMinimumWidth(theme.px(150))
        self._offer_ways()  # before it is seen: its width is that of its words
        if not self.session.is_county:  # all of it is one township's
            self.way.setCurrentIndex(self.way.findData("source"))
        self.as_of, self.known_by = QLineEdit(), QLineEdit()
        for field, said, hint in ((self.as_of, "截至", "今天"), (self.known_by, "已知截至", ALL_KNOWN)):
            field.setAccessibleName(said)
            field.setPlaceholderText(hint)
            field.setFixedWidth(theme.px(112))
        self.known_by.setToolTip("只用到这一天为止已经到本机的内容；不写就是现在知道的全部")
        parts: list[QWidget] = []
        for said, field in (("按", self.way), ("截至", self.as_of), ("已知截至", self.known_by)):
            name = label(said)
            name.setBuddy(field)
            parts += [name, field]
        self.choices = QWidget()
        line = row(self.table, *parts, None)
        line.setContentsMargins(theme.px(24), theme.px(10), theme.px(24), 0)
        self.choices.setLayout(line)
        return self.choices

    def _offer_ways(self) -> None:
        self.way.clear()
        for way in WAYS[self._table].values():
            self.way.addItem(way.label, way.name)

    def _connect(self) -> None:
        self.tabs.choose(self._view)
        self.tabs.chosen.connect(self._choose)
        self.behind.clicked.connect(self._back_to_figures)
        self.table.changed.connect(self._change_table)
        self.way.activated.connect(self._ask_again)
        self.counting.across.activated.connect(self._ask_again)
        self.as_of.editingFinished.connect(self._ask_again)
        self.known_by.editingFinished.connect(self._ask_again)
        self.meanings.switched.connect(self._ask_again)
        self.counting.wanted.connect(self._look_behind)
        self.lines.opened.connect(self._open)
        self.sealed.opened.connect(self._open)
        self.out.clicked.connect(self._write)
        self.matrix.clicked.connect(self._write_matrix)

    # ------------------------------------------------------------------------------------- coming and looking

    def enter(self, place: Place) -> None:
        if place.view in self.tabs.buttons:
            self._view = str(place.view)
            self._show_view()
        super().enter(place)
        self._parts[self._view].setFocus()

    def refresh(self) -> None:
        asked = self._asked()
        if asked is not None:
            self.ask(partial(self._count, asked), self._show, kind=Kind.COUNT)
        if self._view == SEALED:
            self.sealed.refresh()

    @property
    def _table(self) -> str:
        return self.table.value or "problem"

    def _asked(self) -> Asked | None:
        """What is chosen above; None where a day cannot be read, which is said."""
        days: list[date | None] = []
        for field in (self.as_of, self.known_by):
            reading = typed.read(DAY, field.text(), self.session.today)
            field.setText(reading.text)
            retone(field, bad="1" if reading.wrong else "0")
            if reading.wrong:
                self.notice.say("warning", reading.wrong, f"改好“{field.accessibleName()}”，数字就会重新算。")
                return None
            days.append(date.fromisoformat(reading.text) if reading.text else None)
        way, across = self.way.currentData(), self.counting.across.currentData()
        return Asked(
            self._table, way, days[0], days[1], self.meanings.meaning, across if across != way else ""
        )  # fmt: skip

    def _count(self, asked: Asked, _: Progress) -> FigureTable:
        return self.session.office.figures.breakdown(asked)

    @Slot(object)
    def _show(self, found: FigureTable) -> None:
        self._found = found
        known = found.asked.known_by
        self.counting.show_table(found, f"{known.isoformat()} 当天结束" if known else ALL_KNOWN)
        self.meanings.show_meanings(found)

    def _show_view(self) -> None:
        self.behind.setVisible(self._view == BEHIND)
        self.choices.setVisible(self._view in (COUNT, MEAN))
        for out in (self.out, self.matrix):
            out.setVisible(self._view != SEALED)
        if self._view != BEHIND:
            self.tabs.choose(self._view)
        self.middle.setCurrentWidget(self._parts[self._view])

    # ------------------------------------------------------------------------------------- being used

    @Slot(str)
    def _choose(self, view: str) -> None:
        self._view = view
        self.notice.hide()
        self._show_view()
        if view == SEALED:
            self.sealed.refresh()
        self._parts[view].setFocus()

    @Slot()
    def _change_table(self) -> None:
        self.table.put(self._table)
        self._offer_ways()
        self.counting.offer_ways(WAYS[self._table].values())
        self._ask_again()

    @Slot()
    def _ask_again(self) -> None:
        self.notice.hide()
        asked = self._asked()
        if asked is not None and (self._found is None or asked != self._found.asked):
            self.ask(partial(self._count, asked), self._show, kind=Kind.COUNT)

    @Slot(object, str, int)
    def _look_behind(self, key: str | None, figure: str, column: int) -> None:
        found = self._found
        if found is None:
            return
        row_ = found.total if key is None else next(one for one in found.rows if one.key == key)
        across = found.across[column] if column >= 0 else None
        heading = across.name if across is not None else FIGURES[found.asked.table][figure].heading
        self.behind.setText(f"只看 {row_.name} {heading}")
        keys = across.keys if across is not None else ()
        self.ask(partial(self._list, found.asked, key, figure, keys), self._show_lines, kind=Kind.COUNT)

    def _list(
        self, asked: Asked, key: str | None, figure: str, column: tuple[str, ...], _: Progress
    ) -> tuple[FigureLine, ...]:
        return self.session.office.figures.behind(asked, key, figure, column)

    @Slot(object)
    def _show_lines(self, lines: tuple[FigureLine, ...]) -> None:
        self._view = BEHIND
        self.lines.show_lines(lines)
        self._show_view()
        self.lines.setFocus()

    @Slot()
    def _back_to_figures(self) -> None:
        self._choose(COUNT)

    @Slot(str, str)
    def _open(self, table: str, id_: str) -> None:
        self.go(Place(f"{table}/record", id=id_))

    @Slot()
    def _write(self) -> None:
        asked = self._asked()
        if asked is None:
            return
        day = asked.as_of or self.session.today
        papers = self.session.office.papers
        work = partial(papers.monthly, asked.as_of, asked.known_by, meaning=asked.meaning)
        self.hand_over(f"月报{day:%Y%m%d}", work, ".xlsx")

    @Slot()
    def _write_matrix(self) -> None:
        asked = self._asked()
        if asked is not None:
            day = asked.as_of or self.session.today
            work = partial(self.session.office.papers.matrix, asked.as_of, asked.known_by, meaning=asked.meaning)
            self.hand_over(f"各乡镇整改情况一览表{day:%Y%m%d}", work)
