"""专项: campaigns, plans and visits; one of them; the matrix of findings; samples. Figures as of a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import chain
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from gui import theme, typed
from gui.drafts import Draft
from gui.jobs import Kind
from gui.panels.campaigns.deeds import SEND, CampaignDeeds
from gui.panels.campaigns.found import FoundLines, of_finding
from gui.panels.campaigns.lines import CampaignLines
from gui.panels.campaigns.looking import Looking
from gui.panels.campaigns.matrix import Matrix
from gui.panels.campaigns.sampling import Sampling
from gui.panels.campaigns.writing import LEAVE_NEW, LEAVE_OLD, Writing, stood
from gui.panels.inspections.tab import Tab
from gui.panels.record.draft_offer import DraftOffer
from gui.places import Place
from gui.session import Session
from gui.slices import Slices
from gui.widgets.buttons import button
from gui.widgets.frames import column, row
from gui.widgets.labels import label, retone
from gui.widgets.tabs import Tabs
from models.domain import words
from models.domain.fields import TABLES
from models.errors import LedgerError
from models.progress import Progress
from models.services.views.campaigns import WAITING, CampaignLine, Wanted, line
from models.services.views.home import Touched
from models.services.views.lists import Record

TABLE = "campaign"
LIST, MATRIX, SAMPLE, ONE, WRITE, BEHIND = "list", "matrix", "sample", "one", "write", "behind"
DAY = TABLES[TABLE]["from_on"]


class Campaigns(Tab):
    """Its views; `closing` one or a list behind a number leads back to where one came from."""

    notice_margins = (24, 12, 24, 0)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._view, self._from = LIST, LIST
        self._id = ""  # of the campaign that is shown
        self._wanted = Wanted()
        self._waiting_only = False
        self._has_offered = False  # drafts, since one came to this view
        self._parts: dict[str, QWidget] = {}
        self._slices = Slices("next part of campaigns", self)

    def build(self) -> Iterator[None]:
        """The list; the other views are made when one is first looked at."""
        county = self.session.is_county
        names = {LIST: "各次排查", MATRIX: "主题和乡镇" if county else "各主题"}
        self.views = Tabs((names | ({SAMPLE: "抽查名单"} if county else {})).items(), plain=True)
        self.views.choose(LIST)
        self.closing = button("", "quiet", icon="close", size="slim", tip="回到前面的名单")
        self.closing.hide()
        self.as_of = QLineEdit()
        self.as_of.setAccessibleName("截至")
        self.as_of.setPlaceholderText("今天")
        self.as_of.setFixedWidth(theme.px(112))
        self.as_of.setToolTip("看那一天为止谁查了、查出什么、整改到哪一步")
        self.day = label("截至")
        self.day.setBuddy(self.as_of)
        new = "下发专项排查" if county else "发起专项排查"
        self.new = button(new, icon="plus", size="slim", key="Ctrl+N")
        self.visit = button(
            "登记督导来访", icon="plus", size="slim", tip="上级来查、来暗访，登记一次，再登记留下的问题"
        )
        self.tools = (self.visit, self.new)
        bar = row(self.views, self.closing, None, self.day, self.as_of)
        bar.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))
        yield
        begin = button("下发一次" if county else "发起一次", "primary")
        begin.clicked.connect(self.make_new)
        self.offer = DraftOffer(self.session.drafts, below=12)
        self.lines = CampaignLines(
            self.session.today, begin, partial(self.session.drafts.records, TABLE), county=county
        )
        self.middle = QStackedWidget()
        yield
        self._put(LIST, self.lines)
        layout = column(self.notice, bar, self.offer, self.middle, gap=0)
        layout.setStretch(3, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.lines)
        self.views.chosen.connect(self._choose)
        self.closing.clicked.connect(self._leave)
        self.as_of.editingFinished.connect(self.refresh)
        self.new.clicked.connect(self.make_new)
        self.visit.clicked.connect(self._begin_visit)
        self.lines.opened.connect(self.open_one)
        self.notice.acted.connect(self._act)
        self.offer.taken.connect(self._go_on)

    def _put(self, view: str, part: QWidget) -> None:
        self._parts[view] = part
        self.middle.addWidget(part)

    def _grow(self, view: str) -> Iterator[None]:
        """Make the part of a view, if it is not there."""
        if view in self._parts:
            return
        if view == ONE:
            self.looking = Looking(self.session)
            yield from self.looking.build()
            self._put(view, self.looking)
            self.looking.opened.connect(self._open_problem)
            self.looking.edit.clicked.connect(self._edit)
            self.deeds = CampaignDeeds(self, self.looking)
            self.deeds.voided.connect(self._voided)
        elif view == MATRIX:
            self.matrix = Matrix(units=self.session.is_county)
            yield
            self._put(view, self.matrix)
            self.matrix.wanted.connect(self._look_behind)
        elif view == BEHIND:
            self.found = FoundLines()
            self._put(view, self.found)
            self.found.opened.connect(self._open_found)
        elif view == WRITE:
            self.writing = Writing(self.session)
            yield from self.writing.build()
            self._put(view, self.writing)
            self.writing.written.connect(self._written)
            self.writing.given_up.connect(self._leave)
            self.writing.refused_late.connect(self._refused_late)
        else:
            self.sampling = Sampling(self.session)
            yield
            self._put(view, self.sampling)
            self.sampling.opened.connect(self._open_drawn)
        yield

    # ------------------------------------------------------------------------------------- looking

    @Slot()
    def refresh(self) -> None:
        reading = typed.read(DAY, self.as_of.text(), self.session.today)
        self.as_of.setText(reading.text)
        retone(self.as_of, bad="1" if reading.wrong else "0")
        if reading.wrong:
            self.notice.say("warning", reading.wrong, "改好“截至”，就会重新算。")
            return
        day = date.fromisoformat(reading.text) if reading.text else None
        self.ask(partial(self._read_list, day), self._show_list)
        if self._view not in self._parts:
            return  # it asks as soon as it is there
        if self._view == MATRIX:
            self.ask(partial(self._read_figures, day), self.matrix.show_figures, kind=Kind.COUNT)
        elif self._view == ONE:
            self.ask(partial(self._read_one, self._id, day), self._show_one)
        elif self._view == BEHIND:
            self.ask(partial(self._read_found, self._wanted, day), self._show_found, kind=Kind.COUNT)
        elif self._view == SAMPLE:
            self.sampling.refresh()

    def _read_list(self, day: date | None, _: Progress) -> list[CampaignLine]:
        return [line(one) for one in self.session.office.campaigns.list(day)]

    def _read_figures(self, day: date | None, _: Progress) -> Record:
        return self.session.office.inspections.figures(as_of=day)

    def _read_one(self, id_: str, day: date | None, _: Progress) -> Record:
        return self.session.office.campaigns.show(id_, day)

    def _read_found(self, wanted: Wanted, day: date | None, _: Progress) -> list[Record]:
        asked = Wanted(as_of=day, unit=wanted.unit, theme=wanted.theme, fate=wanted.fate)
        return self.session.office.inspections.findings(asked)

    @Slot(object)
    def _show_list(self, found: list[CampaignLine]) -> None:
        self.lines.show_rows(found)
        if self._view == LIST:
            self._offer_drafts("", {})
        self.views.count(LIST, sum(one.is_due for one in found) or None)

    @Slot(object)
    def _show_one(self, record: Record) -> None:
        self.looking.show_record(record)
        self.closing.setText(str(record["title"] or ""))
        if (self._view, record["id"]) == (ONE, self._id):
            self._offer_drafts(self._id, stood(record))

    @Slot(object)
    def _show_found(self, found: list[Record]) -> None:
        some = [one for one in found if not self._waiting_only or one["fate"] in WAITING]
        self.found.show_rows([of_finding(one) for one in some])

    # ------------------------------------------------------------------------------------- going about

    def _stand(self, view: str, said: str = "", then: Callable[[], object] | None = None) -> None:
        """Show a view, made first if it is new, and then do something with it: else look at the ledger again.

        `said`: what stands on the button that leads back.
        """
        if view in (LIST, MATRIX, SAMPLE):
            self._from = view
            self.views.choose(view)
        if self._view == WRITE != view and WRITE in self._parts:
            self.writing.close_form()
        self._view = view
        self._has_offered = False
        self.offer.end()
        self.closing.setText(said)
        self.closing.setVisible(bool(said))
        for part in (self.day, self.as_of):
            part.setVisible(view not in (WRITE, SAMPLE))
        if view in self._parts:
            self._come(view, then or self.refresh)
        else:
            self._slices.add(chain(self._grow(view), self._arrive(view, then or self.refresh)))

    def _arrive(self, view: str, then: Callable[[], object]) -> Iterator[None]:
        if self._view == view:
            self._come(view, then)
        yield

    def _come(self, view: str, then: Callable[[], object]) -> None:
        self.middle.setCurrentWidget(self._parts[view])
        self.setFocusProxy(self._parts[view])
        then()
        self._parts[view].setFocus()

    @Slot(str)
    def _choose(self, view: str) -> None:
        self.notice.hide()
        self._stand(view)

    @Slot()
    def _leave(self) -> None:
        """Back to where one came from; nothing is lost by it."""
        if self._view == WRITE and WRITE in self._parts and self.writing.campaign:
            self.open_one(self.writing.campaign)
        else:
            self._choose(self._from)

    @property
    def is_dirty(self) -> bool:
        return WRITE in self._parts and self.writing.is_dirty

    def drop(self) -> None:
        if self._view == WRITE:
            self._leave()

    def save_then(self, after: Callable[[], Any]) -> None:
        self._stand(WRITE, self.writing.leave.text(), lambda: self.writing.save_then(after))

    # ------------------------------------------------------------------------------------- drafts

    def _offer_drafts(self, id_: str, now: Record) -> None:
        """What was typed last time, once a visit; what is still being saved is none."""
        if self._has_offered:
            return
        self._has_offered = True
        saving = frozenset({self.writing.typing.name}) if WRITE in self._parts else frozenset[str]()
        self.offer.offer(TABLE, id_, saving, now)

    @Slot(object)
    def _go_on(self, draft: Draft) -> None:
        record = self.looking.record if draft.record else None
        self._write(LEAVE_OLD if record else LEAVE_NEW, lambda: self.writing.begin(record, draft=draft))

    @Slot(object)
    def _refused_late(self, error: LedgerError) -> None:
        self.notice.refuse_late(error)
        self._has_offered = False
        self.refresh()

    def reach(self, place: Place) -> None:
        if place.id:
            self.open_one(place.id)

    @Slot(str)
    def open_one(self, id_: str) -> None:
        """Show one campaign."""
        self._id = id_
        self._stand(ONE, words.TABLE["campaign"])

    @Slot(str, object, str, str)
    def _look_behind(self, unit: str, theme_: str | None, fate: str, said: str) -> None:
        self._waiting_only = fate == "waiting"
        self._wanted = Wanted(unit=unit, theme=theme_, fate="" if self._waiting_only else fate)
        self._stand(BEHIND, f"只看 {said}")

    @Slot(str, str)
    def _open_found(self, problem: str, inspection: str) -> None:
        self.go(Place("problem/record", id=problem) if problem else Place("inspection/record", id=inspection))

    @Slot(str)
    def _open_problem(self, problem: str) -> None:
        self.go(Place("problem/record", id=problem))

    @Slot(str, str)
    def _open_drawn(self, table: str, id_: str) -> None:
        self.go(Place(f"{table}/record", id=id_))

    def make_new(self) -> None:
        self._write_new("campaign")

    @Slot()
    def _begin_visit(self) -> None:
        self._write_new("visit")

    def _write_new(self, kind: str) -> None:
        self._write(LEAVE_NEW, lambda: self.writing.begin(kind=kind))

    def _write(self, said: str, begin: Callable[[], object]) -> None:
        """Show the form; one that is being saved is seen through first."""
        self.notice.hide()
        if WRITE in self._parts and self.writing.is_saving:
            said, begin = self.writing.leave.text(), self.writing.setFocus
        self._stand(WRITE, said, begin)

    @Slot()
    def _edit(self) -> None:
        self._write(LEAVE_OLD, lambda: self.writing.begin(self.looking.record))

    def save(self) -> None:
        if self._view == WRITE and WRITE in self._parts:
            self.writing.save()

    # ------------------------------------------------------------------------------------- doing

    @Slot(object)
    def _written(self, record: Record) -> None:
        if self._view == WRITE:
            self.open_one(str(record["id"]))
        said = (
            "已保存到本机，各单位随下一个数据包收到。"
            if self.session.is_county
            else "已保存到本机，随下一个数据包报给县里。"
        )
        self.notice.say("success", said, "", SEND)
        self.session.tell(Touched("campaign", frozenset({str(record["id"])})))

    @Slot(str)
    def _voided(self, id_: str) -> None:
        for kept in self.session.drafts.of(TABLE, id_):
            self.session.drafts.forget(kept)
        if (self._view, self._id) == (ONE, id_):
            self._choose(LIST)

    @Slot(str)
    def _act(self, word: str) -> None:
        if word == SEND:
            self.go(Place("exchange", tab="write"))
