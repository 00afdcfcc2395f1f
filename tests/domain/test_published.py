"""Sums that were published of real inspections (design/domain.md §2.3): ledgers built from them give them back."""

from __future__ import annotations

from datetime import date
from itertools import cycle, islice

from models.domain import breakdown, meaning
from models.domain.breakdown import WAYS, Sight
from models.domain.meaning import Meaning
from models.domain.tally import Item

DAY = date(2024, 12, 31)


def spread(**numbers):
    """So many of each, one after the other."""
    return [name for name, number in numbers.items() for _ in range(number)]


def rows(table, way, ledger):
    seen = breakdown.seen(table, ledger, DAY.isoformat())
    return {key: len(some) for key, some in breakdown.groups(WAYS[table][way], seen, Sight(DAY)).items()}


def petitions(ledger):
    return breakdown.petitions(breakdown.seen("petition", ledger, DAY.isoformat()), DAY.isoformat())


def letters(finish, verified, sums=None):
    """Petitions with these states; what the sums say is on the first of them."""
    assert len(finish) == len(verified)
    return [
        Item("A", finish=[["2024-01-01", state]], about={"verified": said} | ((sums or {}) if n == 0 else {}))
        for n, (state, said) in enumerate(zip(finish, verified, strict=True))
    ]


def test_jiangxi_2021_the_fourth_batch():
    sums = {"orders": 54 + 47 + 12, "cases": 11, "talks": 4, "accountability": 1}
    ledger = letters(
        spread(finished=35, staged=47, open=1), spread(true=24, mostly=4, partly=43, false=12), sums,
    )  # fmt: skip
    n = petitions(ledger)
    assert (n.total, n.completed, n.staged) == (83, 35, 47)
    assert rows("petition", "verified", ledger) == {"true": 24, "mostly": 4, "partly": 43, "false": 12}
    assert rows("petition", "finish", ledger) == {"finished": 35, "staged": 47, "open": 1}
    seen = breakdown.seen("petition", ledger, DAY.isoformat())
    assert breakdown.penalties(seen, sums) == sums


def test_jiangxi_2024_the_third_round():
    n = petitions(letters(spread(finished=2100, staged=1084), ["true"] * 3184))
    assert (n.total, n.completed, n.staged) == (3184, 2100, 1084)


def test_hainan_2023_counts_staged_ones_among_the_finished():
    ledger = letters(
        spread(finished=492, staged=291, open=644), spread(true=440, mostly=779, partly=108, false=100)
    )  # fmt: skip
    n = petitions(ledger)
    assert n.total == sum(rows("petition", "verified", ledger).values()) == 1427
    assert f"{rows('petition', 'verified', ledger)['false'] / n.total:.2%}" == "7.01%"
    published = meaning.petition_rates(n, Meaning(staged_is_finished=True))["finish"]
    assert (str(published), published.part) == ("54.9%", 492 + 291)
    assert meaning.petition_rates(n, Meaning())["finish"].part == 492


def test_guichi_2017_one_trade_each_and_several_kinds():
    trades = {"工业": 12, "矿山": 25, "畜禽养殖": 23, "城市管理": 94, "农村环境": 20, "自然保护区": 2, "其他": 11}
    kinds = dict(zip("ABCDEFGHI", (61, 47, 1, 31, 60, 51, 27, 12, 4), strict=True))
    problems = [[] for _ in range(187)]
    for place, kind in zip(islice(cycle(range(187)), 294), spread(**kinds), strict=True):
        problems[place].append(kind)
    ledger = [
        Item("A", about={"trade": trade, "categories": "；".join(some)})
        for trade, some in zip(spread(**trades), problems, strict=True)
    ]
    assert rows("problem", "trade", ledger) == trades
    assert sum(trades.values()) == len(ledger) == 187
    found = rows("problem", "category", ledger)
    assert found == kinds
    assert sum(found.values()) == 294


def test_dazhou_counts_long_term_ones_in_the_rate():
    def some(number, **values):
        return [Item("A", **values) for _ in range(number)]

    long_term = {"kind": [["", "long_term"]]}
    ledger = [*some(314, completed=[["2018-01-01", "completed"]]), *some(14 + 31), *some(27, **long_term)]
    n = breakdown.problems(breakdown.seen("problem", ledger, DAY.isoformat()))
    assert (n.total, n.completed, n.remaining, n.long_term) == (386, 314, 45, 27)
    rate = meaning.problem_rates(n, Meaning())["completion"]
    assert (str(rate), rate.whole - rate.part) == ("81.3%", 72)
    without = meaning.problem_rates(n, Meaning(without_long_term=True))["completion"]
    assert (without.part, without.whole) == (314, 359)


def test_rates_of_nothing_are_none_and_closing_may_be_of_the_completed():
    empty = breakdown.problems([])
    assert str(meaning.problem_rates(empty, Meaning())["completion"]) == "—"
    closed = [["2024-01-01", "closed"]]
    ledger = [Item("A", closing=closed), Item("A", completed=[["", "completed"]]), Item("A")]
    n = breakdown.problems(breakdown.seen("problem", ledger, DAY.isoformat()))
    assert meaning.problem_rates(n, Meaning())["closing"] == (1, 3)
    assert meaning.problem_rates(n, Meaning(closed_of_completed=True))["closing"] == (1, 2)
    for switched in (Meaning(), Meaning(without_long_term=True), Meaning(closed_of_completed=True)):
        assert len({meaning.rate_says(name, switched) for name in meaning.RATES}) == 3
