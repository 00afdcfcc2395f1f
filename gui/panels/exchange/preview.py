"""What a package would change: one sentence first, groups with counts, 本机现在 ↔ 导入后."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui import saying, theme
from gui.tables.columns import Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.buttons import CountRow
from gui.widgets.frames import Card, Scroller, clear, rule
from gui.widgets.labels import label, picture
from models.domain import change_words, words
from models.domain.change_words import SAME, VOID
from models.services.views.exchange import PackageCard, PreviewLine, Report

# fmt: off
GROUPS = (("", "全部变化"), ("new", "新增"), ("updated", "更新"), ("conflict", "冲突"), ("held", "未应用"),
          (SAME, "无变化"))
TONE = {"new": "green", "updated": "accent", "conflict": "yellow", "held": "red"}
GROUND = {"new": "greenTint", "updated": "greenTint", "conflict": "yellowTint", "held": "redTint"}
# 冲突, 未应用 and what becomes void stand on top: they are what people should see.
BY_TABLE = "table:"
VOIDS = "其中作废"
LISTED = 2_000  # a report holds no more lines
ORDER = {"conflict": 0, "held": 1, "new": 3, "updated": 4}
VOIDED = 2


def _now(line: PreviewLine) -> str:
    return change_words.before(line.what, line.field, line.now, line.table)


def _then(line: PreviewLine) -> str:
    return change_words.after(line.what, line.field, line.then, line.table)


def _voids(line: PreviewLine) -> bool:
    return line.field == VOID and bool(line.then)


def _order(line: PreviewLine) -> int:
    return min(ORDER.get(line.what, 9), VOIDED) if _voids(line) else ORDER.get(line.what, 9)


def _ground(line: PreviewLine) -> str:
    return "yellowTint" if _voids(line) else GROUND.get(line.what, "")


COLUMNS = (
    Column("what", "", lambda p: words.CHANGE.get(p.what, ""), 76, "state", tone=lambda p: TONE.get(p.what, "grey")),
    Column("title", "内容", lambda p: p.title, below=lambda p: p.number, tip=lambda p: p.title),
    Column("label", "栏目", lambda p: p.label or words.TABLE.get(p.table, ""), 104),
    Column("now", "本机现在", _now, 170, tip=_now, tone=lambda p: "hint" if p.now in (None, "") else ""),
    Column("then", "导入后", _then, 200, tip=_then, ground=_ground),
    Column("why", "说明", lambda p: p.why, 140, small=True, tip=lambda p: p.why),
)
# fmt: on


def sentence(report: Report) -> str:
    """What a package would do, in one sentence."""
    if report.files:
        return f"这里有照片和文档 {report.files} 个，导入后放到各条记录里；台账里的文字不变。"
    void = f"（其中作废 {report.voided} 条）" if report.voided else ""
    parts = [f"新增 {report.created} 条，更新 {report.updated} 条{void}"]
    if report.to_choose:
        parts.append(f"{report.to_choose} 处冲突需要您选择")
    if report.told_conflicts:
        parts.append(f"{report.told_conflicts} 处冲突由负责的单位选定")
    if report.held:
        parts.append(f"{report.held} 条未应用")
    nothing = not (report.created or report.updated or report.conflicts or report.held)
    return "导入后：没有变化，只带来回执。" if nothing else f"导入后：{'；'.join(parts)}。"


class Preview(QWidget):
    """The changes of one package."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "h2", wrap=True)
        self.facts = label("", "quiet", wrap=True)
        self.big = label("", "bold", "yellow", wrap=True)
        head = Card(pad=16, gap=4)
        line = QHBoxLayout()
        line.setSpacing(theme.px(12))
        said = QVBoxLayout()
        said.setSpacing(theme.px(4))
        said.addWidget(self.title)
        said.addWidget(self.facts)
        said.addWidget(self.big)
        line.addWidget(picture("inbox", "accent", 24), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(said, 1)
        head.add(line)
        groups = Card(pad=8, gap=2)
        groups.setFixedWidth(theme.px(190))
        self._groups = QVBoxLayout()
        self._groups.setSpacing(theme.px(2))
        lists = Scroller(margins=(0, 0, 0, 0), gap=0)
        lists.body.addLayout(self._groups)
        lists.body.addStretch(1)
        groups.body.addWidget(lists, 1)
        self.more = label("", "small", wrap=True)
        groups.add(self.more)
        self._pressed = QButtonGroup(self)
        self.table = LineView("变化", row=45)
        self._model = PlainTable(COLUMNS, self)
        self.table.show_model(self._model)
        holder = Card(pad=1)
        holder.add(self.table)
        middle = QHBoxLayout()
        middle.setSpacing(theme.px(12))
        middle.addWidget(groups)
        middle.addWidget(holder, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addWidget(head)
        layout.addLayout(middle, 1)
        self._lines: list[PreviewLine] = []

    def show_report(self, report: Report, card: PackageCard | None) -> None:
        """Show what a package would do."""
        self.title.setText(sentence(report))
        self.big.setText(f"{report.big_change}请看清楚再导入。" if report.big_change else "")
        self.big.setVisible(bool(report.big_change))
        facts = [f"来自 {report.sender_name or report.sender}", f"第 {report.number} 包"]
        if card is not None:
            facts += [saying.moment(card.made), saying.size(card.bytes)]
            facts += ["签名有效"] if card.genuine else []
        if report.older:
            facts.append("比已导入的包早，本机不会倒退")
        if report.fork:
            facts.append("对方恢复过旧数据，缺少的内容会自动补齐")
        if report.missing_files:
            facts.append(f"缺照片 {report.missing_files} 张")
        self.facts.setText(saying.SPACE.join(facts))
        self._lines = sorted(report.changes, key=_order)
        clear(self._groups)
        counted = Counter(one.what for one in self._lines)
        changed = [one for one in self._lines if one.what != SAME]
        for key, name in GROUPS:
            count = len(changed) if not key else report.unchanged if key == SAME else counted[key]
            self._groups.addWidget(self._group(key, name, count))
            if key == "updated" and (voided := sum(map(_voids, self._lines))):
                self._groups.addWidget(self._group(VOID, VOIDS, voided))
        tables = Counter(one.table for one in changed)
        if len(tables) > 1:
            self._groups.addWidget(rule())
            self._groups.addWidget(label("按内容看", "small"))
            for table, count in tables.most_common():
                self._groups.addWidget(self._group(f"{BY_TABLE}{table}", words.TABLE.get(table, "其他"), count))
        self.more.setText(f"只列出前 {len(changed)} 处，其余照样导入。" if len(changed) >= LISTED else "")
        self.more.setVisible(bool(self.more.text()))
        self._show_group("")

    def _group(self, key: str, name: str, count: int) -> QPushButton:
        one = CountRow(key, name, count)
        one.setChecked(not key)
        one.setEnabled(bool(count) or not key)
        one.handed.connect(self._show_group)
        self._pressed.addButton(one)
        return one

    @Slot(object)
    def _show_group(self, key: str) -> None:
        if key.startswith(BY_TABLE):
            shown = [one for one in self._lines if one.table == key.removeprefix(BY_TABLE) and one.what != SAME]
        elif key == VOID:
            shown = [one for one in self._lines if _voids(one)]
        else:
            shown = [one for one in self._lines if (one.what == key if key else one.what != SAME)]
        self._model.show(shown)
        self.table.fit()
