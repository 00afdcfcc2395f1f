"""Packages that are broken on their way, and genuine ones whose first frame or files lie: nothing is released, ever."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path
from typing import Any

import pytest

from tests.attack.forging import Raw, Scene
from tests.attack.hatch import calm, pages
from tests.attack.poisons import nested
from tests.offices import COUNTY, OTHER, TOWN
from tests.packages_by_hand import frame

FILE = 3
JPEG = b"\xff\xd8\xff\xe0" + b"photo"
SHA = hashlib.sha256(JPEG).hexdigest()
HEX = "ab" * 16
VOLUME = {"kind": "files", "fmt": "hgf", "n_files": 1, "name": "poison.hgf"}


def everything(scene: Scene, name: str) -> Any:
    """All that lies in a home but its locks and its log: rows, files, what came in."""
    home = scene.world.home(name)
    rows = scene.world.dump(name)
    scene.world.close()
    folders = ("inbox", "staging", "files", "aside", "keys")
    return rows, {path.relative_to(home): path.read_bytes() for folder in folders
                  for path in sorted((home / folder).rglob("*")) if path.is_file()}  # fmt: skip


def with_photo(scene: Scene) -> list[Path]:
    """A package and the volume beside it."""
    photo = scene.world.folder / "photo.jpg"
    photo.write_bytes(JPEG + bytes(2_000))
    scene.world["town"].evidence.add("problem", scene.own, [photo])
    written = scene.world["town"].exchange.export(scene.world.stick()).packages
    assert [one.path.suffix for one in written] == [".hgb", ".hgf"]
    return [one.path for one in written]


def broken(content: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(content))
    match rng.randrange(4):
        case 0:
            return content[:at] + bytes((content[at] ^ (1 << rng.randrange(8)),)) + content[at + 1 :]
        case 1:
            return content[:at]
        case 2:
            return content + rng.randbytes(rng.randint(1, 64))
        case _:
            length = rng.randint(1, 64)
            return content[:at] + rng.randbytes(length) + content[at + length :]


def test_whatever_happens_to_a_package_on_its_way_the_home_stays_as_it_was(scene: Scene):
    rng, folder = random.Random(20241126), scene.world.folder / "broken"
    folder.mkdir()
    for path in with_photo(scene):
        content = path.read_bytes()
        for number in range(40):
            (folder / f"{number}{path.suffix}").write_bytes(broken(content, rng))
    before = everything(scene, "county")
    answer = calm(scene.world.home("county"), "exchange", "import", *sorted(folder.iterdir()), endings=(3,))
    assert {one["result"] for one in answer.json["packages"]} == {"refused"}
    assert len(answer.json["packages"]) == 80
    assert all("未改动" in one["message"] for one in answer.json["packages"])
    assert everything(scene, "county") == before


# what the first frame says otherwise → code of the refusal; "": taken in, and no harm done
# fmt: off
FIRST_FRAMES: dict[str, tuple[str, bytes | dict[str, Any]]] = {
    "of another package":            ("S108", {"pkg_id": HEX}),
    "of another unit":               ("S108", {"unit": OTHER}),
    "of another device":             ("S108", {"device": HEX}),
    "to another unit":               ("S108", {"to_unit": OTHER}),
    "to another county":             ("S108", {"to_root": HEX}),
    "no object":                     ("S108", b"[]"),
    "no JSON":                       ("S108", b"\xff{}"),
    "nothing":                       ("S108", {"acks": None}),
    "half a character":              ("S108", {"reports": [Raw('"\\ud800"')]}),
    "nested 100,000":                ("S108", {"x": nested(100_000)}),
    "65 acknowledgements":           ("S108", {"acks": [HEX * 2] * 65}),
    "an acknowledgement of no id":   ("S108", {"acks": ["../../x"]}),
    "a digest below zero":           ("S108", {"digest": {"n": -1, "sum": "0" * 64}}),
    "a digest beyond all":           ("S108", {"digest": {"n": 2**53, "sum": "0" * 64}}),
    "a digest that is none":         ("S108", {"digest": {"n": 1, "sum": "x" * 64}}),
    "a wish that is no hash":        ("S108", {"wants": ["../../etc/passwd"]}),
    "secrets that are none":         ("S108", {"secrets": [[0, "0" * 64]]}),
    "acknowledges what never was":   ("", {"acks": [HEX * 2, "cd" * 32]}),
    "a digest that is not true":     ("", {"digest": {"n": 7, "sum": "12" * 32}}),
    "wants what is another's":       ("", {"wants": ["@photo"]}),
    "has not what nobody has":       ("", {"have_not": ["12" * 32], "wants": ["34" * 32]}),
    "secrets of a township":         ("", {"secrets": [[1, "00" * 32], [200, "11" * 32]]}),
    "reports of what never was":     ("", {"reports": [{"pkg_id": HEX, "no": 2**53 - 1, "imported": "\0", "created": 9,
                                                        "updated": 0, "conflicts": 0, "held": 0,
                                                        "message": "\u202e" * 50_000}]}),
    "reports that count nothing":    ("S108", {"reports": [{"pkg_id": HEX, "no": 2**70, "imported": "", "created": -1,
                                                            "updated": 0, "conflicts": 0, "held": 0, "message": ""}]}),
    "what nobody knows":             ("", {"later": {"a": [1]}}),
}
# fmt: on


@pytest.fixture(scope="module")
def prying(played: Scene, tmp_path_factory):
    """A county that holds a photo of the other township."""
    scene = played.copied(tmp_path_factory.mktemp("prying") / "homes")
    photo = scene.world.folder / "photo.jpg"
    photo.write_bytes(JPEG)
    scene.world["other"].evidence.add("problem", scene.strange, [photo])
    written = scene.world["other"].exchange.export(scene.world.stick()).packages
    scene.world["county"].exchange.bring_in([one.path for one in written])
    assert list(scene.world["county"].desk.blobs.all()) == [SHA]
    yield scene
    scene.world.close()


@pytest.mark.parametrize("name", FIRST_FRAMES)
def test_a_first_frame_that_lies_is_refused_or_does_no_harm(prying: Scene, name: str):
    code, lie = FIRST_FRAMES[name]
    lie = {"wants": [SHA]} if name == "wants what is another's" else lie
    world, scene = prying.world, prying
    secrets, photos = world["county"].desk.county_keys.secrets, set(world["county"].desk.blobs.all())
    package = scene.package([], meta=lie)
    before = everything(scene, "county")
    answer = calm(world.home("county"), "exchange", "import", package, endings=(3 if code else 0,))
    assert answer.json["packages"][0].get("code", "") == code, answer.json
    if code:
        assert everything(scene, "county") == before
        return
    assert world["county"].desk.county_keys.secrets == secrets
    assert set(world["county"].desk.blobs.all()) == photos
    back = world["county"].exchange.export(world.stick(), [TOWN]).packages
    assert [one.path.suffix for one in back] == [".hgb"], "no file leaves to whom it does not belong"
    world.taken("town", *[one.path for one in back])
    world.close()
    calm(world.home("county"), "exchange", "status", endings=(0,))
    if name.startswith("reports"):
        pages(world.home("county"), world.folder)


# frames, what header and first frame say otherwise → code; "": taken in
# fmt: off
VOLUMES: dict[str, tuple[str, list[bytes], dict[str, Any]]] = {
    "to another unit":             ("S104", [frame(FILE, JPEG)], {"receiver": "other"}),
    "first frame of another":      ("S108", [frame(FILE, JPEG)], {"meta": {"pkg_id": HEX}}),
    "fewer files than stated":     ("S108", [frame(FILE, JPEG)], {"n_files": 2}),
    "more files than stated":      ("S108", [frame(FILE, JPEG), frame(FILE, b"x")], {"n_files": 1}),
    "a file under another's name": ("S108", [frame(FILE, JPEG, digest=bytes(32))], {}),
    "the good before the bad":     ("S108", [frame(FILE, JPEG), frame(FILE, b"x", digest=bytes(32))], {"n_files": 2}),
    "operations in it":            ("S108", [frame(2, b"x")], {}),
    "a file of 2^63 bytes":        ("S109", [frame(FILE, b"x", length=2**63)], {}),
    "called .hgb":                 ("S102", [frame(FILE, JPEG)], {"fmt": "hgb"}),
    "not encrypted":               ("S102", [frame(FILE, JPEG)], {"suite": 0}),
    "an empty file":               ("", [frame(FILE, b"")], {}),
    "one file twice":              ("", [frame(FILE, JPEG), frame(FILE, JPEG)], {"n_files": 2}),
    "no file at all":              ("", [], {"n_files": 0}),
    "a program":                   ("", [frame(FILE, b"MZ" + bytes(500))], {}),
}
# fmt: on


@pytest.mark.parametrize("name", VOLUMES)
def test_a_volume_that_lies_is_refused_whole_or_does_no_harm(played: Scene, prying: Scene, name: str):
    code, frames, changes = VOLUMES[name]
    more = VOLUME | changes
    scene, world = prying, prying.world
    package = scene.package([], raw_frames=frames, **more)
    before, names = everything(scene, "county"), set(world["county"].desk.blobs.all())
    world.close()
    answer = calm(world.home("county"), "exchange", "import", package, endings=(3 if code else 0,))
    assert answer.json["packages"][0].get("code", "") == code, answer.json
    if code:
        assert everything(scene, "county") == before
        return
    new = set(world["county"].desk.blobs.all()) - names
    assert new <= {hashlib.sha256(one).hexdigest() for one in (b"", JPEG, b"MZ" + bytes(500))}
    world.close()
    assert calm(world.home("county"), "check", "--deep", endings=(0,)).json["ok"]
    assert calm(world.home("county"), "digest", endings=(0,)).json["scope"] == COUNTY
