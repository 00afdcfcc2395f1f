"""上次没有保存的内容还在: what was typed last time is offered, one draft after the other."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from gui import saying
from gui.drafts import DISPATCH, EDIT, MEASURE, PERMIT, REMARK, Draft, Drafts
from gui.panels.record.groups import field_of, put_value
from gui.widgets.notice import Notice
from models.domain.fields import TABLES, label
from models.services.views.lists import Record

GO_ON, LET_GO, PUT_BACK = "接着填", "不要了", "放回来"
NAMED = 6  # fields that are named
NEW = {"campaign": "新的一次"}  # what a draft of a record is called that is not there yet, if not 新登记


class DraftOffer(Notice):
    """Offers the drafts of the record that is shown. What is let go can be put back while one stays."""

    taken = Signal(object)  # Draft: go on with it

    def __init__(self, drafts: Drafts, *, below: int = 0) -> None:
        super().__init__(24, 12, 24, below)
        self._drafts = drafts
        self._waiting: list[Draft] = []
        self._gone: Draft | None = None
        self._now: Record = {}  # what stands in the ledger
        self.acted.connect(self._act)

    @property
    def draft(self) -> Draft | None:
        """The draft that is offered."""
        return self._waiting[0] if self._waiting else None

    def offer(self, table: str, record: str, typing: frozenset[str], now: Record) -> None:
        """Offer the drafts of a record but for those that are being typed; `now` is what stands in the ledger."""
        self._now = now
        self._waiting = [one for one in self._drafts.of(table, record) if one.name not in typing]
        self._gone = None
        self._show()

    def end(self) -> None:
        """Offer nothing any more."""
        self._waiting, self._gone = [], None
        self.hide()

    def _show(self) -> None:
        if not self._waiting:
            if self._gone is None:
                self.hide()
            return
        draft = self._waiting[0]
        more = f"{saying.SPACE}后面还有 {len(self._waiting) - 1} 份。" if len(self._waiting) > 1 else ""
        self.say(
            "info", f"上次没有保存的内容还在（{_moment(draft.at)}）", describe(draft, self._now) + more, GO_ON, LET_GO
        )

    @Slot(str)
    def _act(self, word: str) -> None:
        if word == PUT_BACK and self._gone is not None:
            self._drafts.keep(self._gone)
            self._waiting.insert(0, self._gone)
            self._gone = None
            self._show()
            return
        if not self._waiting:
            return
        draft = self._waiting.pop(0)
        self._gone = None
        if word == GO_ON:
            self._show()
            self.taken.emit(draft)
            return
        self._drafts.forget(draft)
        self._gone = draft
        if self._waiting:
            self._show()
        else:
            self.say("info", "草稿已放下，台账没有改动。", "放错了可以放回来。", PUT_BACK)


def describe(draft: Draft, now: Record | None = None) -> str:
    """What a draft holds, in one sentence."""
    if draft.part == REMARK:
        return f"备注：{_short(draft.values.get('text', ''))}"
    if draft.part == DISPATCH:
        month = draft.values.get("month", "")
        return (
            f"{saying.month(month) if month else ''}月调度：{_short(draft.values.get('progress', '')) or _names(draft)}"
        )
    if draft.part == MEASURE:
        return f"{'修改' if draft.piece else '新的'}措施：{_short(draft.values.get('text', '')) or _names(draft)}"
    if draft.part == PERMIT:
        return f"{'修改' if draft.piece else '新的'}许可证：{_names(draft)}"
    said = (
        f"{'' if draft.record else NEW.get(draft.table, '新登记') + '，'}填了 {len(draft.values)} 处：{_names(draft)}。"
    )
    if now is None or draft.part != EDIT or not draft.record:
        return said
    changed = [
        name for name, value in draft.values.items()
        if name in draft.base and put_value(now, name) not in (draft.base[name], value)
    ]  # fmt: skip
    if changed:
        labels = "、".join(label(draft.table, name) for name in changed[:NAMED])
        said += f"台账里的{labels}后来也改过，接着填时两个值都会列出来，由您选。"
    return said


def _names(draft: Draft) -> str:
    table = draft.part if draft.part in TABLES else draft.table
    known = [name for name in draft.values if name in TABLES[table] or table == draft.table]
    labels = [field_of(table, name).label if table != draft.table else label(table, name) for name in known]
    return "、".join(labels[:NAMED]) + (f"等 {len(labels)} 处" if len(labels) > NAMED else "")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:60]}…"


def _moment(at: str) -> str:
    """11月23日 10:42."""
    day, time = saying.date_of(at), saying.moment(at)
    return f"{day.month}月{day.day}日 {time[-5:]}" if day is not None else time
