"""Poisons of self-inspection: what a township may not say of sources, inspections and checklists, and odd contents."""

from __future__ import annotations

from models.domain.unit import derived_id
from tests.attack.poisons import APPLIED, HELD, Poison, down, nested, up

_WRONG = (
    ("source", "kind", "castle"), ("source", "longitude", "116"), ("source", "datum", True), ("campaign", "from_on", "昨"),
    ("campaign", "repeat", "hour"), ("campaign", "kind", "raid"),
    ("campaign", "sources", ["a"]), ("inspection", "campaign", "x"), ("inspection", "zero", True),
    ("inspection", "finished_on", "2024-02-30"), ("local_item", "theme", "wind"), ("local_item", "text", nested(30)),
)  # fmt: skip
_CONTENTS = ("", "x", "[]", "null", "[" * 5_000, '[{"id": "A1"}]', "1e400", '{"a": 1}', '"' + "长" * 30_000 + '"')

INSPECTING: tuple[Poison, ...] = (
    up("self-inspection of the wrong type", HELD, lambda s: [s.op({n: v}, t=t) for t, n, v in _WRONG]),
    up(
        "a checklist by a township",
        HELD,
        lambda s: [
            s.op({"code": "air-county-1", "content": "[]"}, t="checklist", r=derived_id("checklist", "air-county-1")),
            s.op({"code": "air-county-1", "content": "[]"}, t="checklist"),
        ],
    ),
    up(
        "answers and permits out of place",
        HELD,
        lambda s: [
            s.op({"item": "A1-1", "answer": "no"}, t="answer", root=s.own),
            s.op({"item": "A1-1", "answer": "no"}, t="answer", r=derived_id("answer", s.strange, "A1-1"), root=s.strange),
            s.op({"kind": "mining"}, t="permit", root=s.strange),
            s.op({"kind": "mining"}, t="permit", root="78" * 16),
            s.op({"name": "顶替"}, t="source", r=s.own),
        ],
    ),
    up(
        "self-inspection of odd contents",
        APPLIED,
        lambda s: [
            s.op({"name": "\u202e\0", "credit_code": "=1+1", "longitude": -0.0, "latitude": 10**14}, t="source"),
            s.op({"number": "x", "checklists": "air-county-9；；风；air-shipped-1；air-shipped-1"}, t="inspection"),
            s.op({"number": "y", "source": "12" * 16, "campaign": "34" * 16, "inspected_on": "9999-12-31"}, t="inspection"),
            s.op({"title": "z", "sources": "x；" * 999, "villages": "，；", "from_on": "9999-01-01"}, t="campaign"),
            s.op({"title": "末", "repeat": "week", "from_on": "9999-12-31", "until_on": "0001-01-01"}, t="campaign"),
            s.op({}, t="campaign"),
            s.op({}, t="inspection"),
            s.op({}, t="source"),
            s.op({"text": "是否？", "theme": "air"}, t="local_item"),
        ],
    ),
    down(
        "checklists of garbage",
        APPLIED,
        lambda s: [
            s.op({"code": f"air-county-{n}", "content": text}, by="county", t="checklist",
                 r=derived_id("checklist", f"air-county-{n}"))
            for n, text in enumerate(_CONTENTS, 1)
        ],
    ),
)  # fmt: skip
