"""A home by commands alone, from its setup to its backup, with the keys that cli.md promises."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.offices import COUNTY, TOWN

MAIN = Path(__file__).parents[2] / "main.py"


def test_setup_says_unit_and_device_and_is_done_once(bare):
    made = bare("town", "setup", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    assert set(made) == {"unit", "device"}
    assert made["unit"] == TOWN
    assert len(made["device"]) == 32
    assert bare.refused("town", "setup", "--kind", "township", "--name", "白水镇", "--code", TOWN)["code"] == "H107"
    assert "--kind" in bare.usage("x", "setup", "--kind", "village", "--name", "东门村", "--code", "1")
    assert bare.refused("x", "setup", "--kind", "township", "--name", "东镇", "--code", "空 格")["code"] == "S220"
    assert not (bare.folder / "x" / "ledger.db").exists()


def test_units(bare):
    bare("county", "setup", "--kind", "county", "--name", "临江县环委办", "--code", COUNTY)
    added = bare("county", "unit", "add", "--kind", "department", "--name", "住建局", "--code", "361021901")
    assert added == bare("county", "unit", "list")
    assert [(u["code"], u["kind"], u["name"]) for u in added["units"]] == [
        (COUNTY, "county", "临江县环委办"), ("361021901", "department", "住建局"),
    ]  # fmt: skip
    bare("town", "setup", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    assert bare.refused("town", "unit", "add", "--kind", "township", "--name", "东镇", "--code", "1")["code"] == "R115"
    bare.usage("county", "unit", "add", "--kind", "county", "--name", "东镇", "--code", "1")


def test_enrolment(bare):
    bare("county", "setup", "--kind", "county", "--name", "临江县环委办", "--code", COUNTY)
    bare("town", "setup", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    stick = bare.folder / "u"
    assert bare.refused("town", "exchange", "export", "--to", stick)["code"] == "S214"
    asked = bare("town", "enrol", "request", "--to", stick)
    assert set(asked) == {"path"}
    assert Path(asked["path"]).is_file()
    unknown = bare.refused("county", "enrol", "approve", asked["path"], "--unit", TOWN, "--to", stick)
    assert (unknown["code"], TOWN in unknown["message"]) == ("S211", True)
    bare("county", "unit", "add", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    bare("county", "unit", "add", "--kind", "township", "--name", "青石镇", "--code", "361021102")
    other = bare.refused("county", "enrol", "approve", asked["path"], "--unit", "361021102", "--to", stick)
    assert other["code"] == "S210"
    answer = bare("county", "enrol", "approve", asked["path"], "--unit", TOWN, "--to", stick)
    assert set(answer) == {"path", "fingerprint"}
    wrong = bare.refused("town", "enrol", "accept", answer["path"], "--fingerprint", "1" * 24)
    assert wrong["code"] == "S213"
    done = bare("town", "enrol", "accept", answer["path"], "--fingerprint", answer["fingerprint"])
    assert set(done) == {"county", "fingerprint", "operations"}
    assert (done["county"], done["fingerprint"]) == ("临江县环委办", answer["fingerprint"])
    assert done["operations"] > 0
    assert bare.refused("town", "enrol", "accept", answer["path"])["code"] == "S212"
    assert bare.refused("town", "enrol", "request", "--to", stick)["code"] == "S212"
    assert bare("county", "unit", "list")["units"][1]["devices"] == 1


def test_backup_and_restore(county, tmp_path):
    county("town", "records", "add", "problems", "--set", "description=一")
    saved = county("town", "backup", "--to", tmp_path)
    assert (set(saved), saved["verified"]) == ({"path", "verified"}, True)
    assert Path(saved["path"]).is_file()
    county("town", "records", "add", "problems", "--set", "description=二")
    back = county("town", "restore", saved["path"])
    assert back["verified"]
    assert county("town", "records", "list", "problems")["total"] == 1
    assert county.refused("town2", "restore", saved["path"])["code"] == "H112"
    assert county.refused("town", "restore", tmp_path / "没有.db")["code"] == "S304"
    (tmp_path / "x.db").write_bytes(b"nonsense")
    assert county.refused("town", "restore", tmp_path / "x.db")["code"].startswith("H")


def test_by_real_processes_in_a_bare_locale(bare):
    """The same front door that people use; every letter is UTF-8 whatever the machine believes."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))} | {"LC_ALL": "C"}

    def run(home, *words):
        done = subprocess.run(
            [sys.executable, str(MAIN), *words], capture_output=True, check=False, timeout=120, cwd=bare.folder,
            env=env | {"HUANGAI_HOME": str(bare.folder / home)},
        )  # fmt: skip
        return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    assert run("c", "--json", "setup", "--kind", "county", "--name", "临江县环委办", "--code", COUNTY)[0] == 0
    assert run("t", "setup", "--kind", "township", "--name", "白水镇", "--code", TOWN)[1] == "已建立白水镇的台账。\n"
    run("c", "unit", "add", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    asked = json.loads(run("t", "enrol", "request", "--to", "u", "--json")[1])["path"]
    answer = json.loads(run("c", "--json", "enrol", "approve", asked, "--unit", TOWN, "--to", "u")[1])
    assert run("t", "enrol", "accept", answer["path"])[0] == 0
    assert run("t", "records", "add", "problems", "--set", "description=报废汽车")[0] == 0
    assert run("t", "exchange", "export", "--to", "u")[0] == 0
    status, out, _ = run("c", "exchange", "import", "u")
    assert (status, "新增 1 条" in out) == (0, True)
    status, out, err = run("c", "records", "list", "problems", "--search", "bfqc")
    assert (status, "报废汽车" in out, err) == (0, True, "")
    assert run("t", "--json", "digest")[1] == run("c", "--json", "digest", "--unit", TOWN)[1]
    status, out, err = run("c", "records", "show", "problems", "没有")
    assert (status, "没有找到" in out + err) == (3, True)


def test_the_program_checks_itself(bare):
    assert bare("x", "self-check")["ok"] is True
    assert not (bare.folder / "x").exists()
