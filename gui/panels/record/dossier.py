"""一问题一档: the papers of a problem's file, ticked as they come; one that is missing has the button that adds it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from gui import saying, theme
from gui.widgets.buttons import button, carrier
from gui.widgets.chips import State
from gui.widgets.frames import Card, clear, row
from gui.widgets.labels import Elided, picture
from models.services.views.workflow import PaperView

COLUMNS = 2


class Dossier(Card):
    """The card; what is there leads to its files."""

    wanted = Signal(object)  # name of a paper for which files are to be added
    opened = Signal(object)  # id of an entry of evidence
    written = Signal()  # all of it is to be written out

    def __init__(self) -> None:
        super().__init__("一问题一档", " ")
        self.write = button(
            "整套写出…",
            "quiet",
            icon="folder",
            size="slim",
            tip="写成一个文件夹：目录、照片对照、表格、通知单和全部材料",
        )
        self.tools.addWidget(self.write)
        self.write.clicked.connect(self.written)
        self.lines: dict[str, QWidget] = {}  # name of a paper → its line
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(24))
        self._grid.setVerticalSpacing(theme.px(2))
        for at in range(COLUMNS):
            self._grid.setColumnStretch(at, 1)
        self.add(self._grid)
        self.hide()

    def show_papers(self, papers: Sequence[PaperView], *, writable: bool) -> None:
        """Show the papers of a problem: those that must be there first."""
        clear(self._grid)
        self.lines = {}
        ordered = sorted(papers, key=lambda one: not one.must)
        high = -(-len(ordered) // COLUMNS)
        for at, one in enumerate(ordered):
            self.lines[one.name] = self._line(one, writable=writable)
            self._grid.addWidget(self.lines[one.name], at % high, at // high)
        self.quiet.setText(saying.SPACE.join(filter(None, (_counted("必备", papers, must=True),
                                                           _counted("选备", papers, must=False)))))  # fmt: skip
        self.setVisible(bool(papers))

    def _line(self, one: PaperView, *, writable: bool) -> QWidget:
        parts: list[QWidget] = [picture("check" if one.here else "circle", "green" if one.here else "control", 16)]
        name = Elided(one.name, "" if one.here or one.must else "quiet")
        parts.append(name)
        if one.must and not one.here:
            parts.append(State("必备", "yellow"))
        if one.here:
            deed = carrier(one.files[0], f"{len(one.files)} 份", "quiet", size="slim", tip=f"看“{one.name}”的文件")
            deed.handed.connect(self.opened)
            parts.append(deed)
        elif writable:
            deed = carrier(one.name, "添加", "quiet", icon="plus", size="slim", tip=f"添加“{one.name}”")
            deed.setAccessibleName(f"添加“{one.name}”")
            deed.handed.connect(self._ask)
            parts.append(deed)
        made = QWidget()
        line = row(*parts, gap=8)
        line.setStretch(1, 1)
        line.setAlignment(parts[0], Qt.AlignmentFlag.AlignVCenter)
        made.setLayout(line)
        made.setFixedHeight(theme.px(30))
        return made

    @Slot(object)
    def _ask(self, name: str) -> None:
        self.wanted.emit(name)


def _counted(word: str, papers: Sequence[PaperView], *, must: bool) -> str:
    some = [one for one in papers if one.must is must]
    return f"{word} {sum(1 for one in some if one.here)} / {len(some)}" if some else ""
