"""One step for several problems: which step, what it asks for once, and which problems go and which stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot

from gui import theme
from gui.counter.problems import Workflow
from gui.panels.record.step_form import StepForm
from gui.panels.records.at_once import AtOnce, Manner
from gui.panels.records.bulk_preview import LinesPreview
from gui.session import Session
from gui.tables.columns import Column, short_number
from gui.widgets.empty import Empty
from models.errors import LedgerError
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.workflow import ManyStep, ManyWay, StepPlan, Taken

MANNER = Manner(
    "办哪一步", "办理", "不办了", "按按钮之前什么都不写。办完的都记进历史，可以一次撤销。",
    "还没有一个能办：缺什么逐条写在上面。",
)  # fmt: skip
NONE = "选中的问题现在没有能一起办的步骤。打开其中一条，“办理”里写着还缺什么、轮到谁。"
STATES = {"goes": ("办理", "accent"), "stays": ("不办", "yellow")}
WIDE = 520  # of the form: hints stay on one line
LINES = 2  # of a long text: the preview needs the room

# fmt: off
COLUMNS = (
    Column("number", "编号", short_number, 132, small=True, tip=lambda p: p.number),
    Column("title", "内容", lambda p: p.title, tip=lambda p: p.title),
    Column("unit", "单位", lambda p: p.unit_name, 150, tip=lambda p: p.unit_name),
    Column("why", "不能办的原因", lambda p: p.why, 300, tone=lambda p: STATES[p.state][1], tip=lambda p: p.why),
    Column("state", "结果", lambda p: STATES[p.state][0], 96, "state", tone=lambda p: STATES[p.state][1]),
)
# fmt: on


class StepPreview(LinesPreview):
    """Those that stay first, each with its reason."""

    def __init__(self) -> None:
        waiting = Empty("clipboard", "先选办哪一步", "选好以后，这里逐条列出哪些能办，哪些不能办、为什么。")
        super().__init__(COLUMNS, ("stays", "goes"), waiting)

    def counts(self, plan: StepPlan) -> Sequence[tuple[str, int]]:
        going = len(plan.going)
        return (("能办", going), ("不能办", len(plan.lines) - going))


class BulkSteps(AtOnce):
    """Asks for a step and what it says."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, MANNER, StepPreview())
        self._way = ManyWay((), (), ())
        self.asking: StepForm | None = None

    # ------------------------------------------------------------------------------------- asking

    def begin(self, rows: tuple[int, ...], verb: str = "") -> None:
        """Ask what is to be done with these problems; the step may be known already."""
        self.start(rows, f"一次办理 {len(rows)} 个问题")
        self.offer([("正在查看能办什么…", None)])
        workflow = self._workflow
        self.ask(lambda progress: (rows, verb, workflow.many(rows, progress)), self._offer_steps)

    @Slot(object)
    def _offer_steps(self, found: tuple[tuple[int, ...], str, ManyWay]) -> None:
        rows, verb, self._way = found
        if rows != self._rows:
            return  # left meanwhile
        steps = self._way.steps
        listed: list[tuple[str, ManyStep | None]] = [(f"{one.label}（{one.can} 个能办）", one) for one in steps]
        if len(listed) == 1:
            self.offer(listed)
        else:
            at = next((at for at, one in enumerate(steps, 1) if one.verb == verb), 0)
            self.offer([("请选择" if steps else "没有能办的步骤", None), *listed], at)
        if not steps:
            self.notice.say("info", NONE, "")

    @Slot()
    def choose(self) -> None:
        self.forget_plan()
        if self.asking is not None:
            self.values_at.removeWidget(self.asking)
            self.asking.hide()
            self.asking.deleteLater()
            self.asking = None
        step = self.which.currentData()
        if not isinstance(step, ManyStep):
            self.which.setFocus()
            return
        self.asking = StepForm(step, self.session.today, self._way.standards, self._way.phrases, lines=LINES)
        self.asking.setMinimumWidth(theme.px(WIDE))
        self.asking.changed.connect(self.typed)
        self.values_at.addWidget(self.asking)
        self.asking.setFocus()
        self.look()

    # ------------------------------------------------------------------------------------- looking

    def planner(self) -> Callable[[Progress], StepPlan] | None:
        if self.asking is None:
            return None
        rows, verb, values, workflow = self._rows, self.asking.step.verb, self.asking.values, self._workflow
        return lambda progress: workflow.plan_many(rows, verb, values, progress)

    def fits(self, plan: StepPlan) -> bool:
        asking = self.asking
        return asking is not None and (plan.verb, dict(plan.values)) == (asking.step.verb, asking.values)

    def count(self, plan: StepPlan) -> int:
        return len(plan.going)

    def mark(self, error: LedgerError) -> bool:
        return self.asking is not None and self.asking.mark(error)

    def show_plan(self, plan: StepPlan | None) -> None:
        super().show_plan(plan)
        if plan is not None and plan.going:
            self.change.setText(f"{plan.label} {len(plan.going)} 条")

    # ------------------------------------------------------------------------------------- doing

    @property
    def _workflow(self) -> Workflow:
        return self.session.office.workflow

    def writer(self, plan: StepPlan) -> Callable[[Progress], Taken] | None:
        wrong = self.asking.wrong() if self.asking else []
        if wrong:
            wrong[0].editor.setFocus()
            return None
        workflow = self._workflow
        return lambda progress: workflow.step_many(plan, progress)

    def finish(self, plan: StepPlan, result: Taken) -> None:
        self.session.done.add(result.label, result.token, frozenset(result.ids))
        self.session.tell(Touched("problem", frozenset(result.ids)))
        stay = len(plan.lines) - len(result.ids)
        self.done.emit(f"{plan.label}：已办 {len(result.ids)} 条{f'，另 {stay} 条没有办' if stay else ''}。")
