"""数据交换 → 冲突: the values that stand beside each other, what differs marked, and one choice."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPlainTextEdit, QRadioButton, QWidget

from gui import saying, theme
from gui.jobs import Kind
from gui.panel import Panel
from gui.panels.exchange.settle_many import SettleMany
from gui.panels.exchange.settle_parts import BothCard, Compared, ConflictList, HeadCard, compare, texts_of
from gui.places import Place
from gui.session import Session
from gui.widgets.buttons import GAP, button
from gui.widgets.empty import Empty
from gui.widgets.frames import Card, Foot, Scroller, clear, column, row
from gui.widgets.labels import Elided, Prose, label
from models.domain.field import Type
from models.domain.fields import TABLES, TOPS
from models.progress import Progress
from models.services.views.exchange import Conflict
from models.services.views.home import Touched

MERGED = "合并文字"
BOTH, MERGE = 98, 99  # the choices beside the values themselves


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
        self.several = button("一次选定几处", tip="先在左边打钩；选定之前列出每一处会变成什么")
        self.keep = button("就这样", "primary", icon="check")
        self.foot = Foot(self.where, None, self.later, self.several, self.keep)
        self.empty = Empty("done", "没有需要您选择的内容", "两边在互相没看到的时候都改过同一处，才会出现在这里。")
        self.many = SettleMany(session.here)
        layout = column(self.notice, self._middle, self.empty, self.many, self.foot, gap=0)
        for at in (1, 2, 3):
            layout.setStretch(at, 1)
        self.setLayout(layout)
        for part in (self._middle, self.empty, self.many, self.foot):
            part.hide()  # until it is known which of them is true
        self.list.wanted.connect(self._go)
        self.later.clicked.connect(self._skip)
        self.list.ticked.connect(self._say_ticked)
        self.several.clicked.connect(self._begin_many)
        self.many.left.connect(self._end_many)
        self.many.chosen.connect(self._settle_many)
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
        self.both = BothCard()
        story.body.addWidget(self.both)
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
        self._show_part()
        wanted = next((one for one in conflicts if self._wanted and self._wanted in (one.root, one.record)), None)
        self._wanted = ""
        if conflicts:
            self._show_one(wanted or next((one for one in conflicts if one.id == self._id), conflicts[0]))

    def _show_part(self, *, many: bool = False) -> None:
        """The conflicts one by one, several of them together, or that there are none."""
        some = bool(self._conflicts)
        self._middle.setVisible(some and not many)
        self.foot.setVisible(some and not many)
        self.many.setVisible(some and many)
        self.empty.setVisible(not some)

    def _show_one(self, conflict: Conflict) -> None:
        self._id, self._compared = conflict.id, None
        self.list.show_conflicts(self._conflicts, conflict.id)
        self.title.say(conflict.title)
        self.number.setText(conflict.number)
        self.open.setVisible(conflict.kind in TOPS)  # others have no page of their own
        units = list(dict.fromkeys(one.unit_name or one.unit for one in conflict.heads))
        who = "和".join(units) + ("" if len(units) > 1 else "的两台电脑")
        self.said.setText(f"{conflict.label}：{who}在互相没看到的时候都改过，请您选一个。")
        before = saying.value(conflict.field, conflict.before, conflict.table)
        self.before.say(before or "（空）")
        self.before_card.setVisible(bool(before))
        self._show_heads(conflict)
        field = TABLES.get(conflict.table, {}).get(conflict.field)
        is_text = field is not None and field.type is Type.TEXT and conflict.mine
        self.merge.setVisible(is_text)
        self.both.show_text(conflict.both if conflict.mine else None)
        self._group.addButton(self.both.choice, BOTH)
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
        self._watch()
        self.ask(lambda _: compare(conflict), self._show_compared)

    def _show_heads(self, conflict: Conflict) -> None:
        for one in self.choices:
            self._group.removeButton(one)
        clear(self._heads)
        self._cards, here = [], self.session.here
        elsewhere = [one.unit for one in conflict.heads if one.device != here.device]
        for at, (head, text) in enumerate(zip(conflict.heads, texts_of(conflict), strict=True)):
            alone = elsewhere.count(head.unit) < 2
            card = HeadCard(head, text, here, "mine" if at == 0 else "theirs", alone=alone)
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
        elif which == BOTH:
            self.ask(lambda _: service.settle(conflict.id, both=True), self._settled, kind=Kind.SAVE)
        else:
            text = self.text.toPlainText().strip()
            self.ask(lambda _: service.settle(conflict.id, value=text), self._settled, kind=Kind.SAVE)

    @Slot(object)
    def _settled(self, _: object) -> None:
        self._say_settled("已选定。")

    def _say_settled(self, title: str) -> None:
        self.notice.say("success", title, "会随下一个数据包带给对方，两边变成一样；两边原文都在变更历史里。")
        self.session.tell(Touched("*"))

    # ------------------------------------------------------------------------------------- several at once

    @Slot()
    def _say_ticked(self) -> None:
        count = len(self.list.chosen)
        self.several.setText(f"一次选定 {count} 处…" if count > 1 else "一次选定几处…")
        self.several.setEnabled(count > 1)
        self.several.setVisible(len(self.list.boxes) > 1)

    @Slot()
    def _begin_many(self) -> None:
        chosen = self.list.chosen
        self.notice.hide()
        self._show_part(many=True)
        self.many.begin([one for one in self._conflicts if one.id in chosen])

    @Slot()
    def _end_many(self) -> None:
        self._show_part()
        self.several.setFocus()

    @Slot(object)
    def _settle_many(self, chosen: tuple[tuple[str, str], ...]) -> None:
        service = self.session.office.conflicts
        self.ask(lambda _: service.settle_many(chosen), self._settled_many, ended=self._end_many, kind=Kind.LONG)

    @Slot(object)
    def _settled_many(self, count: int) -> None:
        self._say_settled(f"{count} 处已选定。")

    @Slot()
    def _open(self) -> None:
        if self._current is not None:
            self.go(Place(f"{self._current.kind}/record", id=self._current.root))
