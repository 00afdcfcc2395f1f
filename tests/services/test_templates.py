"""Templates of the office's own: every one that the program writes can be taken back, and papers are made from it."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from zipfile import ZipFile

import pytest

from models.documents.template_refusals import PlacesUnknown, TemplateDamaged
from models.documents.word_out import word
from models.domain import words
from models.domain.paper import Paper, Text
from models.services.figures import monthly
from models.services.papers import problem_fields
from models.services.papers.templates import WORDS, NoSuchTemplate, NotADocx
from tests.services.problems import a_problem

LOGO = "白水镇专用"


def no_pdf(_) -> bytes:
    return b"%PDF"


def said(path) -> str:
    with ZipFile(path) as archive:
        return re.sub(r"\s", "", unescape(re.sub("<[^>]*>", "", archive.read("word/document.xml").decode())))


def edited(path, *texts):
    """A template as an office might write it."""
    path.write_bytes(word(Paper(LOGO, tuple(map(Text, texts)))))
    return path


@pytest.fixture
def county(world):
    yield world["county"]
    for one in world["county"].templates.list():
        world["county"].templates.drop(one.name)


def test_every_template_of_the_program_is_one_and_filled_in_says_all_that_it_did(world, county, tmp_path):
    record = a_problem(world, goal="清到位", source="省级督察")
    world.round("town")
    world.send("town", "county")
    sent = county.notices.issue({"kind": "supervision", "township": "白水镇", "title": "督办", "text": "请办"})[0]
    papers = {name: county.problem_papers.form(record, name) for name in words.PROBLEM_FORM}
    papers |= {"notice-supervision": county.notices.paper(sent["id"]), "receipt": county.papers.receipt()}
    papers["monthly"] = county.papers.monthly(date(2024, 6, 14), date(2024, 6, 14))
    for name, paper in papers.items():
        shipped = county.papers.write(paper, tmp_path / "a.docx", no_pdf)
        county.templates.take(name, county.templates.write(name, tmp_path / "t.docx"))
        own = county.papers.write(paper, tmp_path / "b.docx", no_pdf)
        assert "【" not in said(own), name
        assert said(own) == said(shipped), name
    assert {one.name for one in county.templates.list() if one.own} == set(papers)
    assert set(WORDS) - set(papers) == {"notice-assignment", "notice-reminder", "notice-month_request"}


def test_what_is_taken_in_is_used_for_word_files_and_in_the_dossier_until_it_is_given_up(world, county, tmp_path):
    record = a_problem(world, internal_note="不外传")
    mine = edited(tmp_path / "m.docx", "问题【编号】：【问题描述】【目前进展】")
    (view,) = [one for one in county.templates.take("closing-form", mine) if one.own]
    assert (view.name, view.word, len(view.since)) == ("closing-form", "销号申请表", 10)
    form = county.problem_papers.form(record, "closing-form")
    text = said(county.papers.write(form, tmp_path / "a.docx", no_pdf))
    assert text.startswith(f"{LOGO}问题{form.fields.values['编号']}：坏____")
    assert county.papers.write(form, tmp_path / "a.pdf", no_pdf).read_bytes() == b"%PDF"
    county.problem_papers.pack(record, tmp_path / "档", no_pdf)
    assert said(tmp_path / "档/00 表格/销号申请表.docx") == text
    assert not (tmp_path / "档/00 表格/销号申请表.pdf").exists()
    assert said(county.templates.write("closing-form", tmp_path / "t.docx")).startswith(LOGO)
    county.templates.drop("closing-form")
    county.templates.drop("closing-form")
    assert LOGO not in said(county.papers.write(form, tmp_path / "a.docx", no_pdf))


def test_what_cannot_be_used_leaves_the_former_one_and_no_note_of_the_unit_is_ever_a_place(world, county, tmp_path):
    county.templates.take("site-form", edited(tmp_path / "m.docx", "【编号】"))
    with pytest.raises(PlacesUnknown) as refused:
        county.templates.take("site-form", edited(tmp_path / "n.docx", "【内部备注（不报送）】【编号】"))
    assert refused.value.places == ("【内部备注（不报送）】",)
    with (tmp_path / "big.docx").open("wb") as big:
        big.truncate(21 * 1024 * 1024)
    with pytest.raises(TemplateDamaged):
        county.templates.take("site-form", tmp_path / "big.docx")
    assert said(county.templates.write("site-form", tmp_path / "t.docx")).startswith(f"{LOGO}【编号】")
    for name in ("销号", "../site-form"):
        with pytest.raises(NoSuchTemplate):
            county.templates.take(name, tmp_path / "m.docx")
    with pytest.raises(NotADocx):
        county.templates.write("site-form", tmp_path / "t.doc")
    assert "internal_note" not in problem_fields.SHOWN


def test_the_forms_of_a_plan_are_one_file_of_the_template(world, county, tmp_path):
    ids = [a_problem(world, completed_on="2024-05-01", closed_on="2024-05-10") for _ in range(2)]
    county.lookbacks.plan("夏季", date(2024, 6, 30), ids)
    county.templates.take("lookback-form", edited(tmp_path / "m.docx", "【编号】【回头看安排】"))
    text = said(county.papers.write(county.problem_papers.lookbacks("夏季"), tmp_path / "a.docx", no_pdf))
    assert (text.count(LOGO), text.count("夏季")) == (2, 2)


def test_the_tables_of_the_monthly_report_have_names_of_their_own(world, county):
    book = county.papers.monthly()
    tables = sum(len(monthly._tables(one)) for one in book.papers)
    assert (
        tables == len(book.fields.lists) == sum(type(b).__name__ == "Table" for one in book.papers for b in one.blocks)
    )
