"""Several conflicts settled at once: one rule, what becomes of each of them, and one button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import saying, shortcuts, theme
from gui.panels.exchange.settle_rules import NEWER, OURS, THEIRS, Pick, picks
from gui.tables.columns import Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.buttons import GAP, button
from gui.widgets.choice import Segments
from gui.widgets.frames import Foot, row
from gui.widgets.labels import Elided, label, picture
from models.services.views.exchange import Conflict, Head
from models.services.views.home import Here

BEFORE = "按“选定”之前什么都不写。两边原文都留在变更历史里。"


def _value(pick: Pick, head: Head | None) -> str:
    return (saying.value(pick.conflict.field, head.value, pick.conflict.table) or "（空）") if head is not None else ""


def _then(pick: Pick) -> str:
    return _value(pick, pick.head) if pick.head is not None else pick.why


def _from(pick: Pick) -> str:
    head = pick.head
    return f"{head.unit_name or head.unit} {saying.moment(head.at)}" if head is not None else ""


def _others(pick: Pick) -> str:
    return "；".join(_value(pick, one) for one in pick.conflict.heads if one is not pick.head)


# fmt: off
COLUMNS = (
    Column("title", "记录", lambda p: p.conflict.title, tip=lambda p: p.conflict.title),
    Column("label", "栏目", lambda p: p.conflict.label, 100),
    Column("then", "将变成", _then, 240, tone=lambda p: "green" if p.head else "yellow",
           bold=lambda p: p.head is not None, tip=_then),
    Column("from", "谁写的", _from, 232, small=True, tip=_from),
    Column("others", "不用的（留在历史里）", _others, 200, small=True, tip=_others),
)
# fmt: on


class SettleMany(QWidget):
    """Nothing is written before the button that says how many conflicts it settles."""

    left = Signal()
    chosen = Signal(object)  # tuple of (id of the conflict, operation whose value it takes)

    def __init__(self, here: Here) -> None:
        super().__init__()
        self._own = here.unit
        self._conflicts: tuple[Conflict, ...] = ()
        self._picks: list[Pick] = []
        theirs = "都用各单位的" if here.kind == "county" else "都用对方的"
        self.title = label("", "h2")
        self.rule = Segments({OURS: "都用本单位的", THEIRS: theirs, NEWER: "都用后改的"})
        self.rule.setAccessibleName("怎么选")
        self.summary = Elided("", "bold")
        self.model = PlainTable(COLUMNS, self)
        self.table = LineView("每一处会怎样", edge=24, least=120)
        self.table.show_model(self.model)
        self.leave = button("不选了", tip="回到逐处选（Esc）")
        self.do = button("选定", "primary", icon="check")
        foot = Foot(picture("shield", "green", 18), label(BEFORE, "quiet"), None, self.leave, self.do)
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(8))
        head.setSpacing(theme.px(10))
        head.addWidget(self.title)
        head.addLayout(row(self.rule, None))
        head.addWidget(self.summary)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(foot)
        self.rule.changed.connect(self._look)
        self.leave.clicked.connect(self.left)
        self.do.clicked.connect(self._do)
        shortcuts.within(self, {"Esc": self.left.emit})

    def begin(self, conflicts: Sequence[Conflict]) -> None:
        """Ask how these are to be settled."""
        self._conflicts = tuple(conflicts)
        self.title.setText(f"一次选定 {len(conflicts)} 处")
        self.rule.put("")
        self._look()
        self.rule.setFocus()

    @Slot()
    def _look(self) -> None:
        rule = self.rule.value
        self._picks = picks(self._conflicts, rule, self._own) if rule else []
        self.model.show(self._picks)
        taken = sum(1 for one in self._picks if one.head is not None)
        waiting = len(self._picks) - taken
        said = [f"将选定 {taken} 处"] + ([f"留着以后再选 {waiting} 处"] if waiting else [])
        self.summary.say(saying.SPACE.join(said) if rule else "先选一种，下面列出每一处会变成什么。")
        self.do.setText(f"{GAP}选定 {taken} 处" if taken else f"{GAP}选定")
        self.do.setEnabled(bool(taken))

    @Slot()
    def _do(self) -> None:
        self.do.setEnabled(False)
        self.chosen.emit(tuple((one.conflict.id, one.head.operation) for one in self._picks if one.head is not None))
