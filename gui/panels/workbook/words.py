"""What the import assistant says: what a column may become, what a row will do, which rows are no records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gui import saying
from gui.tables.columns import Column
from gui.tables.sheet_cells import STATE
from models.domain.field import Owner
from models.domain.fields import DATE_OF_STATE, TABLES
from models.domain.fields import label as label_of
from models.services.views.workbooks import CellNote, RowView, WorkbookView

# Without one of these columns no row is a record.
SUBJECT = {"problem": ("description",), "petition": ("content", "receipt_number"), "source": ("name",)}
SEVERAL = 3  # cells of one column with the same matter: more of them are told as one
FEW_NAMES = 3  # units that are named
OWN_ALONE = "只要本单位的，请先在 Excel 里筛出来另存一份再导入；照样导入，它们也会进本单位的台账。"
MOST_TOLD = 4  # kinds of rows that the line below the sheet tells
# What a row is that is no record → what is done with it.
_PASSED = {
    "合计": "合计行，不导入", "落款或说明": "落款或说明，不导入",
    "重复的表头": "重复的标题行，不导入", "另一张表的表头": "下面另一种表的标题行",
    "标题": "标题，不导入", "栏次": "栏次行，不导入", "示例": "示例行，不导入",
    "填写提示": "填写提示，不导入", "只有序号": "只有序号，不导入",
}  # fmt: skip


def choices(table: str) -> list[tuple[str, str]]:
    """What a column may become."""
    own = [
        (name, one.label)
        for name, one in TABLES[table].items()
        if one.owner is not Owner.LOCAL and name != "number" and not one.by_verb
    ]
    if table == "source":  # a row tells of its permit too
        return [*own, *((f"permit.{name}", one.label) for name, one in TABLES["permit"].items())]
    days = [(name, label_of(table, name)) for name, (source, _) in DATE_OF_STATE.items() if source in TABLES[table]]
    return [
        *own,
        *(pair for pair in days if pair[0] not in TABLES[table]),
        ("remark", f"记入{label_of(table, 'remark')}"),
    ]


def lacking(book: WorkbookView, table: str) -> str:
    """What the columns still lack before any row can be imported; "" where nothing."""
    if not book.heading_rows:
        return "还没有选标题行"
    if open_ := sum(not one.sure for one in book.columns):
        return f"还有 {open_} 栏没选"
    if not any(one.field in SUBJECT[table] for one in book.columns):
        return f"还没有说哪一栏是“{label_of(table, SUBJECT[table][0])}”"
    return ""


def said(line: RowView, table: str) -> str:
    """What a row changes, and what is the matter with its cells; each with its address."""
    changes = [
        f"{_at(line, name)}{label_of(table, name)}：{saying.value(name, now) or '（空）'} → "
        f"{saying.value(name, then) or '（空）'}"
        for name, now, then in line.changes
        if line.state != "new"
    ]
    return "；".join([*changes, *(note_said(one) for one in line.notes)])


def clipped(text: str, most: int = 24) -> str:
    """A text that fits into a sentence."""
    return text if len(text) <= most else f"{text[:most]}…"


def note_said(note: CellNote) -> str:
    """A note in one sentence: C6“2026.2.30”：2月没有 30 日."""
    value = f"“{clipped(note.value)}”" if note.value else ""
    return f"{note.cell}{value}：{note.why}" if note.cell or value else note.why


def _at(line: RowView, name: str) -> str:
    return f"{line.cells[name]} " if name in line.cells else ""


def cell_of(line: RowView) -> str:
    """The cell of a row that one should look at first: a complaint, else a change."""
    for note in line.notes:
        if note.cell[:1].isascii() and note.cell[-1:].isdigit():
            return note.cell
    return next((line.cells[name] for name, _, _ in line.changes if name in line.cells), "")


def row_columns(table: str) -> tuple[Column, ...]:
    """The columns of what each row will do."""

    def what(line: RowView) -> str:
        return said(line, table)

    # fmt: off
    return (
        Column("number", "行", lambda r: str(r.number), 56, small=True),
        Column("state", "结果", lambda r: STATE.get(r.state, (r.state, ""))[0], 84, "state",
               tone=lambda r: STATE.get(r.state, ("", "grey"))[1]),
        Column("title", "内容", lambda r: r.title, 230, tip=lambda r: r.title),
        Column("what", "改什么、为什么", what, small=True, tip=what,
               tone=lambda r: "red" if r.state == "refused" else "yellow" if r.notes else "quiet"),
    )
    # fmt: on


def told(book: WorkbookView) -> list[tuple[int, str, str]]:
    """Rows that are no records: the first of them, the rows in words, and what is done with them."""
    kinds: dict[str, list[int]] = {}
    for number, what in book.passed:
        if what.startswith("分组"):
            what = "分组行，填到下面各行"  # noqa: PLW2901 - said shorter
        elif what.startswith("与第"):
            what = "与上一行是同一条"  # noqa: PLW2901
        kinds.setdefault(_PASSED.get(what, what), []).append(number)
    found = [(min(book.heading_rows), _rows(list(book.heading_rows)), "认作标题行")] if book.heading_rows else []
    found += [(numbers[0], _rows(numbers), words) for words, numbers in kinds.items()]
    return found


def _rows(numbers: list[int]) -> str:
    if len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"第 {numbers[0]}–{numbers[-1]} 行"
    shown = "、".join(str(number) for number in numbers[:3])
    return f"第 {shown} 行" if len(numbers) <= 3 else f"第 {shown} 等 {len(numbers)} 行"


def column_of(address: str) -> str:
    """The letters of a cell: B of B5; "" for what is no cell."""
    letters = address.rstrip("0123456789")
    return letters if letters != address and letters.isascii() and letters.isalpha() else ""


def together(notes: Iterable[CellNote]) -> list[list[CellNote]]:
    """Notes that say the same of many cells of one column stand together; each other one stands alone."""
    found: dict[tuple[str, str], list[CellNote]] = {}
    for one in notes:
        found.setdefault((column_of(one.cell), one.why), []).append(one)
    groups: list[list[CellNote]] = []
    for (column, _), same in found.items():
        groups += [same] if column and len(same) > SEVERAL else [[one] for one in same]
    return groups


def of_others(book: WorkbookView, own: str) -> str:
    """How many new rows name another unit than this one, and which, the most frequent first; "" where none does."""
    named = Counter(
        str(then)
        for row in book.rows if row.state == "new"
        for field, _, then in row.changes if field == "township" and then
        if own not in str(then) and str(then) not in own
    )  # fmt: skip
    if not named:
        return ""
    names = "、".join(name for name, _ in named.most_common(FEW_NAMES))
    return f"这张表里有 {named.total()} 条写的不是本单位：{names}{'等单位' if len(named) > FEW_NAMES else ''}。"
