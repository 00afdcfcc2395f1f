"""A record to read: its stations, what it asks for now, its parts as cards in one scroll area, its particulars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import icons, saying, theme
from gui.dialogs.former import formers
from gui.done import Done
from gui.panels.record import way
from gui.panels.record.dispatches import Dispatches
from gui.panels.record.dossier import Dossier
from gui.panels.record.exhibits import Exhibits
from gui.panels.record.handling import Handling
from gui.panels.record.history import History, Remarks
from gui.panels.record.measures import Measures
from gui.panels.record.merged import Merged
from gui.panels.record.rounds import Rounds
from gui.slices import Slices
from gui.small_pictures import SmallPictures
from gui.widgets.buttons import Carrier, button, carrier
from gui.widgets.chips import EXCHANGE_TONE, PACE_TONE, State
from gui.widgets.facts import Facts, Particulars
from gui.widgets.frames import Card, Scroller, clear, column, row
from gui.widgets.labels import Prose, label, picture, retone
from gui.widgets.steps import Stations
from gui.widgets.tabs import Tabs
from models.domain import words
from models.domain.fields import label as label_of
from models.services.views.lists import Change, Record
from models.services.views.workflow import WayView

# fmt: off
TEXTS = {
    "problem": (("问题", ("description", "goal", "measures_text")), ("目前进展", ("progress",))),
    "petition": (("反映情况", ("content",)), ("调查处理", ("investigation", "handling"))),
}
COUNTERS = ("orders", "fine_wan", "cases", "talks", "accountability")
ICONS = {"dispatch": "calendar", "measure": "plus", "conflicts": "exchange", "edit": "edit", "step": "clipboard"}
WIDE = 1050  # of content from which the particulars stand in a rail; narrower they are a section
RAIL = 300
BUTTONS = 56  # below a form: its buttons, and a little room
# fmt: on


@dataclass(frozen=True)
class Shown:
    """All that the page of a record shows, read at once."""

    record: Record
    history: tuple[Change, ...]
    writable: frozenset[str]
    merged: tuple[tuple[Record, tuple[Change, ...]], ...] = ()  # that were merged into it, with their histories
    way: WayView | None = None  # of a problem: its steps
    done: Done | None = None  # what was done last with it at this desk, while it can be taken back


class RecordStory(QWidget):
    """The middle of the record page while it is read."""

    asked = Signal(str)  # what a step's button does: dispatch measure conflicts
    edit_asked = Signal()
    origin_asked = Signal(object)  # id of the inspection that found it
    complete = Signal()  # all parts of the record are shown
    exhibits_shown = Signal()  # photos and documents are shown; small pictures may be lacking

    def __init__(self, table: str, pictures: SmallPictures) -> None:
        super().__init__()
        self._pictures = pictures
        self._table = table
        self._deeds: list[Carrier] = []  # what is asked for first: its button is blue
        self._inline: list[Carrier] = []  # the others, each beside what it mends
        self._slices = Slices("next part of the record", self)
        self._slices.done.connect(self.complete)

    def build(self) -> Iterator[None]:
        """Make its parts; the window may answer in between."""
        self.stations = Stations()
        way_card = Card(pad=8)
        way_card.body.setContentsMargins(theme.px(8), theme.px(10), theme.px(8), theme.px(2))
        way_card.add(self.stations)
        yield from self._make_cards()
        yield
        left = column(self._make_tabs(), self._make_scroller(), gap=0)
        left.setStretch(1, 1)
        self._make_rail()
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(theme.px(12))
        middle.addLayout(left, 1)
        middle.addWidget(self.rail)
        way_box = column(way_card)
        way_box.setContentsMargins(0, 0, theme.px(24), 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(24), theme.px(12), 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addLayout(way_box)
        layout.addLayout(middle, 1)
        self._is_wide = True
        self.tabs.chosen.connect(self.show_section)
        self.scroller.verticalScrollBar().valueChanged.connect(self._follow)
        self.edit.clicked.connect(self.edit_asked)
        for card in (self.measures, self.dispatches, self.handling):
            card.opened.connect(self._calm)
            card.opened.connect(self._show_form)
        self.dispatches.files_wanted.connect(self._show_part)
        self.dossier.opened.connect(self._show_entry)

    def _make_cards(self) -> Iterator[None]:
        self.now = Card("现在请您做", name="ask", pad=20)
        self.now_at = label("", "small")
        self.now.tools.addWidget(self.now_at)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(theme.px(6))
        self.now.add(self._steps)
        self.texts = [Card(title) for title, _ in TEXTS[self._table]]
        self.pace = State()
        self.texts[-1].tools.addWidget(self.pace)
        self._bodies = [QVBoxLayout() for _ in self.texts]
        for card, body in zip(self.texts, self._bodies, strict=True):
            body.setSpacing(theme.px(2))
            card.add(body)
        self.counters = Facts(gap=4, label_width=150)
        self.counters_card = Card("处理结果")
        self.counters_card.add(self.counters)
        self.handling = Handling()
        self._card: Card = self.handling  # that is scrolled to
        yield
        self.measures, self.dispatches = Measures(), Dispatches()
        self.exhibits, self.dossier, self.rounds = Exhibits(), Dossier(), Rounds()
        yield
        self.remarks, self.history, self.merged = Remarks(), History(), Merged()

    def _make_tabs(self) -> Tabs:
        self.facts = Card("基本情况", pad=16)
        sections: list[tuple[str, str, QWidget]] = [
            ("now", "要做的", self.now), ("facts", "基本情况", self.facts),
            ("text", TEXTS[self._table][0][0], self.texts[0]),
        ]  # fmt: skip
        if self._table == "problem":
            sections += [("measures", "措施", self.measures), ("dispatches", "月调度", self.dispatches)]
        sections += [("exhibits", "佐证", self.exhibits)]
        sections += [("remarks", "备注", self.remarks), ("history", "历史", self.history)]
        self._sections = {key: card for key, _, card in sections}
        self.tabs = Tabs(((key, words_) for key, words_, _ in sections), plain=True)
        self.tabs.buttons["facts"].hide()
        self.tabs.choose("now")
        return self.tabs

    def _make_scroller(self) -> Scroller:
        self.scroller = Scroller(margins=(0, 8, 12, 16))
        cards: list[QWidget] = [self.now, *self.texts]
        if self._table == "problem":
            cards.insert(1, self.handling)
        cards += [self.measures, self.dispatches, self.rounds] if self._table == "problem" else [self.counters_card]
        for card in (*cards, self.exhibits, self.dossier, self.remarks, self.history, self.merged):
            self.scroller.body.addWidget(card)
        self.scroller.body.addStretch(1)
        return self.scroller

    def _make_rail(self) -> None:
        """The particulars: in a rail that scrolls by itself, or a section of the story where the window is narrow."""
        self.state = State()
        self.edit = button("修改", "quiet", icon="edit", size="slim", tip="修改这条记录（F2）")
        self.facts.tools.addWidget(self.edit)
        self.facts.top.insertWidget(1, self.state)
        self.particulars = Particulars()
        self.facts.add(self.particulars)
        self.origin = carrier("", "看发现它的那次检查", "quiet", icon="checks", size="slim")
        self.origin.handed.connect(self.origin_asked)
        self.facts.add(self.origin)
        self.rail = Scroller(margins=(0, 0, 24, 12))
        self.rail.body.addWidget(self.facts)
        self.rail.body.addStretch(1)
        self.rail.setFixedWidth(theme.px(RAIL + 24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme.px(WIDE)
        if wide != self._is_wide:
            self._is_wide = wide
            if wide:
                self.rail.body.insertWidget(0, self.facts)
            else:
                self.scroller.body.insertWidget(1, self.facts)
            self.rail.setVisible(wide)
            self.tabs.buttons["facts"].setVisible(not wide)
        side = 24 - 12 if not wide else 12
        self.scroller.body.setContentsMargins(0, theme.px(8), theme.px(side), theme.px(16))

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed in a short form that is not saved."""
        return self.measures.is_dirty or self.dispatches.is_dirty or self.remarks.is_dirty or self.handling.is_dirty

    def show_record(self, shown: Shown, today: date, *, county: bool) -> None:
        """Show a record: what is seen first at once, the parts below right after, so that the window never waits."""
        record, table = shown.record, self._table
        self._is_county = county
        live = not record.get("void")
        stations = way.stations(table, record)
        self.stations.show_stations(stations)
        at = next((number for number, one in enumerate(stations, 1) if one.state == "now"), 0)
        self.now_at.setText(f"第 {at} 步{saying.SPACE}{stations[at - 1].name}" if at else "")
        self._show_steps(way.steps(record, today, shown.way, county=county) if live else [], shown.writable)
        self._show_texts(record)
        self._slices.begin(self._show_rest(shown, today, live=live))

    def _show_rest(self, shown: Shown, today: date, *, live: bool) -> Iterator[None]:
        if shown.way is not None:
            self.handling.show_way(shown.way, today, shown.done)
            yield
        if self._table == "problem":
            may_add = live and bool(shown.writable & {"pace", "progress"})
            self._show_parts(shown.record, today, may_add=may_add)
            yield
            self.rounds.show_rounds(shown.record, today, county=self._is_county, live=may_add)
            yield
        self._show_rail(shown.record, editable=live and bool(shown.writable))
        yield
        work = {"pace", "progress"} if self._table == "problem" else {"handling"}
        self.exhibits.show_entries(
            shown.record, self._known(shown.record), writable=live and bool(shown.writable & work)
        )
        self.tabs.count("exhibits", len(self.exhibits.entries) or None)
        self.exhibits_shown.emit()
        yield
        if shown.way is not None:
            self.dossier.show_papers(shown.way.papers, writable=self.exhibits.writable)
            yield
        self._show_remarks(shown, today, live=live)
        yield
        yield from self.merged.show_merged(shown.merged, today)

    def _known(self, record: Record) -> dict[str, QImage | None]:
        return self._pictures.known(one["picture"] for one in record.get("evidence") or ())

    def finish(self) -> None:
        """Show all parts that are still to come, now."""
        self._slices.finish()

    def _show_parts(self, record: Record, today: date, *, may_add: bool) -> None:
        self.measures.show_measures(record, today, writable=may_add)
        self.dispatches.show_dispatches(record, today, writable=may_add)
        measures = record.get("measures") or ()
        done = sum(1 for one in measures if one.get("done_on"))
        self.tabs.buttons["measures"].setText(f"措施 {done} / {len(measures)}" if measures else "措施")
        self.tabs.count("dispatches", len(record.get("dispatches") or ()) or None)

    def _show_remarks(self, shown: Shown, today: date, *, live: bool) -> None:
        self.remarks.show_remarks(shown.record, today, writable=live and "remark" in shown.writable)
        self.tabs.count("remarks", len(shown.record.get("remarks") or ()) or None)
        self.history.show_history(shown.history, today)
        live_fields = shown.writable if live else frozenset()
        self.history.offer(formers(self._table, shown.history, shown.record, live_fields))
        self.tabs.count("history", self.history.count)

    def to_top(self) -> None:
        """Begin at the top again."""
        self.scroller.verticalScrollBar().setValue(0)
        self.tabs.choose(self._first())

    def scroll_to(self, value: int) -> None:
        """Be where the record before was read, as far as this one goes."""
        self._wanted = value
        QTimer.singleShot(0, self, self._scroll_back)

    @Slot()
    def _scroll_back(self) -> None:
        self.scroller.verticalScrollBar().setValue(self._wanted)

    _wanted = 0
    _is_county = False

    def _first(self) -> str:
        """The first section that is shown."""
        return next(key for key, card in self._sections.items() if not card.isHidden() and self._is_told(key))

    def _is_told(self, key: str) -> bool:
        return key != "facts" or not self._is_wide

    def show_papers(self) -> None:
        """Scroll to the papers of the file; they stand below the photos and documents."""
        self._card = self.dossier
        QTimer.singleShot(0, self, self._scroll_to_card)

    @Slot()
    def _scroll_to_card(self) -> None:
        """To a card that has no tab: the tabs would not fit."""
        self.scroller.verticalScrollBar().setValue(self._card.y() - theme.px(8))

    @Slot(bool)
    def _show_form(self, opened: bool) -> None:  # noqa: FBT001 - a slot
        """A form stands where its button was: all of it is to be seen."""
        card = self.sender()
        if opened and isinstance(card, Card):
            self._card = card
            QTimer.singleShot(0, self, self._scroll_to_form)

    @Slot()
    def _scroll_to_form(self) -> None:
        """To the card; where the form in it would end below the window, as far as shows its end and its buttons."""
        card = self._card
        form: QWidget | None = getattr(card, "form", None)
        if form is not None:
            end = card.y() + form.mapTo(card, QPoint(0, form.height())).y() + theme.px(BUTTONS)
            top = max(card.y() - theme.px(8), end - self.scroller.viewport().height())
            self.scroller.verticalScrollBar().setValue(top)

    @Slot(object)
    def _show_part(self, part: str) -> None:
        """The photos and documents of one part."""
        self.exhibits.narrow(part)
        self.show_section("exhibits")

    @Slot(object)
    def _show_entry(self, entry: str) -> None:
        """One photo or document."""
        self.exhibits.choose(entry)
        self.show_section("exhibits")

    @Slot(str)
    def show_section(self, key: str) -> None:
        """Scroll to a section; sections are never hidden."""
        self.tabs.choose(key)
        QTimer.singleShot(0, self, self._scroll)  # after what was just opened has its size

    @Slot()
    def _scroll(self) -> None:
        card = self._sections[self.tabs.current]
        first = self.tabs.current == self._first()
        self.scroller.verticalScrollBar().setValue(0 if first else card.y() - theme.px(8))

    @Slot(int)
    def _follow(self, value: int) -> None:
        """The tab follows the scroll; at the very bottom it stays, because several sections are on the screen."""
        bar = self.scroller.verticalScrollBar()
        if value < bar.maximum() or not value:
            told = [(key, card) for key, card in self._sections.items() if self._is_told(key) and not card.isHidden()]
            passed = [key for key, card in told if card.y() - theme.px(40) <= value]
            self.tabs.choose(passed[-1] if passed else self._first())

    def _show_steps(self, steps: list[way.Step], writable: frozenset[str]) -> None:
        clear(self._steps)
        self._deeds, self._inline = [], []
        self.now.heading.setText(way.heading(steps, writable, county=self._is_county))
        self.now.setVisible(bool(steps))
        self.tabs.buttons["now"].setVisible(bool(steps))
        if not steps and self.tabs.current == "now":
            self.tabs.choose("text")
        for one in steps:
            mark = picture("check" if one.done else "circle", "green" if one.done else "control", 16)
            said = label(one.text, "quiet" if one.done else "", wrap=False)
            if not one.deed or not one.may(writable):
                self._steps.addLayout(row(mark, said, None, gap=10))
                continue
            kind = one.what.partition(":")[0]
            if self._deeds:  # the first is the blue button below; others stand beside what they mend
                deed = carrier(one.what, one.deed, "quiet", size="slim")
                self._inline.append(deed)
                self._steps.addLayout(row(mark, said, deed, None, gap=10))
            else:
                deed = carrier(one.what, one.deed, "primary", icon=ICONS.get(kind, ""))
                self._deeds.append(deed)
                self._steps.addLayout(row(mark, said, None, gap=10))
            deed.handed.connect(self._press)
        if self._deeds:
            self._steps.addSpacing(theme.px(6))
            self._steps.addLayout(row(*self._deeds, None))
        forms = (self.measures.form, self.dispatches.form, self.handling.form)
        self._calm(any(one is not None for one in forms))

    @Slot(bool)
    def _calm(self, opened: bool) -> None:  # noqa: FBT001 - a slot
        """While a short form is open its own button is the blue one."""
        for at, deed in enumerate(self._deeds):
            blue = at == 0 and not opened
            retone(deed, kind="primary" if blue else "")
            kind = str(deed.value).partition(":")[0]
            deed.setIcon(icons.icon(ICONS.get(kind, "plus"), "onAccent" if blue else "text2", 16))

    def _show_texts(self, record: Record) -> None:
        for body, card, (_, names) in zip(self._bodies, self.texts, TEXTS[self._table], strict=True):
            clear(body)
            for name in names:
                text = str(record.get(name) or "")
                if not text and name != names[0]:
                    continue
                if (len(names) > 1 and name != names[0]) or card is not self.texts[0]:
                    body.addSpacing(theme.px(4))
                if len(names) > 1:
                    body.addWidget(label(label_of(self._table, name), "small"))
                body.addWidget(Prose(text or "还没有填写", "text" if text else "text2"))
        field = "pace" if self._table == "problem" else "verified"
        pace = str(record.get(field) or "")
        said = words.say(field, pace)
        self.pace.say(said, PACE_TONE.get(pace, "grey"))
        if self._table == "petition":
            filled = [(label_of("petition", name), saying.value(name, record.get(name)) or "—") for name in COUNTERS]
            self.counters.show_facts(list(filled))

    def _show_rail(self, record: Record, *, editable: bool) -> None:
        exchange = str(record.get("exchange") or "")
        self.state.say(str(record.get("exchange_said") or ""), EXCHANGE_TONE.get(exchange, "grey"))
        self.edit.setVisible(editable)
        origin = record.get("inspection_record")
        self.origin.value = origin["id"] if origin else ""
        self.origin.setVisible(bool(origin))
        self.particulars.show_facts(way.facts(self._table, record))

    @Slot(object)
    def _press(self, what: str) -> None:
        self.asked.emit(what)
