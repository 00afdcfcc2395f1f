"""A new inspection: by which checklists, where, when and by whom; what the last one had in common is there already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout

from gui import sounds, theme
from gui.drafts import EDIT
from gui.jobs import Job, Kind
from gui.panel import Panel
from gui.session import Session
from gui.unsaved import Typing, Unsaved
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.form import Form
from gui.widgets.frames import Card, Foot, Scroller, column, row
from gui.widgets.labels import label
from models.domain import words
from models.domain.field import Field
from models.domain.inspecting_fields import INSPECTION
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.inspections import Asked, InspectionChoices, Place
from models.services.views.lists import Record

BY_NAME = {one.name: one for one in INSPECTION}
SOURCE = Field("source", BY_NAME["source"].label)  # typed by its name, or chosen
HEAD = ("kind", "village", "place", "inspected_on", "people", "leader")
KEPT = ("people", "leader", "inspected_on", "village", "kind")  # that the next one most often has in common
GIVEN = frozenset({"kind", "inspected_on"})  # stand there from the beginning
COLUMNS = 3
WIDE = 300  # of the list of campaigns
NO_CAMPAIGN = "不属于专项排查"


class Offered(NamedTuple):
    """What is offered while one types: what is written, and what it is found by."""

    sources: tuple[tuple[str, str], ...]  # in the order of `places`
    villages: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    campaigns: tuple[Asked, ...]


def said(places: Sequence[Place]) -> list[str]:
    """What sources are called in a list: by name, and by village too where several have that name."""
    often = Counter(one.name for one in places)
    return [f"{one.name}（{one.village}）" if often[one.name] > 1 and one.village else one.name for one in places]


def offered(choices: InspectionChoices) -> Offered:
    """The choices with what they are found by. Off the GUI thread: how thousands of names sound takes its time."""
    sources = tuple((one, sounds.key(one)) for one in said(choices.places))
    villages = tuple((one, sounds.key(one)) for one in choices.villages)
    return Offered(sources, villages, choices.places, choices.campaigns)


class Beginning(Panel):
    """The form of an inspection that is about to be made; nothing is written before its verb is pressed."""

    notice_margins = (24, 12, 24, 0)

    begun = Signal(object)  # the inspection, while its form is still looked at

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._offered = Offered((), (), (), ())
        self._showing = False
        self._saving: Job | None = None  # that writes what this form holds
        self._going: dict[Job, str] = {}  # all that write, with the drafts they take along
        self.boxes = {theme_: QCheckBox(word) for theme_, word in words.THEME.items()}
        self.campaign = Choice()
        self.campaign.setMinimumWidth(theme.px(WIDE))
        self.campaign.setAccessibleName(BY_NAME["campaign"].label)
        self.form = Form(session.today)
        self.form.add(SOURCE)
        for name in HEAD:
            self.form.add(BY_NAME[name], required=name == "inspected_on").put("")
        self.said = label("", "quiet")
        self.unwanted = button("不要这份", "quiet", tip="把上次填的去掉，从头填")
        self.unwanted.hide()
        self.leave = button("先不检查了", tip="填了的留作草稿（Esc）")
        self.begin = button("开始检查", "primary", icon="forward", key="Ctrl+S")
        self._build()
        self.typing = Typing(session.drafts, EDIT, self, self)
        for box in self.boxes.values():
            box.toggled.connect(self._typed)
        self.form.fields["source"].changed.connect(self._follow_source)
        self.form.changed.connect(self._typed)
        self.form.left.connect(self.typing.now)
        self.campaign.activated.connect(self._choose_campaign)
        self.begin.clicked.connect(self.save)
        self.unwanted.clicked.connect(self._let_go_of_it)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(8))
        for at, box in enumerate(self.boxes.values()):
            grid.addWidget(box, at // COLUMNS, at % COLUMNS)
        what = Card("用什么检查表", "可以选几份；用开始时最新的一版，以后改版不影响这一次")
        line = row(label(BY_NAME["campaign"].label), self.campaign, None)
        what.add(line, grid)
        where = Card("在哪里，谁去查", "选了检查对象，村和地点会带过来")
        where.add(self.form)
        scroller = Scroller()
        scroller.body.addWidget(what)
        scroller.body.addWidget(where)
        scroller.body.addStretch(1)
        layout = column(self.notice, scroller, Foot(self.said, self.unwanted, None, self.leave, self.begin), gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    # ------------------------------------------------------------------------------------- showing

    def start(self, values: Mapping[str, str]) -> None:
        """Begin with these values: what the last one had, or where one came from.

        A draft of last time goes before, unless they say more than who inspects; then it waits for its turn.
        """
        self.typing.stand("inspection", "", "新检查")
        self._saving = None
        self.begin.setEnabled(True)
        self._asked = values
        waiting = (one for one in self.session.drafts.of("inspection", "") if one.part == EDIT)
        kept = next((one for one in waiting if one.name not in self._going.values()), None)
        if not values.keys() <= {"people"}:
            kept = None
        self._restored = kept is not None
        if kept is not None:
            self.typing.take_up(kept)
        self._put(
            kept.values
            if kept is not None
            else {"kind": "patrol", "inspected_on": self.session.today.isoformat(), **values}
        )
        self._first = {} if kept is not None else self._filled()
        self._village = "" if kept is not None else self.form.fields["village"].value
        first = next(iter(self.boxes.values()))
        is_chosen = any(box.isChecked() for box in self.boxes.values())
        self.setFocusProxy(self.form.fields["source"].editor if is_chosen else first)  # only the place is another one
        self.unwanted.setVisible(kept is not None)
        self.said.setText("上次没有开始的这一份还在，接着填就行" if kept is not None else "")
        self.ask(self._load, self._offer)

    def _load(self, _: Progress) -> Offered:
        return offered(self.session.office.inspections.choices())

    @Slot(object)
    def _offer(self, found: Offered) -> None:
        self._offered, self._showing = found, True
        is_untouched = self._filled() == self._first
        fields = self.form.fields
        fields["source"].suggest(found.sources)
        fields["village"].suggest(found.villages)
        chosen = self.campaign.currentData()
        self.campaign.clear()
        self.campaign.addItem(NO_CAMPAIGN, "")
        for one in found.campaigns:
            self.campaign.addItem(one.title, one.id)
        self.campaign.setCurrentIndex(max(self.campaign.findData(self._wanted or chosen), 0))
        self.campaign.setEnabled(bool(found.campaigns))
        if self._wanted and not self._restored:
            self._go_by_campaign()
        for (name, _), one in zip(found.sources, found.places, strict=True):
            if one.id == self._source:
                fields["source"].rewrite(name)
        self._source = self._wanted = ""
        if is_untouched:
            self._first = self._filled()
        self._showing = False

    _asked: Mapping[str, str] = MappingProxyType({})  # what it was begun with
    _first: Mapping[str, str] = MappingProxyType({})  # what stood in it then
    _source = _wanted = ""  # ids of a source and a campaign that are to be chosen as soon as they are known
    _village = ""  # that was not typed: of the last inspection, or of the source
    _restored = False  # what a draft says of checklists and kind stands, whatever its campaign asks for

    def _put(self, values: Mapping[str, str]) -> None:
        self._showing = True
        self._source, self._wanted = values.get("source_id", ""), values.get("campaign", "")
        self.campaign.setCurrentIndex(max(self.campaign.findData(self._wanted), 0))
        themes = values.get("checklists", "").split("；")
        for theme_, box in self.boxes.items():
            box.setChecked(any(one == theme_ or one.startswith(f"{theme_}-") for one in themes))
        for name, one in self.form.fields.items():
            one.put(values.get(name, ""))
        self._showing = False

    @Slot()
    def _choose_campaign(self) -> None:
        self._go_by_campaign()
        self._typed()

    @Slot()
    def _follow_source(self) -> None:
        """The village of a source takes the place of that of the last inspection, but not of one that was typed."""
        village = self.form.fields["village"]
        meant = self._meant(self.form.fields["source"].value, village.value)
        if not self._showing and len(meant) == 1 and meant[0].village and village.value == self._village:
            self._village = meant[0].village
            village.rewrite(self._village)

    def _go_by_campaign(self) -> None:
        """A campaign says by what is gone; its checklists are ticked."""
        id_ = str(self.campaign.currentData() or "")
        asked = next((one for one in self._offered.campaigns if one.id == id_), None)
        for theme_, box in self.boxes.items():
            if asked is not None:
                box.setChecked(any(one.startswith(f"{theme_}-") for one in asked.checklists.split("；")))
        if asked is not None:
            self.form.fields["kind"].rewrite("campaign")

    # ------------------------------------------------------------------------------------- drafts

    @property
    def is_dirty(self) -> bool:
        """Whether something was chosen or typed beyond what was there."""
        return bool(self.typing.name)

    def unsaved(self) -> Unsaved:
        """What is chosen and typed."""
        values = self._filled()
        return Unsaved({} if values == self._first or values.keys() <= GIVEN else values, {})

    def _filled(self) -> dict[str, str]:
        return {name: value for name, value in self._values().items() if value}

    @Slot()
    def _let_go_of_it(self) -> None:
        """The draft of last time is not wanted."""
        self.typing.saved()
        self.start(self._asked)

    @Slot()
    def _typed(self) -> None:
        if not self._showing:
            self.typing.typed()

    def _values(self) -> dict[str, str]:
        said = {name: one.value for name, one in self.form.fields.items()}
        said["checklists"] = "；".join(theme_ for theme_, box in self.boxes.items() if box.isChecked())
        said["campaign"] = self._wanted or str(self.campaign.currentData() or "")
        return said

    # ------------------------------------------------------------------------------------- writing

    @Slot()
    def save(self) -> None:
        """Begin the inspection, if nothing is lacking. While it is being begun, another press does nothing."""
        if self._saving is not None:
            return
        wrong = self.form.check()
        values = self._filled()
        day, name = self.form.fields["inspected_on"], values.get("source", "")
        sources = self._meant(name, values.get("village", ""))
        if not day.value:
            day.mark("还没有填检查日期。")
            wrong.append(day)
        if name and len(sources) != 1:
            self.form.fields["source"].mark(
                f"台账里有 {len(sources)} 个同名的，请从列出的里面选，名字后面写着村；村也相同的，先到污染源里改名。"
                if sources
                else "台账里没有这个污染源，请从列出的里面选；不是污染源的，写在地点里。"
            )
            wrong.append(self.form.fields["source"])
        if wrong:
            wrong[0].editor.setFocus()
            return
        if not values.get("checklists"):
            self.notice.say("warning", "还没有选检查表。", "至少选一份；查过没有发现问题、不填检查表的，请报零报告。")
            return
        self.notice.hide()
        self.typing.now()
        self.begin.setEnabled(False)
        if name:
            values["source"] = sources[0].id
        self._saving = self.ask(partial(self._write, values), self._begun, ended=self._ready, kind=Kind.SAVE)
        self._going[self._saving] = self.typing.name

    def _meant(self, name: str, village: str) -> list[Place]:
        """Which sources a name may mean; several of one name are told apart by the village that is written."""
        every = zip(self._offered.sources, self._offered.places, strict=True)
        found = [one for (called, _), one in every if name and name in {called, one.name}]
        return [one for one in found if one.village == village] or found

    def _write(self, values: Mapping[str, str], _: Progress) -> Record:
        return self.session.office.inspections.add(values)

    @Slot(object)
    def _begun(self, record: Record) -> None:
        """Begun late, after this form was left or begun anew, it leads nobody away and takes nothing."""
        job = self.sender()
        for one in self.session.drafts.of("inspection", ""):
            if one.name == self._going.get(cast("Job", job)):
                self.session.drafts.forget(one)
        self.session.tell(Touched("inspection", frozenset({str(record["id"])})))
        if job is self._saving:
            self.typing.saved()
            if self.isVisible():
                self.begun.emit(record)

    @Slot()
    def _ready(self) -> None:
        job = self.sender()
        self._going.pop(cast("Job", job), None)
        if job is self._saving:
            self._saving = None
            self.begin.setEnabled(True)

    def let_go(self) -> None:
        """What was typed waits as a draft."""
        self.typing.close()
