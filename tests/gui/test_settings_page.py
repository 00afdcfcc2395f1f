from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel

from gui import settings
from gui.dialogs.question import Question
from gui.panels.settings import templates_card
from models.documents.template_refusals import PlacesUnknown
from tests.gui import fakes


def said(page):
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


def test_a_check_says_its_findings_in_words(desk):
    one = desk()
    page = one.open("settings")
    page.care.quick.click()
    one.settle()
    assert "检查完了，台账完好。" in said(page)
    one.office.care.ok = False
    page.care.deep.click()
    one.settle()
    assert "检查完了，有需要处理的地方。本机数据没有改动。" in said(page)
    assert any(text.startswith("请先备份") for text in said(page))
    assert page.care.quick.isEnabled()


def test_a_backup_says_where_it_is_and_when_the_last_one_was(desk, tmp_path):
    one = desk(home=tmp_path)
    page = one.open("settings")
    assert "还没有备份过。建议每周备份一次。" in said(page)
    page.care.backup.click()
    assert page.care.notice.message.text() == "还差备份到哪里。"
    page.care.backup_to.put(tmp_path)
    page.care.backup.click()
    one.settle()
    assert page.care.notice.message.text() == "备份好了，并且试着恢复过一次。"
    assert page.care.notice.way_out.text().startswith(f"文件：{tmp_path}")
    assert any(text.startswith("上次备份：") for text in said(page))
    assert settings.load(tmp_path).backup == str(tmp_path), "the next time the folder is there already"


def test_only_the_county_has_units(desk):
    assert desk().open("settings").units is None
    page = desk(fakes.county()).open("settings")
    assert page.units.model.rowCount() == 12
    assert page.units.card.quiet.text() == "12 个，6 个还没有登记电脑"


def test_units_are_sorted_and_searched(desk):
    part = desk(fakes.county()).open("settings").units
    assert [part.model.line(at).code for at in range(2)] == ["361021100", "361021101"]
    for column in part.model.columns:
        part.table.sorted_by.emit(column.sort, True)
    part.table.sorted_by.emit("problems", False)
    assert part.model.line(0).name == "新田乡"
    part.search.setText("石坪")
    assert [one.name for one in part.model.lines] == ["石坪乡"]
    part.search.setText("361021104")
    assert [one.name for one in part.model.lines] == ["上塘镇"]
    part.search.setText("没有")
    assert part.none.text() == "没有名称或代码带“没有”的单位。"
    assert part.none.isVisible()


def test_many_units_are_added_at_once(desk):
    one = desk(fakes.county())
    part = one.open("settings").units
    assert not part.add.isEnabled()
    part.box.text.setPlainText("梅岭镇\t361021120\n县水利局 361021901\n")
    assert part.add.text().strip() == "添加 2 个单位"
    part.add.click()
    one.settle()
    assert part.model.rowCount() == 14
    assert part.notice.message.text() == "已添加 2 个单位。"
    assert part.box.text.toPlainText() == ""


def test_a_line_that_cannot_be_added_says_why_and_blocks_the_step_only(desk):
    part = desk(fakes.county()).open("settings").units
    part.box.text.setPlainText("白水镇 361021100\n某镇 361021\n新镇 361021199")
    assert part.box.wrong.text() == "第 1 行：这个单位已经有了。\n第 2 行：代码 361021 是县里自己的。"
    assert not part.add.isEnabled()
    part.box.text.setPlainText("白水镇人民政府 361021100")
    assert part.box.renamed.text() == "第 1 行：“白水镇”改名为“白水镇人民政府”。"
    assert part.add.isEnabled()


def test_what_is_refused_stays_in_the_box(desk):
    one = desk(fakes.county())
    part = one.open("settings").units
    one.office.units.refusal = fakes.Refused(text="这个代码不能用。")
    part.box.text.setPlainText("又一个镇 361021120")
    part.add.click()
    one.settle()
    assert part.notice.message.text() == "又一个镇 没有添加。这个代码不能用。"
    assert part.notice.way_out.text()
    assert part.box.text.toPlainText() == "又一个镇 361021120"


def test_this_pc_is_named_as_one_reads_it_over_the_telephone(desk, tmp_path):
    page = desk(home=tmp_path).open("settings")
    assert "1203 4418 9027 5561 8840 2219" in said(page)
    assert str(tmp_path) in said(page)


def test_large_letters_are_kept_and_the_window_is_asked_to_be_built_anew(desk, qtbot, tmp_path):
    one = desk(home=tmp_path)
    page = one.open("settings")
    with qtbot.waitSignal(one.session.relooked):
        page.large.click()
    assert json.loads((tmp_path / settings.FILE).read_text())["large"] is True


def test_settings_survive_nonsense(tmp_path, monkeypatch):
    file = tmp_path / settings.FILE
    for text in ("", "[1]", "{", '{"large": "ja", "stick": "/u", "hidden": 3}'):
        file.write_text(text)
        loaded = settings.load(tmp_path)
        assert loaded.large is False
        assert loaded.hidden == {}
    assert loaded.stick == "/u", "one odd value does not cost the others"
    assert settings.load(None) == settings.Settings()
    settings.save(tmp_path, loaded)
    with monkeypatch.context() as patch:
        for name in ("replace", "unlink"):
            patch.setattr(Path, name, lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "held")))
        settings.save(tmp_path, settings.Settings(large=True))
    assert settings.load(tmp_path) == loaded, "what cannot be kept disturbs nobody"
    settings.save(tmp_path / "nowhere", loaded)
    assert not (tmp_path / "nowhere").exists()


def test_a_template_is_written_out_taken_back_and_given_up(desk, monkeypatch, tmp_path):
    one = desk()
    part = one.open("settings").templates
    assert [part.choice.itemText(at) for at in (0, 4)] == ["整改方案", "销号申请表（本单位的）"]
    assert part.drop.isHidden()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "方案"), ""))
    one.do(part.write.click)
    assert one.office.templates.asked == [("write", "plan-form", "方案.docx")]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "方案.docx"), ""))
    one.office.templates.refusal = PlacesUnknown(("【编码】",))
    one.do(part.take.click)
    assert part.notice.kind == "refusal"
    assert part.state.text() == templates_card.SHIPPED
    one.office.templates.refusal = None
    one.do(part.take.click)
    assert (part.notice.kind, part.choice.currentText()) == ("success", "整改方案（本单位的）")
    assert part.state.text() == "2026-11-23 起用本单位的模板。"
    monkeypatch.setattr(Question, "ask", lambda _: False)
    one.do(part.drop.click)
    monkeypatch.setattr(Question, "ask", lambda _: True)
    assert "plan-form" in one.office.templates.own
    one.do(part.drop.click)
    assert "plan-form" not in one.office.templates.own
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
    one.do(part.write.click)
    one.do(part.take.click)
    assert len(one.office.templates.asked) == 1
