"""通知单: what is proposed, written and issued at the county; what came and is answered at a unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from gui.drafts import NOTICE
from gui.page import Page
from gui.panels.notices.box import Box
from gui.panels.notices.issued_look import IssuedLook
from gui.panels.notices.letter import ANSWER, CLOSE
from gui.panels.notices.proposing import Proposing
from gui.panels.notices.writing import Writing, text_form
from gui.places import Place
from gui.session import Session
from gui.widgets.tabs import Tabs
from models.domain import words
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.lists import Record
from models.services.views.notices import Proposal

PROPOSED, WRITE = "proposed", "write"
# The lists, by the states that stand in them; why one is empty: at the county, at a unit.
LISTS = {
    "open": ("open", "overdue"),
    "overdue": ("overdue",),
    "replied": ("replied",),
    "closed": ("closed",),
    "void": ("void",),
}
_NONE = (
    ("没有等着回复的", "发出的通知单，没有回复以前排在这里。", "县里发来的通知单，没有回复以前排在这里。"),
    ("没有逾期的", *("过了回复期限还没有回复的，会排到这里。",) * 2),
    ("没有已回复的", "各单位回复了的排在这里，看过以后写办结意见。", "回复了的排在这里，等县里办结。"),
    ("没有办结的", "写了办结意见的排在这里。", "县里办结的排在这里。"),
    ("没有撤回的", *("发错了、作废的通知单排在这里，写着为什么。",) * 2),
)
NONE = dict(zip(LISTS, _NONE, strict=True))
SEND = "去写数据包"


class NoticesPage(Page):
    """`Place.view` is one of the views, `Place.id` a notice or, where one writes, the name of a draft."""

    tables: ClassVar[frozenset[str]] = frozenset({"notice", "problem", "cycle", "unit", "dictionary"})
    notice_margins = (24, 12, 24, 12)

    def __init__(self, session: Session) -> None:
        super().__init__(session, "通知单")
        self._all: Sequence[Record] = ()
        self._view = PROPOSED if session.is_county else "open"
        self._wanted = ""  # the id of a notice to go to

    def build(self) -> Iterator[None]:
        county = self.session.is_county
        lists = {key: words.NOTICE_STATE[key] for key in LISTS}
        self.tabs = Tabs((({PROPOSED: "建议发的", WRITE: "写通知单"} if county else {}) | lists).items())
        self.put_above_notice(self.tabs)
        yield
        self.middle = QStackedWidget()
        self.put(self.middle, 1)
        self.box = Box(self.session)
        self.middle.addWidget(self.box)
        if county:
            yield
            self.proposing = Proposing()
            self.middle.addWidget(self.proposing)
            self.proposing.drafted.connect(self._drafted)
            self.proposing.opened.connect(self._open)
            yield
            form, look = text_form(self.session), IssuedLook()
            yield
            self.writing = Writing(self.session, form, look)
            yield
            self.middle.addWidget(self.writing)
            self.writing.issued.connect(self._issued)
            self.writing.counted.connect(self._count_drafts)
            self.writing.do.clicked.connect(self.notice.hide)
        self.tabs.choose(self._view)
        self.tabs.chosen.connect(self._choose)
        self.box.letter.done.connect(self._done)
        self.box.letter.opened.connect(self._open)
        self.notice.acted.connect(self._act)

    # ------------------------------------------------------------------------------------- coming and looking

    def enter(self, place: Place) -> None:
        if place.view in self.tabs.buttons:
            self._view = str(place.view)
            self._wanted = place.id
            if self._view == WRITE and place.id:
                self.writing.go_to(place.id)
            self._show_view()
        super().enter(place)
        self._focus()

    def refresh(self) -> None:
        self.ask(self._load, self._show)
        if self.session.is_county:
            self.writing.refresh()

    def _load(self, _: Progress) -> tuple[Sequence[Record], Sequence[Proposal]]:
        notices = self.session.office.notices
        return notices.list(), notices.proposals()

    @Slot(object)
    def _show(self, found: tuple[Sequence[Record], Sequence[Proposal]]) -> None:
        self._all, proposals = found
        for key in LISTS:
            self.tabs.count(key, len(self._rows(key)))
        if self.session.is_county:
            self.tabs.count(PROPOSED, len(proposals))
            self.proposing.show_proposals(proposals)
        self._show_view()

    def _rows(self, key: str) -> list[Record]:
        return [one for one in self._all if one["state"] in LISTS[key]]

    def _show_view(self) -> None:
        """Bring the chosen view up to what is known."""
        self.tabs.choose(self._view)
        if self._view == PROPOSED:
            self.middle.setCurrentWidget(self.proposing)
        elif self._view == WRITE:
            self.middle.setCurrentWidget(self.writing)
        else:
            title, at_county, at_unit = NONE[self._view]
            why = (title, at_county if self.session.is_county else at_unit)
            self.box.show_lines(self._rows(self._view), why, self._wanted)
            self._wanted = ""
            self.middle.setCurrentWidget(self.box)

    def _focus(self) -> None:
        shown = self.middle.currentWidget()
        if shown is not None:
            shown.setFocus()

    # ------------------------------------------------------------------------------------- being used

    @Slot(str)
    def _choose(self, view: str) -> None:
        self._view = view
        self.notice.hide()
        self._show_view()
        self._focus()

    @Slot(int)
    def _count_drafts(self, count: int) -> None:
        self.tabs.count(WRITE, count or None)

    @Slot(object)
    def _drafted(self, drafts: Sequence[dict[str, str]]) -> None:
        kept = [self.session.drafts.begin(NOTICE, NOTICE, one, self.title) for one in drafts]
        self.writing.go_to(kept[0].name)
        self._choose(WRITE)
        kinds = "、".join(words.NOTICE_KIND[one["kind"]] for one in drafts)
        self.notice.say("info", f"已起草{kinds}，还没有发出。", "看一看内容，再点“看发出的样子”。")

    @Slot(object)
    def _issued(self, notices: Sequence[Record]) -> None:
        numbers = "、".join(str(one["number"]) for one in notices[:3])
        more = f"等 {len(notices)} 份" if len(notices) > 3 else ""
        self.notice.say("success", f"已发出 {numbers}{more}。", "会随下一个数据包送到接收单位。", SEND)
        self._tell(notices)

    @Slot(str, object)
    def _done(self, verb: str, notice: Record) -> None:
        if verb == ANSWER and not self.session.is_county:
            self.notice.say("success", f"已回复 {notice['number']}。", "会随下一个数据包报送县里。", SEND)
        elif verb == ANSWER:
            self.notice.say("success", f"已替 {notice['township_name']} 登记回复。", "在“已回复”里办结。")
        elif verb == CLOSE:
            self.notice.say("success", f"已办结 {notice['number']}。", "会随下一个数据包告诉接收单位。")
        else:
            self.notice.say("success", f"已作废 {notice['number']}。", "会随下一个数据包告诉接收单位。")
        self._tell([notice])

    def _tell(self, notices: Sequence[Record]) -> None:
        self.session.tell(Touched("notice", frozenset(str(one["id"]) for one in notices)))

    @Slot(str)
    def _open(self, problem: str) -> None:
        self.go(Place("problem/record", id=problem))

    @Slot(str)
    def _act(self, word: str) -> None:
        if word == SEND:
            self.go(Place("exchange", tab="write"))

    def save(self) -> Any:
        if self._view == WRITE:
            self.writing.save()
        elif self._view in LISTS:
            self.box.letter.write()
