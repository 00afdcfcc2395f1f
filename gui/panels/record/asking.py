"""What may be asked, answered and looked at again for one problem: requests, another round, look-backs."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from gui.dialogs.paper import Paper
from gui.jobs import Kind
from gui.page import Page
from models.domain import words
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.lists import Record

LOOKBACK_FORM = (
    "looked_on",
    "people",
    "up_to_standard",
    "relapsed",
    "derived",
    "feigned",
    "facilities",
    "papers_kept",
    "opinion",
)


class Deed(NamedTuple):
    """One thing that may be done, and the paper that is filled in for it."""

    key: str  # kind, or kind:id
    word: str  # in the menu and as the title
    text: str
    table: str
    names: tuple[str, ...]
    required: tuple[str, ...]
    verb: str


# fmt: off
_EXTENSION = Deed(
    "extension", words.REQUEST_KIND["extension"],
    "写明要延到哪一天和理由。县里同意后新的时限当场生效，原来的时限留在历史里。",
    "request", ("wanted_deadline", "reason"), ("wanted_deadline", "reason"), "提交申请",
)
_LONG = Deed(
    "to_long_term", f"申请{words.REQUEST_KIND['to_long_term']}", "写明理由。县里同意后，从审批那天起按长期坚持管理。",
    "request", ("reason",), ("reason",), "提交申请",
)
_RESTART = Deed(
    "restart", words.REQUEST_KIND["restart"], "写明为什么要重新整改。县里同意后另开一轮，上一轮的日期保持原样。",
    "request", ("reason",), ("reason",), "提交申请",
)
_OPEN = Deed(
    "open", "重新整改", "反弹的问题另开一轮整改：上一轮的日期和已报出的数字都不变。重新整改时间不写，就是今天。",
    "cycle", ("opened_on", "reason", "basis"), ("reason", "basis"), "另开一轮",
)
_LOOKBACK = Deed(
    "lookback", "登记回头看", "看过现场以后登记。写了“反弹”的：县里登记就另开一轮整改，乡镇登记就向县里申请重启。",
    "lookback", LOOKBACK_FORM, ("up_to_standard", "relapsed", "derived"), "登记",
)
# fmt: on


def deeds(record: Record, writable: frozenset[str], *, county: bool) -> list[Deed]:
    """What may be done with this problem now."""
    if record.get("void") or "pace" not in writable:
        return []
    waiting = {one.get("kind") for one in record.get("requests") or () if not one.get("decision")}
    done = record.get("stage") in {"completed", "closing", "closed"}
    planned = any(not one.get("looked_on") for one in record.get("lookbacks") or ())
    may = [_LOOKBACK] if done or planned else []
    if done:
        may.append(_OPEN if county else _RESTART)
    else:
        may += [_EXTENSION, _LONG] if record.get("deadline_kind") != "long_term" else [_EXTENSION]
    made = [one for one in may if one.key not in waiting]
    if county:
        made += [_answer(one) for one in record.get("requests") or () if not one.get("decision")]
    made += [_derive(one) for one in record.get("lookbacks") or () if one.get("looked_on") and is_lacking(one)]
    return made


def is_lacking(lookback: Record) -> bool:
    """Whether a look-back found something beside that is not registered yet."""
    return lookback.get("derived") == "true" and not lookback.get("derived_problem")


def _answer(request: Record) -> Deed:
    kind = str(request.get("kind") or "")
    wanted = str(request.get("wanted_deadline") or "")
    text = f"理由：{request.get('reason') or '没有写'}。" + (f"申请延到 {wanted}，可以另定一天。" if wanted else "")
    names = ("decision", "wanted_deadline", "opinion") if wanted else ("decision", "opinion")
    word = f"审批：{words.REQUEST_KIND.get(kind, '')}"
    return Deed(f"decide:{request['id']}", word, text, "request", names, ("decision",), "审批")


def _derive(lookback: Record) -> Deed:
    day = lookback.get("looked_on")
    text = f"{day} 回头看时发现的新问题，登记后和这个问题相互关联：乡镇、来源、牵头单位相同。"
    return Deed(
        f"derive:{lookback['id']}", "登记衍生的问题", text, "problem", ("description",), ("description",), "登记"
    )


class Asking(QObject):
    """Does what the menu and the card of a problem offer."""

    done = Signal(str)  # the sentence to say of what can be taken back

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._record: Record = {}
        self._deeds: dict[str, Deed] = {}
        self._typed: dict[tuple[str, str], dict[str, str]] = {}  # what was refused: it is not typed twice
        self._doing = ("", "")
        self._word = ""  # of what is being done

    def stand(self, record: Record, writable: frozenset[str]) -> None:
        """Another record is shown."""
        self._record = record
        self._deeds = {one.key: one for one in deeds(record, writable, county=self._page.session.is_county)}

    @property
    def offered(self) -> tuple[Deed, ...]:
        """What may be done now."""
        return tuple(self._deeds.values())

    @Slot(object)
    def act(self, key: str) -> None:
        """Fill in the paper of a deed, and write what it says."""
        deed = self._deeds.get(key)
        if deed is None:
            return
        self._doing, self._word = (str(self._record["id"]), key), deed.word
        paper = Paper(
            deed.word, deed.text, (deed.table, deed.names), deed.required, deed.verb,
            values=self._typed.get(self._doing, {}), today=self._page.session.today, parent=self._page,
        )  # fmt: skip
        if values := paper.ask():
            self._typed[self._doing] = values
            write = self._writer(key, str(self._record["id"]), values)
            self._page.ask(write, self._done, kind=Kind.SAVE)

    def _writer(self, key: str, id_: str, values: dict[str, str]) -> Callable[[Progress], Record]:
        office = self._page.session.office
        kind, _, part = key.partition(":")

        def write(_: Progress) -> Record:
            match kind:
                case "decide":
                    return office.requests.decide(id_, part, values)
                case "open":
                    return office.cycles.open(id_, values)
                case "lookback":
                    return office.lookbacks.add(id_, values)
                case "derive":
                    return office.lookbacks.derive(id_, part, values)
                case _:
                    return office.requests.ask(id_, {"kind": kind, **values})

        return write

    @Slot(object)
    def _done(self, record: Record) -> None:
        self._typed.pop(self._doing, None)
        session, ids = self._page.session, frozenset({str(self._record.get("id")), str(record.get("id"))})
        if undo := str(record.get("undo") or ""):
            word = self._word
            session.done.add(word, undo, ids)
            self.done.emit(f"{word}：已保存到本机。")
            return
        session.tell(Touched("problem", ids))
        self._page.notice.say("success", "已保存到本机。", "会随下一个数据包送到对方。")
