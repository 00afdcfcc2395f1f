"""口径: what every figure and rate means, and the ways of counting that may be switched."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from gui import theme
from gui.tables.columns import Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.frames import Card, column
from gui.widgets.labels import label
from models.domain.meaning import SWITCHES, Meaning
from models.services.views.breakdowns import FigureTable

COLUMNS = (
    Column("heading", "指标", lambda one: one[0], 150, bold=lambda _: True),
    Column("says", "怎么算", lambda one: one[1], tip=lambda one: one[1]),
)
TWO_DAYS = "截至：只算到这一天为止发生的事。已知截至：只用到这一天为止已经到本机的内容。两个日期都相同，数字永远相同。"


class Meanings(QWidget):
    """Switches above, definitions below."""

    switched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes = {name: QCheckBox(said) for name, said in SWITCHES.items()}
        self.table = LineView("口径", row=37, least=200)
        self._model = PlainTable(COLUMNS, self)
        self.table.show_model(self._model)
        switches = Card("换一种算法", "只影响这里看到的和写出的，不改台账", pad=12)
        switches.add(*self.boxes.values())
        card = Card(pad=1)
        card.body.addWidget(self.table, 1)
        layout = column(switches, card, label(TWO_DAYS, "quiet", wrap=True), gap=10)
        layout.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        for box in self.boxes.values():
            box.clicked.connect(self._switch)
        self.setFocusProxy(next(iter(self.boxes.values())))

    @property
    def meaning(self) -> Meaning:
        """How figures are read now."""
        return Meaning(**{name: box.isChecked() for name, box in self.boxes.items()})

    def show_meanings(self, found: FigureTable) -> None:
        """Show what the figures mean."""
        self._model.show(found.meanings)
        self.table.fit()

    @Slot()
    def _switch(self) -> None:
        self.switched.emit()
