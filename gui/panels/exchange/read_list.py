"""The list of packages: one sentence first, one act a row, and what is being read just now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import theme
from gui.panels.exchange.read_items import COLUMNS, READING, Item, found_sentence, in_order, ready_paths
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.frames import Card
from gui.widgets.labels import label
from gui.widgets.strip import Strip
from models.services.views.exchange import PackageCard, Report

BUSY = f"{READING}，请不要拔出"


class ReadList(QWidget):
    """Packages that were found; it stays in sight while they are read."""

    acted = Signal(object)  # the Item whose act was pressed
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Item] = []
        self._paths: tuple[Path, ...] = ()  # that are being read
        self.title = label("", "h2", wrap=True)
        self.strip = Strip("停下")
        self.table = LineView("数据包", row=45)
        self.model = PlainTable(COLUMNS, self)
        self.table.show_model(self.model)
        card = Card(pad=1)
        card.body.addWidget(self.table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(10))
        layout.addWidget(self.title)
        layout.addWidget(self.strip)
        layout.addWidget(card, 1)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(self._press)
        self.strip.stopped.connect(self.stopped)

    @property
    def ready(self) -> list[Path]:
        """The packages that can be imported."""
        return ready_paths(self.items)

    @property
    def is_busy(self) -> bool:
        """Whether packages are being read."""
        return not self.strip.isHidden()

    @property
    def cards(self) -> list[PackageCard]:
        """What lies there."""
        return [one.card for one in self.items]

    def item_of(self, path: Path) -> Item | None:
        """The package at a place."""
        return next((one for one in self.items if one.card.path == path), None)

    def put(self, cards: Sequence[PackageCard]) -> None:
        """List other packages."""
        self.items = in_order(cards)
        self.show_items()

    def show_items(self) -> None:
        """Show what became of them."""
        at = max(self.table.currentIndex().row(), 0)
        self.model.show(self.items)
        self.table.fit()
        self.table.selectRow(min(at, max(len(self.items) - 1, 0)))
        self.title.setText(found_sentence(self.items))

    def begin(self, paths: Sequence[Path]) -> None:
        """Say that packages are being read."""
        self._paths = tuple(paths)
        self.strip.begin(BUSY)
        self._say_at(0)
        self._mark(())

    def report(self, done: int, total: int, what: str, made: Sequence[Report]) -> None:
        """Say how far it is; `made` are the packages that are through."""
        self.strip.report(done, total, what)
        self._say_at(len(made))
        if made and (last := self.item_of(made[-1].path)) is not None and last.report is None:
            self._mark(made)

    def _say_at(self, done: int) -> None:
        """Say which of several packages it is; the bar is of that one."""
        many = len(self._paths)
        self.strip.title.setText(
            BUSY if many < 2 else f"{READING}第 {min(done + 1, many)} 个，共 {many} 个，请不要拔出"
        )

    def end(self, made: Sequence[Report]) -> None:
        """Nothing is being read any more."""
        self.strip.hide()
        self._paths = ()
        self._mark(made)
        self.show_items()

    def _mark(self, made: Sequence[Report]) -> None:
        by_path = {one.path: one for one in made}
        now = next((path for path in self._paths if path not in by_path), None)
        self.items = [
            replace(one, report=by_path.get(one.card.path, one.report), now=one.card.path == now) for one in self.items
        ]
        self.model.show(self.items)

    @Slot(int)
    def _open(self, at: int) -> None:
        item = self.model.line(at)
        if item is not None and not self.is_busy:
            self.acted.emit(item)

    @Slot(QModelIndex)
    def _press(self, index: QModelIndex) -> None:
        if COLUMNS[index.column()].key == "act":
            self._open(index.row())
