from __future__ import annotations

import json

from PySide6.QtWidgets import QLabel

from gui import settings
from tests.gui import fakes


def said(page):
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


def test_a_check_says_its_findings_in_words(desk):
    one = desk()
    page = one.open("settings")
    page.quick.click()
    one.settle()
    assert "检查完了，台账完好。" in said(page)
    one.office.care.ok = False
    page.deep.click()
    one.settle()
    assert "台账与操作记录不一致：problem 3 条。" in said(page)
    assert any(text.startswith("请先备份") for text in said(page))
    assert page.quick.isEnabled()


def test_a_backup_says_where_it_is(desk, tmp_path):
    one = desk()
    page = one.open("settings")
    page.backup.click()
    assert page.notice.message.text() == "还差备份到哪里。"
    page.backup_to.put(tmp_path)
    page.backup.click()
    one.settle()
    assert page.notice.way_out.text() == f"文件：{tmp_path / '备份_白水镇_20261123.hgz'}"


def test_only_the_county_has_units_and_adds_them(desk):
    assert not hasattr(desk().open("settings"), "units")
    one = desk(fakes.county())
    page = one.open("settings")
    assert page._units.rowCount() == 12
    assert not page.add_unit.isEnabled()
    page.name.setText("梅岭林场")
    page.code.setText("361021120")
    page.add_unit.click()
    one.settle()
    assert page._units.rowCount() == 13
    assert page.notice.message.text() == "已添加“梅岭林场”。"
    one.office.units.refusal = fakes.Refused(text="代码 361021120 已经有了。")
    page.name.setText("又一个")
    page.code.setText("361021120")
    page.add_unit.click()
    one.settle()
    assert page.notice.message.text() == "代码 361021120 已经有了。"
    assert page.name.text() == "又一个"


def test_large_letters_are_kept_and_the_window_is_asked_to_be_built_anew(desk, qtbot, tmp_path):
    one = desk(home=tmp_path)
    page = one.open("settings")
    with qtbot.waitSignal(one.session.relooked):
        page.large.click()
    assert json.loads((tmp_path / settings.FILE).read_text())["large"] is True


def test_settings_survive_nonsense(tmp_path):
    file = tmp_path / settings.FILE
    for text in ("", "[1]", "{", '{"large": "ja", "stick": "/u", "hidden": 3}'):
        file.write_text(text)
        loaded = settings.load(tmp_path)
        assert loaded.large is False
        assert loaded.hidden == {}
    assert loaded.stick == "/u", "one odd value does not cost the others"
    assert settings.load(None) == settings.Settings()
    settings.save(tmp_path / "nowhere", loaded)
    assert not (tmp_path / "nowhere").exists()
