"""What a conflict is shown by: the list of places, the values beside each other, what differs worked out beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QRadioButton, QVBoxLayout

from gui import saying, theme
from gui.differences import joined, marks
from gui.widgets.buttons import carrier
from gui.widgets.frames import Card, Scroller, clear, column, rule
from gui.widgets.labels import Elided, Prose, label
from models.services.views.exchange import Conflict, Head
from models.services.views.home import Here

Marks = list[tuple[int, int]]


@dataclass(frozen=True)
class Compared:
    """What two values have in common and what not; comparing long texts takes a while, so it is done beforehand."""

    id: str
    marks: tuple[Marks, ...]
    joined: str


def texts_of(conflict: Conflict) -> list[str]:
    """The values in words."""
    return [saying.value(conflict.field, one.value) for one in conflict.heads]


def compare(conflict: Conflict) -> Compared:
    """Work out what differs."""
    texts = texts_of(conflict)
    if len(texts) != 2:
        return Compared(conflict.id, tuple([] for _ in texts), "\n".join(texts))
    return Compared(conflict.id, (marks(*texts), marks(texts[1], texts[0])), joined(*texts))


def whose(head: Head, here: Here) -> str:
    """What the choice of a value is called."""
    if head.device == here.device:
        return "用本机的"
    return "用本单位另一台电脑的" if head.unit == here.unit else f"用{head.unit_name or head.unit}的"


class HeadCard(Card):
    """One of the values: who wrote it, when, on which PC; a radio button above."""

    def __init__(self, head: Head, text: str, here: Here, ground: str) -> None:
        super().__init__(pad=16, gap=4)
        self.choice = QRadioButton(whose(head, here))
        self.choice.setFont(theme.font("bold"))
        place = "本机" if head.device == here.device else f"电脑 {head.device[:8].upper()}"
        facts = (head.unit_name or head.unit, head.by if head.by != place else "", saying.moment(head.at), place)
        self._ground, self._text = ground, text or "（空）"
        self.words = Prose()
        self.words.say(self._text)
        self.who = Elided(saying.SPACE.join(part for part in facts if part), "small")
        self.add(self.choice, self.who, self.words)
        self.body.addStretch(1)

    def mark(self, passages: Marks) -> None:
        """Mark what the other value does not have."""
        self.words.say(self._text, passages, self._ground)


class ConflictList(Card):
    """The places that wait for a choice."""

    wanted = Signal(object)  # id of a conflict

    def __init__(self) -> None:
        super().__init__(pad=12)
        self.setFixedWidth(theme.px(250))
        self.count = label("", "h2")
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(4))
        lists = Scroller(margins=(0, 0, 0, 0))
        lists.body.addLayout(self._list)
        lists.body.addStretch(1)
        note = "可以以后再选。没选之前，本机照常使用本机的内容，报送也不受影响。"
        self.add(self.count)
        self.body.addWidget(lists, 1)
        self.add(rule(), label(note, "small", wrap=True))

    def show_conflicts(self, conflicts: Sequence[Conflict], now: str) -> None:
        """List them; one is the present one."""
        self.count.setText(f"冲突 {len(conflicts)} 处")
        clear(self._list)
        for one in conflicts:
            entry = carrier(one.id, "", "tile")
            entry.setCheckable(True)
            entry.setChecked(one.id == now)
            entry.setAccessibleName(f"{one.title} {one.label}")
            words = column(Elided(one.title, "bold" if one.id == now else ""), label(one.label, "small"), gap=0)
            words.setContentsMargins(theme.px(12), theme.px(6), theme.px(8), theme.px(6))
            entry.setLayout(words)
            entry.handed.connect(self._hand)
            self._list.addWidget(entry)

    @Slot(object)
    def _hand(self, id_: str) -> None:
        self.wanted.emit(id_)
