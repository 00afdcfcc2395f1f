"""Every figure of the first page, held against the list that it opens and against the tally, over the samples."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

import resources
from gui.panels.overview import matrix
from models.services import opening
from models.services.views.lists import Query
from tests.offices import quick_folder

SAMPLES = resources.path("samples")
NOON = datetime(2024, 5, 20, 12, tzinfo=timezone(timedelta(hours=8)))
TOWNS = (("白水镇", "361021101"), ("云岭乡", "361021201"), ("河口镇", "361021102"), ("松溪镇", "361021103"))


@pytest.fixture(scope="module")
def county():
    with quick_folder() as folder:
        office = opening.set_up(folder / "county", "county", "临江县环委办", "361021", clock=lambda: NOON)
        for name, code in TOWNS:
            office.units.add("township", name, code)
        office.imports.take(SAMPLES / "county_problems.xlsx", "problems")
        office.imports.take(SAMPLES / "county_petitions.xlsx", "petitions")
        yield office
        office.close()


@pytest.fixture(scope="module")
def town():
    with quick_folder() as folder:
        office = opening.set_up(folder / "town", "township", "白水镇", "361021101", clock=lambda: NOON)
        office.imports.take(SAMPLES / "township_problems.xlsx", "problems")
        first = office.records.lines("problem", office.records.ids(Query("problem")))[0]
        office.records.add_dispatch(first.id, {"month": "2024-05", "pace": "on_schedule", "progress": "清运完毕。"})
        office.records.add_measure(first.id, {"text": "清运", "due": "2024-05-01"})
        yield office
        office.close()


def behind(office, place) -> int:
    return office.records.count(Query(place.page, where=place.where, view=place.view or ""))


def agree(one) -> None:
    """The strip, the navigation, the tabs of the list and the status bar tell the same."""
    strip = one.window.page.panel.strip
    for button in strip.buttons:
        if button.count.place.page == "problem":
            assert button.count.number == behind(one.office, button.count.place), button.count.below
    listed = one.office.records.count(Query("problem"))
    assert one.window.navigation.buttons["problem"]._count == str(listed)
    page = one.open("problem", view="")
    assert page.model.rowCount() == listed
    assert str(listed) in page.tabs.buttons[""].text()
    overview = one.session.overview
    assert page.tabs.buttons["overdue"].text().endswith(str(overview.overdue))
    assert sum(overview.lights.values()) == overview.listed == listed


def test_the_strip_of_a_township_adds_up_and_agrees_with_everything(desk, town):
    one = desk(town)
    strip = one.start().panel.strip
    assert len(strip.buttons) == 7
    assert sum(button.count.number for button in strip.buttons) == town.records.count(Query("problem")) >= 24
    agree(one)
    overview = one.session.overview
    said = one.window.status.waiting.text()
    assert f"{overview.unreported} 条" in said
    assert overview.unreported == town.records.count(Query("problem", view="unreported"))


def test_what_a_problem_asks_for_is_what_its_record_says(town):
    overview = town.figures.overview()
    assert overview.urgent
    for line in overview.urgent:
        record = town.records.show("problem", line.id)
        asks = overview.asks[line.id]
        assert asks.dispatched == any(d["month"] >= "2024-05" for d in record["dispatches"])
        assert asks.measures == len(record["measures"])
        assert asks.measures_late == sum(1 for m in record["measures"] if m["due"] and m["due"] < "2024-05-20")
    assert overview.no_dispatch == town.records.count(Query("problem", view="no_dispatch"))
    assert overview.petitions_open == town.records.count(Query("petition", view="open"))


def test_the_next_date_is_the_first_that_is_still_to_come(town, county):
    town.records.add("problem", {"description": "河道有垃圾", "deadline": "2024-05-20"})
    for office in (town, county):
        found = office.records.lines("problem", office.records.ids(Query("problem", view="open")))
        coming = [line.deadline for line in found if line.days_left is not None and line.days_left >= 0]
        assert office.figures.overview().next_due.deadline == min(coming)
    assert town.figures.overview().next_due.days_left == 0, "today is still to come"


def test_the_county_counts_what_the_tally_counts(desk, county):
    one = desk(county)
    panel = one.start().panel
    told = county.figures.tally(as_of=NOON.date())
    problems = told["problems"]
    numbers = [button.count.number for button in panel.strip.buttons]
    assert numbers[:3] == [problems["total"], problems["completed"], problems["closed"]]
    assert (problems["total"], problems["time_limited"], problems["long_term"]) == (99, 64, 35)
    whole = panel._sum.line(0)
    assert whole.total == problems["total"]
    assert whole.completed == problems["completed"] + problems["long_term_completed"]
    assert whole.closed == problems["closed"] + problems["long_term_closed"]
    assert panel.paragraph.text == told["paragraph"]
    by_unit = {row["unit"]: row for row in told["by_township"]}
    for unit in panel._model.lines:
        if unit.total:
            row = by_unit[unit.unit]
            assert unit.total == row["total"]
            assert unit.completed == row["completed"] + row["long_term_completed"]
    agree(one)


def test_every_cell_of_the_matrix_opens_as_many_rows_as_it_says(desk, county):
    panel = desk(county).start().panel
    lines = [*panel._model.lines, panel._sum.line(0)]
    assert any(not one.is_listed for one in lines[:-1]), "names that are no unit yet are among them"
    for unit in lines:
        assert behind(county, matrix.place_of(unit, "name")) == unit.total, unit.name
        for light, count in unit.lights.items():
            if count:
                assert behind(county, matrix.place_of(unit, light)) == count, (unit.name, light)
        for figure in ("completed", "closed"):
            if count := getattr(unit, figure):
                assert behind(county, matrix.place_of(unit, figure)) == count, (unit.name, figure)


def test_the_course_of_months_is_the_tally_of_each_day(county):
    days = [date(2023, 12, 31), date(2024, 4, 30), NOON.date()]
    for figures in county.figures.course(days):
        told = county.figures.tally(as_of=figures.day)
        problems = told["problems"]
        assert (figures.total, figures.time_limited) == (problems["total"], problems["time_limited"])
        assert (figures.completed, figures.closed) == (problems["completed"], problems["closed"])
        assert figures.units == {
            row["unit"]: (row["total"], row["completed"] + row["long_term_completed"])
            for row in told["by_township"]
            if row["total"]
        }
