"""Ledgers of every shape that a generator can think of: rows are never lost, wrong dates never silent."""

from __future__ import annotations

import os

import pytest

from models.documents.child import read_content
from models.documents.understanding import understand
from tests.documents.layouts import Layout, make
from tests.documents.scoring import Score, score

SEEDS = range(int(os.environ.get("LAYOUT_SEED", "0")), int(os.environ.get("LAYOUT_SEED", "0")) + 120)


def read_and_score(layout: Layout, mapping: dict[str, str] | None = None) -> Score:
    read = understand(read_content(layout.content), layout.kind, mapping=mapping)
    if layout.as_of is not None:
        assert read.as_of == layout.as_of, f"seed {layout.seed}"
    return score(layout, read)


def test_generated_ledgers_are_understood(capsys: pytest.CaptureFixture[str]) -> None:
    total, shapes = Score(), set[str]()
    for seed in SEEDS:
        layout = make(seed)
        shapes |= {name for name, present in layout.facts.items() if present}
        total += read_and_score(layout)
    with capsys.disabled():
        print(
            f"\n{len(SEEDS)} layouts: rows {total.rows_found}/{total.rows}, cells {total.right}/{total.cells} right, "
            f"{total.doubted} doubted, {total.share:.2%}; wrong dates in silence: {len(total.wrong_dates)}"
        )
    assert {"xlsx", "xls", "csv", "depth1", "depth2", "depth3", "group", "merged_source", "repeat"} <= shapes
    assert total.rows_found == total.rows, total.wrong[:3]
    assert total.wrong_dates == []
    assert total.share >= 0.98, total.wrong[:10]


def test_the_score_sees_a_column_that_is_read_as_another() -> None:
    layout = next(
        x for x in map(make, range(50)) if x.kind == "problems" and "goal" in x.truth[0] and x.suffix == "xlsx"
    )
    read = understand(read_content(layout.content), layout.kind)
    heading = next(c.heading for c in read.columns if c.field == "goal")
    spoilt = read_and_score(layout, {heading: "leader"})
    assert len(spoilt.wrong) >= len(layout.truth)
    assert read_and_score(layout).wrong == []


def test_the_score_sees_a_wrong_date() -> None:
    layout = next(x for x in map(make, range(50)) if "found_on" in x.truth[0] and "deadline" in x.truth[0])
    read = understand(read_content(layout.content), layout.kind)
    heading = next(c.letter for c in read.columns if c.field == "deadline")
    other = next(c.letter for c in read.columns if c.field == "found_on")
    spoilt = read_and_score(layout, {heading: "found_on", other: "deadline"})
    assert spoilt.wrong_dates
