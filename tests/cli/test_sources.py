"""Pollution sources by command, and what a person reads."""

from __future__ import annotations


def test_sources_and_permits_by_command(county):
    made = county("town", "records", "add", "sources", "--set", "name=白水砖厂", "kind=industry", "credit_code=123")
    assert made["doubts"] == ["统一社会信用代码应是 18 位，这里是 3 位"]
    one = made["number"]
    assert county("town", "records", "list", "sources", "--where", "kind=industry")["total"] == 1
    assert county("town", "records", "edit", "sources", one, "--set", "phone=138")["phone"] == "138"
    with_permit = county("town", "permit", "add", one, "--set", "kind=discharge", "expires_on=2000-01-01")
    permit = with_permit["permits"][0]["id"]
    assert county("town", "permit", "due", "--days", "0")["permits"][0]["id"] == permit
    assert county("town", "permit", "edit", one, permit, "--set", "number=P")["permits"][0]["number"] == "P"
    assert "白水砖厂" in county.raw("town", "permit", "due", json=False).out.decode()
    assert county("town", "permit", "void", one, permit, "--why", "错了")["permits"] == []
    assert county.raw("town", "permit", "due", json=False).out.decode() == "没有快到期的许可证。\n"
    county("town", "records", "add", "sources", "--set", "name=白水砖厂")
    assert len(county("town", "source", "doubles")["pairs"]) == 1
    assert "名称相同" in county.raw("town", "source", "doubles", json=False).out.decode()
    said = county.raw("town", "records", "show", "sources", one, json=False).out.decode()
    assert "请核对：统一社会信用代码应是 18 位，这里是 3 位。" in said
    assert "白水砖厂" in county.raw("town", "records", "list", "sources", json=False).out.decode()
    assert county("town", "records", "void", "sources", one, "--why", "重复")["void"]
    assert county.raw("town", "source", "doubles", json=False).out.decode() == "没有可能登记了两次的污染源。\n"
    assert county("town", "records", "unvoid", "sources", one)["void"] is None
    assert county("town", "records", "history", "sources", one)["changes"]
    assert county.refused("town", "records", "show", "sources", "不存在")["code"] == "R101"
    county.usage("town", "records", "import", "sources", "x.xlsx")
