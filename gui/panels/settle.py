"""数据交换 → 冲突: the values that stand beside each other, what differs marked, and one choice."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from gui import saying, theme
from gui.differences import joined, marks
from gui.page import Panel
from gui.places import Place
from gui.session import Session
from gui.widgets.buttons import Carrier, button, carrier
from gui.widgets.empty import Empty
from gui.widgets.frames import Card, Foot, Scroller, clear, column, row, rule
from gui.widgets.labels import Elided, Prose, label
from models.domain.fields import TABLES, Type
from models.progress import Progress
from models.services.views import Conflict, Head, Touched

MERGED = "合并文字"


class HeadCard(Card):
    """One of the values: who wrote it, when, on which PC; a radio button above."""

    def __init__(self, title: str, head: Head, text: str, passages: list[tuple[int, int]], ground: str) -> None:
        super().__init__(pad=16, gap=4)
        self.choice = QRadioButton(title)
        self.choice.setFont(theme.font("bold"))
        who = saying.SPACE.join(part for part in (head.unit_name or head.unit, head.by, saying.moment(head.at)) if part)
        words = Prose()
        words.say(text or "（空）", passages, ground)
        self.add(self.choice, label(who, "small"), words)
        self.body.addStretch(1)


class SettlePanel(Panel):
    """Nothing is blocked by leaving."""

    notice_margins = (24, 12, 24, 0)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._conflicts: tuple[Conflict, ...] = ()
        self._wanted = ""
        self._id = ""
        self._texts: list[str] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._choose)
        self._shown: list[QRadioButton] = []
        self._middle = QWidget()
        middle = QHBoxLayout(self._middle)
        middle.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(12))
        middle.setSpacing(theme.px(16))
        middle.addWidget(self._make_side())
        middle.addWidget(self._make_story(), 1)
        self.where = label("", "quiet")
        self.later = button("以后再选")
        self.keep = button("就这样", "primary", icon="check")
        self.foot = Foot(self.where, None, self.later, self.keep)
        self.empty = Empty("done", "没有需要您选择的内容", "两边在互相没看到的时候都改过同一处，才会出现在这里。")
        layout = column(self.notice, self._middle, self.empty, self.foot, gap=0)
        layout.setStretch(1, 1)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.later.clicked.connect(self._skip)
        self.keep.clicked.connect(self._settle)
        self.again.clicked.connect(self._join)
        self.open.clicked.connect(self._open)
        self.text.textChanged.connect(self._typed)

    def _make_side(self) -> Card:
        self.count = label("", "h2")
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(4))
        side = Card(pad=12)
        side.setFixedWidth(theme.px(250))
        lists = Scroller(margins=(0, 0, 0, 0))
        lists.body.addLayout(self._list)
        lists.body.addStretch(1)
        note = "可以以后再选。没选之前，本机照常使用本机的内容，报送也不受影响。"
        side.add(self.count)
        side.body.addWidget(lists, 1)
        side.add(rule(), label(note, "small", wrap=True))
        return side

    def _make_story(self) -> Scroller:
        self.title = Elided("", "h2")
        self.number = label("", "quiet")
        self.open = button("打开这条记录", "quiet", icon="forward", size="slim")
        self.said = label("", "", wrap=True)
        self.before = Prose("", "text2")
        self.before_card = Card(pad=14)
        line = QHBoxLayout()
        line.setSpacing(theme.px(12))
        line.addWidget(label("改动之前", "bold"))
        line.addWidget(self.before, 1)
        self.before_card.add(line)
        self._heads = QHBoxLayout()
        self._heads.setSpacing(theme.px(12))
        story = Scroller(margins=(0, 0, 0, 12))
        story.body.addLayout(row(self.title, self.number, None, self.open))
        for part in (self.said, self.before_card):
            story.body.addWidget(part)
        story.body.addLayout(self._heads)
        story.body.addWidget(self._make_merge())
        self.other = label("", "quiet", wrap=True)
        story.body.addWidget(self.other)
        story.body.addStretch(1)
        return story

    def _make_merge(self) -> Card:
        self.merge_choice = QRadioButton(f"{MERGED}：两段都留，自己改成一段")
        self.merge_choice.setFont(theme.font("bold"))
        self.again = button("重新从两段拼起", "quiet", icon="refresh", size="slim")
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(MERGED)
        self.text.setFixedHeight(theme.px(110))
        self.merge = Card(name="ask", pad=16)
        self.merge.add(row(self.merge_choice, None, self.again))
        self.merge.add(
            label("选定后，结果会随下一个数据包带给对方，两边变成一样；两段原文都留在变更历史里。", "small", wrap=True)
        )
        self.merge.add(self.text)
        return self.merge

    def refresh(self) -> None:
        self.ask(self._read, self._show)

    def want(self, record: str) -> None:
        """Show the conflict of a record first."""
        self._wanted = record

    def _read(self, _: Progress) -> tuple[Conflict, ...]:
        return tuple(self.session.office.conflicts.list())

    @Slot(object)
    def _show(self, conflicts: tuple[Conflict, ...]) -> None:
        self._conflicts = conflicts
        self._middle.setVisible(bool(conflicts))
        self.foot.setVisible(bool(conflicts))
        self.empty.setVisible(not conflicts)
        self.count.setText(f"冲突 {len(conflicts)} 处")
        wanted = next((one for one in conflicts if self._wanted and self._wanted in (one.root, one.record)), None)
        self._wanted = ""
        if conflicts:
            self._show_one(wanted or next((one for one in conflicts if one.id == self._id), conflicts[0]))

    def _show_list(self) -> None:
        clear(self._list)
        for one in self._conflicts:
            entry: Carrier = carrier(one.id, "", "tile")
            entry.setCheckable(True)
            entry.setChecked(one.id == self._id)
            entry.setAccessibleName(f"{one.title} {one.label}")
            words = column(Elided(one.title, "bold" if one.id == self._id else ""), label(one.label, "small"), gap=0)
            words.setContentsMargins(theme.px(12), theme.px(6), theme.px(8), theme.px(6))
            entry.setLayout(words)
            entry.handed.connect(self._go)
            self._list.addWidget(entry)

    def _show_one(self, conflict: Conflict) -> None:
        self._id = conflict.id
        self._show_list()
        self.title.say(conflict.title)
        self.number.setText(conflict.number)
        units = list(dict.fromkeys(one.unit_name or one.unit for one in conflict.heads))
        who = "和".join(units) + ("" if len(units) > 1 else "的两台电脑")
        self.said.setText(f"{conflict.label}：{who}在互相没看到的时候都改过，请您选一个。")
        before = saying.value(conflict.field, conflict.before)
        self.before.say(before or "（空）")
        self.before_card.setVisible(bool(before))
        clear(self._heads)
        for one in self._shown:
            self._group.removeButton(one)
        self._shown = []
        texts = [saying.value(conflict.field, one.value) for one in conflict.heads]
        own = self.session.here.unit
        for at, head in enumerate(conflict.heads):
            other = texts[1 - at] if len(texts) == 2 else ""
            mine = head.device == self.session.here.device
            there = "用本单位另一台电脑的" if head.unit == own else f"用{head.unit_name or head.unit}的"
            title = "用本机的" if mine else there
            card = HeadCard(title, head, texts[at], marks(texts[at], other), "mine" if at == 0 else "theirs")
            card.choice.setEnabled(conflict.mine)
            self._group.addButton(card.choice, at)
            self._shown.append(card.choice)
            self._heads.addWidget(card, 1)
        field = TABLES.get(conflict.table, {}).get(conflict.field)
        is_text = field is not None and field.type is Type.TEXT and conflict.mine
        self.merge.setVisible(is_text)
        self._group.addButton(self.merge_choice, 99)
        self._texts = texts
        if is_text:
            self._join()
        if is_text and field is not None and field.long:
            self.merge_choice.setChecked(True)
        else:
            self._uncheck()
        self.other.setText(
            "" if conflict.mine else "这一栏由对方填写，由填写的单位或县环委办来选；选定后会随数据包带过来。"
        )
        self.other.setVisible(not conflict.mine)
        at = self._conflicts.index(conflict)
        self.where.setText(f"第 {at + 1} 处，共 {len(self._conflicts)} 处")
        self.keep.setText("\u2002就这样，看下一处" if at + 1 < len(self._conflicts) else "\u2002就这样")
        self.later.setText("以后再选")
        self._watch()

    @property
    def _current(self) -> Conflict | None:
        return next((one for one in self._conflicts if one.id == self._id), None)

    def _uncheck(self) -> None:
        self._group.setExclusive(False)
        for one in self._group.buttons():
            one.setChecked(False)
        self._group.setExclusive(True)

    def _watch(self) -> None:
        conflict = self._current
        self.keep.setEnabled(conflict is not None and conflict.mine and self._group.checkedId() >= 0)

    @Slot(int)
    def _choose(self, _which: int) -> None:
        self._watch()

    @Slot()
    def _typed(self) -> None:
        if self.text.hasFocus():
            self.merge_choice.setChecked(True)
            self._watch()

    @Slot()
    def _join(self) -> None:
        self.text.setPlainText(joined(*self._texts[:2]) if len(self._texts) == 2 else "\n".join(self._texts))

    @Slot(object)
    def _go(self, id_: str) -> None:
        conflict = next((one for one in self._conflicts if one.id == id_), None)
        if conflict is not None:
            self._show_one(conflict)

    @Slot()
    def _skip(self) -> None:
        conflict = self._current
        at = self._conflicts.index(conflict) + 1 if conflict else 0
        if at < len(self._conflicts):
            self._show_one(self._conflicts[at])
        else:
            self.go(Place("exchange", tab="read"))

    @Slot()
    def _settle(self) -> None:
        conflict, which = self._current, self._group.checkedId()
        if conflict is None or which < 0:
            return
        service = self.session.office.conflicts
        at = self._conflicts.index(conflict) + 1
        self._id = self._conflicts[at].id if at < len(self._conflicts) else ""
        if which < len(conflict.heads):
            self.ask(lambda _: service.settle(conflict.id, head=which), self._settled)
        else:
            text = self.text.toPlainText().strip()
            self.ask(lambda _: service.settle(conflict.id, value=text), self._settled)

    @Slot(object)
    def _settled(self, _: object) -> None:
        self.notice.say("success", "已选定。", "会随下一个数据包带给对方，两边变成一样。")
        self.session.tell(Touched("*"))

    @Slot()
    def _open(self) -> None:
        if self._current is not None:
            table = self._current.table if self._current.table in {"problem", "petition"} else "problem"
            self.go(Place(f"{table}/record", id=self._current.root))
