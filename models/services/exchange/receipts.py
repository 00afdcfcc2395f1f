"""《数据接收回执》: what this home took in, as it says so itself; or what the other side said of a package from here.

The same report travels in the first frame of the next package, inside its signature and its sealing (sync.md 5.6).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from models.domain import template
from models.domain.paper import Fields, Paper, Table, Text, facts
from models.domain.template import Known
from models.errors import LedgerError
from models.services.base.desk import Desk
from models.services.exchange import reports
from models.services.views.exchange import Answer
from models.store.local_schema import pkg_report
from models.store.schema import pkg_in, pkg_out

TITLE, FORM = "数据接收回执", "receipt"
_LIST = "接收条数"
_COUNTS = Table((), (1, 1), ("项目", "条数"), frozenset({0, 1}))
_FACTS = (
    "报送单位",
    "接收单位",
    "包号",
    "写出时间",
    "接收时间",
    "校验值（SHA-256）",
    "两边内容核对",
    "接收人",
    "接收电脑",
    "说明",
)
RECEIPT = Paper(
    TITLE,
    (
        Text("兹收到【报送单位】移动存储介质报送的数据包一个，接收情况如下："),
        facts(*((name, template.place(name)) for name in _FACTS)),
        replace(_COUNTS, rows=(template.row(_LIST, _COUNTS),)),
    ),
    foot="接收单位（盖章）：【盖章单位】        接收人（签字）：            日期：    年  月  日",
)
KNOWN = Known(template.places(RECEIPT), {_LIST: _COUNTS.headings})


@dataclass(eq=False)
class NoReceipt(LedgerError):
    """There is no receipt for this package, or not yet."""

    code = "S132"
    title = "没有这个包的回执"
    wanted: str

    @property
    def message(self) -> str:
        which = f"“{self.wanted}”" if self.wanted else "任何数据包"
        return f"还没有{which}的回执，没有写出文件，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请核对包号：读入过的包才有本机给出的回执；本机写出的包，要等对方的下一个包读进来才有回执。"


def given(desk: Desk, connection: Connection, wanted: str) -> Paper:
    """The receipt of this home for a package that it took in; none named: the newest."""
    row = find_in(connection, wanted)
    names = desk.registry(connection).units
    said: dict[str, Any] = json.loads(row.report)
    whole = connection.scalar(select(pkg_report.c.sha256).where(pkg_report.c.package == row.pk)) or b""
    answer = Answer(
        desk.settings["device"], "", str(said.get("imported", row.imported)), said.get("created", 0),
        said.get("updated", 0), said.get("unchanged", 0), said.get("conflicts", 0), said.get("held", 0),
        said.get("refused", 0), said.get("agrees"), str(said.get("user", "")), whole.hex(),
        str(said.get("message", "")),
    )  # fmt: skip
    here = desk.here().name
    return _paper(
        sender=f"{names.get(row.unit, row.unit)}（{row.unit}）", receiver=f"{here}（{desk.settings['unit']}）",
        number=row.number, written="", answer=answer, sent="", foot=here,
    )  # fmt: skip


def got(desk: Desk, connection: Connection, wanted: str) -> Paper:
    """What the other side said of a package that was written here; none named: the newest it spoke of."""
    for row in _written(connection, wanted):
        if found := reports.answers(connection, [row.pk]).get(row.pk):
            names, here = desk.registry(connection).units, desk.here().name
            receiver = names.get(row.unit, row.unit)
            return _paper(
                sender=f"{here}（{desk.settings['unit']}）", receiver=f"{receiver}（{row.unit}）", number=row.number,
                written=row.made, answer=found[-1], sent=row.sha256.hex(), foot=receiver,
            )  # fmt: skip
    raise NoReceipt(wanted)


def find_in(connection: Connection, wanted: str) -> Row[Any]:
    """A package that was taken in, by its number or id; the newest of several, or of all."""
    listed = select(pkg_in).order_by(pkg_in.c.pk.desc()).limit(1)
    if wanted:
        listed = listed.where(or_(pkg_in.c.number == _number(wanted), pkg_in.c.id == _id(wanted)))
    row = connection.execute(listed).first()
    if row is None:
        raise NoReceipt(wanted)
    return row


def _written(connection: Connection, wanted: str) -> list[Row[Any]]:
    listed = select(pkg_out).order_by(pkg_out.c.pk.desc())
    if wanted:
        listed = listed.where(or_(pkg_out.c.number == _number(wanted), pkg_out.c.id == _id(wanted)))
    return list(connection.execute(listed))


def _number(wanted: str) -> int:
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else -1


def _id(wanted: str) -> bytes:
    try:
        return bytes.fromhex(wanted)
    except ValueError:
        return b""


def _paper(
    *, sender: str, receiver: str, number: int, written: str, answer: Answer, sent: str, foot: str
) -> Paper:  # fmt: skip
    counts = (
        ("新增", answer.created), ("更新", answer.updated), ("无变化", answer.unchanged),
        ("冲突（待选择）", answer.conflicts), ("未应用", answer.held), ("不归该单位填、未接收", answer.refused),
    )  # fmt: skip
    same = "" if not sent else "（与写出时一致）" if sent == answer.sha256 else "（与写出时不一致，请核实）"
    agrees = {True: "一致", False: "不一致，下次交换自动补齐", None: "本包没有说明"}[answer.agrees]
    values = (
        sender, receiver, f"第 {number} 包", reports.moment(written) or "—", reports.moment(answer.imported),
        f"{answer.sha256 or '—'}{same}", agrees, answer.user or "—", answer.device[:8].upper(), answer.message,
    )  # fmt: skip
    rows = tuple((name, str(count)) for name, count in counts)
    said = Fields({**dict(zip(_FACTS, values, strict=True)), "盖章单位": foot}, {_LIST: replace(_COUNTS, rows=rows)})
    return replace(template.filled(RECEIPT, said), form=FORM)
