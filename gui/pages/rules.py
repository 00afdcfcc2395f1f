"""词典与规则: what the county lays down for everybody, on forms; a unit reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gui import keys, saying, theme
from gui.dialogs.question import Question
from gui.focus import reveal
from gui.jobs import Kind
from gui.page import Page
from gui.panels.rules.entries import Entries
from gui.panels.rules.letter import Template
from gui.panels.rules.small import Lights, Ticked, Typed
from gui.places import Place
from gui.session import Session
from gui.widgets.buttons import Carrier, button, carrier
from gui.widgets.frames import Card, Foot, Scroller, clear, row, upright
from gui.widgets.labels import label
from models.domain.dictionaries import DICTIONARIES
from models.domain.dictionary_differences import differences
from models.domain.dictionary_parts import (
    PARTS,
    Fault,
    Letter,
    Line,
    Number,
    Part,
    Switches,
    Table,
    Ticks,
    read,
    shown,
)
from models.errors import LedgerError
from models.services.views.dictionaries import DictionaryView
from models.services.views.home import Touched

WIDE = 208  # of the list of dictionaries
SEND, KEEP, DROP = "去写数据包", "保存", "放弃修改"
ORDER = (
    "thresholds", "dispatch_rules", "phrases", "lookback_rules", "backplan", "holidays", "notice_templates",
    "notice_rules", "routes", "papers", "closing_standards", "county_bounds", "sources", "categories",
    "trades",
)  # fmt: skip


class RulesPage(Page):
    """One dictionary at a time. What is typed counts once it is saved."""

    tables: ClassVar[frozenset[str]] = frozenset({"dictionary"})

    def __init__(self, session: Session) -> None:
        super().__init__(session, "词典与规则", back="设置")
        self._name = ORDER[0]
        self._view: DictionaryView | None = None  # the one that is shown
        self._names: dict[str, str] = {}
        self._parts: dict[str, Any] = {}
        self._after: Callable[[], Any] | None = None

    def build(self) -> Iterator[None]:
        edits = self.session.is_county
        self.header.quiet.say("县里定，各单位照着用" if edits else "由县里定，随县里的数据包更新；这里只看")
        self.choices: dict[str, Carrier] = {}
        side = Scroller(margins=(12, 12, 8, 12), gap=0)
        side.setFixedWidth(theme.px(WIDE))
        for name in ORDER:
            one = carrier(name, DICTIONARIES[name].label, "row")
            one.setCheckable(True)
            one.handed.connect(self._choose)
            self.choices[name] = one
            side.body.addWidget(one)
        side.body.addStretch(1)
        yield
        self._build_card()
        yield
        line = row(side, upright(), gap=0)
        line.addWidget(self.scroller, 1)
        middle = QWidget()
        middle.setLayout(line)
        self.put(middle, 1)
        self._build_foot(edits=edits)

    def _build_card(self) -> None:
        self.scroller = Scroller(margins=(16, 12, 24, 16))
        self.card = Card(" ", " ", pad=20, gap=12)
        self.form = QVBoxLayout()
        self.form.setSpacing(theme.px(14))
        self.history = label("", "small", wrap=True)
        self.card.add(self.form, self.history)
        self.changes = Card("将要保存的改动", pad=20, gap=6)
        self.said = label("", wrap=True, selectable=True)
        self.why = QLineEdit()
        self.why.setAccessibleName("为什么改")
        self.why.setPlaceholderText("为什么改，如：按县里某号文件（可以不写）")
        self.changes.add(self.said, self.why)
        self.changes.hide()
        self.scroller.body.addWidget(self.changes)
        self.scroller.body.addWidget(self.card)
        self.scroller.body.addStretch(1)

    def _build_foot(self, *, edits: bool) -> None:
        self.usual = button("恢复程序自带的…", "quiet")
        self.undo = button(DROP)
        self.keep = button(KEEP, "primary", tip=keys.tip("保存，随下一个包下发", "save"))
        note = label("保存后本机马上生效，随下一次给各单位写的数据包下发。", "quiet")
        self.foot = Foot(note, None, self.usual, self.undo, self.keep)
        if not edits:
            self.foot.hide()
        self.put(self.foot)
        self.usual.clicked.connect(self._back_to_usual)
        self.undo.clicked.connect(self.drop)
        self.keep.clicked.connect(self.save)
        self.notice.acted.connect(self._act)
        self._enable()

    # ------------------------------------------------------------------------------------- coming and looking

    def enter(self, place: Place) -> None:
        """Show the dictionary that a place names."""
        if place.tab in self.choices and place.tab != self._name and not self.is_dirty:
            self._name, self._stale = place.tab, True
        super().enter(place)
        self.choices[self._name].setFocus()

    def refresh(self) -> None:
        if not self.is_dirty:  # what is being typed stays; it is compared with what it began from
            self.ask(partial(self._load, self._name), self._show)

    def _load(self, name: str, _: object) -> DictionaryView:
        return self.session.office.dictionaries.show(name)

    @Slot(object)
    def _choose(self, name: str) -> None:
        for key, one in self.choices.items():
            one.setChecked(key == self._name)
        if name == self._name:
            return
        if self.is_dirty:
            self.notice.say("warning", f"“{DICTIONARIES[self._name].label}”改了还没有保存。", "", KEEP, DROP)
            return
        self.notice.hide()
        self._name = name
        self.refresh()

    @Slot(object)
    def _show(self, view: DictionaryView) -> None:
        if view.name != self._name:
            return
        self._view, self._parts = None, {}
        for key, one in self.choices.items():
            one.setChecked(key == view.name)
        self.card.heading.setText(view.label)
        self.card.quiet.setText("县里定的" if view.own else "程序自带的")
        lines = [
            f"{saying.on_day(one.at, self.session.today)} {one.by} "
            + ("恢复程序自带的" if one.default else "改过")
            + (f"：{one.why}" if one.why else "")
            for one in view.changes
        ]
        self.history.setText("改动记录：" + "；".join(lines) if lines else "还没有改过。")
        clear(self.form)
        self.changes.hide()
        self.build_more(self._fill(view))

    def _fill(self, view: DictionaryView) -> Iterator[None]:
        """The parts of one dictionary, one after the other."""
        values, made = shown(view.name, view.content), dict[str, Any]()
        for part in PARTS[view.name]:
            made[part.key] = self._part(part, values[part.key])
            self.form.addWidget(made[part.key])
            yield
        self._view, self._parts = view, made
        self._enable()

    def _part(self, part: Part, value: Any) -> QWidget:
        edits = self.session.is_county
        if isinstance(part, Table):
            one = Entries(part, edits=edits, titled=part.key != "")
            one.show_rows(value)
        else:
            one = self._small(part)
            one.put(value)
        one.changed.connect(self._typed)
        return one

    def _small(self, part: Number | Line | Ticks | Switches | Letter) -> Typed | Ticked | Lights | Template:
        edits = self.session.is_county
        if isinstance(part, Letter):
            return Template(part, edits=edits)
        if isinstance(part, Switches):
            return Lights(self.session.today, edits=edits)
        return Ticked(part, edits=edits) if isinstance(part, Ticks) else Typed(part, edits=edits)

    # ------------------------------------------------------------------------------------- typing

    @property
    def values(self) -> dict[str, Any]:
        """What is typed."""
        return {key: one.rows if isinstance(one, Entries) else one.value for key, one in self._parts.items()}

    @property
    def _differences(self) -> tuple[str, ...]:
        if self._view is None:
            return ()
        return differences(self._view.name, shown(self._view.name, self._view.content), self.values)

    @property
    def is_dirty(self) -> bool:
        return bool(self._differences)

    @Slot()
    def _typed(self) -> None:
        found = self._differences
        self.said.setText("\n".join(found))
        self.changes.setVisible(bool(found))
        for one in self._parts.values():
            one.mark(())
        self._enable()

    def _enable(self) -> None:
        dirty = self.is_dirty
        self.keep.setEnabled(dirty)
        self.undo.setEnabled(dirty)
        self.usual.setEnabled(self._view is not None and self._view.own and not dirty)

    @Slot()
    def drop(self) -> None:
        view = self._view
        if view is not None:
            self._show(view)
            self._enable()

    # ------------------------------------------------------------------------------------- saving

    @Slot()
    def save(self) -> None:
        if self._view is None or not self.is_dirty or not self.session.is_county:
            return
        content, faults = read(self._view.name, self.values)
        if faults:
            self._mark(faults)
            return
        self._lay_down(content, self.why.text().strip())

    def save_then(self, after: Callable[[], Any]) -> None:
        self._after = after
        self.save()

    def _mark(self, faults: tuple[Fault, ...]) -> None:
        self._after = None
        for key, one in self._parts.items():
            one.mark([fault for fault in faults if fault.part == key])
        self.notice.say("refusal", "有的地方填得不对，没有保存。", "不对的地方标着红字，改好再保存。")
        self._parts[faults[0].part].go_to(faults[0])
        reveal(self._parts[faults[0].part].fault)

    @Slot()
    def _back_to_usual(self) -> None:
        if self._view is None:
            return
        title, what = f"“{self._view.label}”恢复程序自带的内容？", "县里改过的内容不再生效，改动记录里看得到谁改过。"
        asked = Question(title, what, "不恢复", ("恢复", "danger"), parent=self.window())
        if asked.ask():
            self._lay_down(None, "")

    def _lay_down(self, content: Any, why: str) -> None:
        name, dictionaries = self._name, self.session.office.dictionaries

        def verb(_: object) -> DictionaryView:
            dictionaries.set(name, content, why)
            return dictionaries.show(name)

        self.ask(verb, self._laid_down, refused=self._refused, kind=Kind.SAVE)

    @Slot(object)
    def _refused(self, error: LedgerError) -> None:
        self._after = None
        self.notice.refuse(error)

    @Slot(object)
    def _laid_down(self, view: DictionaryView) -> None:
        after, self._after = self._after, None
        self.why.clear()
        self._show(view)
        self._enable()
        self.notice.say("success", f"“{view.label}”已保存，本机马上生效。", "随下一次给各单位写的数据包下发。", SEND)
        self.session.tell(Touched("*"))  # lights, months and steps follow from it
        if after is not None:
            after()

    @Slot(str)
    def _act(self, word: str) -> None:
        if word == SEND:
            self.go(Place("exchange", tab="write"))
        elif word == KEEP:
            self.notice.hide()
            self.save()
        elif word == DROP:
            self.notice.hide()
            self.drop()
