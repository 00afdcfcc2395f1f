"""下发、发起、修改一次专项排查: what is looked at, by which checklists, until when, by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot

from gui.jobs import Kind
from gui.page import Panel
from gui.panels.notices.receivers import Receivers
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.field import FormField
from gui.widgets.form import Form
from gui.widgets.frames import Card, Foot, Scroller, column
from gui.widgets.labels import label
from models.domain import words
from models.domain.fields import TABLES
from models.progress import Progress
from models.services.views.home import UnitView
from models.services.views.lists import Record

FIELDS = ("title", "kind", "from_on", "until_on", "repeat", "people", "visitor", "villages", "text")
NO_KIND = "不按类别列入污染源"
NOTES = {
    "repeat": "定期要查的选一个，只查一次的不选",
    "visitor": "上级来查的，写是哪个单位",
    "villages": "几个之间用；隔开；查哪里都行的不写",
}


class Writing(Panel):
    """One form for a new campaign and for one that is changed."""

    notice_margins = (24, 12, 24, 0)
    written = Signal(object)  # the campaign
    given_up = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._id = ""
        self._themes: list[str] = []  # as they stand in the campaign: newer versions are taken only where these change
        self._whom: list[str] = []
        self.is_saving = False
        self._is_open = False  # from when it is begun until it is written or let go
        self._begun: tuple[object, ...] = ()  # what stood in it then
        self._after: Callable[[], Any] | None = None

    def build(self) -> Iterator[None]:
        self.form = Form(self.session.today)
        for at, name in enumerate(FIELDS):
            one = self.form.add(TABLES["campaign"][name], required=name == "title", lines=3)
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
        self.leave = button("")
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
        self.leave.clicked.connect(self.given_up)
        self.do.clicked.connect(self.save)

    def begin(self, record: Record | None = None, kind: str = "campaign") -> None:
        """Show an empty form, or what stands in a campaign."""
        self.notice.hide()
        self._id = str(record["id"]) if record else ""
        for name, field in self.form.fields.items():
            field.put(str(record[name] or "") if record else "")
        if record is None:
            self.form.fields["kind"].rewrite(kind)
            self.form.fields["from_on"].rewrite(self.session.today.isoformat())
        self._themes = list(record["themes"]) if record else []
        self.themes.put(self._themes)
        self._whom = sorted(unit["unit"] for unit in record["units"]) if record else []
        self.sources.setCurrentIndex(0)
        self.sources.setEnabled(record is None)
        verb = "保存修改" if record else "下发" if self.session.is_county else "发起"
        self.do.setText(verb)
        self.leave.setText("不改了" if record else "不写了")
        self.said.setText("随下一个数据包送到各单位" if self.session.is_county else "随下一个数据包报给县里")
        self._is_open, self._begun = True, self._stands()
        self.ask(self._read, self._offer)

    def _stands(self) -> tuple[object, ...]:
        """What the form holds."""
        fields = tuple(one.value for one in self.form.fields.values())
        return fields, self.themes.value, self.whom.value, self.sources.currentIndex()

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved yet."""
        return self._is_open and self._stands() != self._begun

    @property
    def is_taken(self) -> bool:
        """Whether no other campaign may be written here yet."""
        return self.is_dirty or self.is_saving

    def let_go(self) -> None:
        """What was typed is not wanted."""
        self._is_open = False

    def remind(self) -> None:
        """Say why the form is not the one that was asked for."""
        if not self.is_saving:
            self.notice.say(
                "warning", "这一份写了还没有保存。", f"接着写完它；不要的，点“{self.leave.text()}”，再写别的。"
            )

    def _read(self, _: Progress) -> tuple[UnitView, ...]:
        return self.session.office.units.list()

    @Slot(object)
    def _offer(self, units: Sequence[UnitView]) -> None:
        others = [one for one in units if one.code != self.session.here.unit]
        self.whom.offer(others)
        is_dirty = self.is_dirty
        self.whom.put(self._whom or [one.code for one in others if one.kind == "township" and not self._id])
        if not is_dirty:
            self._begun = self._stands()

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
            said["responsible_units"] = "；".join(map(self.whom.name, self.whom.value))
        if set(self.themes.value) != set(self._themes):
            said["checklists"] = "；".join(self.themes.value)
        self._stand_by(saving=True)
        write = partial(self._write, self._id, said, str(self.sources.currentData()))
        self.ask(write, self._done, ended=self._free, kind=Kind.SAVE)

    def save_then(self, after: Callable[[], Any]) -> None:
        """Write it, and call when it is written."""
        self._after = after
        self.save()

    def _stand_by(self, *, saving: bool) -> None:
        """What is typed while it is written would be in neither."""
        self.is_saving = saving
        for part in (self.middle, self.do, self.leave):
            part.setEnabled(not saving)

    def _write(self, id_: str, said: dict[str, str], kind: str, _: Progress) -> Record:
        campaigns = self.session.office.campaigns
        if id_:
            return campaigns.edit(id_, said)
        return campaigns.add({k: v for k, v in said.items() if v}, kind=kind)

    @Slot(object)
    def _done(self, record: Record) -> None:
        self._is_open = False
        self.written.emit(record)
        if self._after is not None:
            self._after()

    @Slot()
    def _free(self) -> None:
        self._after = None
        self._stand_by(saving=False)
        if self._is_open and self.isVisible():  # it was refused
            self.form.fields["title"].editor.setFocus()
