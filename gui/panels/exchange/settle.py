"""数据交换 → 冲突: the values that stand beside each other, what differs marked, and one choice."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPlainTextEdit, QRadioButton, QWidget

from gui import saying, theme
from gui.jobs import Kind
from gui.page import Panel
from gui.panels.exchange.settle_parts import Compared, ConflictList, HeadCard, compare, texts_of
from gui.places import Place
from gui.session import Session
from gui.widgets.buttons import GAP, button
from gui.widgets.empty import Empty
from gui.widgets.frames import Card, Foot, Scroller, clear, column, row
from gui.widgets.labels import Elided, Prose, label
from models.domain.fields import TABLES, Type
from models.progress import Progress
from models.services.views.exchange import Conflict
from models.services.views.home import Touched

MERGED = "合并文字"
MERGE = 99  # the choice of the third value


class SettlePanel(Panel):
    """Nothing is blocked by leaving."""

    notice_margins = (24, 12, 24, 0)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._conflicts: tuple[Conflict, ...] = ()
        self._wanted = ""
        self._id = ""
        self._compared: Compared | None = None
        self._cards: list[HeadCard] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._choose)
        self.list = ConflictList()
        self._middle = QWidget()
        middle = QHBoxLayout(self._middle)
        middle.setContentsMargins(theme.px(24), theme.px(16), theme.px(12), theme.px(12))
        middle.setSpacing(theme.px(16))
        middle.addWidget(self.list)
        middle.addWidget(self._make_story(), 1)
        self.where = label("", "quiet")
        self.later = button("以后再选")
        self.rest = button("", tip="这一处和后面的都用对方的内容；两边原文都留在变更历史里")
        self.keep = button("就这样", "primary", icon="check")
        self.foot = Foot(self.where, None, self.later, self.rest, self.keep)
        self.empty = Empty("done", "没有需要您选择的内容", "两边在互相没看到的时候都改过同一处，才会出现在这里。")
        layout = column(self.notice, self._middle, self.empty, self.foot, gap=0)
        layout.setStretch(1, 1)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        for part in (self._middle, self.foot, self.empty):
            part.hide()  # until it is known which
        for part in (self._middle, self.empty, self.foot):
            part.hide()  # until it is known which of them is true
        self.list.wanted.connect(self._go)
        self.later.clicked.connect(self._skip)
        self.rest.clicked.connect(self._settle_rest)
        self.keep.clicked.connect(self._settle)
        self.again.clicked.connect(self._join)
        self.open.clicked.connect(self._open)
        self.text.textChanged.connect(self._typed)

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

    @property
    def choices(self) -> list[QRadioButton]:
        """The values that may be chosen."""
        return [one.choice for one in self._cards]

    @property
    def _current(self) -> Conflict | None:
        return next((one for one in self._conflicts if one.id == self._id), None)

    # ------------------------------------------------------------------------------------- showing

    @Slot(object)
    def _show(self, conflicts: tuple[Conflict, ...]) -> None:
        self._conflicts = conflicts
        self._middle.setVisible(bool(conflicts))
        self.foot.setVisible(bool(conflicts))
        self.empty.setVisible(not conflicts)
        wanted = next((one for one in conflicts if self._wanted and self._wanted in (one.root, one.record)), None)
        self._wanted = ""
        if conflicts:
            self._show_one(wanted or next((one for one in conflicts if one.id == self._id), conflicts[0]))

    def _show_one(self, conflict: Conflict) -> None:
        self._id, self._compared = conflict.id, None
        self.list.show_conflicts(self._conflicts, conflict.id)
        self.title.say(conflict.title)
        self.number.setText(conflict.number)
        units = list(dict.fromkeys(one.unit_name or one.unit for one in conflict.heads))
        who = "和".join(units) + ("" if len(units) > 1 else "的两台电脑")
        self.said.setText(f"{conflict.label}：{who}在互相没看到的时候都改过，请您选一个。")
        before = saying.value(conflict.field, conflict.before)
        self.before.say(before or "（空）")
        self.before_card.setVisible(bool(before))
        self._show_heads(conflict)
        field = TABLES.get(conflict.table, {}).get(conflict.field)
        is_text = field is not None and field.type is Type.TEXT and conflict.mine
        self.merge.setVisible(is_text)
        self._group.addButton(self.merge_choice, MERGE)
        self.text.setPlainText("\n".join(texts_of(conflict)))
        self._uncheck()
        self.merge_choice.setChecked(is_text and field is not None and field.long)
        self.other.setText(
            "" if conflict.mine else "这一栏由对方填写，由填写的单位或县环委办来选；选定后会随数据包带过来。"
        )
        self.other.setVisible(not conflict.mine)
        at = self._conflicts.index(conflict)
        self.where.setText(f"第 {at + 1} 处，共 {len(self._conflicts)} 处")
        self.keep.setText(f"{GAP}就这样，看下一处" if at + 1 < len(self._conflicts) else f"{GAP}就这样")
        rest = self._rest_of(at)
        self.rest.setVisible(len(rest) > 1)
        self.rest.setText(f"从这里起 {len(rest)} 处都用{'各单位' if self.session.is_county else '对方'}的")
        self._watch()
        self.ask(lambda _: compare(conflict), self._show_compared)

    def _show_heads(self, conflict: Conflict) -> None:
        for one in self.choices:
            self._group.removeButton(one)
        clear(self._heads)
        self._cards, here = [], self.session.here
        for at, (head, text) in enumerate(zip(conflict.heads, texts_of(conflict), strict=True)):
            card = HeadCard(head, text, here, "mine" if at == 0 else "theirs")
            card.choice.setEnabled(conflict.mine)
            self._group.addButton(card.choice, at)
            self._cards.append(card)
            self._heads.addWidget(card, 1)

    @Slot(object)
    def _show_compared(self, compared: Compared) -> None:
        """Mark what differs, and put the texts together, unless the person went on meanwhile."""
        if compared.id != self._id:
            return
        self._compared = compared
        for card, passages in zip(self._cards, compared.marks, strict=False):
            card.mark(passages)
        if any(compared.marks):
            self.said.setText(f"{self.said.text()}不同的字已标出。")
        if not self.text.document().isModified():
            self._join()

    def _uncheck(self) -> None:
        self._group.setExclusive(False)
        for one in self._group.buttons():
            one.setChecked(False)
        self._group.setExclusive(True)

    def _watch(self) -> None:
        conflict = self._current
        self.keep.setEnabled(conflict is not None and conflict.mine and self._group.checkedId() >= 0)

    # ------------------------------------------------------------------------------------- choosing

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
        if self._compared is not None:
            self.text.setPlainText(self._compared.joined)

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
            self.ask(lambda _: service.settle(conflict.id, head=which), self._settled, kind=Kind.SAVE)
        else:
            text = self.text.toPlainText().strip()
            self.ask(lambda _: service.settle(conflict.id, value=text), self._settled, kind=Kind.SAVE)

    def _rest_of(self, at: int) -> list[str]:
        """From a place on: the conflicts between this unit and one other that this unit may settle."""
        own = self.session.here.unit
        return [
            one.id
            for one in self._conflicts[at:]
            if one.mine and len(one.heads) == 2 and sum(head.unit == own for head in one.heads) == 1
        ]

    @Slot()
    def _settle_rest(self) -> None:
        conflict = self._current
        if conflict is None:
            return
        service, rest = self.session.office.conflicts, self._rest_of(self._conflicts.index(conflict))
        self.ask(lambda _: [service.settle(one, take="theirs") for one in rest], self._settled, kind=Kind.LONG)

    @Slot(object)
    def _settled(self, done: object) -> None:
        count = len(done) if isinstance(done, list) else 1
        title = "已选定。" if count == 1 else f"{count} 处都用了对方的内容。"
        self.notice.say("success", title, "会随下一个数据包带给对方，两边变成一样；两边原文都在变更历史里。")
        self.session.tell(Touched("*"))

    @Slot()
    def _open(self) -> None:
        if self._current is not None:
            table = self._current.table if self._current.table in {"problem", "petition"} else "problem"
            self.go(Place(f"{table}/record", id=self._current.root))
