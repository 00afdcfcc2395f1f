"""A genuine key in bad hands: every poisoned operation gets the answer of the laws, and nothing else suffers.

By default all poisons with one answer travel in one package; `soak` sends each of them alone.
"""

from __future__ import annotations

import json
import time
from itertools import groupby
from typing import Any
from zipfile import ZipFile

import pytest

from models.domain.operation import Operation
from models.domain.plain import seen
from models.store import fold, operations
from models.sync import ahead
from tests.attack.forging import Scene
from tests.attack.hatch import ask, calm, pages
from tests.attack.poisons import APPLIED, HELD, NOT_HELD, REFUSED, Poison
from tests.attack.poisons_down import DOWN
from tests.attack.poisons_inspecting import INSPECTING
from tests.attack.poisons_up import UP

POISONS = (*UP, *DOWN, *INSPECTING)
_MOVES = ("exchange", "exchange_said", "conflicts", "light", "light_why", "review")


def _kind(poison: Poison) -> tuple[str, str]:
    return poison.sender, poison.answer


_GROUPS = [list(some) for _, some in groupby(sorted(POISONS, key=_kind), key=_kind)]


def _still(records: dict[str, Any]) -> dict[str, Any]:
    return {i: {n: v for n, v in record.items() if n not in _MOVES} for i, record in records.items()}


def _told(report: dict[str, Any]) -> dict[str, Any]:
    """A report but for the words before its message, which say whether it was only tried."""
    return {**report, "message": report["message"].partition("：")[2]}


def _swallow(scene: Scene, poisons: list[Poison]) -> None:
    """Take in what poisons of one kind made, and look at everything afterwards."""
    world, first = scene.world, poisons[0]
    bodies = [body for poison in poisons for body in poison.make(scene)]
    package = scene.package(bodies, first.sender, first.receiver)
    home = world.home(first.receiver)
    world.close()
    before = pages(home, world.folder)

    preview = calm(home, "exchange", "import", package, "--preview", endings=(0,)).json["packages"][0]
    report = calm(home, "exchange", "import", package, endings=(0,)).json["packages"][0]

    assert report["result"] == "imported", report
    assert _told(report) == _told(preview)
    assert report["refused_operations"] == (len(bodies) if first.answer == NOT_HELD else 0), report
    for body in (body[1] if isinstance(body, tuple) else body for body in bodies):
        assert scene.is_held(first.receiver, body) == (first.answer != NOT_HELD), body[:300]
        assert bool(scene.listed(first.receiver, body)) == (first.answer == HELD), body[:300]
    world.close()
    after = pages(home, world.folder)
    if first.answer == APPLIED:
        assert before.keys() <= after.keys() | {scene.own}  # voided by its own unit, it has left the list
    else:
        assert _still(after) == _still(before)
    _goes_on(scene, conflicts=first.answer == APPLIED)


def _goes_on(scene: Scene, *, conflicts: bool = False) -> None:
    """Both sides still work, and what they hold is the same after two rounds."""
    world = scene.world
    for name in ("county", "town"):
        calm(world.home(name), "records", "add", "problems", "--set", "description=照常登记", endings=(0,))
    calm(world.home("town"), "records", "edit", "problems", scene.given, "--set", "progress=照常填报", endings=(0,))
    for _ in range(2):
        world.round("town", "other")
    assert world.agree("town", "other")
    assert world.sound("other") == []
    if not conflicts:
        assert calm(world.home("county"), "conflict", "list").json["conflicts"] == []
    world.close()
    for name in ("county", "town"):
        pages(world.home(name), world.folder)


@pytest.mark.parametrize("poisons", [g for g in _GROUPS if g[0].answer != REFUSED], ids=lambda g: " ".join(_kind(g[0])))
def test_poisons_in_genuine_packages_get_their_answer_and_leave_no_harm(poisons: list[Poison], scene: Scene):
    _swallow(scene, poisons)


@pytest.mark.soak
@pytest.mark.parametrize("poison", [p for p in POISONS if p.answer != REFUSED], ids=lambda p: p.name)
def test_each_poison_alone_gets_its_answer_and_leaves_no_harm(poison: Poison, scene: Scene):
    _swallow(scene, [poison])


def test_a_package_over_the_limits_is_refused_whole(scene: Scene):
    world, home = scene.world, scene.world.home("county")
    digest = calm(home, "digest").json
    good = scene.op({"progress": "本来没有问题"}, r=scene.own)
    for poison in POISONS:
        if poison.answer == REFUSED:
            package = scene.package([good, *poison.make(scene)])
            answer = calm(home, "exchange", "import", package, endings=(3,))
            assert answer.json["packages"][0]["result"] == "refused"
            assert calm(home, "digest").json == digest, poison.name
    assert not scene.is_held("county", good)
    _goes_on(scene)
    assert world.sound("county", "town") == []


def _without_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object without the names of fields as programs call them, which nobody is shown."""
    return {name: value for name, value in pairs if name != "field"}


def test_nothing_that_is_shown_turns_or_hides_text(scene: Scene):
    """Lists, pages, histories, conflicts, workbooks and searches show what hostile texts say, in the order it was said."""
    world, home = scene.world, scene.world.home("county")
    hide = "甲\u202e乙\u200b丙\u2066丁\u3164\ufeff\u2028戊\x9b\x1b[7m\U000e0041"
    texts = dict.fromkeys(("description", "person", "place", "progress", "lead_unit", "source", "goal"), hide)
    bodies = [
        scene.op(texts),
        scene.op({"progress": hide}, r=scene.own, user=hide, why=hide, wall=hide),
        scene.op({"progress": f"{hide}2"}, r=scene.own),
        scene.op({"text": hide}, k="remark", t="remark", root=scene.own),
        scene.op({"text": hide, "unit": hide}, t="measure", root=scene.own),
        scene.op({"sha256": "ab" * 32, "name": hide, "caption": hide}, t="evidence", root=scene.own),
        scene.op({"township": f"白\u200b水\u202e镇{hide}", hide: hide, "pace": hide}, r=scene.own),
        scene.op({"title": hide, "villages": hide}, t="campaign"),
        scene.op({"name": hide}, t="source"),
    ]
    package = scene.package(bodies)
    world.close()
    said = [calm(home, "exchange", "import", package, "--preview", endings=(0,)).out]
    said.append(calm(home, "exchange", "import", package, endings=(0,)).out)
    for kind in ("problems", "sources"):
        listed = calm(home, "records", "list", kind, endings=(0,))
        said.append(listed.out)
        for record in listed.json["records"]:
            said += [calm(home, "records", verb, kind, record["id"], endings=(0,)).out for verb in ("show", "history")]
    said += [
        calm(home, *words, endings=(0,)).out for words in (("conflict", "list"), ("tally",), ("exchange", "status"))
    ]
    said.append(ask(home, "records", "list", "problems", as_json=False).out)
    for name in (
        "records export problems --out {}",
        "report ledger --out {}",
        "report dossier --problem {id} --out {}",
    ):
        for ending in ("xlsx", "docx") if "report" in name else ("xlsx",):
            out = world.folder / f"out.{ending}"
            calm(home, *name.format(out, id=scene.own).replace("{}", str(out)).split(), endings=(0,))
            with ZipFile(out) as archive:
                said += [archive.read(part).decode() for part in archive.namelist() if part.endswith(".xml")]
    for text in said:
        parsed = json.loads(text, object_pairs_hook=_without_keys) if text.startswith("{") else text
        shown = parsed if isinstance(parsed, str) else json.dumps(parsed, ensure_ascii=False)
        assert not (found := [hex(ord(one)) for one in shown if seen(one) != one and one != "\r"]), (found, shown[:300])
        assert "\\u" not in shown
    assert any("甲乙丙丁 戊[7m" in text for text in said)
    hits = calm(home, "records", "list", "problems", "--search", "甲乙丙丁", endings=(0,)).json
    assert hits["total"] == 2


def test_what_is_in_memory_together_is_bounded_by_its_length_too(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    """2,000 operations are a megabyte, or half a gigabyte of them and many gigabytes of what they say."""
    monkeypatch.setattr(fold, "_BYTES_AT_ONCE", 100_000)
    monkeypatch.setattr(ahead, "BYTES_AT_ONCE", 100_000)
    together: list[list[int]] = []
    genuine = operations.read

    def counted(body: bytes, sha: bytes | None = None) -> Operation:
        together[-1].append(len(body))
        return genuine(body, sha)

    write = fold._write

    def begun(*given: Any) -> bool:
        together.append([])
        return write(*given)

    monkeypatch.setattr(operations, "read", counted)
    monkeypatch.setattr(fold, "_write", begun)
    bodies = [scene.op({"description": f"{n}" + "长" * 9_000}) for n in range(30)]
    bodies += [scene.op({"progress": f"{n}" + "长" * 9_000}, r=scene.own) for n in range(9)]
    together.append([])
    assert scene.world.taken("county", scene.package(bodies)).created == 30
    assert max(len(some) for some in together) < 2 * 9 + 6
    assert sum(map(sum, together)) > 30 * 27_000
    together.append([])
    county = scene.world["county"]
    with county.desk.ledger.write() as connection:
        together.append([])
        fold.rebuild(connection)
    assert scene.world.sound("county") == []


def _many(scene: Scene, count: int, *, seconds: float, megabytes: int) -> None:
    """Many tiny operations: half of them records of their own, half on one record."""
    resource = pytest.importorskip("resource", reason="what a process held is asked in another way here")
    bodies = [scene.op({"description": f"第{n}条"}, n=n) if n % 2 else scene.op({"progress": f"{n}"}, r=scene.own, n=n)
              for n in range(count)]  # fmt: skip
    package = scene.package(bodies)
    home = scene.world.home("county")
    scene.world.close()
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    report = calm(home, "exchange", "import", package, endings=(0,)).json["packages"][0]
    spent, grown = time.process_time() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(f"{count} operations: {spent:.1f} s of CPU, {grown} MiB more")
    assert report["created"] == count // 2
    assert spent < seconds
    assert grown < megabytes
    assert calm(home, "check", "--deep", endings=(0,)).json["ok"]
    calm(home, "records", "show", "problems", scene.own, endings=(0,))
    calm(home, "conflict", "list", endings=(0,))


def test_many_tiny_operations_cost_bounded_time_and_memory(scene: Scene):
    _many(scene, 4_000, seconds=20, megabytes=300)


@pytest.mark.soak
def test_200_000_tiny_operations_cost_bounded_time_and_memory(scene: Scene):
    _many(scene, 200_000, seconds=600, megabytes=1_500)
