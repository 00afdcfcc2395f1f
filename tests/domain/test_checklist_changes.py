"""What one county PC altered and has not issued meets what another one issued."""

from __future__ import annotations

import pytest

from models.domain.checklist_changes import carried, free_id

A, B, C, NEW = ({"id": f"A1-{n}", "text": text} for n, text in enumerate("abcn", 1))


def other(one, text="other"):
    return {**one, "text": text}


@pytest.mark.parametrize(
    ("content", "now", "made", "both"),
    [
        ([A, other(B), C], [A, B, C], [A, other(B), C], ()),  # no newer version
        ([A, other(B), C], [other(A), B, C], [other(A), other(B), C], ()),
        ([A, C], [A, B, other(C)], [A, other(C)], ()),
        ([A, B, C, NEW], [A, C], [A, C, NEW], ()),
        ([A, B], [A, NEW, B, C], [A, NEW, B], ()),  # theirs comes behind the one that it follows
        ([A, B, C], [NEW, A, B, C], [NEW, A, B, C], ()),
        ([A, other(B), C], [A, other(B, "theirs"), C], [A, other(B), C], ("A1-2",)),
        ([A, other(B), C], [A, other(B), C], [A, other(B), C], ()),  # both the same
        ([A, other(B), C], [A, C], [A, C], ("A1-2",)),  # retired stays retired
        ([A, C], [A, other(B), C], [A, C], ("A1-2",)),
        ([A, B, C, NEW], [A, B, C, other(NEW)], [A, B, C, other(NEW), {**NEW, "id": "A1-5"}], ("A1-4",)),
    ],
)
def test_what_was_altered_is_carried_over_to_a_newer_version(content, now, made, both):
    assert carried(content, [A, B, C], now) == (made, both)


def test_an_id_is_new_in_its_group():
    assert free_id("A1-2", ["A1-1", "A1-9", "A2-30", "B"]) == "A1-10"
    assert free_id("C", []) == "C-1"
