from __future__ import annotations


def test_a_month_is_sealed_looked_at_and_compared(bare):
    bare("c", "setup", "--kind", "county", "--name", "临江县", "--code", "361021")
    first = bare("c", "records", "add", "problems", "--set", "description=坏", "--set", "deadline_kind=immediate")
    assert bare.raw("c", "seal", "list", json=False).out.decode() == "还没有封过账。\n"
    assert bare.refused("c", "seal", "changes")["code"] == "R371"
    assert bare.refused("c", "seal", "add", "--as-of", "2999-01-31")["code"] == "R370"

    made = bare("c", "seal", "add", "--as-of", "2024-05-31", "--note", "五月")
    assert (made["number"], made["as_of"], made["problems"]["total"]) == (1, "2024-05-31", 1)
    assert bare("c", "seal", "list")["seals"] == [made]
    assert bare("c", "seal", "show", "1") == made | {"agrees": True}
    assert "各项数字没有变化" in bare.raw("c", "seal", "changes", json=False).out.decode()

    bare("c", "records", "edit", "problems", first["id"], "--set", "completed_on=2024-05-20")
    changes = bare("c", "seal", "changes")
    assert changes["seal"] == made
    assert {"table": "problem", "name": "completed", "heading": "已完成", "then": 0, "now": 1} in changes["figures"]
    (one,) = changes["records"]
    assert (one["id"], one["what"], one["causes"][0]["kind"]) == (first["id"], "changed", "here")
    said = bare.raw("c", "seal", "changes", json=False).out.decode()
    assert "督察整改问题 已完成：0 → 1（+1）" in said
    assert "整改阶段 未完成 → 已完成" in said
    assert "重新计算，数字一致。" in bare.raw("c", "seal", "show", json=False).out.decode()
    assert "已封账：第 2 次" in bare.raw("c", "seal", "add", json=False).out.decode()
