"""写通知单 (the county's): drafts, what is written by the county's template, how it will look, and issuing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui import theme
from gui.drafts import NOTICE, Draft
from gui.jobs import Kind
from gui.panel import Panel
from gui.panels.notices.issued_look import IssuedLook
from gui.panels.notices.receivers import Problems, Receivers
from gui.session import Session
from gui.unsaved import Typing, Unsaved
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.field import FormField
from gui.widgets.form import Form
from gui.widgets.frames import Card, Foot, Scroller, column, row
from gui.widgets.labels import label
from models.domain import words
from models.domain.fields import TABLES
from models.domain.paper import Paper
from models.progress import Progress
from models.services.views.home import UnitView
from models.services.views.lists import Line, Query, Record
from models.services.views.notices import Draft as Template

LINES, MOST = 9, 300  # of the text; problems that are offered
NEW = "新写一份"
WRITTEN = ("title", "text", "answer_by")  # what a template says
REQUIRED = ("kind", "title", "text")


def text_form(session: Session) -> Form:
    """The fields of what a notice says."""
    form = Form(session.today)
    for name in ("title", "answer_by", "month", "text"):
        form.add(TABLES["notice"][name], required=name in REQUIRED, lines=LINES).put("")
    form.fields["text"].note("花括号里的字不用动，发出时换成各单位自己的内容")
    return form


class Writing(Panel):
    """One draft at a time: first its form, then its look; it is issued from there, where one has seen it."""

    notice_margins = (24, 12, 24, 0)
    issued = Signal(object)  # the notices
    counted = Signal(int)  # how many drafts there are

    def __init__(self, session: Session, form: Form, look: IssuedLook) -> None:
        """`form`: of `text_form`. Both are made before, each in a pass of its own."""
        super().__init__(session)
        self.form, self.look = form, look
        self._template: dict[str, str] = {}  # what the template of the chosen kind says
        self._waiting_units: list[str] | None = None  # of a draft, until the units are known
        self._units: list[str] | None = None  # those whose problems are shown or asked for
        self._filling = False
        self.drafts = Typing(session.drafts, NOTICE, self, self)
        self.which = Choice()
        self.which.setAccessibleName("哪一份草稿")
        self.which.setFixedWidth(theme.px(360))
        which = label("草稿")
        which.setBuddy(self.which)
        self.head = row(gap=24)
        self.head.addLayout(column(which, self.which, None, gap=4))
        self.kind = FormField(TABLES["notice"]["kind"], required=True)
        self.kind.setFixedWidth(theme.px(308))
        self.head.addWidget(self.kind)
        self.head.addStretch(1)
        self.whom, self.problems = Receivers(), Problems()
        self.fields = {"kind": self.kind, **self.form.fields}
        self.kind.put("")
        self.faces = QStackedWidget()
        self.faces.addWidget(self._make_form())
        self.faces.addWidget(look)
        self.said = label("草稿自动留着，发出以后才编文号、才随数据包送出", "quiet")
        self.drop = button("删掉草稿", "quiet")
        self.edit = button("回去改")
        self.do = button("", "primary", key="Ctrl+S")
        self.foot = Foot(self.said, None, self.drop, self.edit, self.do)
        layout = column(self.notice, self.faces, self.foot, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.kind.editor)
        self.which.activated.connect(self._choose)
        self.kind.changed.connect(self._choose_kind)
        self.kind.left.connect(self.drafts.now)
        self.whom.changed.connect(self._choose_units)
        self.problems.changed.connect(self._typed)
        self.form.changed.connect(self._typed)
        self.form.left.connect(self.drafts.now)
        session.drafts.changed.connect(self._list)
        self.drop.clicked.connect(self._drop)
        self.edit.clicked.connect(self._edit)
        self.do.clicked.connect(self.save)
        self.show_draft(None)

    def _make_form(self) -> QWidget:
        scroller = Scroller(margins=(24, 12, 24, 12))
        first, last = Card(gap=10), Card()
        first.add(self.head, self.whom, self.problems)
        last.add(self.form)
        scroller.body.addWidget(first)
        scroller.body.addWidget(last)
        scroller.body.addStretch(1)
        return scroller

    # ------------------------------------------------------------------------------------- drafts

    @Slot()
    def refresh(self) -> None:
        """Look which units there are."""
        self.ask(self._read_units, self._offer)

    def _read_units(self, _: Progress) -> tuple[UnitView, ...]:
        return self.session.office.units.list()

    @Slot(object)
    def _offer(self, units: Sequence[UnitView]) -> None:
        self.whom.offer(units)
        self._tick_waiting()
        self._list()
        self._units = None  # what is open may have changed as well
        self._choose_units()

    def _tick_waiting(self) -> None:
        """Tick the units of a draft, once it is known which there are."""
        if self.whom.boxes and self._waiting_units is not None:
            self.whom.put(self._waiting_units)
            self._waiting_units = None

    def go_to(self, name: str) -> None:
        """Show the draft of a name, where it is still there."""
        found = next((one for one in self.session.drafts.of(NOTICE, "") if one.name == name), None)
        if found is not None and name != self.drafts.name:
            self.show_draft(found)

    def show_draft(self, draft: Draft | None) -> None:
        """Go on with a draft, or with a new one."""
        self.drafts.close()
        self.notice.hide()
        self.drafts.stand(NOTICE, "", words.TABLE["notice"])
        if draft is not None:
            self.drafts.take_up(draft)
        self.show_values(draft.values if draft is not None else {})
        self._list()

    def show_values(self, values: Mapping[str, str]) -> None:
        """Show what a notice says."""
        self._filling = True
        self._template, self._units = {}, None
        for name, one in self.fields.items():
            one.put(values.get(name, ""))
        self._waiting_units = [code for code in values.get("township", "").split("；") if code]
        self._tick_waiting()
        self.problems.put(one for one in values.get("problems", "").split("；") if one)
        self._filling = False
        self._edit()
        self._choose_kind()
        self._choose_units()

    @Slot()
    def _list(self) -> None:
        """The drafts in their list; the one that is shown stands there."""
        some = self.session.drafts.of(NOTICE, "")
        self.which.clear()
        self.which.addItem(NEW, "")
        for one in some:
            self.which.addItem(self._named(one.values), one.name)
        self.which.setCurrentIndex(max(self.which.findData(self.drafts.name), 0))
        self.drop.setVisible(bool(self.drafts.name))
        self.counted.emit(len(some))

    def _named(self, values: Mapping[str, str]) -> str:
        units = [self.whom.name(code) for code in values.get("township", "").split("；") if code]
        more = f"等 {len(units)} 个单位" if len(units) > 2 else ""
        whose = f"{'、'.join(units[:2])}{more}" if units else "还没有选单位"
        return f"{words.NOTICE_KIND.get(values.get('kind', ''), '还没有选种类')}：{whose}"

    @Slot(int)
    def _choose(self, at: int) -> None:
        name = self.which.itemData(at)
        if name != self.drafts.name:
            self.show_draft(next((one for one in self.session.drafts.of(NOTICE, "") if one.name == name), None))

    @Slot()
    def _drop(self) -> None:
        """Let the draft go that is shown."""
        self.drafts.saved()
        self._next()

    def _next(self) -> None:
        self.show_draft(next(iter(self.session.drafts.of(NOTICE, "")), None))

    # ------------------------------------------------------------------------------------- typing

    @property
    def values(self) -> dict[str, str]:
        """What is written."""
        said = {name: one.value for name, one in self.fields.items()}
        units = self.whom.value if self._waiting_units is None else self._waiting_units
        said |= {"township": "；".join(units), "problems": "；".join(self.problems.value)}
        said["problems" if said["kind"] == "month_request" else "month"] = ""  # each says one of them
        return {name: text for name, text in said.items() if text}

    def unsaved(self) -> Unsaved:
        """What is to be kept: nothing while one has only chosen a kind."""
        values = self.values
        own = {name for name, text in values.items() if name != "kind" and self._template.get(name) != text}
        return Unsaved(values if own else {}, {})

    @Slot()
    def _typed(self) -> None:
        if not self._filling:
            self.drafts.typed()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.drafts.now()

    @Slot()
    def _choose_kind(self) -> None:
        kind = self.kind.value
        self.form.fields["month"].setVisible(kind == "month_request")
        self.problems.setVisible(kind != "month_request")  # that one is about all of a month
        if kind:
            self.ask(partial(self._read_template, kind), self._take_template)
        self._typed()

    def _read_template(self, kind: str, _: Progress) -> Template:
        return self.session.office.notices.draft(kind)

    @Slot(object)
    def _take_template(self, found: Template) -> None:
        """What the template says stands there, but for what one has written oneself."""
        if found.kind != self.kind.value:
            return
        before, self._template = self._template, {name: getattr(found, name) for name in WRITTEN}
        self._template["month"] = f"{self.session.today:%Y-%m}"
        self._filling = True
        for name, text in self._template.items():
            if self.fields[name].value in ("", before.get(name)):
                self.fields[name].put(text)
        self._filling = False

    @Slot()
    def _choose_units(self) -> None:
        units = self.whom.value
        if units != self._units and self.whom.boxes:
            self._units = units
            self.ask(partial(self._read_problems, units), self._show_problems)
        self._typed()

    def _read_problems(self, units: list[str], _: Progress) -> tuple[list[str], tuple[Line, ...]]:
        records = self.session.office.records
        if not units:
            return units, ()
        rows = records.ids(Query("problem", view="open", where=tuple(("unit", code) for code in units)))
        return units, records.lines("problem", rows[:MOST])

    @Slot(object)
    def _show_problems(self, found: tuple[list[str], tuple[Line, ...]]) -> None:
        if found[0] == self._units:
            self.problems.show_lines(found[1])

    # ------------------------------------------------------------------------------------- issuing

    @property
    def is_looking(self) -> bool:
        """Whether one sees how it will look, and not the form."""
        return self.faces.currentIndex() == 1

    @Slot()
    def save(self) -> None:
        """The blue button: first the look, then issue."""
        if self.is_looking:
            self.do.setEnabled(False)
            self.ask(partial(self._issue, self.values), self._done, ended=self._ready, kind=Kind.SAVE)
        elif self._is_whole():
            self.drafts.now()
            self.ask(partial(self._preview, self.values), self._look)

    def _is_whole(self) -> bool:
        wrong = [*self.form.check(), *(() if self.kind.check() else (self.kind,))]
        for name in REQUIRED:
            if not self.fields[name].value:
                self.fields[name].mark(f"还没有写“{self.fields[name].field.label}”。")
                wrong.append(self.fields[name])
        if not self.values.get("township"):
            self.notice.say("warning", "还没有选发给哪个单位。", "在“发给”下面勾选，几个单位各得一份。")
        else:
            self.notice.hide()
        if wrong:
            wrong[0].editor.setFocus()
        return not wrong and "township" in self.values

    def _preview(self, values: Mapping[str, str], _: Progress) -> tuple[Paper, ...]:
        return self.session.office.notices.preview(values)

    @Slot(object)
    def _look(self, papers: Sequence[Paper]) -> None:
        self.look.show_papers(papers, [self.whom.name(code) for code in self.whom.value])
        self.faces.setCurrentIndex(1)
        self._name_buttons()
        self.do.setFocus()

    @Slot()
    def _edit(self) -> None:
        self.faces.setCurrentIndex(0)
        self._name_buttons()

    def _name_buttons(self) -> None:
        self.edit.setVisible(self.is_looking)
        self.do.setText(f"发出 {len(self.look.papers)} 份" if self.is_looking else "看发出的样子")

    def _issue(self, values: Mapping[str, str], _: Progress) -> tuple[Record, ...]:
        return self.session.office.notices.issue(values)

    @Slot(object)
    def _done(self, notices: tuple[Record, ...]) -> None:
        self.drafts.saved()
        self._next()
        self.issued.emit(notices)

    @Slot()
    def _ready(self) -> None:
        self.do.setEnabled(True)
