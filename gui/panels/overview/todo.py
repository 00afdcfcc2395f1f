"""What is to be done now: at most eight things, the most urgent first, each with its reason and one button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui import icons, saying, theme
from gui.places import THIS_MONTH, Place
from gui.widgets.buttons import carrier
from gui.widgets.chips import Light
from gui.widgets.frames import Card, rule
from gui.widgets.labels import Elided, label, picture, retone
from models.services.views.agenda import Agenda
from models.services.views.figures import Asks, Overview
from models.services.views.home import Here
from models.services.views.lists import Line

MOST = 8
KEPT = 2  # places that stay for the most urgent problems
MARK = 22
CALM = "今天没有急事"
RECHECKS = Place("problem", where=(("source", "自查自纠"), ("stage", "completed")))
NEAR = 7  # days left below which a deadline comes before everything but what is late

# How urgent a thing is; what stands first is done first. What is not enrolled can report nothing at all.
# fmt: off
(NOT_KNOWN, LATE, SOON, CLAIM, NOTICE, CONFLICT, PATROL, LOOK, MONTH, PERMIT, SEND, NEXT, RECHECK, LETTERS,
 SLOW) = range(15)
# fmt: on


@dataclass(frozen=True)
class Task:
    """One thing to do: its mark, what it is, why, and where the button leads."""

    rank: int
    title: str
    why: str
    deed: str
    place: Place
    light: str = ""
    light_why: str = ""
    icon: str = ""
    tone: str = "accent"


def tasks(overview: Overview, here: Here, agenda: Agenda | None = None) -> list[Task]:
    """What the figures of today ask for, and what is to be looked at."""
    others = sorted([*_others(overview, here), *(_looks(agenda) if agenda else ())], key=lambda one: one.rank)
    others = others[: MOST - min(len(overview.urgent), KEPT)]
    urgent = [_urgent(line, overview) for line in overview.urgent]
    urgent = sorted(urgent, key=lambda one: one.rank)[: MOST - len(others)]
    return sorted([*others, *urgent], key=lambda one: one.rank)


def calm(overview: Overview) -> Task | None:
    """The line that says that nothing is pressing, and which day comes next; none while something is."""
    if overview.lights.get("red") or overview.lights.get("orange"):
        return None
    coming = overview.next_due
    if coming is None or coming.deadline is None:
        return Task(NOT_KNOWN, CALM, "没有逾期和快到期的问题", "", Place(""), icon="done", tone="green")
    why = f"下一个到期的是 {saying.due(coming, overview.today)}（还有 {coming.days_left} 天）：{coming.title}"
    return Task(NOT_KNOWN, CALM, why, "打开", Place("problem/record", id=coming.id), icon="done", tone="green")


def _others(overview: Overview, here: Here) -> list[Task]:
    """What is to be done beside the problems themselves."""
    made: list[Task] = []
    if not here.enrolled:
        why = "写一个登记申请交给县环委办，收到欢迎包后就能报送"
        place = Place("exchange", tab="enrol")
        made.append(Task(NOT_KNOWN, "还没有与县里建立联系", why, "去登记", place, icon="key"))
    if waiting := overview.notices.get("open", 0):
        late = overview.notices.get("overdue", 0)
        why = f"其中 {late} 份已经过了回复期限" if late else "看看要做什么、哪天前回复"
        place = Place("notice", view="open")
        made.append(Task(NOTICE, f"县里发来的通知单有 {waiting} 份没有回复", why, "去回复", place, icon="inbox"))
    if overview.conflicts:
        title = f"有 {overview.conflicts} 处两边都改过，等您选一个"
        why = "没选之前照常使用，报送也不受影响"
        made.append(Task(CONFLICT, title, why, "去选择", Place("exchange", tab="conflicts"), icon="warning"))
    if overview.no_dispatch:
        filled = sum(one.told_monthly for one in overview.units) - overview.no_dispatch
        title = f"{overview.today.month}月月调度还有 {overview.no_dispatch} 个问题没填"
        why = f"{f'已填 {filled} 个，' if filled > 0 else ''}可以带入上月内容，再改几个字"
        place = Place("month", view="missing", where=THIS_MONTH)
        made.append(Task(MONTH, title, why, "去填写", place, icon="calendar"))
    if overview.unreported and here.enrolled:
        title = f"有 {overview.unreported} 条新内容等待报送"
        why = "写到 U 盘，读回核对后才算写好"
        made.append(Task(SEND, title, why, "写数据包", Place("exchange", tab="write"), icon="exchange"))
    if overview.petitions_open:
        title = f"还有 {overview.petitions_open} 件信访件没有办结"
        made.append(
            Task(LETTERS, title, "办结后填上办结时间和处理情况", "看名单", Place("petition", view="open"), icon="mail")
        )
    return made


def _looks(agenda: Agenda) -> list[Task]:
    """What is new, and what is to be looked at: places, closed problems, permits, what was mended."""
    made: list[Task] = []
    if agenda.unclaimed:
        why = "看清整改目标和时限；全部选中，点“办理”一次认领"
        place = Place("problem", view="unclaimed")
        title = f"县里交办的问题有 {agenda.unclaimed} 个还没有认领"
        made.append(Task(CLAIM, title, why, "去认领", place, icon="clipboard"))
    if agenda.campaigns:
        left = f"还有 {agenda.left} 处没有查到" if agenda.left else "还没有查，也没有报"
        days = f"，还有 {agenda.days_left} 天" if agenda.days_left else "，今天截止"
        more = f"；另有 {agenda.campaigns - 1} 次排查没有查完" if agenda.campaigns > 1 else ""
        place = Place("inspection", id=agenda.campaign, tab="campaigns")
        made.append(Task(PATROL, f"排查：{agenda.title}", f"{left}{days}{more}", "去排查", place, icon="checks"))
    if agenda.lookbacks:
        late = f"其中 {agenda.lookbacks_late} 个过了应看时间" if agenda.lookbacks_late else "看过现场，一个一个登记"
        place = Place("lookback", view="fill")
        made.append(Task(LOOK, f"有 {agenda.lookbacks} 个回头看等着去看", late, "去登记", place, icon="refresh"))
    if agenda.permits:
        ended = f"其中 {agenda.permits_ended} 个已经到期" if agenda.permits_ended else "提醒企业办延续"
        place = Place("source", view="expiry")
        made.append(Task(PERMIT, f"有 {agenda.permits} 个许可证快到期或已到期", ended, "看名单", place, icon="warning"))
    if agenda.rechecks:
        title = f"自查发现的问题有 {agenda.rechecks} 个整改完了，要去复查"
        made.append(Task(RECHECK, title, "复查合格就可以提请验收、销号", "看名单", RECHECKS, icon="done"))
    return made


def _urgent(line: Line, overview: Overview) -> Task:
    near = line.days_left is not None and line.days_left <= NEAR
    rank = LATE if line.light == "red" else SOON if near else NEXT if line.light == "orange" else SLOW
    asks = overview.asks.get(line.id, Asks(dispatched=True))
    due = saying.due(line, overview.today)
    facts = [f"时限 {due}" if due else ""]
    deed, tab = "打开", ""
    if asks.measures:
        late = f"，{asks.measures_late} 项逾期" if asks.measures_late else ""
        facts.append(f"整改措施 {asks.measures} 项中 {asks.measures_done} 项完成{late}")
    if asks.measures_late:
        deed, tab = "更新措施", "measures"
    if not asks.dispatched:
        facts.insert(1, f"{overview.today.month}月月调度还没填")
        deed, tab = "填进展", "dispatch"
    why = saying.SPACE.join(part for part in (*facts, line.person) if part)
    place = Place("problem/record", id=line.id, tab=tab)
    return Task(rank, line.title.rstrip("。"), why, deed, place, line.light, line.light_why)


class TaskRow(QWidget):
    """One line: mark, what and why, button. It is built once and shows one task after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._light = Light()
        self._picture = picture("info", "accent", MARK)
        self._title, self._why = Elided("", "bold"), label("", "bold")
        self._below = Elided("", "small")
        self.deed = carrier(Place(""), "")
        self.deed.setFixedWidth(theme.px(112))
        title = QHBoxLayout()
        title.setSpacing(theme.px(12))
        title.addWidget(self._title)
        title.addWidget(self._why)
        title.addStretch(1)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addLayout(title)
        said.addWidget(self._below)
        line = QHBoxLayout()
        line.setContentsMargins(theme.px(16), theme.px(6), theme.px(16), theme.px(6))
        line.setSpacing(theme.px(12))
        for mark in (self._light, self._picture):
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(said, 1)
        line.addWidget(self.deed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(rule())
        layout.addLayout(line)
        self._task: Task | None = None

    def show_task(self, task: Task | None, kind: str = "") -> None:
        """Show another task; none hides the line. `kind`: of its button."""
        self.setVisible(task is not None)
        if task is None or (task, kind) == (self._task, self.deed.property("kind") or ""):
            return
        self._task = task
        self._light.show_light(task.light, task.light_why)
        self._picture.setVisible(not task.light)
        if task.icon:
            self._picture.setPixmap(icons.pixmap(task.icon, task.tone, MARK, 2))
        self._title.say(task.title)
        # The reason is what people look for: the title gives way to it.
        self._why.setText(task.light_why)
        self._why.setVisible(bool(task.light_why))
        self._tone(self._why, tone="red" if task.light == "red" else "")
        self._below.say(task.why)
        self.deed.value = task.place
        self.deed.setText(task.deed)
        self.deed.setVisible(bool(task.deed))
        self.deed.setAccessibleName(f"{task.deed}：{task.title}")
        self._tone(self.deed, kind=kind)

    @staticmethod
    def _tone(widget: QWidget, **properties: str) -> None:
        if any((widget.property(name) or "") != value for name, value in properties.items()):
            retone(widget, **properties)


class Todo(Card):
    """The card 现在要做的. Its first button is the page's primary one."""

    chosen = Signal(object)  # Place

    def __init__(self) -> None:
        super().__init__("现在要做的", " ", gap=0)
        self.body.setContentsMargins(0, theme.px(12), 0, theme.px(4))
        self.top.setContentsMargins(theme.px(16), 0, theme.px(8), theme.px(8))
        self.all_late = carrier(Place("problem", view="overdue"), "", "quiet", size="slim")
        self.tools.addWidget(self.all_late)
        self.rest = TaskRow()
        self._rows = [TaskRow() for _ in range(MOST)]
        for one in (self.rest, *self._rows):
            self.add(one)
            one.deed.handed.connect(self.chosen)
        self.body.addStretch(1)
        self.all_late.handed.connect(self.chosen)
        self.show_tasks(())

    @property
    def buttons(self) -> list[QPushButton]:
        """The buttons that are shown, from top to bottom."""
        return [one.deed for one in (self.rest, *self._rows) if not one.isHidden() and not one.deed.isHidden()]

    def show_tasks(self, tasks_: Sequence[Task], rest: Task | None = None, late: int = 0) -> None:
        """Show what is to be done; `rest` says that nothing is pressing, `late` how many problems are overdue."""
        self.quiet.setText(f"{len(tasks_)} 件，按急缓排列" if tasks_ else "")
        self.all_late.setText(f"逾期共 {late} 个，看全部")
        self.all_late.setVisible(late > sum(1 for one in tasks_ if one.rank == LATE))
        self.rest.show_task(rest)
        for number, (row, task) in enumerate(zip_longest(self._rows, tasks_[:MOST])):
            row.show_task(task, "primary" if number == 0 else "")
