"""Beside the writing of a package: what it holds; and after it: where it lies, its check code, what comes next."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import saying, theme
from gui.session import Session
from gui.tables.columns import RIGHT, Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.facts import Facts
from gui.widgets.frames import Card, clear, row, rule
from gui.widgets.labels import label, picture
from gui.widgets.outcome import Outcome
from models.domain import words
from models.services.views.exchange import Exported, Outlook, Peer, Written

WIDTH = 340
# table → how its records are counted.
_COUNTED = {"problem": "个问题", "petition": "件信访件", "measure": "条整改措施", "dispatch": "条月调度"}


def check_code(sha256: str) -> str:
    """The first half of a digest in groups that can be read aloud."""
    head = sha256[:16].upper()
    return " ".join(head[at : at + 4] for at in range(0, len(head), 4))


def holds(outlook: Outlook) -> str:
    """What a package holds, as people count it."""
    counted = "、".join(f"{count} {_COUNTED[table]}" for table, count in outlook.counts if table in _COUNTED)
    if counted:
        return counted
    return f"{outlook.new + outlook.again} 处改动" if outlook.new or outlook.again else "没有新内容，只带回执"


class Holds(Card):
    """这个包里有."""

    def __init__(self, session: Session) -> None:
        super().__init__("这个包里有", gap=10)
        self.setFixedWidth(theme.px(WIDTH))
        self._session = session
        self.facts = Facts(gap=8, label_width=72)
        self.note = label("", "small", wrap=True)
        self._safe = QWidget()
        safe = QVBoxLayout(self._safe)
        safe.setContentsMargins(0, 0, 0, 0)
        safe.setSpacing(theme.px(6))
        for icon, text in (("shield", "不含信访人姓名、电话、住址"), ("lock", "已加密，只有接收单位能打开")):
            safe.addLayout(row(picture(icon, "green", 18), label(text), None))
        self._rule = rule()
        self.add(self.facts, rule(), self._safe, self._rule, self.note)
        self.body.addStretch(1)

    def show_outlook(self, outlook: Outlook, peer: Peer | None) -> None:
        """Show what the next package would hold."""
        own = self._session.here.name
        self.facts.show_facts([
            ("接收单位", outlook.name), ("包编号", f"{own} 第 {outlook.number} 包"), ("内容", holds(outlook)),
        ])  # fmt: skip
        number = peer.oldest_out_number if peer else None
        since = f"第 {number} 包起" if number else ""
        overview = self._session.overview
        count = f" {overview.exported} 条" if overview and overview.exported else "内容"
        text = f"包含{since}还没有收到回执的{count}，不会重复计数。" if outlook.again else ""
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self._rule.setVisible(bool(text))

    def show_written(self, packages: tuple[Written, ...]) -> None:
        """Show what was written just now: its number may be another than that of the check."""
        for one in packages[:1]:
            self.facts.show_facts([
                ("接收单位", one.to_name or one.to), ("包编号", f"{self._session.here.name} 第 {one.number} 包"),
                ("内容", "；".join(map(content_of, packages))),
            ])  # fmt: skip
        self.note.hide()
        self._rule.hide()


def content_of(one: Written) -> str:
    """What a package holds, in short."""
    if one.files:
        return f"照片等 {one.files} 个"
    return f"{one.operations} 处改动" if one.operations else "只带回执"


# fmt: off
PACKAGES = (
    Column("to", "给", lambda one: one.to_name or one.to, 130),
    Column("file", "文件", lambda one: one.path.name, tip=lambda one: str(one.path)),
    Column("number", "编号", lambda one: f"第 {one.number} 包", 76, small=True),
    Column("operations", "内容", content_of, 96, small=True, align=RIGHT),
    Column("bytes", "大小", lambda one: saying.size(one.bytes), 72, small=True, align=RIGHT),
    Column("code", "校验码", lambda one: check_code(one.sha256), 170, small=True),
)
# fmt: on


class Done(Outcome):
    """可以拔出 U 盘了: said only after everything was read back."""

    def __init__(self) -> None:
        self.again = button("再写一份到另一个 U 盘", icon="copy")
        self.finish = button("完成", "primary")
        super().__init__(True, self.again, self.finish)
        self._packages = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(self._packages)
        self._packages.setContentsMargins(0, 0, 0, 0)
        self.hold(rule(), holder)
        self.exported: Exported | None = None

    def show_exported(self, exported: Exported, *, county: bool) -> None:
        """Show what was written."""
        self.exported = exported
        whole = sum(one.bytes for one in exported.packages)
        count = len(exported.packages)
        many = f"{count} 个包 " if count > 1 else ""
        self.say("可以拔出 U 盘了", f"{many}{saying.size(whole)} 已写入并读回核对，一个字节不差。")
        clear(self._packages)
        if count == 1:
            self._packages.addWidget(_facts_of(exported.packages[0]))
        else:
            self._packages.addWidget(_table_of(exported.packages))
        self.next.say("info", "接下来", _what_next(exported, county=county))
        self.next.shut.hide()


def _facts_of(one: Written) -> Facts:
    facts = Facts(gap=6, label_width=88)
    facts.show_facts([
        ("文件", one.path.name), ("所在位置", str(one.path.parent)), ("接收单位", one.to_name or one.to),
        ("包编号", f"第 {one.number} 包，{content_of(one)}"),
        ("校验码", check_code(one.sha256)),
    ])  # fmt: skip
    return facts


def _table_of(packages: tuple[Written, ...]) -> LineView:
    view = LineView("写好的包", row=32, least=120)
    model = PlainTable(PACKAGES, view)
    view.show_model(model)
    model.show(packages)
    view.setFixedHeight(theme.px(36 + 32 * min(len(packages), 6)))
    return view


def _what_next(exported: Exported, *, county: bool) -> str:
    if county:
        return "把 U 盘交给各单位。他们读入后写回的包里带着回执，收到后这里的“待回执”就会归零。"
    operations = sum(one.operations for one in exported.packages)
    if not operations:
        return "这个包里只有回执，没有新内容。把 U 盘交给县环委办就行。"
    said = words.EXCHANGE["received"]
    return f"把 U 盘交给县环委办。县里读入后给您回执，下次读入县里的包，这些内容就会显示“{said}”。"
