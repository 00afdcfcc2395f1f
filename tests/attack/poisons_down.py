"""What a county with genuine keys and stamps can send to a township, with the answer of the laws."""

from __future__ import annotations

from tests.attack.poisons import APPLIED, HELD, IDLE, Poison, cert_op, down
from tests.offices import OTHER

DOWN: tuple[Poison, ...] = (
    # ---- from the county down
    down(
        "verdict of garbage",
        HELD,
        lambda s: [
            s.op({"closing_stage": v}, by="county", r=s.given, saw=[]) for v in ([[1, 2]], "closed", [["", "flown"]], 7)
        ],
    ),
    down(
        "part of a record that is not there",
        APPLIED,
        lambda s: [s.op({"text": "x"}, by="county", t="measure", root="34" * 16)],
    ),
    down(
        "part of a unit, by the county",
        APPLIED,
        lambda s: [s.op({"text": "x"}, by="county", t="measure", root=s.unit(OTHER))],
    ),
    down(
        "unit that takes another's name",
        APPLIED,
        lambda s: [s.op({"code": OTHER, "name": "白水镇人民政府"}, by="county", t="unit", r=s.unit(OTHER), lam=50)],
    ),
    down(
        "units of garbage",
        APPLIED,
        lambda s: [
            s.op({"code": c, "name": n, "kind": k}, by="county", t="unit", r=s.unit(c))
            for c, n, k in (
                ("", "无码", "township"),
                ("9", "", "township"),
                ("a\0b", "\u202e", "未知"),
                ("0", "零县", "county"),
                ("*", "全", ""),
            )
        ],
    ),
    down(
        "unit under another's id",
        HELD,
        lambda s: [
            s.op({"code": OTHER, "name": "假"}, by="county", t="unit", r=s.unit("361021101")),
            s.op({"code": OTHER, "name": "假"}, by="county", t="unit"),
        ],
    ),
    down(
        "certificates of garbage",
        IDLE,
        lambda s: [cert_op(s, v, by="county") for v in ("!!!!", 5, None, "A" * 30_000)],
    ),
    down(
        "grants of garbage",
        APPLIED,
        lambda s: [
            s.op({"unit": u, "of": of}, by="county", k="grant", t="grant", root=s.given)
            for u, of in ((OTHER, []), ("", [""]), ("x" * 9_000, ["y"] * 3_000), ("*", ["*"]))
        ],
    ),
    down(
        "grants that are none",
        HELD,
        lambda s: [
            s.op({"unit": u, "of": of}, by="county", k="grant", t="grant", root=s.given)
            for u, of in ((5, []), (OTHER, "x"), (None, None))
        ],
    ),
    down(
        "operations of a device nobody knows",
        HELD,
        lambda s: [s.op({"progress": "x"}, by="ee" * 16, r=s.given, aud=["361021101"])],
    ),
    down(
        "verdicts that differ",
        APPLIED,
        lambda s: [
            s.op({"closing_stage": [[d, "closed"]]}, by="county", r=s.given, saw=[])
            for d in ("", "2024-06-01", "9999-12-31")
        ],
    ),
)
