"""抽查名单 (the county's): drawn by chance under a name, printed with room for what is found."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QStackedWidget

from gui import saying, theme
from gui.handing import HandingPanel
from gui.session import Session
from gui.tables.columns import CENTER, Column
from gui.tables.plain import PlainTable
from gui.tables.sorting import Sorting
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.choice import Choice, Segments
from gui.widgets.empty import Empty
from gui.widgets.frames import Foot, column, row
from gui.widgets.labels import label
from models.domain import words
from models.progress import Progress
from models.services.views.sampling import OF, SIZE, Lot, Sample

SIZES, SHARES = (1, 2, 3, 5, 10), (10, 20, 30, 50)
# fmt: off
COLUMNS = (
    Column("rank", "第几个", lambda d: str(d.rank), 76, align=CENTER, sort="rank"),
    Column("unit_name", "单位", lambda d: d.unit_name, 130, sort="unit_name"),
    Column("title", "名称、地点", lambda d: d.title, below=lambda d: d.place, tip=lambda d: f"{d.title}\n{d.place}",
           sort="title"),
    Column("kind", "类别", lambda d: d.kind, 180, small=True, tip=lambda d: d.kind, sort="kind"),
    Column("looked_on", "上次检查", lambda d: d.looked_on or saying.MISSING, 108, small=True, sort="looked_on"),
    Column("number", "编号", lambda d: d.number, 190, small=True, sort="number"),
)
# fmt: on


class Sampling(HandingPanel):
    """What is drawn from above, the list below."""

    notice_margins = (24, 12, 24, 0)
    opened = Signal(str, str)  # "source" or "inspection"; its id

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._sample: Sample | None = None
        self.of = Segments(OF)
        self.of.setAccessibleName("从哪里抽")
        self.of.put("sources")
        self.only, self.many, self.unit = Choice(), Choice(), Choice()
        for part, said in ((self.only, "只抽哪一类"), (self.many, "抽多少"), (self.unit, "只抽哪个单位")):
            part.setAccessibleName(said)
        self.only.setFixedWidth(theme.px(190))
        self.unit.addItem("全部单位", "")
        for size in SIZES:
            self.many.addItem(f"每个单位抽 {size} 个", ("size", size))
        for share in SHARES:
            self.many.addItem(f"每个单位抽 {share}%", ("share", share))
        self.many.setCurrentIndex(SIZES.index(SIZE))
        self._offer_kinds()
        self.name = QLineEdit()
        self.name.setAccessibleName("抽查名称")
        self.name.setFixedWidth(theme.px(160))
        name = label("抽查名称")
        name.setBuddy(self.name)
        self.basis = label("", "quiet", wrap=True)
        self.table = LineView("抽查名单", row=52, edge=24, least=200)
        self._model = PlainTable(COLUMNS, self)
        self.table.show_model(self._model)
        self._sorting = Sorting(self.table)
        self.empty = Empty("checks", "没有可以抽的", "登记了污染源、做过检查以后，就可以抽；也可以把上面的范围放宽。")
        self.middle = QStackedWidget()
        self.middle.addWidget(self.table)
        self.middle.addWidget(self.empty)
        self.out = button("写成名单…", "primary", tip="写成 PDF 打印，或写成表格带到现场填")
        self.foot = Foot(label("同一个名称，抽出来的总是这些，以后可以核对。", "quiet"), None, self.out)
        first, second = row(self.of, self.only, self.unit, None), row(self.many, name, self.name, None)
        top = column(first, second, self.basis, gap=8)
        top.setContentsMargins(theme.px(24), theme.px(4), theme.px(24), theme.px(8))
        layout = column(self.notice, top, self.middle, self.foot, gap=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.only)
        self.of.changed.connect(self._change)
        for one in (self.only, self.many, self.unit):
            one.activated.connect(self.refresh)
        self.name.editingFinished.connect(self._named)
        self.out.clicked.connect(self._write)
        self.table.opened.connect(self._open)

    @property
    def _of(self) -> str:
        return self.of.value or "sources"

    def _offer_kinds(self) -> None:
        self.only.clear()
        self.only.addItem("全部类别" if self._of == "sources" else "全部主题", "")
        for key, named in (words.SOURCE_KIND if self._of == "sources" else words.THEME).items():
            self.only.addItem(named, key)

    def _lot(self) -> Lot:
        only, unit = str(self.only.currentData() or ""), str(self.unit.currentData() or "")
        how, number = self.many.currentData()
        some = (only,) if only else ()
        return Lot(
            self.name.text(), self._of, (unit,) if unit else (), () if self._of == "sources" else some,
            some if self._of == "sources" else (), number if how == "size" else 0, number if how == "share" else 1,
        )  # fmt: skip

    @Slot()
    def refresh(self) -> None:
        self.ask(partial(self._read, self._lot()), self._show)

    def _read(self, lot: Lot, _: Progress) -> tuple[Sample, list[tuple[str, str]]]:
        units = [(one.code, one.name) for one in self.session.office.units.list() if one.kind == "township"]
        return self.session.office.sampling.draw(lot), units

    @Slot(object)
    def _show(self, found: tuple[Sample, list[tuple[str, str]]]) -> None:
        self._sample, units = found
        if self.unit.count() == 1:
            for code, named in units:
                self.unit.addItem(named, code)
        self.name.setText(self._sample.name)
        self.basis.setText(f"{self._sample.basis}。" if self._sample.lines else "")
        self._sorting.show(self._sample.lines)
        self.middle.setCurrentWidget(self.table if self._sample.lines else self.empty)
        self.foot.setVisible(bool(self._sample.lines))

    @Slot()
    def _change(self) -> None:
        self._offer_kinds()
        self.refresh()

    @Slot()
    def _named(self) -> None:
        if self._sample is not None and self.name.text().strip() != self._sample.name:
            self.refresh()

    @Slot()
    def _write(self) -> None:
        lot = self._lot()
        self.hand_over(f"{lot.name}名单", partial(self.session.office.sampling.paper, lot))

    @Slot(int)
    def _open(self, at: int) -> None:
        one = self._model.line(at)
        if one is not None:
            self.opened.emit("source" if self._of == "sources" else "inspection", one.id)
