"""The document of the format held to the code, and to what a second implementation makes of it."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import sys
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from models.domain import limits
from models.domain.operation import KINDS
from models.store import operations
from models.store.schema import op
from models.sync import age, frames, header, meta
from models.sync.certificate import Certificate
from models.sync.frames import pack
from models.sync.header import Header, Payload, Receiver, Sender
from tests.sync import second_reader

DOCUMENT = (Path(__file__).parents[2] / "docs" / "package-format.md").read_text(encoding="utf-8")


def test_the_second_reader_knows_nothing_of_the_program():
    tree = ast.parse((Path(__file__).parent / "second_reader.py").read_text(encoding="utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    theirs = {name.partition(".")[0] for name in names} - sys.stdlib_module_names
    assert theirs == {"pyrage", "zstandard", "cryptography"}


def test_a_second_implementation_reads_what_we_write(exchange, tmp_path):
    operations = [(b"\1" * 16, b"a"), (bytes(16), b"x" * 200_000), (bytes(16), b"c" * 262_144)]
    path = exchange.write(tmp_path / "a.hgb", operations).path
    found = second_reader.read(path.read_bytes(), exchange.county.root_public, exchange.desk.seal)
    assert (found.meta, found.operations, found.files) == ({"pkg_id": "ab" * 16}, operations, [])
    (tmp_path / "photo").write_bytes(b"photo")
    attached = [(hashlib.sha256(b"photo").digest(), tmp_path / "photo")]
    path = exchange.write(tmp_path / "a.hgf", [], attached, kind="files").path
    found = second_reader.read(path.read_bytes(), exchange.county.root_public, exchange.desk.seal)
    assert (found.meta, found.operations, found.files) == ({"pkg_id": "ab" * 16}, [], [b"photo"])
    assert pack(b"x" * 200_000)[:4] == bytes.fromhex("50 2A 4D 18")  # so the padding was among what it read


def test_a_second_implementation_understands_every_operation_of_a_county(world):
    """What each operation is called, which record it speaks of, and the digest of all: as the program has it."""
    town = world["town"].records
    one = town.add("problem", {"description": "坏\n“的”", "remark": "备注", "internal_note": "内部"})["id"]
    town.add_measure(one, {"text": "拆除"})
    town.add_dispatch(one, {"month": "2024-05", "progress": "一半"})
    world.round("town", "other")
    world["county"].records.edit("problem", one, {"township": "青石镇", "closing_stage": "closing"})
    world["county"].records.void("problem", one, "重复")
    world["county"].devices.revoke(world["office"].here.device)
    world.round("town", "other")
    with world["county"].desk.ledger.read() as connection:
        rows = connection.execute(select(op.c.id, op.c.top, op.c.body, op.c.stamp, op.c.travels)).all()
    kinds = set()
    for row in rows:
        said = second_reader.understand(row.body)
        ours = operations.read(row.body)
        assert (said.id, said.root) == (row.id.hex(), row.top.hex()) == (ours.id, ours.top)
        assert (said.record, said.fields) == (ours.record, {n: (v, list(p)) for n, (v, p) in ours.fields.items()})
        kinds.add((said.kind, said.table))
        if said.kind == "cert":
            key = bytes.fromhex(second_reader.certificate_in(said)["sign"])
            assert said.fields["device"][0] == second_reader.id_of_key(key)
        if said.table == "dispatch":
            assert said.record == second_reader.natural_id("dispatch", said.root, said.fields["month"][0])
        if said.table == "unit":
            assert said.record == second_reader.natural_id("unit", said.fields["code"][0])
        if row.travels:
            keys = world["county"].desk.county_keys
            assert row.stamp == second_reader.stamp_of(keys.current, keys.secrets[keys.current], row.body)
        listed = DOCUMENT.split("## 9 Operations")[1]
        assert all(f"`{name}`" in listed for name in said.whole)
        assert f"| `{said.kind}` |" in listed
        assert f"`{said.table}`" in listed
    assert {kind for kind, _ in kinds} == set(KINDS)
    travelling = [row.body for row in rows if row.travels]
    assert second_reader.digest_of(travelling) == world["county"].exchange.digest()["digest"]


def test_the_vectors_of_operations_hold():
    text = DOCUMENT.split("## 9 Operations")[1]
    (one,) = re.findall(r"```\n(\{.*\})\n```", text)
    two = one.replace('"n":7', '"n":8')
    for body in (one, two):
        assert f"`{second_reader.id_of(body.encode())}`" in text
        assert operations.read(body.encode()).id == second_reader.id_of(body.encode())
    for some in ([one], [one, two]):
        assert f"`{second_reader.digest_of([body.encode() for body in some])}`" in text
    assert f"`361021101` → `{second_reader.natural_id('unit', '361021101')}`" in text


def test_an_operation_is_written_as_the_document_orders_its_keys():
    listed = DOCUMENT.split("## 9 Operations")[1].split("| `k` | `t` | `f` |")[0]
    order = [
        name
        for line in listed.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    ]
    body = operations.make(
        kind="set", table="problem", fields={"goal": ("x", ("ab" * 8,))}, aud=("b", "a"), lam=1, device="ab" * 16,
        nonce=1, user="u", wall="w", why="y", record="cd" * 16, top="ef" * 16, after=("12" * 8,), saw=("34" * 8,),
    )  # fmt: skip
    assert list(json.loads(body)) == order
    assert b" " not in body
    assert json.loads(body)["aud"] == ["a", "b"]


def fields_of(kind: type) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(kind)}


@pytest.mark.parametrize(
    ("section", "kinds"),
    [
        ("## 2 Certificate", (Certificate,)),
        ("## 3 Header", (Header, Sender, Receiver, Payload)),
        ("## 6 Meta", (meta.Meta, meta.DigestFrame, meta.Summary)),
    ],
)
def test_the_document_names_every_field_and_no_other(section, kinds):
    text = DOCUMENT.split(section)[1].split("\n## ")[0]
    table = "\n".join(line for line in text.splitlines() if line.startswith("|"))
    for kind in kinds:
        for name in fields_of(kind):
            assert f"`{name}`" in table or f'"{name}"' in table, name
    named = {name for line in table.splitlines() for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert named - {"Field"} <= fields_of(kinds[0])


def test_the_document_states_the_limits_that_hold():
    table = DOCUMENT.split("## 8 Limits")[1].split("\n## ")[0]
    stated = {
        "| certificate | 8 KiB": limits.CERTIFICATE_BYTES == 8 << 10,
        "| header | 64 KiB": limits.HEADER_BYTES == 64 << 10,
        "| header of the age file | 64 KiB, 256 recipients": (age.HEADER_BYTES, age.RECIPIENTS) == (64 << 10, 256),
        "| data of a meta frame | 64 MiB": limits.META_BYTES == 64 << 20,
        "| one operation | 1 byte to 256 KiB": limits.OPERATION_BYTES == 256 << 10,
        "| lists and objects in one operation | 20,000": limits.LISTS == 20_000,
        "| unpacked block of operations | 8 MiB": limits.FRAME_BYTES == 8 << 20,
        "and 200 times the data of its frame": limits.EXPANSION == 200,
        "| data of an operations frame | 8 MiB + 128 KiB": frames.PACKED_BYTES == (8 << 20) + (128 << 10),
        "| one file | 100,000,000 bytes": limits.DOCUMENT_BYTES == 100_000_000,
        "| operations in a package | 5,000,000": limits.PACKAGE_OPERATIONS == 5_000_000,
        "| files in a package | 100,000": header.FILES_IN_PACKAGE == 100_000,
    }
    assert all(stated.values())
    for line in stated:
        assert line in table, line
    assert len(stated) - 1 == sum(line.startswith("|") for line in table.splitlines()) - 2
    assert f"at most {limits.BASES}" in DOCUMENT
    assert f"at most {header.DEVICES}" in DOCUMENT


def test_the_document_has_the_vectors_of_the_tests():
    tests = (Path(__file__).parent / "test_keys.py").read_text(encoding="utf-8")
    for vector in ("8362 7999 6971 4305 1482 6915", "0265d3479fac09298ada21f8d30bd948"):
        assert vector in DOCUMENT
        assert vector in tests
