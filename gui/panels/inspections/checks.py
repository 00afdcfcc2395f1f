"""检查: the list of inspections by what came of them and since when; a new one; 零报告 by two keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from gui import saying, shortcuts, theme
from gui.dialogs.paper import Paper
from gui.handing import HandingPanel
from gui.jobs import Kind
from gui.panels.inspections.lines import Lines
from gui.panels.inspections.tab import Tab
from gui.places import Place
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.frames import column, row
from gui.widgets.search_box import SearchBox
from gui.widgets.tabs import Tabs
from models.domain import words
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.inspections import InspectionLine
from models.services.views.lists import Record

ZERO = words.INSPECTION_STATE["zero"]
ZERO_FIELDS = ("inspected_on", "people")
ZERO_TEXT = "这一天查过，没有发现问题。一天报一次就够，再报一次还是那一份。"
VIEWS: dict[str, tuple[str, Callable[[InspectionLine], bool]]] = {
    "": ("全部", lambda _: True),
    "open": (words.INSPECTION_STATE["open"], lambda one: one.state == "open"),
    "left": ("没登记问题的", lambda one: one.found > one.registered),
    "zero": (ZERO, lambda one: one.state == "zero"),
}
NONE = {
    "": ("还没有检查", "点“新检查”选检查表和地方，逐项回答。查过没有发现问题的，点“零报告”。"),
    "open": ("没有没填完的检查", "开始了还没有点“完成”的检查排在这里。"),
    "left": ("答“否”的都登记成问题了", "答了“否”、还没有登记为问题的检查排在这里。"),
    "zero": ("没有零报告", "查过没有发现问题的，点“零报告”。"),
}
SPANS = (("近三个月", 92), ("近一年", 366), ("全部时间", 0))  # days back from today
NEW, SEND, OPEN = "新检查", "去写数据包", "打开这次检查"


class Checks(Tab, HandingPanel):
    """The list, what narrows it, and what begins one."""

    notice_margins = (24, 12, 24, 0)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._all: Sequence[InspectionLine] = ()
        self._people = ""
        self.views = Tabs(((key, name) for key, (name, _) in VIEWS.items()), plain=True)
        self.views.choose("")
        self.search = SearchBox("找编号、地方、检查人")
        self.since = Choice()
        self.since.setProperty("sz", "slim")
        self.since.setAccessibleName("看哪一段时间的")
        for name, days in SPANS:
            self.since.addItem(name, days)
        self.sheet = button("打印巡查表", "quiet", icon="file", size="slim", tip="这个月一天一行，没有登记的空着手填")
        self.take = button("读入填好的表", "quiet", icon="sheet", size="slim", tip="在一次检查里写出、填好的 Excel 表")
        self.zero = button(ZERO, icon="check", size="slim", tip="今天查过，没有发现问题", key="F7")
        self.new = button(NEW, "primary", icon="plus", size="slim", tip="选检查表和地方，逐项回答", key="Ctrl+N")
        self.lines = Lines(session.today, partial(session.drafts.records, "inspection"), units=session.is_county)
        self.tools = (self.sheet, self.take, self.search)
        bar = row(self.views, None, self.since, self.zero, self.new)
        bar.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))
        layout = column(self.notice, bar, self.lines, gap=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.lines)
        self.views.chosen.connect(self._show)
        self.search.wanted.connect(self._show)
        self.search.entered.connect(self._go_to)
        self.since.activated.connect(self.refresh)
        self.sheet.clicked.connect(self._print)
        self.take.clicked.connect(self._choose_form)
        self.zero.clicked.connect(self.ask_zero)
        self.new.clicked.connect(self.make_new)
        self.lines.opened.connect(self._open)
        self.notice.acted.connect(self._act)
        shortcuts.within(self, {"F7": self.ask_zero})

    # ------------------------------------------------------------------------------------- looking

    @Slot()
    def refresh(self) -> None:
        days = int(self.since.currentData())
        since = self.session.today - timedelta(days=days) if days else None
        self.ask(partial(self._load, since), self._take)

    def _load(self, since: date | None, _: Progress) -> tuple[InspectionLine, ...]:
        return self.session.office.inspections.lines(since)

    @Slot(object)
    def _take(self, found: tuple[InspectionLine, ...]) -> None:
        self._all = found
        self._people = next((one.people for one in found if one.people), "")
        for key, (_, fits) in VIEWS.items():
            self.views.count(key, sum(map(fits, found)))
        self._show()

    @Slot()
    def _show(self) -> None:
        view, typed = self.views.current, self.search.text().strip().lower()
        fits = VIEWS[view][1]
        rows = [one for one in self._all if fits(one) and (not typed or _has(one, typed))]
        why = ("没有找到", "换几个字，或者换一段时间再看。") if typed else NONE[view]
        self.lines.show_rows(rows, why)

    @Slot()
    def make_new(self) -> None:
        where = (("people", self._people),) if self._people else ()
        self.go(Place("inspection/record", new=True, where=where))

    def seek(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot()
    def _go_to(self) -> None:
        """Enter behind what was typed: the only one that fits is opened, as when a number is typed from paper."""
        self._show()
        if len(self.lines.rows) == 1:
            self._open(self.lines.rows[0].id)
        else:
            self.lines.setFocus()

    @Slot(str)
    def _open(self, id_: str) -> None:
        self.go(Place("inspection/record", id=id_))

    # ------------------------------------------------------------------------------------- 零报告

    @Slot()
    def ask_zero(self) -> None:
        """Ask of which day, and who looked; both are there already, so Enter is enough."""
        paper = Paper(
            ZERO, ZERO_TEXT, ("inspection", ZERO_FIELDS), ZERO_FIELDS[:1], "报零报告",
            values={"inspected_on": self.session.today.isoformat(), "people": self._people},
            today=self.session.today, parent=self,
        )  # fmt: skip
        paper.verb.setDefault(True)
        if values := paper.ask():
            self.ask(partial(self._zero, values), self._zeroed, kind=Kind.SAVE)

    def _zero(self, values: dict[str, str], _: Progress) -> Record:
        return self.session.office.inspections.zero(values)

    @Slot(object)
    def _zeroed(self, record: Record) -> None:
        day = saying.on_day(record["inspected_on"], self.session.today)
        acts = () if self.session.is_county else (SEND,)
        self.notice.say("success", f"{day}的零报告已保存到本机。", "会随下一个数据包报送。" if acts else "", *acts)
        self.session.tell(Touched("inspection", frozenset({str(record["id"])})))

    # ------------------------------------------------------------------------------------- on paper

    @Slot()
    def _print(self) -> None:
        day, papers = self.session.today, self.session.office.papers
        self.hand_over(f"巡查表_{day:%Y%m}", lambda: papers.patrols(day))

    @Slot()
    def _choose_form(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选填好的检查表", "", "Excel 工作簿 (*.xlsx *.xls)")
        if name:
            self.read_form(Path(name))

    def read_form(self, path: Path) -> None:
        """Take a form that was filled in; a refusal says which rows are to be mended."""
        inspections = self.session.office.inspections
        self.notice.say("info", f"正在读入 {path.name}。", "")
        self.ask(partial(inspections.read_form, path), self._form_read, kind=Kind.LONG)

    @Slot(object)
    def _form_read(self, record: Record) -> None:
        counts, self._read = record["counts"], str(record["id"])
        said = f"是 {counts['yes']}，否 {counts['no']}，不适用 {counts['na']}"
        rest = f"还有 {counts['left']} 项没有答。" if counts["left"] else "都答了，打开看一遍，点“完成本次检查”。"
        self.notice.say("success", f"已读入 {record['number']}：{said}。", rest, OPEN)
        self.session.tell(Touched("inspection", frozenset({self._read})))

    _read = ""  # id of the inspection of the form that was read last

    @Slot(str)
    def _act(self, word: str) -> None:
        if word == SEND:
            self.go(Place("exchange", tab="write"))
        elif word == OPEN:
            self._open(self._read)


def _has(one: InspectionLine, typed: str) -> bool:
    return any(typed in text.lower() for text in (one.number, one.place, one.people, one.themes, one.unit_name))
