"""What a conflict is shown by: the list of places, the values beside each other, what differs worked out beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QRadioButton, QVBoxLayout

from gui import saying, theme
from gui.differences import joined, marks
from gui.widgets.buttons import carrier
from gui.widgets.frames import Card, Scroller, clear, column, row, rule
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
    return [saying.value(conflict.field, one.value, conflict.table) for one in conflict.heads]


def compare(conflict: Conflict) -> Compared:
    """Work out what differs."""
    texts = texts_of(conflict)
    if len(texts) != 2:
        return Compared(conflict.id, tuple([] for _ in texts), "\n".join(texts))
    return Compared(conflict.id, (marks(*texts), marks(texts[1], texts[0])), joined(*texts))


def _pc(head: Head) -> str:
    return f"电脑 {head.device[:8].upper()}"


def whose(head: Head, here: Here, *, alone: bool = True) -> str:
    """What the choice of a value is called; `alone`: the others are not of the same unit."""
    if head.device == here.device:
        return "用本机的"
    unit = "本单位" if head.unit == here.unit else head.unit_name or head.unit
    if not alone:
        return f"用{unit}{_pc(head)} 的"
    return "用本单位另一台电脑的" if head.unit == here.unit else f"用{unit}的"


class HeadCard(Card):
    """One of the values: who wrote it, when, on which PC; a radio button above."""

    def __init__(self, head: Head, text: str, here: Here, ground: str, *, alone: bool = True) -> None:
        super().__init__(pad=16, gap=4)
        self.choice = QRadioButton(whose(head, here, alone=alone))
        self.choice.setFont(theme.font("bold"))
        place = "本机" if head.device == here.device else _pc(head)
        facts = (saying.author(head.unit_name or head.unit, head.by), saying.moment(head.at), place)
        self._ground, self._text = ground, text or "（空）"
        self.words = Prose()
        self.words.say(self._text)
        self.who = Elided(saying.SPACE.join(part for part in facts if part), "small")
        self.add(self.choice, self.who, self.words)
        self.body.addStretch(1)

    def mark(self, passages: Marks) -> None:
        """Mark what the other value does not have."""
        self.words.say(self._text, passages, self._ground)


class BothCard(Card):
    """两者都留: what the field would hold then; a radio button above."""

    def __init__(self) -> None:
        super().__init__(pad=16, gap=4)
        self.choice = QRadioButton("两者都留，不用改")
        self.choice.setFont(theme.font("bold"))
        self.words = Prose()
        self.add(self.choice, self.words)

    def show_text(self, text: str | None) -> None:
        """Show what keeps both; it is not offered where there can be only one."""
        self.setVisible(text is not None)
        self.words.say(text or "")


class ConflictList(Card):
    """The places that wait for a choice; some of them can be ticked, to be settled together."""

    wanted = Signal(object)  # id of a conflict
    ticked = Signal()

    def __init__(self) -> None:
        super().__init__(pad=12)
        self.setFixedWidth(theme.px(270))
        self.count = label("", "h2")
        self.all = QCheckBox("全选")
        self.all.setTristate(True)
        self.boxes: dict[str, QCheckBox] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(4))
        lists = Scroller(margins=(0, 0, 0, 0))
        lists.body.addLayout(self._list)
        lists.body.addStretch(1)
        note = "可以以后再选。没选之前照常使用，台账里先显示其中一个，报送也不受影响。"
        self.body.addLayout(row(self.count, None, self.all))
        self.body.addWidget(lists, 1)
        self.add(rule(), label(note, "small", wrap=True))
        self.all.clicked.connect(self._tick_all)

    @property
    def chosen(self) -> frozenset[str]:
        """Ids of the conflicts that are ticked."""
        return frozenset(id_ for id_, box in self.boxes.items() if box.isChecked())

    def show_conflicts(self, conflicts: Sequence[Conflict], now: str) -> None:
        """List them; one is the present one. Ticks stay."""
        chosen = self.chosen
        self.count.setText(f"冲突 {len(conflicts)} 处")
        clear(self._list)
        self.boxes = {}
        mine = [one for one in conflicts if one.mine]
        self.all.setVisible(len(mine) > 1)
        for one in conflicts:
            entry = carrier(one.id, "", "tile")
            entry.setCheckable(True)
            entry.setChecked(one.id == now)
            entry.setAccessibleName(f"{one.title} {one.label}")
            words = column(Elided(one.title, "bold" if one.id == now else ""), label(one.label, "small"), gap=0)
            words.setContentsMargins(theme.px(12), theme.px(6), theme.px(8), theme.px(6))
            entry.setLayout(words)
            entry.handed.connect(self._hand)
            line = row(gap=0)
            if len(mine) > 1:
                line.addWidget(self._box(one, ticked=one.id in chosen))
            line.addWidget(entry, 1)
            self._list.addLayout(line)
        self._tell()

    def _box(self, conflict: Conflict, *, ticked: bool) -> QCheckBox:
        box = QCheckBox()
        box.setAccessibleName(f"选中 {conflict.title} {conflict.label}")
        box.setEnabled(conflict.mine)
        if conflict.mine:
            box.setChecked(ticked)
            box.clicked.connect(self._tell)
            self.boxes[conflict.id] = box
        else:
            box.setToolTip("这一栏由对方来选")
        return box

    @Slot()
    def _tick_all(self) -> None:
        on = len(self.chosen) < len(self.boxes)
        for box in self.boxes.values():
            box.setChecked(on)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        count, state = len(self.chosen), Qt.CheckState
        whole = state.Checked if count == len(self.boxes) else state.PartiallyChecked
        self.all.setCheckState(whole if count else state.Unchecked)
        self.ticked.emit()

    @Slot(object)
    def _hand(self, id_: str) -> None:
        self.wanted.emit(id_)
