"""The light of a problem on a day: 红 橙 黄 绿 灰, and done. Always with the reason, for people who ask why."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

ORDER = ("red", "orange", "yellow", "green", "grey", "done")
YELLOW_DAYS = 30
ORANGE_DAYS = 15


class Light(NamedTuple):
    """A light and one sentence why."""

    colour: str
    why: str


def of(*, today: date, deadline: date | None, kind: str, pace: str, finished: bool, long_term_too: bool) -> Light:
    """The light of a problem; `finished`: completed or closed."""
    if finished:
        return Light("done", "已完成")
    if deadline is None or (kind == "long_term" and not long_term_too):
        return _without_deadline(kind, pace)
    left = (deadline - today).days
    if left < 0:
        return Light("red", f"逾期 {-left} 天")
    if left <= ORANGE_DAYS:
        return Light("orange", f"还有 {left} 天")
    if left <= YELLOW_DAYS:
        return Light("yellow", f"还有 {left} 天")
    if pace in ("behind", "not_started"):
        return Light("yellow", "未达到序时进度")
    return Light("green", f"还有 {left} 天")


def _without_deadline(kind: str, pace: str) -> Light:
    if pace in ("behind", "not_started"):
        return Light("yellow", "未达到序时进度")
    return Light("grey", "没有到期日，长期推进" if kind == "long_term" else "没有整改时限")
