"""A verdict knows what it saw (law 14): 依据已变化，需复核, told against what every disk really knew."""

from __future__ import annotations

import time

import pytest

from models.domain.operation import SET, VOID, Operation
from models.domain.reduce import reduce
from tests.disks import TOWN, WHO, Disk, device, everything, merged

CLOSED = [["2024-06-30", "closed"]]


def a_problem():
    county = Disk("county")
    record = county.add(description="坏", township="白水镇", cooperating_units="住建局")
    return record, county, Disk("town").take(county), Disk("town2").take(county), Disk("office").take(county)


def review(record, *disks):
    return merged(record, *disks).review


def test_a_verdict_on_what_was_seen_stands():
    record, county, town, *_ = a_problem()
    town.edit(record, progress="已清运")
    county.take(town)
    county.edit(record, closing_stage=CLOSED)
    assert not review(record, county, town)


def test_a_verdict_on_an_older_text_is_flagged():
    record, county, town, *_ = a_problem()
    town.edit(record, progress="又堆了")
    county.edit(record, closing_stage=CLOSED)
    assert not review(record, county)
    assert review(record, county, town)


def test_a_later_dispatch_by_somebody_who_knew_the_verdict_is_no_flag():
    record, county, town, *_ = a_problem()
    county.edit(record, closing_stage=CLOSED)
    town.take(county)
    town.part("dispatch", record, month="2024-07", progress="巩固")
    town.remark(record, "谢谢")
    assert not review(record, county, town)


def test_a_concurrent_dispatch_is_a_flag():
    record, county, town, *_ = a_problem()
    town.part("dispatch", record, month="2024-07", progress="还在整改")
    county.edit(record, closing_stage=CLOSED)
    assert review(record, county, town)


def test_what_a_restored_disk_writes_without_knowing_the_verdict_is_a_flag():
    record, county, town, *_ = a_problem()
    backup = dict(town.held)
    county.edit(record, closing_stage=CLOSED)
    town.take(county)
    town.held = backup
    town.edit(record, progress="旧盘上写的")
    assert review(record, county, town)


def test_who_knew_a_newer_verdict_knew_the_old_one():
    record, county, town, *_ = a_problem()
    county.edit(record, closing_stage=[["2024-06-01", "closing"]])
    county.edit(record, closing_stage=CLOSED)
    town.take(county)
    town.edit(record, progress="之后")
    assert not review(record, county, town)
    # A second desk had only seen the first verdict and gives its own: the township's work is after one, not the other.
    county2 = Disk("county2").take(everything(county))
    county2.held = {i: o for i, o in county2.held.items() if o.fields.get("closing_stage", (None,))[0] != CLOSED}
    county2.edit(record, closing_stage=[["2024-06-20", "closed"]])
    seen = merged(record, county, county2, town)
    assert (record, "closing_stage") in seen.conflicts
    assert seen.review  # of the two verdicts one stands on firm ground, the other does not


def test_a_new_verdict_that_saw_everything_ends_the_review():
    record, county, town, *_ = a_problem()
    town.edit(record, progress="又堆了")
    county.edit(record, closing_stage=CLOSED)
    county.take(town)
    assert review(record, county)
    county.edit(record, closing_stage=[["2024-07-01", "closed"]])
    assert not review(record, county, town)


def test_what_never_leaves_a_disk_never_changes_the_ground():
    record, county, town, *_ = a_problem()
    town.write("set", "problem", record, record, {"internal_note": "内部"}, ())
    county.edit(record, closing_stage=CLOSED)
    assert not review(record, county, town)


def test_what_the_county_itself_writes_never_changes_the_ground():
    record, county, *_ = a_problem()
    county2 = Disk("county2").take(county)
    county2.edit(record, progress="代填")
    county.edit(record, closing_stage=CLOSED)
    assert not review(record, county, county2)


def test_a_void_is_tested_the_same_way():
    record, county, town, *_ = a_problem()
    town.edit(record, progress="刚写的")
    county.void(record)
    assert review(record, county, town)
    county.take(town)
    county.void(record, None)
    assert not review(record, county, town)  # nothing is void any more


def test_a_void_that_another_took_back_meanwhile_is_looked_at_whichever_is_shown():
    for shown in ("2024-07-01", None):
        record, county, town, *_ = a_problem()
        county.void(record)
        other = Disk("county2").take(county)
        town.edit(record, progress="刚写的")
        (county if shown else other).remark(record, "再看")  # who writes more has the last word
        county.void(record, "2024-07-01")
        other.void(record, None)
        seen = merged(record, county, other, town)
        assert (record, "void") in seen.conflicts
        assert seen.records[record].void_from == shown
        assert seen.review


def test_a_verdict_that_was_taken_back_is_not_looked_at():
    record, county, town, *_ = a_problem()
    county.edit(record, closing_stage=CLOSED)
    town.edit(record, progress="没看到")
    assert review(record, county, town)
    county.edit(record, closing_stage=[])
    assert not review(record, county, town)


def test_work_after_a_void_that_was_known_is_no_flag():
    record, county, town, *_ = a_problem()
    county.void(record)
    town.take(county)
    town.remark(record, "收到")
    assert not review(record, county, town)


# ------------------------------------------------- the directed cases of the yardstick, derived anew


def test_s1_two_verdicts_that_the_township_knew_before_it_wrote():
    record, county, town, *_ = a_problem()
    county2 = Disk("county2").take(county)
    county.edit(record, closing_stage=CLOSED)
    county2.edit(record, closing_stage=[["2024-06-20", "closing"]])
    town.take(county, county2)
    later = town.write("set", "problem", record, record, {"progress": "之后"})
    assert len(later.after) == 2
    assert not review(record, county, county2, town)


def test_s2_a_department_holds_less_and_flags_no_more():
    """It works beside, and holds not what the township wrote before: what it does not hold cannot trouble it."""
    record, county, town, _, office = a_problem()
    town.edit(record, progress="一")
    town.edit(record, progress="二")
    county.take(town)
    county.edit(record, closing_stage=CLOSED)
    office.take(county)
    office.held = {i: o for i, o in office.held.items() if o.device != device("town")}
    assert len(office.held) == 2
    assert not office.reduced(record).review
    assert not review(record, county, town, office)


def test_s3_two_verdicts_of_one_value_are_flagged_only_together():
    record, county, town, *_ = a_problem()
    county2 = Disk("county2").take(county)
    town.edit(record, progress="新")
    county.edit(record, closing_stage=CLOSED)  # has not seen it
    county2.take(town)
    county2.edit(record, closing_stage=CLOSED)  # has
    seen = merged(record, county, county2, town)
    assert not seen.conflicts
    assert not seen.review
    assert review(record, county, town)


def test_s4_a_disk_that_gets_the_verdict_without_what_it_saw():
    """The verdict lists what it saw by name; a disk that lacks some of that raises no flag for it."""
    record, county, town, town2, _ = a_problem()
    seen_by_county = [town2.edit(record, progress=str(n)) for n in range(6)]
    assert len(seen_by_county) == 6
    county.take(town2)
    county.edit(record, closing_stage=CLOSED)
    verdict = next(o for o in county.held.values() if "closing_stage" in o.fields)
    town.held[verdict.id] = verdict
    assert not town.reduced(record).review
    town.edit(record, progress="知道销号后写的")
    assert not review(record, county, town, town2)


@pytest.mark.parametrize("saw", [None, frozenset()])
def test_a_verdict_that_says_nothing_of_what_it_saw_saw_nothing(saw):
    record, county, town, *_ = a_problem()
    town.edit(record, progress="已清运")
    county.take(town)
    county.write("set", "problem", record, record, {"closing_stage": CLOSED}, saw=saw)
    assert review(record, county, town)


def test_thousands_of_voids_that_knew_each_other_are_judged_in_the_time_of_their_number():
    """A township may void its own record as often as it likes: how often each is looked at must not grow with all."""
    top = "f" * 32
    many, out = 1_000, [Operation(top, SET, "problem", top, top, True, {}, (TOWN,), 0, device("town"))]
    for at in range(many):
        day = f"20{at % 90 + 10}-{at // 90 + 1:02}-01"
        knew = tuple(one.prefix for one in out)
        out.append(
            Operation(
                f"{at:032x}"[::-1], VOID, "problem", top, top, False, {"void": (day, ())}, (TOWN,), at,
                device("town"), after=knew, saw=frozenset(knew),
            )
        )  # fmt: skip
    start = time.process_time()
    found = reduce(top, out, WHO)
    assert (found.review, len(found.records[top].heads["void"])) == (False, many)
    assert time.process_time() - start < 5
