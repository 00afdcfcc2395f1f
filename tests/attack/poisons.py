"""Poisoned operations inside genuine packages, each with the answer that the laws give."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.store.schema import device
from tests.attack.forging import Raw, Scene
from tests.offices import COUNTY, OTHER

APPLIED, HELD, IDLE, NOT_HELD, REFUSED = "applied", "held", "idle", "not held", "refused"
Bodies = list[bytes] | list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Poison:
    """`answer` for every operation. HELD: listed for a person; IDLE: in the log, says nothing that could be applied."""

    name: str
    answer: str
    make: Callable[[Scene], Bodies]
    sender: str = "town"
    receiver: str = "county"


def P(name: str, answer: str, make: Callable[[Scene], Bodies]) -> Poison:
    return Poison(name, answer, make)


def D(name: str, answer: str, make: Callable[[Scene], Bodies]) -> Poison:
    """Down: from a county that has gone mad, with its genuine stamp."""

    def stamped(scene: Scene) -> Bodies:
        stamp = scene.world["county"].desk.county_keys.stamp
        return [(stamp(body), body) for body in make(scene) if isinstance(body, bytes)]

    return Poison(name, answer, stamped, "county", "town")


def nested(depth: int, *, objects: bool = False) -> Raw:
    return Raw('{"a":' * depth + "1" + "}" * depth if objects else "[" * depth + "]" * depth)


def _names(count: int) -> list[str]:
    return [f"{n:016x}" for n in range(count)]


def _days(count: int) -> list[list[str]]:
    return [[f"{1900 + n // 336:04}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}", "behind"] for n in range(count)]


def _certificate(scene: Scene, name: str) -> bytes:
    with scene.world[name].desk.ledger.read() as connection:
        raw = connection.scalar(select(device.c.certificate).where(device.c.id == scene.world[name].desk.side.device))
    return raw or b""


def _cert_op(scene: Scene, value: Any, by: str = "town", **more: Any) -> bytes:
    return scene.op({"certificate": value, "device": scene.devices["town"]}, by=by, k="cert", t="certificate", **more)


WRONG: dict[str, list[Any]] = {
    "description": [1, True, [], [["a", "b"]], {"a": 1}, Raw("1.5"), nested(30), nested(30, objects=True)],
    "longitude": ["12", True, [], 10**15, -(10**15), Raw("1e300"), Raw("9" * 4000), {"x": 1}],
    "found_on": ["2024-02-30", "2024-13-01", "2024-1-1", "", 20240101, "２０２４-０１-０１", "2024-01-01T00:00", ["2024-01-01"]],
    "pace": ["behind", 1, [1, 2], [[1, 2]], [["2024-01-01"]], [["2024-01-01", "behind", "x"]], [None], [[None, None]],
             [["2024-01-01", ["behind"]]], {"2024-01-01": "behind"}, [["2024-01-01", "flying"]], [["bad", "behind"]],
             [["2024-02-02", "behind"], ["2024-01-01", "ahead"]], [["2024-01-01", "behind"], ["2024-01-01", "ahead"]],
             [["", "behind"], ["", "ahead"]], [["2024-02-30", "behind"]], ["ab"], [["", ""]], [[]], [[[]]]],
    "completed_on": [1, [[1, 2]], [1], ["ab"], [{"a": 1}], [["2024-01-01", 3]], "2024-01-01"],
    "deadline_kind": [[["x"]], [5], 7, {"a": [1]}],
    "long_term_too": ["maybe", True, 1, [], ["true"]],
    "categories": [1, ["水", "气"], {}],
    "township": [["白水镇"], 7, {"a": "b"}],
    "lead_unit": [[], 1],
}  # fmt: skip


def _wrong(scene: Scene) -> Bodies:
    return [scene.op({name: value}, r=scene.own) for name, some in WRONG.items() for value in some]


def _wrong_petition(scene: Scene) -> Bodies:
    table = {"fine_wan": ["x", True, 10**16], "orders": [-1, 10**9, Raw("1.5"), "3", True], "verified": ["yes", 1],
             "finish_state": [[[1, 2]], "finished", [[]]], "closing_stage": [[["", "closed"]], [3]]}  # fmt: skip
    found, _ = scene.world["town"].records.list("petition")
    assert found
    record = scene.world["town"].records.list("petition")[1][0]["id"]
    return [scene.op({n: v}, t="petition", r=record) for n, some in table.items() for v in some]


POISONS: tuple[Poison, ...] = (
    # ---- order and names
    P("lam 2^53-1", APPLIED, lambda s: [s.op({"progress": "最后"}, r=s.own, lam=2**53 - 1)]),
    P("lam 0", APPLIED, lambda s: [s.op({"progress": "最前"}, r=s.own, lam=0)]),
    P("lam impossible", NOT_HELD, lambda s: [
        s.op({"progress": "x"}, r=s.own, lam=lam) for lam in (2**53, -1, Raw("1.5"), True, "1", None, 10**400)]),
    P("prev unknown", APPLIED, lambda s: [s.op({"progress": ["新", _names(3)]} and {"progress": "新"}, r=s.own)]),
    P("prev names nobody", APPLIED, lambda s: [s.op(Raw('{"progress":["新",["00000000000000aa"]]}'), r=s.own)]),
    P("prev names another record", APPLIED,
      lambda s: [s.op({}, r=s.own) and s.op(Raw(f'{{"progress":["新",["{s.given[:16]}"]]}}'), r=s.own)]),
    P("prev 10,000 names", APPLIED,
      lambda s: [s.op({}, r=s.own, f={"progress": ["新", _names(10_000)]})]),
    P("prev no names", HELD, lambda s: [
        s.op({}, r=s.own, f={"progress": ["新", bad]}) for bad in (["x"], ["A" * 16], ["0" * 17], [5], None, [None], {})]),
    P("after and saw huge", APPLIED,
      lambda s: [s.op({"progress": "新"}, r=s.own, after=_names(9_000)), s.op({"progress": "新"}, r=s.own, saw=_names(9_000))]),
    P("after and saw no names", HELD,
      lambda s: [s.op({"progress": "新"}, r=s.own, after=["zz"]), s.op({"progress": "新"}, r=s.own, saw=[""]),
                 s.op({"progress": "新"}, r=s.own, saw="ab"), s.op({"progress": "新"}, r=s.own, after=nested(40))]),
    # ---- newer programs
    P("unknown kind", HELD, lambda s: [s.op({"progress": "新"}, r=s.own, k=k) for k in ("merge", "", "SET", "删")]),
    P("unknown table", HELD, lambda s: [s.op({"x": "新"}, t=t) for t in ("inspection", "", "op", "problem; DROP", "setting")]),
    P("unknown field", HELD, lambda s: [s.op({n: "新"}, r=s.own) for n in ("newer", "", "id", "pk", "remark", "void", "栏" * 64)]),
    P("field name too long", HELD, lambda s: [s.op({"x" * 65: "新"}, r=s.own)]),
    P("2,000 fields", HELD, lambda s: [s.op({f"f{n}": n for n in range(2_000)}, r=s.own)]),
    P("version 2", HELD, lambda s: [
        s.op({"progress": "新"}, r=s.own, v=2, colour="blue"), s.op(Raw("[1,2]"), r=s.own, v=2), s.op(Raw('"x"'), v=10**30),
        s.op({"progress": "字" * 40_000}, r=s.own, v=2), s.op({"progress": Raw("1e400")}, r=s.own)]),
    P("no version", NOT_HELD, lambda s: [s.op({}, r=s.own, v=v) for v in (0, -1, "1", None, Raw("1.5"), ...)]),
    # ---- values
    P("values of the wrong type", HELD, _wrong),
    P("petition values of the wrong type", HELD, _wrong_petition),
    P("no JSON", NOT_HELD, lambda s: [
        s.op({"progress": Raw("NaN")}, r=s.own), s.op({"progress": Raw('"\\ud800"')}, r=s.own), b"x", b"[]", b"null",
        b"{}", b"\xff\xfe{}", b"\0" * 50, b"{" * 5_000, s.op({}, r=s.own)[:-1], s.op({}, r=s.own) + b"}",
        b"\xef\xbb\xbf" + s.op({}, r=s.own)]),
    P("nested 33", NOT_HELD, lambda s: [s.op({"progress": nested(40)}, r=s.own)]),
    P("nested 10,000", NOT_HELD, lambda s: [
        s.op({"progress": nested(10_000)}, r=s.own), s.op({"progress": nested(10_000, objects=True)}, r=s.own),
        s.op({"progress": nested(10_000)}, r=s.own, v=2), s.op({}, r=s.own, x=nested(100_000))]),
    P("nested to the edge of the stack", NOT_HELD, lambda s: [
        s.op({}, r=s.own, v=2, x=nested(depth)) for depth in range(700, 1_000, 3)]),
    P("empty text", APPLIED, lambda s: [s.op({"progress": ""}, r=s.own)]),
    P("null everywhere", APPLIED, lambda s: [s.op(dict.fromkeys(
        ("description", "township", "number", "found_on", "pace", "longitude", "categories", "deadline_kind")), r=s.own)]),
    P("32,000 characters", APPLIED, lambda s: [s.op({"progress": "长" * 32_000}, r=s.own)]),
    P("32,001 characters", REFUSED, lambda s: [s.op({"progress": "a" * 32_001}, r=s.own)]),
    P("remark of 32,001 characters", REFUSED, lambda s: [
        s.op({"text": "a" * 32_001}, k="remark", t="remark", root=s.own)]),
    P("signs that turn and hide", APPLIED, lambda s: [
        s.op({"description": "a\0b\x01\x1f\u202e\u2066颠倒\ufeff\ufffe\uffff\r\n\t=cmd|'/c calc'!A1", "person": "\0",
              "phone": "\x7f\x85", "township": "\u202e镇\0", "source": "'; DROP TABLE op;--", "number": "\0"}, r=s.own)]),
    P("user, time and reason are garbage", APPLIED, lambda s: [
        s.op({"progress": "新"}, r=s.own, user="\u202e" + "长" * 50_000, wall="昨天\0", why="\x1b[2J" * 1_000),
        s.op({"progress": "新2"}, r=s.own, user="", wall="9999999-01-01", why="")]),
    P("user is a number", HELD, lambda s: [s.op({"progress": "新"}, r=s.own, user=5), s.op({"progress": "新"}, r=s.own, wall=None)]),
    P("10,000 dated events", APPLIED, lambda s: [s.op({"pace": _days(10_000)}, r=s.own)]),
    P("100,000 dated events", REFUSED, lambda s: [s.op({"pace": _days(100_000)}, r=s.own)]),
    P("days at the ends of time", APPLIED, lambda s: [
        s.op({"found_on": "0001-01-01", "deadline": "9999-12-31", "pace": [["0001-01-01", "behind"], ["9999-12-31", "ahead"]]},
             r=s.own), s.op({"deadline": "0001-01-01", "longitude": -0.0, "latitude": 1e-300}, r=s.own)]),
    P("numbers that break counting", APPLIED, lambda s: [s.op({"number": n, "description": f"编号{i}"}) for i, n in enumerate(
        _numbers(s))]),
    P("10,000 unit names", APPLIED, lambda s: [
        s.op({"lead_unit": "；".join(f"单位{n}" for n in range(4_000)), "township": "；；，、\n"}, r=s.own)]),
    P("no fields on a record", IDLE, lambda s: [s.op({}, r=s.own), s.op({}, r="0" * 32)]),
    P("an empty record", APPLIED, lambda s: [s.op({}), s.op({}, t="petition")]),
    P("over 256 KiB", REFUSED, lambda s: [s.op({f"f{n}": "长" * 30_000 for n in range(4)}, r=s.own)]),
    # ---- places
    P("r is another unit's record", HELD, lambda s: [s.op({"description": "改"}, r=s.strange), s.op({"number": "1"}, r=s.given)]),
    P("r is a record of another table", HELD, lambda s: [
        s.op({"content": "改"}, r=s.own, t="petition"), s.op({"text": "改"}, r=s.measure, t="measure"),
        s.op({"text": "x"}, r=s.measure, root=s.given, t="problem"), s.op({"name": "x"}, r=s.own, t="unit")]),
    P("r is the record of nobody", HELD, lambda s: [s.op({"description": "改"}, r="12" * 16)]),
    P("bad ids", NOT_HELD, lambda s: [
        s.op({}, r=r) for r in ("../../etc", "AB" * 16, "a" * 31, "a" * 33, "", 5, "a" * 31 + "\n")]),
    P("part of nothing", HELD, lambda s: [s.op({"text": "x"}, t="measure", root="34" * 16), s.op({"text": "x"}, t="measure")]),
    P("part of itself", HELD, lambda s: [s.op({"text": "x"}, t="measure", r="56" * 16, root="56" * 16)]),
    P("part of a part", HELD, lambda s: [s.op({"text": "x"}, t="measure", root=s.measure)]),
    P("part of a unit", HELD, lambda s: [s.op({"text": "x"}, t="measure", root=s.unit(OTHER)),
                                         s.op({"month": "2024-05"}, t="dispatch", root=s.unit(OTHER))]),
    P("part of a stranger's record", HELD, lambda s: [s.op({"text": "x"}, t="measure", root=s.strange)]),
    P("a problem below a problem", HELD, lambda s: [s.op({"description": "x"}, root=s.given), s.op({"description": "x"}, root=s.own)]),
    P("a measure called a problem", HELD, lambda s: [s.op({"text": "x"}, t="problem", r=s.own)]),
    P("dispatch under a wrong id", HELD, lambda s: [s.op({"month": "2024-05", "progress": "x"}, t="dispatch", root=s.given)]),
    P("dispatch of month 13", HELD, lambda s: [
        s.op({"month": m, "progress": "x"}, t="dispatch", root=s.given, r=s.month(s.given, m))
        for m in ("2024-13", "2024-00", "", "五月", "2024-5")]),
    P("two made of one", APPLIED, lambda s: [s.op({"description": "双份"}, n=7)] * 2),
    # ---- rights
    P("unit by a township", HELD, lambda s: [
        s.op({"code": OTHER, "name": "白水镇"}, t="unit", r=s.unit(OTHER)), s.op({"code": "1", "name": "a", "kind": "county"}, t="unit"),
        s.op({"code": COUNTY, "kind": "township"}, t="unit", r=s.unit(COUNTY))]),
    P("certificate by a township", HELD, lambda s: [
        _cert_op(s, b64encode(_certificate(s, "town")).decode()), _cert_op(s, b64encode(_certificate(s, "other")).decode()),
        _cert_op(s, b64encode(_certificate(s, "county")).decode()), _cert_op(s, "!!!!"), _cert_op(s, "AAAA"), _cert_op(s, 5),
        _cert_op(s, [["a"]]), _cert_op(s, None), _cert_op(s, ""), _cert_op(s, "A" * 30_000), _cert_op(s, "证书")]),
    P("revocation by a township", HELD, lambda s: [
        s.op({"device": s.devices["county"]}, k="revoke", t="certificate"), s.op({"device": 5}, k="revoke", t="certificate"),
        s.op({}, k="revoke", t="certificate")]),
    P("grant by a township", HELD, lambda s: [
        s.op({"unit": OTHER, "of": [COUNTY, OTHER]}, k="grant", t="grant", root=s.strange),
        s.op({"unit": "361021101", "of": [OTHER]}, k="grant", t="grant", root=s.strange),
        s.op({}, k="grant", t="grant", root=s.given)]),
    P("void by a stranger", HELD, lambda s: [
        s.op({"void": "2024-06-01"}, k="void", r=s.strange), s.op({"void": "2024-06-01"}, k="void", r=s.given),
        s.op({"void": None}, k="void", r=s.strange)]),
    P("void of garbage", HELD, lambda s: [
        s.op({"void": v}, k="void", r=s.own) for v in (1, "", "2024-02-30", [], {"a": 1}, True)] + [s.op({}, k="void", r=s.own)]),
    P("void of own", APPLIED, lambda s: [s.op({"void": "2024-06-01"}, k="void", r=s.own)]),
    P("remark by a stranger", HELD, lambda s: [s.op({"text": "x"}, k="remark", t="remark", root=s.strange)]),
    P("remark that is no text", HELD, lambda s: [
        s.op({"text": v}, k="remark", t="remark", root=s.own) for v in (5, None, ["a"], {"a": 1}, True)]
        + [s.op({}, k="remark", t="remark", root=s.own)]),
    P("remark of odd signs", APPLIED, lambda s: [
        s.op({"text": "\0\u202e\x1b[31m"}, k="remark", t="remark", root=s.own), s.op({"text": ""}, k="remark", t="remark", root=s.own),
        s.op({"text": "x", "more": 1}, k="remark", t="x", root=s.own, r="77" * 16)]),
    P("verdict by a township", HELD, lambda s: [
        s.op({"closing_stage": [["2024-06-01", "closed"]]}, r=r, saw=[]) for r in (s.own, s.given, s.strange)]
        + [s.op({"county_number": "1"}, r=s.own)]),
    P("a local note that travels", HELD, lambda s: [s.op({"internal_note": "密"}, r=s.own)]),
    # ---- authors and audiences
    P("another unit's device", NOT_HELD, lambda s: [
        (stamp, s.op({"progress": "假"}, by=by, r=s.strange)) for by in ("other", "county", "office")
        for stamp in (bytes(16), b"\x01" + b"g" * 15, b"\xff" * 16)]),
    P("a device of nobody", NOT_HELD, lambda s: [
        (stamp, s.op({"progress": "假"}, by="ee" * 16, r=s.own)) for stamp in (bytes(16), b"\x01" + b"g" * 15)]),
    P("a device that is none", NOT_HELD, lambda s: [s.op({"progress": "x"}, r=s.own, dev=d) for d in ("", 5, None, "zz" * 16, ...)]),
    P("for everybody", APPLIED, lambda s: [s.op({"progress": "众"}, r=s.own, aud=aud) for aud in (["*"], [OTHER], [COUNTY, "*"], [""], ["'"])]),
    P("for this disk alone", NOT_HELD, lambda s: [s.op({"internal_note": "密"}, r=s.own, aud=[])]),
    P("an audience that is none", NOT_HELD, lambda s: [
        s.op({}, r=s.own, aud=aud) for aud in ("*", None, [5], ["x" * 65], [str(n) for n in range(1_001)], {})]),
    # ---- from the county down
    D("verdict of garbage", HELD, lambda s: [
        s.op({"closing_stage": v}, by="county", r=s.given, saw=[]) for v in ([[1, 2]], "closed", [["", "flown"]], 7)]),
    D("part of a record that is not there", APPLIED, lambda s: [s.op({"text": "x"}, by="county", t="measure", root="34" * 16)]),
    D("part of a unit, by the county", APPLIED, lambda s: [s.op({"text": "x"}, by="county", t="measure", root=s.unit(OTHER))]),
    D("unit that takes another's name", APPLIED, lambda s: [
        s.op({"code": OTHER, "name": "白水镇人民政府"}, by="county", t="unit", r=s.unit(OTHER), lam=50)]),
    D("units of garbage", APPLIED, lambda s: [
        s.op({"code": c, "name": n, "kind": k}, by="county", t="unit", r=s.unit(c))
        for c, n, k in (("", "无码", "township"), ("9", "", "township"), ("a\0b", "\u202e", "未知"), ("0", "零县", "county"), ("*", "全", ""))]),
    D("unit under another's id", HELD, lambda s: [
        s.op({"code": OTHER, "name": "假"}, by="county", t="unit", r=s.unit("361021101")),
        s.op({"code": OTHER, "name": "假"}, by="county", t="unit")]),
    D("certificates of garbage", IDLE, lambda s: [_cert_op(s, v, by="county") for v in ("!!!!", 5, None, "A" * 30_000)]),
    D("grants of garbage", APPLIED, lambda s: [
        s.op({"unit": u, "of": of}, by="county", k="grant", t="grant", root=s.given)
        for u, of in ((OTHER, []), ("", [""]), ("x" * 9_000, ["y"] * 3_000), ("*", ["*"]))]),
    D("grants that are none", HELD, lambda s: [
        s.op({"unit": u, "of": of}, by="county", k="grant", t="grant", root=s.given) for u, of in ((5, []), (OTHER, "x"), (None, None))]),
    D("operations of a device nobody knows", HELD, lambda s: [s.op({"progress": "x"}, by="ee" * 16, r=s.given, aud=["361021101"])]),
    D("verdicts that differ", APPLIED, lambda s: [
        s.op({"closing_stage": [[d, "closed"]]}, by="county", r=s.given, saw=[]) for d in ("", "2024-06-01", "9999-12-31")]),
)  # fmt: skip


def _numbers(scene: Scene) -> list[str]:
    """Numbers as the county and the township give them themselves, with a counter that is none."""
    from datetime import datetime

    from models.store.number import letters

    year = datetime.now().astimezone().year
    ends = [(code, letters(scene.devices[name])) for code, name in ((COUNTY, "county"), ("361021101", "town"))]
    counters = ("xxxx", "9" * 5_000, "", "٣٣٣٣", "-5", "1" * 30, "1_0", " 7 ")
    return [f"{code}-{y}-{c}-{end}" for code, end in ends for y in {year, 2024} for c in counters]
