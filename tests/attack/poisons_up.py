"""What a township with genuine keys can send to the county, with the answer of the laws."""

from __future__ import annotations

from base64 import b64encode

from tests.attack.forging import Raw
from tests.attack.poisons import (
    APPLIED,
    HELD,
    IDLE,
    NOT_HELD,
    REFUSED,
    Poison,
    cert_op,
    certificate,
    days,
    names,
    nested,
    numbers,
    up,
    wrong,
    wrong_petition,
)
from tests.offices import COUNTY, OTHER

UP: tuple[Poison, ...] = (
    # ---- order and names
    up("lam 2^53-1", APPLIED, lambda s: [s.op({"progress": "最后"}, r=s.own, lam=2**53 - 1)]),
    up("lam 0", APPLIED, lambda s: [s.op({"progress": "最前"}, r=s.own, lam=0)]),
    up(
        "lam impossible",
        NOT_HELD,
        lambda s: [
            s.op({"progress": "x"}, r=s.own, lam=lam) for lam in (2**53, -1, Raw("1.5"), True, "1", None, 10**400)
        ],
    ),
    up("prev unknown", APPLIED, lambda s: [s.op({"progress": "新"}, r=s.own)]),
    up("prev names nobody", APPLIED, lambda s: [s.op(Raw('{"progress":["新",["00000000000000aa"]]}'), r=s.own)]),
    up(
        "prev names another record",
        APPLIED,
        lambda s: [s.op(Raw(f'{{"progress":["新",["{s.given[:16]}"]]}}'), r=s.own)],
    ),
    up("prev 10,000 names", APPLIED, lambda s: [s.op({}, r=s.own, f={"progress": ["新", names(10_000)]})]),
    up(
        "prev no names",
        HELD,
        lambda s: [
            s.op({}, r=s.own, f={"progress": ["新", bad]})
            for bad in (["x"], ["A" * 16], ["0" * 17], [5], None, [None], {})
        ],
    ),
    up(
        "after and saw huge",
        APPLIED,
        lambda s: [
            s.op({"progress": "新"}, r=s.own, after=names(9_000)),
            s.op({"progress": "新"}, r=s.own, saw=names(9_000)),
        ],
    ),
    up(
        "after and saw no names",
        HELD,
        lambda s: [
            s.op({"progress": "新"}, r=s.own, after=["zz"]),
            s.op({"progress": "新"}, r=s.own, saw=[""]),
            s.op({"progress": "新"}, r=s.own, saw="ab"),
            s.op({"progress": "新"}, r=s.own, after=nested(40)),
        ],
    ),
    # ---- newer programs
    up("unknown kind", HELD, lambda s: [s.op({"progress": "新"}, r=s.own, k=k) for k in ("merge", "", "SET", "删")]),
    up(
        "unknown table",
        HELD,
        lambda s: [s.op({"x": "新"}, t=t) for t in ("inspection", "", "op", "problem; DROP", "setting")],
    ),
    up(
        "unknown field",
        HELD,
        lambda s: [s.op({n: "新"}, r=s.own) for n in ("newer", "", "id", "pk", "remark", "void", "栏" * 64)],
    ),
    up("field name too long", HELD, lambda s: [s.op({"x" * 65: "新"}, r=s.own)]),
    up("2,000 fields", HELD, lambda s: [s.op({f"f{n}": n for n in range(2_000)}, r=s.own)]),
    up(
        "version 2",
        HELD,
        lambda s: [
            s.op({"progress": "新"}, r=s.own, v=2, colour="blue"),
            s.op(Raw("[1,2]"), r=s.own, v=2),
            s.op(Raw('"x"'), v=10**30),
            s.op({"progress": "字" * 40_000}, r=s.own, v=2),
            s.op({"progress": Raw("1e400")}, r=s.own),
        ],
    ),
    up("no version", NOT_HELD, lambda s: [s.op({}, r=s.own, v=v) for v in (0, -1, "1", None, Raw("1.5"), ...)]),
    # ---- values
    up("values of the wrong type", HELD, wrong),
    up("petition values of the wrong type", HELD, wrong_petition),
    up(
        "no JSON",
        NOT_HELD,
        lambda s: [
            s.op({"progress": Raw("NaN")}, r=s.own),
            s.op({"progress": Raw('"\\ud800"')}, r=s.own),
            b"x",
            b"[]",
            b"null",
            b"{}",
            b"\xff\xfe{}",
            b"\0" * 50,
            b"{" * 5_000,
            s.op({}, r=s.own)[:-1],
            s.op({}, r=s.own) + b"}",
            b"\xef\xbb\xbf" + s.op({}, r=s.own),
        ],
    ),
    up("nested 33", NOT_HELD, lambda s: [s.op({"progress": nested(40)}, r=s.own)]),
    up(
        "nested 10,000",
        NOT_HELD,
        lambda s: [
            s.op({"progress": nested(10_000)}, r=s.own),
            s.op({"progress": nested(10_000, objects=True)}, r=s.own),
            s.op({"progress": nested(10_000)}, r=s.own, v=2),
            s.op({}, r=s.own, x=nested(100_000)),
        ],
    ),
    up(
        "nested to the edge of the stack",
        NOT_HELD,
        lambda s: [s.op({}, r=s.own, v=2, x=nested(depth)) for depth in range(700, 1_000, 3)],
    ),
    up("empty text", APPLIED, lambda s: [s.op({"progress": ""}, r=s.own)]),
    up(
        "null everywhere",
        APPLIED,
        lambda s: [
            s.op(
                dict.fromkeys(
                    (
                        "description",
                        "township",
                        "number",
                        "found_on",
                        "pace",
                        "longitude",
                        "categories",
                        "deadline_kind",
                    )
                ),
                r=s.own,
            )
        ],
    ),
    up("32,000 characters", APPLIED, lambda s: [s.op({"progress": "长" * 32_000}, r=s.own)]),
    up("32,001 characters", REFUSED, lambda s: [s.op({"progress": "a" * 32_001}, r=s.own)]),
    up(
        "remark of 32,001 characters",
        REFUSED,
        lambda s: [s.op({"text": "a" * 32_001}, k="remark", t="remark", root=s.own)],
    ),
    up(
        "signs that turn and hide",
        APPLIED,
        lambda s: [
            s.op(
                {
                    "description": "a\0b\x01\x1f\u202e\u2066颠倒\ufeff\ufffe\uffff\r\n\t=cmd|'/c calc'!A1",
                    "person": "\0",
                    "phone": "\x7f\x85",
                    "township": "\u202e镇\0",
                    "source": "'; DROP TABLE op;--",
                    "number": "\0",
                },
                r=s.own,
            )
        ],
    ),
    up(
        "user, time and reason are garbage",
        APPLIED,
        lambda s: [
            s.op({"progress": "新"}, r=s.own, user="\u202e" + "长" * 50_000, wall="昨天\0", why="\x1b[2J" * 1_000),
            s.op({"progress": "新2"}, r=s.own, user="", wall="9999999-01-01", why=""),
        ],
    ),
    up(
        "user is a number",
        HELD,
        lambda s: [s.op({"progress": "新"}, r=s.own, user=5), s.op({"progress": "新"}, r=s.own, wall=None)],
    ),
    up("10,000 dated events", APPLIED, lambda s: [s.op({"pace": days(10_000)}, r=s.own)]),
    up("100,000 dated events", REFUSED, lambda s: [s.op({"pace": days(100_000)}, r=s.own)]),
    up(
        "days at the ends of time",
        APPLIED,
        lambda s: [
            s.op(
                {
                    "found_on": "0001-01-01",
                    "deadline": "9999-12-31",
                    "pace": [["0001-01-01", "behind"], ["9999-12-31", "ahead"]],
                },
                r=s.own,
            ),
            s.op({"deadline": "0001-01-01", "longitude": -0.0, "latitude": 1e-300}, r=s.own),
        ],
    ),
    up(
        "numbers that break counting",
        APPLIED,
        lambda s: [s.op({"number": n, "description": f"编号{i}"}) for i, n in enumerate(numbers(s))],
    ),
    up(
        "10,000 unit names",
        APPLIED,
        lambda s: [s.op({"lead_unit": "；".join(f"单位{n}" for n in range(4_000)), "township": "；；，、\n"}, r=s.own)],
    ),
    up("no fields on a record", IDLE, lambda s: [s.op({}, r=s.own), s.op({}, r="0" * 32)]),
    up("an empty record", APPLIED, lambda s: [s.op({}), s.op({}, t="petition")]),
    up("over 256 KiB", REFUSED, lambda s: [s.op({f"f{n}": "长" * 30_000 for n in range(4)}, r=s.own)]),
    # ---- places
    up(
        "r is another unit's record",
        HELD,
        lambda s: [s.op({"description": "改"}, r=s.strange), s.op({"number": "1"}, r=s.given)],
    ),
    up(
        "r is a record of another table",
        HELD,
        lambda s: [
            s.op({"content": "改"}, r=s.own, t="petition"),
            s.op({"text": "改"}, r=s.measure, t="measure"),
            s.op({"text": "x"}, r=s.measure, root=s.given, t="problem"),
            s.op({"name": "x"}, r=s.own, t="unit"),
        ],
    ),
    up("r is the record of nobody", HELD, lambda s: [s.op({"description": "改"}, r="12" * 16)]),
    up(
        "bad ids",
        NOT_HELD,
        lambda s: [s.op({}, r=r) for r in ("../../etc", "AB" * 16, "a" * 31, "a" * 33, "", 5, "a" * 31 + "\n")],
    ),
    up(
        "part of nothing",
        HELD,
        lambda s: [s.op({"text": "x"}, t="measure", root="34" * 16), s.op({"text": "x"}, t="measure")],
    ),
    up("part of itself", HELD, lambda s: [s.op({"text": "x"}, t="measure", r="56" * 16, root="56" * 16)]),
    up("part of a part", HELD, lambda s: [s.op({"text": "x"}, t="measure", root=s.measure)]),
    up(
        "part of a unit",
        HELD,
        lambda s: [
            s.op({"text": "x"}, t="measure", root=s.unit(OTHER)),
            s.op({"month": "2024-05"}, t="dispatch", root=s.unit(OTHER)),
        ],
    ),
    up("part of a stranger's record", HELD, lambda s: [s.op({"text": "x"}, t="measure", root=s.strange)]),
    up(
        "a problem below a problem",
        HELD,
        lambda s: [s.op({"description": "x"}, root=s.given), s.op({"description": "x"}, root=s.own)],
    ),
    up(
        "a file that is none",
        HELD,
        lambda s: (
            [
                s.op({"sha256": v}, t="evidence", root=s.own)
                for v in ("../../../etc/passwd", "AB" * 32, "a" * 63, "a" * 64 + "\n", "", 5, ["a" * 64], True)
            ]
            + [s.op({"bytes": v}, t="evidence", root=s.own) for v in (-1, 10**9, Raw("1.5"), "5", True)]
            + [s.op({"stage": v}, t="evidence", root=s.own) for v in ("later", [["", "before"]])]
        ),
    ),
    up("a file of a stranger's record", HELD, lambda s: [s.op({"sha256": "ab" * 32}, t="evidence", root=s.strange)]),
    up(
        "files of odd names",
        APPLIED,
        lambda s: [
            s.op({"sha256": f"{n:064x}", "name": name, "media": media, "bytes": 999_999_999}, t="evidence", root=s.own)
            for n, (name, media) in enumerate(
                (
                    ("../../x", "image/jpeg"),
                    ("CON", "x" * 9_000),
                    ("\0\u202egpj.exe", "\0"),
                    ("", ""),
                    ("长" * 30_000, ""),
                )
            )
        ],
    ),
    up("a measure called a problem", HELD, lambda s: [s.op({"text": "x"}, t="problem", r=s.own)]),
    up(
        "dispatch under a wrong id",
        HELD,
        lambda s: [s.op({"month": "2024-05", "progress": "x"}, t="dispatch", root=s.given)],
    ),
    up(
        "dispatch of month 13",
        HELD,
        lambda s: [
            s.op({"month": m, "progress": "x"}, t="dispatch", root=s.given, r=s.month(s.given, m))
            for m in ("2024-13", "2024-00", "", "五月", "2024-5")
        ],
    ),
    up("two made of one", APPLIED, lambda s: [s.op({"description": "双份"}, n=7)] * 2),
    # ---- rights
    up(
        "unit by a township",
        HELD,
        lambda s: [
            s.op({"code": OTHER, "name": "白水镇"}, t="unit", r=s.unit(OTHER)),
            s.op({"code": "1", "name": "a", "kind": "county"}, t="unit"),
            s.op({"code": COUNTY, "kind": "township"}, t="unit", r=s.unit(COUNTY)),
        ],
    ),
    up(
        "a notice by a township",
        HELD,
        lambda s: [s.op({"title": "督办函", "kind": "supervision", "township": "青石镇"}, t="notice")],
    ),
    up(
        "certificate by a township",
        HELD,
        lambda s: [
            cert_op(s, b64encode(certificate(s, "town")).decode()),
            cert_op(s, b64encode(certificate(s, "other")).decode()),
            cert_op(s, b64encode(certificate(s, "county")).decode()),
            cert_op(s, "!!!!"),
            cert_op(s, "AAAA"),
            cert_op(s, 5),
            cert_op(s, [["a"]]),
            cert_op(s, None),
            cert_op(s, ""),
            cert_op(s, "A" * 30_000),
            cert_op(s, "证书"),
        ],
    ),
    up(
        "revocation by a township",
        HELD,
        lambda s: [
            s.op({"device": s.devices["county"]}, k="revoke", t="certificate"),
            s.op({"device": 5}, k="revoke", t="certificate"),
            s.op({}, k="revoke", t="certificate"),
        ],
    ),
    up(
        "grant by a township",
        HELD,
        lambda s: [
            s.op({"unit": OTHER, "of": [COUNTY, OTHER]}, k="grant", t="grant", root=s.strange),
            s.op({"unit": "361021101", "of": [OTHER]}, k="grant", t="grant", root=s.strange),
            s.op({}, k="grant", t="grant", root=s.given),
        ],
    ),
    up(
        "void by a stranger",
        HELD,
        lambda s: [
            s.op({"void": "2024-06-01"}, k="void", r=s.strange),
            s.op({"void": "2024-06-01"}, k="void", r=s.given),
            s.op({"void": None}, k="void", r=s.strange),
        ],
    ),
    up(
        "void of garbage",
        HELD,
        lambda s: (
            [s.op({"void": v}, k="void", r=s.own) for v in (1, "", "2024-02-30", [], {"a": 1}, True)]
            + [s.op({}, k="void", r=s.own)]
        ),
    ),
    up("void of own", APPLIED, lambda s: [s.op({"void": "2024-06-01"}, k="void", r=s.own)]),
    up("remark by a stranger", HELD, lambda s: [s.op({"text": "x"}, k="remark", t="remark", root=s.strange)]),
    up(
        "remark that is no text",
        HELD,
        lambda s: (
            [s.op({"text": v}, k="remark", t="remark", root=s.own) for v in (5, None, ["a"], {"a": 1}, True)]
            + [s.op({}, k="remark", t="remark", root=s.own)]
        ),
    ),
    up(
        "remark of odd signs",
        APPLIED,
        lambda s: [
            s.op({"text": "\0\u202e\x1b[31m"}, k="remark", t="remark", root=s.own),
            s.op({"text": ""}, k="remark", t="remark", root=s.own),
            s.op({"text": "x", "more": 1}, k="remark", t="x", root=s.own, r="77" * 16),
        ],
    ),
    up(
        "verdict by a township",
        HELD,
        lambda s: (
            [s.op({"closing_stage": [["2024-06-01", "closed"]]}, r=r, saw=[]) for r in (s.own, s.given, s.strange)]
            + [s.op({"county_number": "1"}, r=s.own)]
        ),
    ),
    up("a local note that travels", HELD, lambda s: [s.op({"internal_note": "密"}, r=s.own)]),
    # ---- authors and audiences
    up(
        "another unit's device",
        NOT_HELD,
        lambda s: [
            (stamp, s.op({"progress": "假"}, by=by, r=s.strange))
            for by in ("other", "county", "office")
            for stamp in (bytes(16), b"\x01" + b"g" * 15, b"\xff" * 16)
        ],
    ),
    up(
        "a device of nobody",
        NOT_HELD,
        lambda s: [
            (stamp, s.op({"progress": "假"}, by="ee" * 16, r=s.own)) for stamp in (bytes(16), b"\x01" + b"g" * 15)
        ],
    ),
    up(
        "a device that is none",
        NOT_HELD,
        lambda s: [s.op({"progress": "x"}, r=s.own, dev=d) for d in ("", 5, None, "zz" * 16, ...)],
    ),
    up(
        "for everybody",
        APPLIED,
        lambda s: [s.op({"progress": "众"}, r=s.own, aud=aud) for aud in (["*"], [OTHER], [COUNTY, "*"], [""], ["'"])],
    ),
    up("for this disk alone", NOT_HELD, lambda s: [s.op({"internal_note": "密"}, r=s.own, aud=[])]),
    up(
        "an audience that is none",
        NOT_HELD,
        lambda s: [
            s.op({}, r=s.own, aud=aud) for aud in ("*", None, [5], ["x" * 65], [str(n) for n in range(1_001)], {})
        ],
    ),
)
