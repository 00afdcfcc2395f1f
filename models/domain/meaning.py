"""What each figure means, in words that stand beside it, and which record it counts. Rates have switches.

The figures themselves are added up by domain/tally.py; a test holds both to one another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from models.domain import facts
from models.domain.light import SLOW
from models.domain.tally import Item, PetitionCounts, ProblemCounts, Standing
from models.domain.words import CLOSING_STAGE, COMPLETION, DEADLINE_KIND, FINISH_STATE


@dataclass(frozen=True)
class Figure:
    """One figure: its name in the tally, its heading, what it means, and whether it counts a record on a day."""

    name: str
    heading: str
    says: str
    counts: Callable[[Item, Standing, str], bool]


@dataclass(frozen=True)
class Meaning:
    """How figures are read; every one of these may be switched where they are shown."""

    merged_once: bool = False  # petitions that were merged count once
    without_long_term: bool = False  # rates of problems: long-term ones neither above nor below the line
    closed_of_completed: bool = False  # the rate of closing is of those completed, not of all
    staged_is_finished: bool = False  # the rate of finishing counts 阶段性办结 too


SWITCHES = {
    "merged_once": "合并的信访件只算一件",
    "without_long_term": "完成率、销号率不计长期坚持",
    "closed_of_completed": "销号率按已完成的算",
    "staged_is_finished": "办结率计入阶段性办结",
}


class Rate(NamedTuple):
    """A part of a whole; both are numbers of records."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return self.part / self.whole if self.whole else None

    def __str__(self) -> str:
        return "—" if self.share is None else f"{self.share:.1%}"


def _long(standing: Standing) -> bool:
    return standing.kind == "long_term"


# fmt: off
PROBLEMS = (
    Figure("total", "总数", "到截至日已经发现、还没有作废的全部问题",
           lambda _i, _p, _d: True),
    Figure("time_limited", DEADLINE_KIND["time_limited"],
           "不是长期坚持的问题：立行立改、限期整改，和有时限又要长期坚持的",
           lambda _i, p, _d: not _long(p)),
    Figure("completed", COMPLETION["completed"], "限期整改中，到截至日已经完成整改的；已销号的都算完成",
           lambda _i, p, _d: not _long(p) and p.completed),
    Figure("closed", CLOSING_STAGE["closed"], "限期整改中，到截至日已经销号的",
           lambda _i, p, _d: not _long(p) and p.closing == "closed"),
    Figure("closing", CLOSING_STAGE["closing"], "限期整改中，已经完成、申请了销号、还没有销号的",
           lambda _i, p, _d: not _long(p) and p.completed and p.closing == "closing"),
    Figure("remaining", "剩余", "限期整改减去已完成",
           lambda _i, p, _d: not _long(p) and not p.completed),
    Figure("long_term", DEADLINE_KIND["long_term"], "整改类型是长期坚持、没有到期日的问题",
           lambda _i, p, _d: _long(p)),
    Figure("long_term_completed", "长期中已完成", "长期坚持中，到截至日已经完成整改的",
           lambda _i, p, _d: _long(p) and p.completed),
    Figure("long_term_closed", "长期中已销号", "长期坚持中，到截至日已经销号的",
           lambda _i, p, _d: _long(p) and p.closing == "closed"),
    Figure("behind", "未达序时", "还没有完成，序时进度是未达到或尚未启动的，长期坚持也在内",
           lambda _i, p, _d: not p.completed and p.pace in SLOW),
    Figure("reopened", "重新整改", "到截至日因反弹或申请重启、已是第二轮或以后的",
           lambda _i, p, _d: p.cycle > 1),
)
PETITIONS = (
    Figure("total", "总数", "到截至日已经受理、还没有作废的全部信访件", lambda _i, _p, _d: True),
    Figure("completed", FINISH_STATE["finished"], "办结状态是已办结的，不含阶段性办结",
           lambda i, _p, d: facts.state(i.finish, d) == "finished"),
    Figure("staged", FINISH_STATE["staged"], "办结状态是阶段性办结的",
           lambda i, _p, d: facts.state(i.finish, d) == "staged"),
    Figure("closed", CLOSING_STAGE["closed"], "到截至日已经销号的",
           lambda i, _p, d: facts.state(i.closing, d) == "closed"),
)
# fmt: on
FIGURES: Mapping[str, Mapping[str, Figure]] = {
    "problem": {one.name: one for one in PROBLEMS},
    "petition": {one.name: one for one in PETITIONS},
}  # fmt: skip

# Which figures stand beside one another in a breakdown: as many as fit across a page.
# fmt: off
SHOWN = {
    "problem": (
        "total", "time_limited", "completed", "closed", "closing", "remaining", "long_term", "behind", "reopened",
    ),
    "petition": ("total", "completed", "staged", "closed"),
}
# fmt: on

# What a record of a punishment adds up to, over the petitions that count: field → heading.
PENALTIES = {
    "orders": "责令整改（家次）", "fine_wan": "罚款（万元）", "cases": "立案处罚（家次）", "talks": "约谈（人次）",
    "accountability": "问责（人次）",
}  # fmt: skip


def problem_rates(n: ProblemCounts, meaning: Meaning) -> dict[str, Rate]:
    """How many of the problems are completed, and closed."""
    done, closed, whole = n.completed, n.closed, n.time_limited
    if not meaning.without_long_term:
        done, closed, whole = done + n.long_term_completed, closed + n.long_term_closed, n.total
    return {"completion": Rate(done, whole), "closing": Rate(closed, done if meaning.closed_of_completed else whole)}


def petition_rates(n: PetitionCounts, meaning: Meaning) -> dict[str, Rate]:
    """How many of the petitions are finished, and closed."""
    finished = n.completed + (n.staged if meaning.staged_is_finished else 0)
    of = finished if meaning.closed_of_completed else n.total
    return {"finish": Rate(finished, n.total), "closing": Rate(n.closed, of)}


def rate_says(name: str, meaning: Meaning) -> str:
    """What a rate means as the switches stand."""
    if name == "finish":
        return "已办结加阶段性办结，除以总数" if meaning.staged_is_finished else "已办结除以总数，不含阶段性办结"
    below = "总数" if not meaning.without_long_term else "限期整改数"
    left = "，长期坚持也计入" if not meaning.without_long_term else "，不计长期坚持"
    if name == "completion":
        return f"已完成除以{below}{left}"
    return f"已销号除以{'已完成（办结）数' if meaning.closed_of_completed else below}{left}"


RATES = {"completion": "完成率", "finish": "办结率", "closing": "销号率"}
