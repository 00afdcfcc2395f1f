"""下发、发起、修改一次专项排查: what is looked at, by which checklists, until when, by whom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot

from gui.drafts import EDIT, Draft
from gui.jobs import Kind
from gui.panel import Panel
from gui.panels.notices.receivers import Receivers
from gui.session import Session
from gui.unsaved import Sent, Typing, Unsaved
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.field import FormField
from gui.widgets.form import Form
from gui.widgets.frames import Card, Foot, Scroller, column
from gui.widgets.labels import label
from models.domain import words
from models.domain.fields import TABLES
from models.errors import LedgerError
from models.progress import Progress
from models.services.views.home import UnitView
from models.services.views.lists import Record

FIELDS = ("title", "kind", "from_on", "until_on", "repeat", "people", "visitor", "villages", "text")
TABLE, WHOM = "campaign", "responsible_units"
LEAVE_NEW, LEAVE_OLD = "先不写了", "先不改了"
NO_KIND = "不按类别列入污染源"
NOTES = {
    "repeat": "定期要查的选一个，只查一次的不选",
    "visitor": "上级来查的，写是哪个单位",
    "villages": "几个之间用；隔开；查哪里都行的不写",
}


def stood(record: Record) -> dict[str, str]:
    """What stands in a campaign, as its form shows it."""
    units = sorted(one["unit"] for one in record["units"])
    return {
        **{name: str(record[name] or "") for name in FIELDS}, "checklists": "；".join(record["themes"]),
        WHOM: "；".join(units),
    }  # fmt: skip


def _merged(mine: str, base: str, now: Collection[str]) -> list[str]:
    """What is ticked by now, with what was ticked and unticked in a draft."""
    ticked, before = set(mine.split("；")), set(base.split("；"))
    return sorted(((set(now) | (ticked - before)) - (before - ticked)) - {""})


class Writing(Panel):
    """One form for a new campaign and for one that is changed. What is not saved waits as a draft."""

    notice_margins = (24, 12, 24, 0)
    written = Signal(object)  # the campaign
    given_up = Signal()
    refused_late = Signal(object)  # LedgerError: one had gone elsewhere meanwhile

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._id = ""
        self._themes: list[str] = []  # as they stand in the campaign: newer versions are taken only where these change
        self._whom: list[str] = []
        self.is_saving = False
        self._is_open = False  # from when it is begun until it is written or left
        self._begun: dict[str, str] = {}  # what stood in it then
        self._piece = ""  # of a new one: as what it was begun
        self._draft: Draft | None = None  # whose units are to be ticked as soon as they are known
        self.typing = Typing(session.drafts, EDIT, self, self)
        self._after: Callable[[], Any] | None = None

    def build(self) -> Iterator[None]:
        self.form = Form(self.session.today)
        for at, name in enumerate(FIELDS):
            one = self.form.add(TABLES[TABLE][name], required=name == "title", lines=3)
            one.put("")
            if name in NOTES:
                one.note(NOTES[name])
            if at % 3 == 2:
                yield
        self.whom, self.themes = Receivers(), Receivers("检查表")
        yield
        self.themes.offer([UnitView(code, "", name) for code, name in words.THEME.items()])
        yield
        self.sources = Choice()
        self.sources.setAccessibleName("把哪一类污染源都列入")
        self.sources.addItem(NO_KIND, "")
        for key, name in words.SOURCE_KIND.items():
            self.sources.addItem(f"所有{name}都要查到", key)
        yield
        self.said = label("", "quiet")
        self.leave = button("", tip="没有保存的内容留作草稿")
        self.do = button("", "primary", key="Ctrl+S")
        first, second = Card(gap=10), Card(gap=10)
        first.add(self.form)
        second.add(self.whom, self.themes, column(label("污染源", "bold"), self.sources, gap=6))
        self.middle = Scroller(margins=(24, 12, 24, 12))
        self.middle.body.addWidget(first)
        self.middle.body.addWidget(second)
        self.middle.body.addStretch(1)
        layout = column(self.notice, self.middle, Foot(self.said, None, self.leave, self.do), gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.form.fields["title"].editor)
        if not self.session.is_county:
            self.whom.hide()
        self.form.changed.connect(self.typing.typed)
        self.form.left.connect(self.typing.now)
        for part in (self.whom, self.themes):
            part.changed.connect(self.typing.typed)
        self.sources.activated.connect(self.typing.typed)
        self.leave.clicked.connect(self.given_up)
        self.do.clicked.connect(self.save)

    def begin(self, record: Record | None = None, kind: str = "campaign", draft: Draft | None = None) -> None:
        """Show an empty form, or what stands in a campaign; go on with a draft of it."""
        self.close_form()
        self.notice.hide()
        self._id = str(record["id"]) if record else ""
        self._piece = "" if record else draft.piece if draft else kind
        self.typing.stand(TABLE, self._id, str(record["title"]) if record else words.TABLE[TABLE])
        said = stood(record) if record else {}
        for name, field in self.form.fields.items():
            field.put(said.get(name, ""))
        if record is None:
            self.form.fields["kind"].rewrite(self._piece)
            self.form.fields["from_on"].rewrite(self.session.today.isoformat())
        self._themes = list(record["themes"]) if record else []
        self.themes.put(self._themes)
        self._whom = said[WHOM].split("；") if record else []
        self.whom.put(self._whom)
        self.sources.setCurrentIndex(0)
        self.sources.setEnabled(record is None)
        verb = "保存修改" if record else "下发" if self.session.is_county else "发起"
        self.do.setText(verb)
        self.leave.setText(LEAVE_OLD if record else LEAVE_NEW)
        self.said.setText("随下一个数据包送到各单位" if self.session.is_county else "随下一个数据包报给县里")
        self._is_open, self._begun, self._draft = True, self._stands(), draft
        if draft is not None:
            self._go_on(draft)
        self.ask(self._read, self._offer)

    def _go_on(self, draft: Draft) -> None:
        """Put a draft into the form; its units are ticked as soon as they are known."""
        self.typing.take_up(draft)
        others = [
            field.field.label
            for name, field in self.form.fields.items()
            if name in draft.values and field.go_on(draft.values[name], draft.base.get(name, field.base))
        ]
        if "checklists" in draft.values:
            self.themes.put(_merged(draft.values["checklists"], draft.base.get("checklists", ""), self.themes.value))
        if "sources" in draft.values:
            self.sources.setCurrentIndex(max(self.sources.findData(draft.values["sources"]), 0))
        if others and self._id:
            self.notice.say(
                "warning", f"“{'”“'.join(others)}”后来在台账里也改过，您填的还在。",
                "两个值都列在栏下：保存就用您填的，点“改用台账里的”就用新的。",
            )  # fmt: skip

    def _stands(self) -> dict[str, str]:
        """What the form holds."""
        whom = self._draft.values.get(WHOM) if self._draft is not None else None
        return {
            **{name: one.value for name, one in self.form.fields.items()},
            "checklists": "；".join(self.themes.value),
            WHOM: "；".join(sorted(self.whom.value)) if whom is None else whom,
            "sources": str(self.sources.currentData() or ""),
        }

    def unsaved(self) -> Unsaved:
        """What was typed and is not saved."""
        stands = self._stands() if self._is_open else {}
        return Unsaved({k: v for k, v in stands.items() if v != self._begun[k]}, self._begun, self._piece)

    @property
    def campaign(self) -> str:
        """The id of the one that is changed; "" for a new one."""
        return self._id

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved yet."""
        return self._is_open and self._stands() != self._begun

    def close_form(self) -> None:
        """The form is left: what was typed waits as a draft. What is being saved is seen through."""
        if not self.is_saving:
            self.typing.close()
            self._is_open = False

    def _read(self, _: Progress) -> tuple[UnitView, ...]:
        return self.session.office.units.list()

    @Slot(object)
    def _offer(self, units: Sequence[UnitView]) -> None:
        others = [one for one in units if one.code != self.session.here.unit]
        self.whom.offer(others)
        self.whom.put(self._whom or [one.code for one in others if one.kind == "township" and not self._id])
        draft, self._draft = self._draft, None
        self._begun[WHOM] = "；".join(sorted(self.whom.value))
        if draft is not None and WHOM in draft.values:
            self.whom.put(_merged(draft.values[WHOM], draft.base.get(WHOM, ""), self.whom.value))

    def _lacking(self) -> FormField | None:
        wrong = self.form.check()
        title = self.form.fields["title"]
        if not title.value:
            title.mark("还没有填“名称”。")
            wrong.insert(0, title)
        return wrong[0] if wrong else None

    @Slot()
    def save(self) -> None:
        """Write it, if nothing is lacking; once, however often it is asked."""
        if self.is_saving:
            return
        lacking = self._lacking()
        if lacking is not None:
            self.notice.say("warning", "还有要补的，没有保存。", "改好标红的一栏，再点一次。")
            lacking.editor.setFocus()
            self._after = None
            return
        said = self.form.changes()
        if self.session.is_county and self.whom.value != self._whom:
            said[WHOM] = "；".join(map(self.whom.name, self.whom.value))
        if set(self.themes.value) != set(self._themes):
            said["checklists"] = "；".join(self.themes.value)
        self._stand_by(saving=True)
        write = partial(self._write, self.typing.send(), said, str(self.sources.currentData()))
        self.ask(write, self._done, refused=self._refuse, ended=self._free, kind=Kind.SAVE)

    def save_then(self, after: Callable[[], Any]) -> None:
        """Write it, and call when it is written."""
        self._after = after
        self.save()

    def _stand_by(self, *, saving: bool) -> None:
        """What is typed while it is written would be in neither."""
        self.is_saving = saving
        for part in (self.middle, self.do, self.leave):
            part.setEnabled(not saving)

    def _write(self, sent: Sent, said: dict[str, str], kind: str, _: Progress) -> tuple[Sent, Record]:
        campaigns = self.session.office.campaigns
        if sent.record:
            return sent, campaigns.edit(sent.record, said)
        return sent, campaigns.add({k: v for k, v in said.items() if v}, kind=kind)

    @Slot(object)
    def _done(self, done: tuple[Sent, Record]) -> None:
        sent, record = done
        self._is_open = False
        if sent.draft is not None:
            self.session.drafts.forget(sent.draft)
        self.typing.stop()
        self.written.emit(record)
        if self._after is not None:
            self._after()

    @Slot(object)
    def _refuse(self, error: LedgerError) -> None:
        if self.isVisible():
            self.notice.refuse(error)
        else:
            self.refused_late.emit(error)

    @Slot()
    def _free(self) -> None:
        self._after = None
        self._stand_by(saving=False)
        if self._is_open and self.isVisible():  # it was refused
            self.form.fields["title"].editor.setFocus()
        elif self._is_open:
            self.close_form()
