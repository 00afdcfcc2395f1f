"""A record to read: its stations, what it asks for now, its parts as cards in one scroll area, its particulars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import saying, theme
from gui.done import Done
from gui.panels.record import telling, way
from gui.panels.record.dispatches import Dispatches
from gui.panels.record.dossier import Dossier
from gui.panels.record.exhibits import Exhibits
from gui.panels.record.handling import Handling
from gui.panels.record.history import History, Remarks
from gui.panels.record.measures import Measures
from gui.panels.record.merged import Merged
from gui.panels.record.now import Now
from gui.panels.record.rounds import Rounds
from gui.panels.record.sections import Sections
from gui.panels.record.telling import Telling
from gui.small_pictures import SmallPictures
from gui.widgets.buttons import carrier
from gui.widgets.chips import PACE_TONE, State
from gui.widgets.facts import Facts
from gui.widgets.frames import Card, clear, column
from gui.widgets.labels import Prose, label
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
WIDE = 1050  # of content from which the particulars stand in a rail; narrower they are a section
RAIL = 300
# fmt: on


@dataclass(frozen=True)
class Shown(telling.Shown):
    """All that the page of a record shows, read at once."""

    merged: tuple[tuple[Record, tuple[Change, ...]], ...] = ()  # that were merged into it, with their histories
    way: WayView | None = None  # of a problem: its steps
    done: Done | None = None  # what was done last with it at this desk, while it can be taken back


class RecordStory(Telling):
    """The middle of the record page while it is read."""

    origin_asked = Signal(object)  # id of the inspection that found it

    def __init__(self, table: str, pictures: SmallPictures) -> None:
        super().__init__(table, pictures, WIDE)

    def build(self) -> Iterator[None]:
        """Make its parts; the window may answer in between."""
        self.stations = Stations()
        way_card = Card(pad=8)
        way_card.body.setContentsMargins(theme.px(8), theme.px(10), theme.px(8), theme.px(2))
        way_card.add(self.stations)
        yield from self._make_cards()
        yield
        self._make_facts("修改这条记录（F2）")
        self._make_origin()
        self._make_sections()
        left = column(self.tabs, self.scroller, gap=0)
        left.setStretch(1, 1)
        self._make_rail(RAIL)
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
        self.now.asked.connect(self.asked)
        for card in (self.measures, self.dispatches, self.handling):
            card.opened.connect(self.now.calm)
            card.opened.connect(self._sections.show_form)
        self.dispatches.files_wanted.connect(self._show_part)
        self.dossier.opened.connect(self._show_entry)

    def _make_cards(self) -> Iterator[None]:
        self.now = Now()
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
        yield
        self.measures, self.dispatches = Measures(), Dispatches()
        self.exhibits, self.dossier, self.rounds = Exhibits(), Dossier(), Rounds()
        yield
        self.remarks, self.history, self.merged = Remarks(), History(), Merged()

    def _make_origin(self) -> None:
        self.origin = carrier("", "看发现它的那次检查", "quiet", icon="checks", size="slim")
        self.origin.handed.connect(self.origin_asked)
        self.facts.add(self.origin)

    def _make_sections(self) -> None:
        sections: list[tuple[str, str, QWidget]] = [
            ("now", "要做的", self.now), ("facts", "基本情况", self.facts),
            ("text", TEXTS[self._table][0][0], self.texts[0]),
        ]  # fmt: skip
        if self._table == "problem":
            sections += [("measures", "措施", self.measures), ("dispatches", "月调度", self.dispatches)]
        sections += [("exhibits", "佐证", self.exhibits)]
        sections += [("remarks", "备注", self.remarks), ("history", "历史", self.history)]
        self.tabs = Tabs(((key, words_) for key, words_, _ in sections), plain=True)
        self.tabs.buttons["facts"].hide()
        self.tabs.choose("now")
        cards: list[QWidget] = [self.now, *self.texts]
        if self._table == "problem":
            cards.insert(1, self.handling)
        cards += [self.measures, self.dispatches, self.rounds] if self._table == "problem" else [self.counters_card]
        cards += [self.exhibits, self.dossier, self.remarks, self.history, self.merged]
        self._make_scroller(cards, top=8)
        self._sections = Sections(self.tabs, self.scroller, {key: card for key, _, card in sections})
        self._sections.elsewhere = "facts"

    def _place_facts(self, *, wide: bool) -> None:
        super()._place_facts(wide=wide)
        self.tabs.buttons["facts"].setVisible(not wide)
        self._sections.elsewhere = "facts" if wide else ""

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
        self.now.say_station(stations)
        self._show_now(way.steps(record, today, shown.way, county=county) if live else [], shown.writable)
        self._show_texts(record)
        self._slices.begin(self._show_rest(shown, today, live=live))

    def _show_rest(self, shown: Shown, today: date, *, live: bool) -> Iterator[None]:
        if shown.way is not None:
            self.handling.show_way(shown.way, today, shown.done, above=self.now.offers)
            yield
        if self._table == "problem":
            may_add = live and bool(shown.writable & {"pace", "progress"})
            self._show_parts(shown.record, today, may_add=may_add)
            yield
            self.rounds.show_rounds(shown.record, today, county=self._is_county, live=may_add)
            yield
        self._show_facts(shown.record, editable=live and bool(shown.writable))
        self._show_origin(shown.record)
        yield
        work = {"pace", "progress"} if self._table == "problem" else {"handling"}
        self._show_exhibits(shown.record, writable=live and bool(shown.writable & work))
        self.tabs.count("exhibits", len(self.exhibits.entries) or None)
        yield
        if shown.way is not None:
            self.dossier.show_papers(shown.way.papers, writable=self.exhibits.writable)
            yield
        self._show_past(shown, today, live=live)
        self.tabs.count("remarks", len(shown.record.get("remarks") or ()) or None)
        self.tabs.count("history", self.history.count)
        yield
        yield from self.merged.show_merged(shown.merged, today)

    def _show_parts(self, record: Record, today: date, *, may_add: bool) -> None:
        self.measures.show_measures(record, today, writable=may_add)
        self.dispatches.show_dispatches(record, today, writable=may_add)
        measures = record.get("measures") or ()
        done = sum(1 for one in measures if one.get("done_on"))
        self.tabs.buttons["measures"].setText(f"措施 {done} / {len(measures)}" if measures else "措施")
        self.tabs.count("dispatches", len(record.get("dispatches") or ()) or None)

    def _show_now(self, steps: list[way.Step], writable: frozenset[str]) -> None:
        self.now.show_steps(steps, writable, county=self._is_county)
        self.tabs.buttons["now"].setVisible(bool(steps))
        if not steps and self.tabs.current == "now":
            self.tabs.choose("text")
        forms = (self.measures.form, self.dispatches.form, self.handling.form)
        self.now.calm(any(one is not None for one in forms))

    _is_county = False

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

    def _show_origin(self, record: Record) -> None:
        origin = record.get("inspection_record")
        self.origin.value = origin["id"] if origin else ""
        self.origin.setVisible(bool(origin))

    # ------------------------------------------------------------------------------------- going about in it

    def to_top(self) -> None:
        """Begin at the top again."""
        self._sections.to_top()

    def scroll_to(self, value: int) -> None:
        """Be where the record before was read, as far as this one goes."""
        self._sections.return_to(value)

    def show_section(self, key: str) -> None:
        """Scroll to a section."""
        self._sections.go_to(key)

    def show_papers(self) -> None:
        """Scroll to the papers of the file; they stand below the photos and documents."""
        self._sections.go_to_card(self.dossier)

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
