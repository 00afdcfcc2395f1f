"""Packages of every released version are read: by the program, and by a reader that knows the document alone."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import msgspec
import pyrage
import pytest

from models.progress import Silent
from models.store import operations
from models.sync import header, meta, package, strict_json
from models.sync.certificate import Certificate
from models.sync.keyfile import load_county_keys, load_device_keys
from tests.golden import rows
from tests.golden.make import COUNTED, NEW
from tests.offices import quick_folder
from tests.sync import second_reader

VERSIONS = sorted((rows.HERE / "packages").iterdir())
KINDS = {"enrol": "enrol.hgb", "welcome": "welcome.hgb", "data": "data.hgb", "files": "files.hgf"}


@pytest.fixture(params=VERSIONS, ids=lambda path: path.name)
def golden(request):
    return request.param


def told(golden: Path) -> dict:
    return json.loads((golden / "said.json").read_text(encoding="utf-8"))


def key(golden: Path, home: str) -> Path:
    place = golden if home == "new" else rows.HERE / "ledgers" / told(golden)["schema"]
    return place / home / "keys" / "device.key"


def county_root(golden: Path) -> bytes:
    return load_county_keys(key(golden, "county").with_name("county.key")).root_public


def seal(golden: Path, home: str) -> pyrage.x25519.Identity:
    """The secret key of a home, found without the program."""
    kept = json.loads(key(golden, home).read_text(encoding="utf-8"))
    assert kept["how"] == "plain"
    return pyrage.x25519.Identity.from_str(json.loads(base64.b64decode(kept["content"]))["keys"]["seal"])


def read(golden: Path, kind: str) -> second_reader.Package:
    """A golden package as the second reader sees it."""
    content = (golden / KINDS[kind]).read_bytes()
    if kind == "enrol":
        return second_reader.read(content, None, None)
    return second_reader.read(content, county_root(golden), seal(golden, "new" if kind == "welcome" else "county"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_reader_opens_it(golden, kind):
    found = read(golden, kind)
    assert found.header["v"] == int(golden.name[1:])
    assert found.header["kind"] == kind
    assert found.header["fmt"] == KINDS[kind][-3:]
    if kind == "files":
        assert [hashlib.sha256(one).hexdigest() for one in found.files]
        assert not found.operations
    elif kind != "enrol":
        assert found.operations
        assert found.meta["pkg_id"] == found.header["pkg_id"]
        for _, body in found.operations:
            assert second_reader.understand(body).id == operations.read(body).id


@pytest.fixture
def homes(golden):
    """The homes that the packages were on their way to."""
    with quick_folder() as folder:
        world = rows.world_of(rows.HERE / "ledgers" / told(golden)["schema"], folder)
        rows.unpack(golden / "new", folder / "new")
        yield world
        world.close()


def test_it_is_taken_in_as_it_was_then(golden, homes):
    said, county = told(golden), homes["county"]
    for kind, expected in zip(("data", "files"), said["reports"], strict=True):
        report = homes.taken("county", golden / KINDS[kind])
        assert {name: getattr(report, name) for name in COUNTED} == expected, report.message
    for digest in said["digests"]:
        assert county.exchange.digest(digest["scope"]) == digest
    assert homes.sound("county") == []


def test_a_request_is_approved_and_a_welcome_accepted(golden, homes):
    said, fresh = told(golden), homes["new"]
    accepted = fresh.enrolment.accept(golden / KINDS["welcome"], said["fingerprint"])
    assert accepted.operations > 0
    assert fresh.exchange.digest() == said["new"]
    answer = homes["county"].enrolment.approve(golden / KINDS["enrol"], NEW, homes.stick())
    assert answer.fingerprint == said["fingerprint"]


# ------------------------------------------------------------------------- the format of today is that of the newest


def test_the_format_of_this_program_has_golden_packages():
    """Who changes the format makes new ones: python -m tests.golden.make"""
    assert VERSIONS[-1].name == f"v{header.V}"


def test_every_part_of_the_newest_is_written_today_byte_for_byte_alike(tmp_path):
    golden = VERSIONS[-1]
    raw = {kind: (golden / name).read_bytes() for kind, name in KINDS.items()}
    for kind, content in raw.items():
        found = read(golden, kind)
        at = 8
        certificate, at = second_reader._block(content, at)
        head, at = second_reader._block(content, at)
        assert strict_json.encode(strict_json.decode(certificate[64:], Certificate)) == certificate[64:]
        assert header.encode(header.decode(head)) == head.rstrip(b" ")
        if kind != "enrol":
            assert json.loads(meta.encode(msgspec.convert(found.meta, meta.Meta))) == found.meta
        for _, body in found.operations:
            assert remade(body) == body


def remade(body: bytes) -> bytes:
    """An operation with the same content, as it is written today."""
    said = json.loads(body)
    return operations.make(
        kind=said["k"], table=said["t"], fields={n: (v, tuple(p)) for n, (v, p) in said["f"].items()},
        aud=tuple(said["aud"]), lam=said["lam"], device=said["dev"], nonce=said["n"], user=said.get("user", ""),
        wall=said.get("wall", ""), why=said.get("why", ""), record=said.get("r"), top=said.get("root"),
        after=tuple(said.get("after", ())), saw=tuple(said["saw"]) if "saw" in said else None,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["data", "files"])
def test_a_package_of_the_same_content_differs_in_nothing_but_what_is_random(tmp_path, kind):
    golden = VERSIONS[-1]
    content, found = (golden / KINDS[kind]).read_bytes(), read(golden, kind)
    certificate, at = second_reader._block(content, 8)
    about = header.decode(second_reader._block(content, at)[0])
    draft = package.Draft(
        about.kind, about.pkg_id, about.no, about.sender, about.to, about.schema, about.made, about.program,
        about.bases, about.complete_for,
    )  # fmt: skip
    attached = []
    for number, one in enumerate(found.files):
        (tmp_path / str(number)).write_bytes(one)
        attached.append((hashlib.sha256(one).digest(), tmp_path / str(number)))
    identity = seal(golden, "county")
    package.write_package(
        tmp_path / "again", draft, certificate, load_device_keys(key(golden, "town")), [str(identity.to_public())],
        meta.encode(msgspec.convert(found.meta, meta.Meta)), found.operations, attached, tmp_path / "staging", Silent(),
    )  # fmt: skip
    again = second_reader.read((tmp_path / "again").read_bytes(), county_root(golden), identity)
    assert without_payload(again.header) == without_payload(found.header)
    assert (again.meta, again.operations, again.files) == (found.meta, found.operations, found.files)
    assert (tmp_path / "again").read_bytes()[: at - 4] == content[: at - 4]


def without_payload(head: dict) -> dict:
    return {name: value for name, value in head.items() if name != "payload"}
