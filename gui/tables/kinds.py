"""What the lists of problems and petitions differ in: their words, views and filters, as data."""

from __future__ import annotations

from dataclasses import dataclass

from models.domain import words


@dataclass(frozen=True)
class Kind:
    """What the lists of problems and petitions differ in."""

    title: str
    one: str
    views: tuple[tuple[str, str], ...]
    filters: tuple[tuple[str, str], ...]
    empty: tuple[str, str, str]
    hint: str
    quick: str  # the field that is changed in several records most often


# Views that are shown only while they hold something: most people never meet them.
RARE = ("unclaimed", "conflict", "review", "void")
# Views that stand in the menu 更多.
FOLDED = ("due_7", "due_30", "void")


# fmt: off
KINDS = {
    "problem": Kind(
        "督察整改", "问题",
        (("", "全部"), ("overdue", "逾期"), ("due_month", "本月到期"),
         ("no_dispatch", "未填本月调度"), ("closed", words.CLOSING_STAGE["closed"]), ("unclaimed", "未认领"),
         ("conflict", "冲突"), ("review", "待复核"), ("due_7", "7 天内到期"), ("due_30", "30 天内到期"),
         ("void", "已作废")),
        (("light", "灯"), ("source", "来源"), ("township", "乡镇"), ("deadline_year", "时限"), ("stage", "阶段"),
         ("pace", "进度"), ("person", "责任人"), ("exchange", "报送")),
        ("clipboard", "还没有督察整改问题",
         "把县里交办的台账（Excel）导进来，或者一个一个登记。读入县里的数据包，新交办的问题也会出现在这里。"),
        "在督察整改中查找，如 bfqc", "person",
    ),
    "petition": Kind(
        "信访件", "信访件",
        (("", "全部"), ("open", words.FINISH_STATE["open"]),
         ("closed", words.CLOSING_STAGE["closed"]), ("conflict", "冲突"), ("void", "已作废")),
        (("batch", "批次"), ("township", "行政区域"), ("kinds", "污染类型"), ("stage", "办理"),
         ("exchange", "报送")),
        ("mail", "还没有信访件",
         "把交办信访件的汇总表（Excel）导进来，或者一件一件登记。读入县里的数据包，新交办的也会出现在这里。"),
        "在信访件中查找，如受理编号", "person",
    ),
}
# fmt: on
