"""What is to be done now: at most six things, the most urgent first, each with its reason and one button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from gui import saying, theme
from gui.places import Place
from gui.widgets.buttons import carrier
from gui.widgets.chips import Light
from gui.widgets.frames import Card, clear, rule
from gui.widgets.labels import Elided, label, picture
from models.services.views import Here, Line, Overview

MOST = 6


@dataclass(frozen=True)
class Task:
    """One thing to do: its mark, what it is, why, and where the button leads."""

    title: str
    why: str
    deed: str
    place: Place
    light: str = ""
    light_why: str = ""
    icon: str = ""


def tasks(overview: Overview, here: Here) -> list[Task]:
    """What the figures of today ask for."""
    month = f"{overview.today.month}月"
    made: list[Task] = []
    if here.kind != "county" and not here.enrolled:
        made.append(
            Task("还没有与县里建立联系", "写一个登记申请交给县环委办，收到欢迎包后就能报送", "去登记",
                 Place("exchange", tab="enrol"), icon="key")
        )  # fmt: skip
    if overview.conflicts:
        made.append(
            Task(f"有 {overview.conflicts} 处两边都改过", "请您选一个；没选之前照常使用，报送也不受影响", "去选择",
                 Place("exchange", tab="conflicts"), icon="warning")
        )  # fmt: skip
    other: list[Task] = []
    if overview.no_dispatch:
        other.append(
            Task(f"{month}月调度还有 {overview.no_dispatch} 个问题没填", "可以带入上月内容，再改几个字", "去填写",
                 Place("problem", view="no_dispatch"), icon="calendar")
        )  # fmt: skip
    if overview.unreported and (here.enrolled or here.kind == "county"):
        deed = "写数据包"
        title = f"有 {overview.unreported} 条新内容等待{'下发' if here.kind == 'county' else '报送'}"
        other.append(
            Task(title, "写到 U 盘，读回核对后才算写好", deed, Place("exchange", tab="write"), icon="exchange")
        )
    urgent = [_urgent(line) for line in overview.urgent[: MOST - len(made) - len(other)]]
    return [*made, *urgent, *other][:MOST]


def _urgent(line: Line) -> Task:
    when = f"时限 {saying.deadline(line)}" if saying.deadline(line) != saying.MISSING else ""
    facts = saying.SPACE.join(part for part in (when, line.township_name, line.person, line.number) if part)
    return Task(
        f"{line.title.rstrip('。')}：{line.light_why}" if line.light_why else line.title, facts, "打开",
        Place("problem/record", id=line.id), line.light, line.light_why,
    )  # fmt: skip


class Todo(Card):
    """The card 现在要做的. Its first button is the page's primary one."""

    chosen = Signal(object)  # Place

    def __init__(self) -> None:
        super().__init__("现在要做的", " ", gap=0)
        self.body.setContentsMargins(0, theme.px(12), 0, theme.px(4))
        self.top.setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(8))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.add(self._rows)
        self.body.addStretch(1)
        self.buttons: list[QPushButton] = []

    def show_tasks(self, tasks_: Sequence[Task], nothing: str) -> None:
        """Show what is to be done; `nothing` is said where there is nothing."""
        clear(self._rows)
        self.buttons = []
        self.quiet.setText(f"{len(tasks_)} 件，按急缓排列" if tasks_ else "")
        for number, task in enumerate(tasks_):
            self._rows.addWidget(rule())
            self._rows.addLayout(self._row(task, first=number == 0))
        if not tasks_:
            self._rows.addWidget(rule())
            line = QHBoxLayout()
            line.setContentsMargins(theme.px(16), theme.px(20), theme.px(16), theme.px(20))
            line.setSpacing(theme.px(12))
            line.addWidget(picture("done", "green", 22))
            line.addWidget(label(nothing, wrap=True), 1)
            self._rows.addLayout(line)

    def _row(self, task: Task, *, first: bool) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Elided(task.title, "bold"))
        words.addWidget(Elided(task.why, "small"))
        deed = carrier(task.place, task.deed, "primary" if first else "")
        deed.setFixedWidth(theme.px(112))
        deed.setAccessibleName(f"{task.deed}：{task.title}")
        deed.handed.connect(self.chosen)
        self.buttons.append(deed)
        line = QHBoxLayout()
        line.setContentsMargins(theme.px(16), theme.px(7), theme.px(16), theme.px(7))
        line.setSpacing(theme.px(12))
        mark = Light(task.light, task.light_why) if task.light else picture(task.icon or "info", "accent", 22)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(words, 1)
        line.addWidget(deed)
        return line
