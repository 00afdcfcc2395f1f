"""逐个登记: the look-backs that wait, one form after the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot

from gui import saying, shortcuts
from gui.jobs import Kind
from gui.panel import Panel
from gui.panels.record.asking import LOOKBACK_FORM
from gui.panels.record.rounds import LOOKBACK_TONE
from gui.session import Session
from gui.turn import Turn
from gui.widgets.buttons import button
from gui.widgets.chips import State
from gui.widgets.empty import Empty
from gui.widgets.form import Form
from gui.widgets.frames import Card, Foot, Scroller, column, row
from gui.widgets.labels import Elided, Prose, label
from models.domain import words
from models.domain.fields import TABLES
from models.progress import Progress
from models.services.views.lists import Record
from models.services.views.lookbacks import LookbackLine

REQUIRED = ("up_to_standard", "relapsed", "derived")
# What the answers are where nothing was found.
FINE = {
    "up_to_standard": "true", "relapsed": "false", "derived": "false", "feigned": "false", "facilities": "true",
    "papers_kept": "true",
}  # fmt: skip
KEPT = ("looked_on", "people")  # that the next one most often has in common
LINES = 3


class Filling(Panel):
    """A queue: whoever was there fills in one after the other. PgUp and PgDn go without writing."""

    written = Signal(str, object)  # id of the problem, what was said

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._turn = Turn[LookbackLine](lambda one: one.id)
        self._said: dict[str, str] = {}
        self.place, self.whose = label("", "bold"), Elided("", "quiet")
        self.state, self.title = State(), Prose("", "text", "bold")
        self.plan = label("", "quiet", wrap=True)
        self.form = Form(session.today)
        for name in LOOKBACK_FORM:
            self.form.add(TABLES["lookback"][name], required=name in REQUIRED, lines=LINES).put("")
        self.setFocusProxy(self.form.fields[LOOKBACK_FORM[0]].editor)
        card = Card()
        card.add(self.form)
        head = row(self.state, self.title, gap=10)
        head.setStretch(1, 1)
        self.scroller = Scroller(margins=(24, 12, 24, 12))
        self.scroller.body.addLayout(row(self.place, self.whose, None))
        self.scroller.body.addLayout(head)
        self.scroller.body.addWidget(self.plan)
        self.scroller.body.addWidget(card)
        self.scroller.body.addStretch(1)
        self.skip = button("先跳过", "quiet", tip="这一条以后再登记（PgDn）")
        self.fine = button(
            "都正常，看下一个", tip="没选的都选成达标、没有反弹、没有衍生、设施和档案完好，保存后看下一个"
        )
        self.keep = button("登记，看下一个", "primary", key="Ctrl+S")
        self.foot = Foot(label("写了反弹的，县里登记就另开一轮，乡镇登记就向县里申请", "quiet"), None,
                         self.skip, self.fine, self.keep)  # fmt: skip
        self.empty = Empty(
            "done", "没有等着登记的回头看", "县里安排了回头看，读入数据包以后就排到这里，一个接一个登记。"
        )
        layout = column(self.notice, self.scroller, self.empty, self.foot, gap=0)
        layout.setStretch(1, 1)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._put(dict.fromkeys(LOOKBACK_FORM, ""))
        self.form.changed.connect(self._watch)
        self.skip.clicked.connect(self._next)
        shortcuts.within(self, {"PgDown": self._next, "PgUp": self._before})  # the scroller would take them
        self.fine.clicked.connect(self._all_fine)
        self.keep.clicked.connect(self.save)

    @property
    def line(self) -> LookbackLine | None:
        """The one that is shown."""
        return self._turn.now

    @property
    def is_dirty(self) -> bool:
        """Whether something was found and is not written."""
        return self.line is not None and bool(set(self.form.changes()) - set(KEPT))

    # ------------------------------------------------------------------------------------- showing

    def show_lines(self, lines: Sequence[LookbackLine]) -> None:
        """The queue; whoever is in the middle of a form stays there."""
        if not self._turn.put([one for one in lines if not one.looked_on]):
            self._clear()
        self._show()

    def _show(self) -> None:
        line = self.line
        for part in (self.scroller, self.foot):
            part.setVisible(line is not None)
        self.empty.setVisible(line is None)
        if line is None:
            return
        self.place.setText(self._turn.said)
        self.whose.say(saying.SPACE.join(part for part in (line.unit_name, line.number, line.place) if part))
        self.state.say(words.LOOKBACK_STATE[line.state], LOOKBACK_TONE[line.state])
        self.title.say(line.title)
        told = (line.source, f"{line.closed_on} 销号" if line.closed_on else "", line.plan,
                f"{line.due} 前看完" if line.due else "")  # fmt: skip
        self.plan.setText(saying.SPACE.join(part for part in told if part))
        self._watch()

    def _put(self, values: dict[str, str]) -> None:
        for name, one in self.form.fields.items():
            one.put(values.get(name, ""))

    def _clear(self) -> None:
        """A form for the next one: the day and the people are most often the same."""
        kept = {name: self.form.fields[name].value for name in KEPT}
        self._put({})
        for name, value in kept.items():
            if value:
                self.form.fields[name].rewrite(value)

    @Slot()
    def _watch(self) -> None:
        values = {name: one.value for name, one in self.form.fields.items()}
        self.fine.setEnabled(all(values[name] in ("", good) for name, good in FINE.items()))

    # ------------------------------------------------------------------------------------- writing

    @Slot()
    def _next(self) -> None:
        self._step(1)

    @Slot()
    def _before(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        """Look at another one; what was found at this one and is not written is asked about first."""
        if self.is_dirty:
            self.notice.say("warning", "这一条填了还没有登记。", "登记后自动看下一个；不要了的，把选的再点一下去掉。")
            return
        self._turn.step(by)
        self._show()

    @Slot()
    def _all_fine(self) -> None:
        for name, good in FINE.items():
            self.form.fields[name].rewrite(good)
        self.save()

    @Slot()
    def save(self) -> None:
        """Write the form, if nothing is lacking, and go to the next one."""
        line = self.line
        if line is None:
            return
        wrong = self.form.check()
        fields = self.form.fields
        for name in REQUIRED:
            if not fields[name].value:
                fields[name].mark(f"还没有选“{fields[name].field.label}”。")
                wrong.append(fields[name])
        if fields["relapsed"].value == "true" and not fields["opinion"].value:
            fields["opinion"].mark("反弹的，请写明看到了什么。")
            wrong.append(fields["opinion"])
        if wrong:
            wrong[0].editor.setFocus()
            return
        self.notice.hide()
        self._said = {name: one.value for name, one in fields.items() if one.value}
        self.keep.setEnabled(False)
        self.ask(partial(self._write, line, self._said), self._done, ended=self._ready, kind=Kind.SAVE)

    def _write(self, line: LookbackLine, values: dict[str, str], _: Progress) -> Record:
        return self.session.office.lookbacks.add(line.problem, values, line.id)

    @Slot(object)
    def _done(self, record: Record) -> None:
        self.session.done.add(words.TABLE["lookback"], str(record["undo"]), frozenset((str(record["id"]),)))
        self._clear()
        self._turn.take([one.id for one in self._turn.queue if one.problem == record["id"]])
        self._show()
        self.setFocus()
        self.written.emit(str(record["id"]), self._said)

    @Slot()
    def _ready(self) -> None:
        self.keep.setEnabled(True)

    def drop(self) -> None:
        """Let go of what was typed."""
        self._put({})
