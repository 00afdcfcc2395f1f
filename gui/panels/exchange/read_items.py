"""The packages that were found: what each is, what became of it, and the one thing that can be done about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gui import saying
from gui.tables.columns import RIGHT, Column
from models.domain import words
from models.services.views.exchange import PackageCard, Report

# fmt: off
STATE_TONE = {"new": "accent", "damaged": "red", "newer": "yellow", "trial": "yellow", "unknown": "yellow",
              "enrol": "yellow"}
RESULT_TONE = {"imported": "green", "already": "grey", "skipped": "grey", "refused": "red"}
TAKEN = {"new", "older", "already"}
LOOK, CHOOSE, HELP, ENROL, SAY, LOG = "看变化", "处理冲突", "怎么办", "去登记", "说明", "看记录"
# State of a file → what can be done about it.
ACTS = {"new": LOOK, "older": LOOK, "already": LOG, "damaged": HELP, "newer": HELP, "trial": HELP, "unknown": HELP,
        "enrol": ENROL, "other": SAY, "own": SAY}
# fmt: on
READING = "正在读入"


@dataclass(frozen=True)
class Item:
    """A package of the list, and what became of it."""

    card: PackageCard
    report: Report | None = None
    now: bool = False  # it is being read

    @property
    def is_welcome(self) -> bool:
        """Whether it is the county's answer to a request."""
        return self.card.kind == "welcome" and self.card.state in TAKEN

    @property
    def is_ready(self) -> bool:
        """Whether it can be imported."""
        return self.report is None and self.card.state in {"new", "older"} and self.card.kind != "welcome"

    @property
    def act(self) -> str:
        """The one thing that can be done about it."""
        if self.report is not None:
            return HELP if self.report.result == "refused" else CHOOSE if self.report.to_choose else LOOK
        return ENROL if self.is_welcome else ACTS.get(self.card.state, "")


def in_order(cards: Sequence[PackageCard]) -> list[Item]:
    """What can be imported first, older numbers of a sender before newer ones; then what is odd."""
    urgent = {"new": 0, "older": 0, "enrol": 1, "unknown": 1, "damaged": 2, "newer": 2, "trial": 2}
    return [Item(card) for card in sorted(cards, key=lambda c: (urgent.get(c.state, 3), c.sender, c.number))]


def state_of(item: Item) -> str:
    """What a package is called; only the words of the exchange."""
    if item.now:
        return READING
    if item.report is not None:
        return words.RESULT.get(item.report.result, item.report.result)
    if item.is_welcome:
        return words.PACKAGE["welcome"]
    return words.PACKAGE.get(item.card.state, item.card.state)


def _tone(item: Item) -> str:
    if item.now:
        return "accent"
    if item.report is not None:
        return RESULT_TONE.get(item.report.result, "grey")
    return STATE_TONE.get(item.card.state, "grey")


def said(item: Item) -> str:
    """What there is to say of it, in short."""
    report = item.report
    if report is None:
        return item.card.message
    if report.result != "imported":
        return report.message
    if report.files:
        return f"收到照片等 {report.files} 个{_lacking(report.missing_files)}"
    return counts(report.created, report.updated, report.conflicts, report.held) + _lacking(report.missing_files)


def _lacking(count: int) -> str:
    return f"，缺照片 {count} 张" if count else ""


def counts(created: int, updated: int, conflicts: int, held: int) -> str:
    """What a package brought, as a line of a list."""
    parts = ((created, "新增"), (updated, "更新"), (conflicts, "冲突"), (held, "未应用"))
    return "，".join(f"{word} {count}" for count, word in parts if count) or "没有新内容"


# fmt: off
COLUMNS = (
    Column("from", "来自", lambda i: i.card.sender_name or i.card.sender or saying.MISSING, 140, bold=lambda _: True),
    Column("number", "编号", lambda i: f"第 {i.card.number} 包" if i.card.number else saying.MISSING, 76, small=True),
    Column("made", "生成时间", lambda i: saying.moment(i.card.made), 128, small=True),
    Column("size", "大小", lambda i: saying.size(i.card.bytes), 72, small=True, align=RIGHT),
    Column("state", "状态", state_of, 108, "state", tone=_tone),
    Column("said", "结果", said, tip=lambda i: f"{said(i)}\n{i.card.path}",
           below=lambda i: i.card.path.name),
    Column("act", "", lambda i: "" if i.now else i.act, 88, tone=lambda _: "accent"),
)
# fmt: on


def found_sentence(items: Sequence[Item]) -> str:
    """What lies there, before anything is read."""
    ready = sum(one.is_ready for one in items)
    others = Counter(state_of(one) for one in items if not one.is_ready)
    rest = "，".join(f"{count} 个{word}" for word, count in others.items())
    if not ready and any(one.report is not None for one in items):
        return f"{len(items)} 个包：{rest}。" if len(items) > 1 else f"这个包{state_of(items[0])}。"
    first = f"{ready} 个可以导入" if ready else "没有可以导入的"
    return f"找到 {len(items)} 个包：{first}{f'，{rest}' if rest else ''}。"


def total_sentence(reports: Sequence[Report]) -> str:
    """What several packages did together; the words of the one where it is one."""
    reports = [one for one in reports if one.result != "refused"]  # spoilt copies, where they are not told themselves
    if len(reports) == 1:
        return reports[0].message
    return f"{len(reports)} 个包都已处理：{_together(reports)}。"


def _together(reports: Sequence[Report]) -> str:
    created, updated = sum(one.created for one in reports), sum(one.updated for one in reports)
    conflicts = sum(one.to_choose for one in reports)
    choose = f"；{conflicts} 处需要您选择" if conflicts else ""
    received = sum(one.files for one in reports)
    photos = f"；收到照片和文档 {received} 个" if received else ""
    return f"新增 {created} 条，更新 {updated} 条{photos}{choose}"


def refused_sentence(refused: Sequence[Report], others: Sequence[Report], senders: Sequence[str]) -> tuple[str, str]:
    """What was not imported, whose it is, and what to do; with what became of the others."""
    first, rest = refused[0], f"其余 {len(others)} 个都已处理：{_together(others)}。" if others else ""
    if len(refused) == 1:
        said = f"{senders[0]}的包没有导入" if others else "1 个包没有导入"
        return f"{said}：{first.message}", f"{first.way_out}{rest}"
    named = "、".join(dict.fromkeys(senders))
    return f"{len(refused)} 个包没有导入：{named}。", f"为什么、怎么办，点那一行的“{HELP}”。{rest}"


def after_sentence(reports: Sequence[Report], *, county: bool) -> str:
    """What comes next."""
    held = sum(one.held for one in reports)
    parts = [f"{held} 条暂不能应用，已留存；缺少的前文到了会自动补上。"] if held else []
    back = "给各单位写包时，回执会一起带去。" if county else "下次报送时，回执会一起带去。"
    parts.append(f"可以拔出 U 盘了。{back}")
    return "".join(parts)


def ready_paths(items: Sequence[Item]) -> list[Path]:
    """The packages that can be imported, in their order."""
    return [one.card.path for one in items if one.is_ready]
