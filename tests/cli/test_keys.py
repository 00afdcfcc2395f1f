"""PCs, what is set aside and the recovery sheet at the hatch: JSON keys and exit codes as documented."""

from __future__ import annotations

import pytest

from tests.offices import COUNTY, TOWN

DEVICE_KEYS = {
    "id", "unit", "unit_name", "kind", "name", "this", "certified", "revoked", "revoked_at", "live", "heard",
    "packages", "forks",
}  # fmt: skip


@pytest.fixture
def enrolled(bare, tmp_path):
    """A county and two PCs of a township; what each command answers, or why it is refused."""

    def run(home, *words, status=0):
        answer = bare.raw(home, *words)
        assert answer.status == status, answer
        return answer.object if status != 2 else {}

    run("county", "setup", "--kind", "county", "--name", "临江县环委办", "--code", COUNTY)
    run("county", "unit", "add", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    for name in ("town", "town2"):
        run(name, "setup", "--kind", "township", "--name", "白水镇", "--code", TOWN)
        asked = run(name, "enrol", "request", "--to", tmp_path / "u")["path"]
        answer = run("county", "enrol", "approve", asked, "--unit", TOWN, "--to", tmp_path / "u")["path"]
        run(name, "enrol", "accept", answer)
    return run


def test_a_pc_is_listed_stopped_and_its_package_decided_on(enrolled, tmp_path):
    devices = enrolled("county", "device", "list")["devices"]
    assert [set(one) for one in devices] == [DEVICE_KEYS] * 3
    (stolen,) = [d["id"] for d in enrolled("town2", "device", "list")["devices"] if d["this"]]
    assert enrolled("town", "device", "revoke", stolen, status=3)["error"]["code"] == "R115"
    enrolled("town2", "records", "add", "problems", "--set", "description=停用后写的")
    found = enrolled("county", "device", "revoke", stolen[:8])["devices"]
    assert {d["id"] for d in found if d["revoked"]} == {stolen}
    package = enrolled("town2", "exchange", "export", "--to", tmp_path / "v")["packages"][0]["path"]
    refused = enrolled("county", "exchange", "import", package, status=3)
    assert refused["error"]["code"] == refused["packages"][0]["code"] == "S122"
    (kept,) = enrolled("county", "aside", "list")["aside"]
    assert (kept["what"], kept["device"]) == ("package", stolen)
    assert enrolled("county", "aside", "look", kept["id"])["report"]["created"] == 1
    assert enrolled("town", "aside", "take", kept["id"], status=3)["error"]["code"] == "R115"
    assert "新增 1 条" in enrolled("county", "aside", "take", kept["id"])["message"]
    assert enrolled("county", "aside", "seen") == {"seen": True}
    assert enrolled("county", "aside", "list") == {"aside": [], "late": []}
    assert enrolled("county", "aside", "take", kept["id"], status=3)["error"]["code"] == "S234"


def test_new_keys_a_further_pc_and_the_sheet(enrolled, tmp_path):
    (old,) = [d["id"] for d in enrolled("town", "device", "renew")["devices"] if d["this"] and not d["certified"]]
    asked = enrolled("town", "enrol", "request", "--to", tmp_path / "u")["path"]
    answer = enrolled("county", "enrol", "approve", asked, "--unit", TOWN, "--to", tmp_path / "u")
    enrolled("town", "enrol", "accept", answer["path"], "--fingerprint", answer["fingerprint"])
    assert sum(d["revoked"] for d in enrolled("county", "device", "list")["devices"]) == 1
    assert old
    sheet = tmp_path / "sheet.txt"
    assert enrolled("county", "recovery", "sheet", "--out", sheet)["path"] == str(sheet)
    assert enrolled("county", "recovery", "sheet", "--out", tmp_path / "x.docx", status=3)["error"]["code"] == "S240"
    county = ("--name", "临江县环委办", "--code", COUNTY, "--join")
    enrolled("second", "setup", "--kind", "township", *county, status=2)
    enrolled("second", "setup", "--kind", "county", *county)
    typed = sheet.read_text("utf-8-sig")
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(typed.replace("02  ", "02  00000", 1), encoding="utf-8")
    assert "第 2 行" in enrolled("second", "recovery", "restore", wrong, status=3)["error"]["message"]
    assert enrolled("second", "recovery", "restore", sheet)["device"]
    package = enrolled("town", "exchange", "export", "--to", tmp_path / "v")["packages"][0]["path"]
    assert enrolled("second", "recovery", "meet", package)["units"] == ["白水镇"]
    assert enrolled("second", "exchange", "export", "--to", tmp_path / "w", "--unit", TOWN)["packages"]
