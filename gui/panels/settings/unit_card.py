"""The county's units in 设置: the list, sorted and searched, and a box to add many at once or to rename some."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from gui import theme
from gui.jobs import Kind
from gui.panel import Panel
from gui.panels.settings.unit_box import UnitBox
from gui.session import Session
from gui.tables.columns import RIGHT, Column
from gui.tables.plain import PlainTable
from gui.tables.sorting import Sorting
from gui.tables.view import LineView
from gui.unit_lines import UnitLine
from gui.widgets.buttons import button
from gui.widgets.frames import Card, row
from gui.widgets.labels import label
from gui.widgets.search_box import SearchBox
from models.domain import words
from models.errors import LedgerError
from models.services.views.home import Touched, UnitView

NOTE = "台账里写着这个名称的记录会自动归到它名下。名称写错了，用原来的代码再添加一次就改过来。"
ROW, SHOWN = 32, 7  # height of a row, and how many are seen without scrolling

# fmt: off
UNITS = (
    Column("name", "单位", lambda u: u.name, sort="name"),
    Column("code", "代码", lambda u: u.code, 150, small=True, sort="code"),
    Column("kind", "类别", lambda u: words.UNIT_KIND.get(u.kind, ""), 90, sort="kind"),
    Column("problems", "问题", lambda u: f"{u.problems} 个", 90, align=RIGHT, sort="problems"),
    Column("devices", "登记的电脑", lambda u: f"{u.devices} 台" if u.devices else "还没有", 120, align=RIGHT,
           tone=lambda u: "" if u.devices else "orange", sort="devices"),
)
# fmt: on


class UnitCard(Panel):
    """What was added and what was refused is said here, beside the box."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.card = Card("单位名单", " ", pad=20, gap=10)
        self.search = SearchBox("名称或代码")
        self.card.tools.addWidget(self.search)
        self.table = LineView("单位名单", row=ROW, least=120)
        self.model = PlainTable(UNITS, self)
        self.table.show_model(self.model)
        self.none = label("", "quiet")
        self.box = UnitBox("添加单位（一个或很多个）", rows=4)
        self.add = button("添加单位", icon="plus")
        self.card.add(
            self.table, self.none, self.notice, self.box, row(self.add, None),
            label(NOTE, "small", wrap=True),
        )  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.card)
        self._units: tuple[UnitView, ...] = ()
        self._sorting = Sorting(self.table, "code")
        self.search.textChanged.connect(self._show)
        self.box.changed.connect(self._watch)
        self.add.clicked.connect(self._add)
        self._watch()

    def refresh(self) -> None:
        self.ask(lambda _: self.session.office.units.list(), self._keep)

    @Slot(object)
    def _keep(self, units: tuple[UnitView, ...]) -> None:
        self._units = tuple(one for one in units if one.kind != "county")
        self.box.know({one.code: one.name for one in units}, self.session.here.unit)
        away = sum(1 for one in self._units if not one.devices)
        self.card.quiet.setText(f"{len(self._units)} 个" + (f"，{away} 个还没有登记电脑" if away else ""))
        self._show()

    @Slot()
    def _show(self) -> None:
        typed = self.search.text().strip()
        found = [one for one in self._units if typed in one.name or typed in one.code]
        self.table.setVisible(bool(found))
        self.table.setFixedHeight(theme.px(34) + theme.px(ROW) * min(max(len(found), 1), SHOWN) + 2)
        self._sorting.show(found)
        self.none.setText(f"没有名称或代码带“{typed}”的单位。" if typed else "还没有单位。")
        self.none.setVisible(not found)

    @Slot()
    def _watch(self) -> None:
        lines = self.box.lines
        good = [one for one in lines if not one.wrong]
        self.add.setText(f"\u2002添加 {len(good)} 个单位" if len(good) > 1 else "\u2002添加单位")
        self.add.setEnabled(bool(lines) and len(good) == len(lines))

    @Slot()
    def _add(self) -> None:
        lines = self.box.good
        self.add.setEnabled(False)
        self.ask(lambda _: self._add_all(lines), self._added, kind=Kind.SAVE)

    def _add_all(self, lines: list[UnitLine]) -> tuple[list[UnitLine], list[tuple[UnitLine, LedgerError]]]:
        """Each unit is a transaction of its own: one that is refused does not cost the others."""
        added: list[UnitLine] = []
        refused: list[tuple[UnitLine, LedgerError]] = []
        for one in lines:
            try:
                self.session.office.units.add(one.kind, one.name, one.code)
                added.append(one)
            except LedgerError as error:
                refused.append((one, error))
        return added, refused

    @Slot(object)
    def _added(self, found: tuple[list[UnitLine], list[tuple[UnitLine, LedgerError]]]) -> None:
        added, refused = found
        if added:
            self.session.tell(Touched("*"))
        if refused:
            first = refused[0][1]
            some = f"已添加 {len(added)} 个；" if added else ""
            names = "、".join(one.name for one, _ in refused)
            self.notice.say("refusal", f"{some}{names} 没有添加。{first.message}", first.way_out)
        else:
            names = f"“{added[0].name}”" if len(added) == 1 else f" {len(added)} 个单位"
            way = "请它写一个登记申请，您在“数据交换”的“设备与登记”里登记它的电脑。"
            self.notice.say("success", f"已添加{names}。", way)
        self.box.text.setPlainText("\n".join(f"{one.name} {one.code}" for one, _ in refused))
        self.box.text.setFocus()
        self.refresh()
