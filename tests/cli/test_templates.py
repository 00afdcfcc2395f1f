"""Templates at the hatch: written out, taken in, given up; what cannot be used is refused by its number."""

from __future__ import annotations


def test_a_template_goes_out_and_comes_back(county):
    names = [one["name"] for one in county("town", "template", "list")["templates"]]
    assert {"plan-form", "public-notice-form", "notice-supervision", "receipt", "monthly"} <= set(names)
    out = county.folder / "t.docx"
    assert county("town", "template", "write", "plan-form", "--out", out) == {"path": str(out)}
    taken = county("town", "template", "take", "plan-form", "--file", out)["templates"]
    assert [one["name"] for one in taken if one["own"]] == ["plan-form"]
    assert county.refused("town", "template", "take", "receipt", "--file", out)["code"] == "R515"
    assert county.refused("town", "template", "take", "nothing", "--file", out)["code"] == "R517"
    assert county.refused("town", "template", "write", "plan-form", "--out", county.folder / "t.doc")["code"] == "R518"
    assert not any(one["own"] for one in county("town", "template", "drop", "plan-form")["templates"])
