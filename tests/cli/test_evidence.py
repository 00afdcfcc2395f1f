"""Photos and documents by command: the keys that scripts rely on, and bad input refused with exit 3."""

from __future__ import annotations

import hashlib

import pytest

from tests.cli.conftest import Hatch

JPEG = b"\xff\xd8\xff\xe0 a photo"
SHA = hashlib.sha256(JPEG).hexdigest()


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "河边.jpg"
    path.write_bytes(JPEG)
    return path


def test_add_list_get_void(county: Hatch, photo, tmp_path):
    one = county("town", "records", "add", "problems", "--set", "description=河边有垃圾")["id"]
    added = county("town", "evidence", "add", "problems", one, photo, "--stage", "before")["added"]
    assert added == [{"sha256": SHA, "name": "河边.jpg", "bytes": len(JPEG)}]
    (entry,) = county("town", "evidence", "list", "problems", one)["evidence"]
    assert (entry["sha256"], entry["stage"], entry["state"]) == (SHA, "before", "here")
    assert county("town", "records", "show", "problems", one)["evidence"] == [entry]
    out = tmp_path / "out.jpg"
    assert county("town", "evidence", "get", SHA, "--out", out) == {"path": str(out), "sha256": SHA, "bytes": len(JPEG)}
    assert out.read_bytes() == JPEG
    county("town", "evidence", "void", entry["id"], "--why", "拍错了")
    assert county("town", "evidence", "list", "problems", one) == {"evidence": []}


def test_a_file_that_is_two_papers_ticks_both(county: Hatch, photo):
    one = county("town", "records", "add", "problems", "--set", "description=河边有垃圾")["id"]
    for paper in ("整改方案", "整改完成情况报告"):
        assert len(county("town", "evidence", "add", "problems", one, photo, "--paper", paper)["added"]) == 1
    for again in (("--paper", "整改方案"), ()):
        assert county("town", "evidence", "add", "problems", one, photo, *again)["added"] == []
    papers = county("town", "problem", "steps", one)["papers"]
    assert [at["name"] for at in papers if at["here"]] == ["整改方案", "整改完成情况报告"]


def test_bad_input_is_refused_in_words(county: Hatch, photo, tmp_path):
    one = county("town", "records", "add", "problems", "--set", "description=河边有垃圾")["id"]
    for path in (tmp_path / "nothing.jpg", tmp_path):
        assert county.refused("town", "evidence", "add", "problems", one, photo, path)["way_out"].endswith("。")
    assert county.refused("town", "evidence", "add", "problems", "0" * 32, photo)["code"] == "R101"
    for wanted in ("0" * 64, "../../etc/passwd", ""):
        assert county.refused("town", "evidence", "get", wanted, "--out", tmp_path / "x")["code"] == "F105"
    assert county.refused("town", "evidence", "void", "x", "--why", "y")["code"] == "F108"
    assert county("town", "evidence", "list", "problems", one) == {"evidence": []}
    assert county.usage("town", "evidence", "add", "problems", one, photo, "--stage", "never")
