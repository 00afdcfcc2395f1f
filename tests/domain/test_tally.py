"""The figures of a day (cli.md, rules 2 to 4): identities that hold for any records on any day; the speech's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain import tally
from models.domain.tally import Item

FIRST = date(2024, 1, 1)
days = st.integers(min_value=0, max_value=12).map(lambda n: (FIRST + timedelta(days=n)).isoformat())
maybe_days = st.one_of(st.just(""), days)


def facts(states):
    """Dated events with these states, in order."""
    return st.one_of(
        st.none(),
        st.lists(maybe_days, unique=True, max_size=3).flatmap(
            lambda when: st.tuples(*(st.tuples(st.just(d), st.sampled_from(states)) for d in sorted(when))).map(
                lambda events: [list(event) for event in events]
            )
        ),
    )


items = st.builds(
    Item,
    unit=st.sampled_from(["A", "B", ""]),
    source=st.sampled_from(["省督", "自查"]),
    found_on=st.one_of(st.none(), days),
    void_from=st.one_of(st.none(), days),
    kind=facts(["immediate", "time_limited", "long_term"]),
    completed=facts(["open", "completed"]),
    closing=facts(["none", "closing", "closed"]),
    pace=facts(["not_started", "behind", "on_schedule", "ahead"]),
    finish=facts(["open", "staged", "finished"]),
    group=st.sampled_from(["", "", "g1", "g2"]),
)
ledgers = st.lists(items, max_size=12)


def problem(**values):
    return tally.problems([Item("A", **values)], "2024-06-30")


# ------------------------------------------------------------------------------------------- identities


@given(ledgers, days)
def test_the_identities_of_problems_hold_on_every_day(ledger, day):
    n = tally.problems(ledger, day)
    assert n.total == n.time_limited + n.long_term
    assert n.remaining == n.time_limited - n.completed
    assert n.closed <= n.completed <= n.time_limited
    assert n.closed + n.closing <= n.completed
    assert n.long_term_closed <= n.long_term_completed <= n.long_term
    assert sum(n.pace.values()) == n.remaining + n.long_term - n.long_term_completed
    assert n.behind == n.pace["behind"] + n.pace["not_started"]
    assert min(n.total, n.time_limited, n.long_term, n.completed, n.closed, n.closing, n.remaining) >= 0


@given(ledgers, days)
def test_the_identities_of_petitions_hold_on_every_day(ledger, day):
    n = tally.petitions(ledger, day)
    assert n.completed + n.staged <= n.total
    assert n.closed <= n.total
    once = tally.petitions(ledger, day, merged_once=True)
    here = [i for i in ledger if i.counts(day)]
    assert once.total == sum(not i.group for i in here) + len({i.group for i in here if i.group})


@given(ledgers, days, st.randoms(use_true_random=False))
def test_figures_are_sums_over_units_and_do_not_depend_on_the_order(ledger, day, rng):
    whole = tally.problems(ledger, day)
    parts = [tally.problems([i for i in ledger if i.unit == unit], day) for unit in {i.unit for i in ledger}]
    for name in ("total", "time_limited", "long_term", "completed", "closed", "closing", "remaining", "behind"):
        assert getattr(whole, name) == sum(getattr(part, name) for part in parts)
    shuffled = list(ledger)
    rng.shuffle(shuffled)
    assert tally.problems(shuffled, day) == whole


@given(items, days, days)
def test_a_day_does_not_hear_of_later_days(item, day, later):
    """What is dated after the day asked for changes no figure of it."""
    if later <= day:
        return

    def add(value, state):
        return [*(e for e in value or [] if e[0] < later), [later, state]]

    grown = replace(
        item, completed=add(item.completed, "completed"), closing=add(item.closing, "closed"),
        finish=add(item.finish, "finished"), pace=add(item.pace, "ahead"),
    )  # fmt: skip
    dropped = replace(
        item, completed=_before(item.completed, later), closing=_before(item.closing, later),
        finish=_before(item.finish, later), pace=_before(item.pace, later),
    )  # fmt: skip
    assert tally.problems([grown], day) == tally.problems([dropped], day)
    assert tally.petitions([grown], day) == tally.petitions([dropped], day)
    assert tally.problems([replace(item, void_from=later)], day) == tally.problems([replace(item, void_from=None)], day)


def _before(value, day):
    return [event for event in value or [] if event[0] < day]


# ------------------------------------------------------------------------------------------- the rules, one by one


def test_time_limited_includes_immediate_and_dates_with_long_term_and_problems_of_no_kind():
    for kind in ([["", "immediate"]], [["", "time_limited"]], None, []):
        assert problem(kind=kind).time_limited == 1
    long_term = problem(kind=[["", "long_term"]])
    assert (long_term.total, long_term.time_limited, long_term.long_term, long_term.remaining) == (1, 0, 1, 0)


def test_a_change_to_long_term_counts_from_its_day():
    kind = [["", "time_limited"], ["2024-06-15", "long_term"]]
    assert tally.problems([Item("A", kind=kind)], "2024-06-14").time_limited == 1
    assert tally.problems([Item("A", kind=kind)], "2024-06-15").long_term == 1


def test_closed_counts_as_completed_and_closing_only_where_completed():
    closed = problem(closing=[["2024-05-12", "closed"]])
    assert (closed.completed, closed.closed, closed.closing, closed.remaining) == (1, 1, 0, 0)
    applied = problem(completed=[["2024-05-01", "completed"]], closing=[["2024-05-12", "closing"]])
    assert (applied.completed, applied.closed, applied.closing, applied.remaining) == (1, 0, 1, 0)
    early = problem(closing=[["2024-05-12", "closing"]])
    assert (early.completed, early.closing, early.remaining) == (0, 0, 1)


def test_a_reopened_problem_is_open_again_from_that_day():
    item = Item(
        "A", completed=[["2024-05-01", "completed"]], closing=[["2024-05-12", "closed"], ["2024-06-20", "none"]]
    )
    assert tally.problems([item], "2024-06-19").closed == 1
    after = tally.problems([item], "2024-06-20")
    assert (after.closed, after.completed) == (0, 1)  # it is completed until that, too, is taken back


def test_long_term_problems_have_their_own_two_counts():
    n = problem(kind=[["", "long_term"]], closing=[["2024-05-12", "closed"]])
    assert (n.long_term_completed, n.long_term_closed, n.completed, n.closed) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("found_on", "completed", "counts_from"),
    [
        (None, None, ""),
        ("2024-05-01", None, "2024-05-01"),
        (None, [["2024-03-01", "completed"]], ""),
        ("2024-05-01", [["2024-03-01", "completed"]], "2024-03-01"),
        ("2024-05-01", [["", "completed"]], "2024-05-01"),
    ],
)
def test_no_record_is_found_later_than_its_earliest_dated_fact(found_on, completed, counts_from):
    item = Item("A", found_on=found_on, completed=completed)
    assert item.found() == counts_from
    assert item.counts(counts_from or "1990-01-01")
    if counts_from:
        day_before = (date.fromisoformat(counts_from) - timedelta(days=1)).isoformat()
        assert not item.counts(day_before)


def test_a_voided_record_counts_nowhere_from_its_void():
    item = Item("A", closing=[["2024-05-12", "closed"]], void_from="2024-06-30")
    assert tally.problems([item], "2024-06-29").total == 1
    assert tally.problems([item], "2024-06-30").total == 0
    assert tally.petitions([item], "2024-06-30").total == 0


def test_staged_petitions_are_not_completed():
    staged = [Item("A", finish=[["2024-05-01", "staged"]]), Item("A", finish=[["2024-05-01", "finished"]]), Item("A")]
    n = tally.petitions(staged, "2024-06-30")
    assert (n.total, n.completed, n.staged, n.closed) == (3, 1, 1, 0)


def test_the_mark_of_a_duplicate_changes_no_count_unless_asked():
    merged = [Item("A", group="g"), Item("A", group="g"), Item("A")]
    assert tally.petitions(merged, "2024-06-30").total == 3
    assert tally.petitions(merged, "2024-06-30", merged_once=True).total == 2


def test_the_paragraph_is_the_speechs_own():
    n = tally.ProblemCounts(
        total=99, time_limited=64, long_term=35, completed=50, closed=46, closing=4, remaining=14
    )  # fmt: skip
    heard = tally.PetitionCounts(total=102, completed=102, closed=101)
    assert tally.paragraph(n, heard, "2024-04-30") == (
        "截至2024年4月30日，各类生态环境督察反馈、披露问题共99个，其中限期整改64个，长期坚持35个。"
        "限期整改问题已完成50个（其中46个已销号，4个正在销号中），剩余14个限期整改问题和35个长期坚持问题"
        "都在有序推进，均达序时进度。交办信访件共102个，已完成整改102个，销号101个。"
    )
    n.behind, heard.staged = 2, 3
    said = tally.paragraph(n, heard, "2024-12-09")
    assert "正在推进，其中2个未达序时进度。" in said
    assert "均达序时进度" not in said
    assert "阶段性办结3个，" in said
    assert said.startswith("截至2024年12月9日，")


def test_the_paragraph_says_of_the_pace_only_what_is_known():
    n, heard = tally.ProblemCounts(total=4, time_limited=4, remaining=4), tally.PetitionCounts()
    n.pace[""] = 4
    assert "剩余4个限期整改问题和0个长期坚持问题正在推进，其中4个还没有填报序时进度。" in tally.paragraph(
        n, heard, "2024-01-01"
    )
    n.behind, n.pace[""] = 1, 2
    assert "正在推进，其中1个未达序时进度，2个还没有填报序时进度。" in tally.paragraph(n, heard, "2024-01-01")
    assert "剩余0个限期整改问题和0个长期坚持问题。" in tally.paragraph(tally.ProblemCounts(), heard, "2024-01-01")
