"""Poisoned operations inside genuine packages, each with the answer that the laws give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.store.schema import device
from tests.attack.forging import Raw, Scene
from tests.offices import COUNTY

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


def up(name: str, answer: str, make: Callable[[Scene], Bodies]) -> Poison:
    return Poison(name, answer, make)


def down(name: str, answer: str, make: Callable[[Scene], Bodies]) -> Poison:
    """Down: from a county that has gone mad, with its genuine stamp."""

    def stamped(scene: Scene) -> Bodies:
        stamp = scene.world["county"].desk.county_keys.stamp
        return [(stamp(body), body) for body in make(scene) if isinstance(body, bytes)]

    return Poison(name, answer, stamped, "county", "town")


def nested(depth: int, *, objects: bool = False) -> Raw:
    return Raw('{"a":' * depth + "1" + "}" * depth if objects else "[" * depth + "]" * depth)


def names(count: int) -> list[str]:
    return [f"{n:016x}" for n in range(count)]


def days(count: int) -> list[list[str]]:
    return [[f"{1900 + n // 336:04}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}", "behind"] for n in range(count)]


def certificate(scene: Scene, name: str) -> bytes:
    with scene.world[name].desk.ledger.read() as connection:
        raw = connection.scalar(select(device.c.certificate).where(device.c.id == scene.world[name].desk.side.device))
    return raw or b""


def cert_op(scene: Scene, value: Any, by: str = "town", **more: Any) -> bytes:
    return scene.op({"certificate": value, "device": scene.devices["town"]}, by=by, k="cert", t="certificate", **more)


WRONG: dict[str, list[Any]] = {
    "description": [1, True, [], [["a", "b"]], {"a": 1}, Raw("1.5"), nested(30), nested(30, objects=True)],
    "longitude": ["12", True, [], 10**15, -(10**15), Raw("1e300"), Raw("9" * 4000), {"x": 1}],
    "found_on": [
        "2024-02-30",
        "2024-13-01",
        "2024-1-1",
        "",
        20240101,
        "２０２４-０１-０１",
        "2024-01-01T00:00",
        ["2024-01-01"],
    ],
    "pace": [
        "behind",
        1,
        [1, 2],
        [[1, 2]],
        [["2024-01-01"]],
        [["2024-01-01", "behind", "x"]],
        [None],
        [[None, None]],
        [["2024-01-01", ["behind"]]],
        {"2024-01-01": "behind"},
        [["2024-01-01", "flying"]],
        [["bad", "behind"]],
        [["2024-02-02", "behind"], ["2024-01-01", "ahead"]],
        [["2024-01-01", "behind"], ["2024-01-01", "ahead"]],
        [["", "behind"], ["", "ahead"]],
        [["2024-02-30", "behind"]],
        ["ab"],
        [["", ""]],
        [[]],
        [[[]]],
    ],
    "completed_on": [1, [[1, 2]], [1], ["ab"], [{"a": 1}], [["2024-01-01", 3]], "2024-01-01"],
    "deadline_kind": [[["x"]], [5], 7, {"a": [1]}],
    "long_term_too": ["maybe", True, 1, [], ["true"]],
    "categories": [1, ["水", "气"], {}],
    "township": [["白水镇"], 7, {"a": "b"}],
    "lead_unit": [[], 1],
}


def wrong(scene: Scene) -> Bodies:
    return [scene.op({name: value}, r=scene.own) for name, some in WRONG.items() for value in some]


def wrong_petition(scene: Scene) -> Bodies:
    table = {
        "fine_wan": ["x", True, 10**16],
        "orders": [-1, 10**9, Raw("1.5"), "3", True],
        "verified": ["yes", 1],
        "finish_state": [[[1, 2]], "finished", [[]]],
        "closing_stage": [[["", "closed"]], [3]],
    }
    found, _ = scene.world["town"].records.list("petition")
    assert found
    record = scene.world["town"].records.list("petition")[1][0]["id"]
    return [scene.op({n: v}, t="petition", r=record) for n, some in table.items() for v in some]


def numbers(scene: Scene) -> list[str]:
    """Numbers as the county and the township give them themselves, with a counter that is none."""
    from datetime import datetime

    from models.store.number import letters

    year = datetime.now().astimezone().year
    ends = [(code, letters(scene.devices[name])) for code, name in ((COUNTY, "county"), ("361021101", "town"))]
    counters = ("xxxx", "9" * 5_000, "", "٣٣٣٣", "-5", "1" * 30, "1_0", " 7 ")
    return [f"{code}-{y}-{c}-{end}" for code, end in ends for y in {year, 2024} for c in counters]
