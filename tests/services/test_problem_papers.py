"""The papers of one problem: what its dossier holds and never holds, and what becomes of files that are not here."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from models.domain import media, words
from models.domain.paper import Photos, Table, Text
from models.services.papers import dossier_files, dossier_text, problem_file
from models.services.papers.problem_forms import FORMS, KNOWN, form
from tests.services.problems import a_problem
from tests.services.test_evidence import photo
from tests.services.test_volumes import sha

SECRET = "不能外传的话"
ONE, TWO = b"\xff\xd8\xff" + b"1" * 90, b"\xff\xd8\xff" + b"2" * 90


def to_pdf(paper) -> bytes:
    """Stands for the printing room: all words of a paper."""
    return repr(paper).encode()


def text_of(paper) -> str:
    return repr(paper)


def sentences(paper) -> str:
    return "\n".join(one.text for one in paper.blocks if isinstance(one, Text))


def lists(paper) -> list:
    return [one.rows for one in paper.blocks if isinstance(one, Table) and one.headings]


@pytest.fixture
def full(world, tmp_path):
    """A problem at the county with two photos of one spot, one document, a notice, and a note of its own."""
    county = world["county"]
    about = {"description": "河边：有/垃圾", "deadline": "2024-06-30", "source": "省级督察"}
    record = a_problem(world, **about, internal_note=SECRET)
    add = county.evidence.add
    add("problem", record, [photo(tmp_path, "a.jpg", ONE)], {"stage": "before", "caption": "1 号点位"})
    add("problem", record, [photo(tmp_path, "b.jpg", TWO)], {"stage": "after", "caption": "1 号点位"})
    (tmp_path / "整改方案.docx").write_bytes(b"PK\x03\x04plan")
    (tmp_path / "图.dwg").write_bytes(b"AC1027")
    add("problem", record, [tmp_path / "整改方案.docx", tmp_path / "图.dwg"], {})
    county.notices.issue(
        {"kind": "assignment", "township": "白水镇", "title": "交办", "text": "请办", "problems": record}
    )
    return record


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_dossier_holds_papers_forms_notices_and_every_file_under_a_clear_name(world, full, tmp_path):
    papers = world["county"].problem_papers
    done = papers.pack(full, tmp_path / "档", to_pdf)
    assert (done.files, done.missing) == (4, ())
    found = names(tmp_path / "档")
    (notice,) = {name for name in found if name.startswith("00 通知单")}
    assert notice.startswith("00 通知单/01 交办单 ")
    assert found - {notice} == {
        "00 目录和情况.pdf", "00 目录和情况（可以修改）.docx", "00 整改前后照片对照.pdf",
        *(f"00 表格/{form}.pdf" for form in words.PROBLEM_FORM.values()),
        "02 整改方案/02-01 整改方案.docx", "05 整改前照片/05-01 整改前 1 号点位.jpg",
        "06 整改后照片/06-01 整改后 1 号点位.jpg", "17 其他材料/17-01 图.dwg.bin",
    }  # fmt: skip
    assert (tmp_path / "档/06 整改后照片/06-01 整改后 1 号点位.jpg").read_bytes() == TWO
    said = "".join(path.read_text("utf-8") for path in (tmp_path / "档").rglob("*.pdf"))
    assert "02-01 整改方案.docx" in said
    assert "黄灯" in said or "橙灯" in said
    assert SECRET not in said
    assert list(tmp_path.glob("work-*")) == []


def test_a_zip_holds_the_same_under_one_folder_and_replaces_the_one_before(world, full, tmp_path):
    papers = world["county"].problem_papers
    (tmp_path / "档.zip").write_bytes(b"old")
    papers.pack(full, tmp_path / "档", to_pdf)
    papers.pack(full, tmp_path / "档.zip", to_pdf)
    with ZipFile(tmp_path / "档.zip") as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {f"档/{name}" for name in names(tmp_path / "档")}
    papers.pack(full, tmp_path / "...zip", to_pdf)  # a name of which nothing is left
    with ZipFile(tmp_path / "...zip") as archive:
        assert all(name.startswith("档/") for name in archive.namelist())


def test_what_is_damaged_or_gone_or_never_came_is_left_out_and_said(world, full, tmp_path):
    county = world["county"]
    county.desk.blobs.drop(sha(ONE))
    county.desk.blobs.path(sha(TWO)).write_bytes(TWO[:-1] + b"!")
    done = county.problem_papers.pack(full, tmp_path / "档", to_pdf)
    assert (done.files, done.missing) == (2, ("a.jpg", "b.jpg"))
    assert not (tmp_path / "档" / "06 整改后照片").exists()
    assert "a.jpg（照片未到）" in (tmp_path / "档/00 目录和情况.pdf").read_text("utf-8")
    assert county.evidence.list("problem", full)[1].state == "wanted"


def test_a_folder_that_is_there_is_left_alone(world, full, tmp_path):
    (tmp_path / "档").mkdir()
    with pytest.raises(dossier_files.FolderThere) as refused:
        world["county"].problem_papers.pack(full, tmp_path / "档", to_pdf)
    assert str(tmp_path / "档") in refused.value.message
    assert refused.value.way_out


def test_photos_of_one_spot_stand_in_a_row_and_those_without_a_stage_behind(world, full, tmp_path):
    evidence, papers = world["county"].evidence, world["county"].problem_papers
    (before, after) = (block for block in papers.pairs(full).blocks if isinstance(block, (Table, Photos)))
    assert "河边：有/垃圾" in text_of(before)
    assert after.headings == ("整改前", "整改后")
    assert [[one.picture for one in row] for row in after.rows] == [[sha(ONE), sha(TWO)]]
    third = ONE + b"3"
    evidence.add("problem", full, [photo(tmp_path, "c.jpg", third)], {"stage": "during", "caption": "2 号点位"})
    evidence.add("problem", full, [photo(tmp_path, "d.jpg", third + b"4")], {})
    staged, loose = (block for block in papers.pairs(full).blocks if isinstance(block, Photos))
    assert staged.headings == ("整改前", "整改中", "整改后")
    assert [[one and one.picture for one in row] for row in staged.rows] == [
        [sha(ONE), None, sha(TWO)], [None, sha(third), None],
    ]  # fmt: skip
    assert staged.lacks == ("缺整改前照片", "", "缺整改后照片"), "photos of the work itself are no must"
    assert loose.rows[0][1:] == (None, None)


def test_a_problem_without_anything_has_papers_too(world):
    record = a_problem(world)
    papers = world["county"].problem_papers
    assert "还没有照片" in text_of(papers.pairs(record))
    assert "照片对照" not in text_of(papers.dossier(record))
    assert set(FORMS) == set(words.PROBLEM_FORM)
    for name in FORMS:
        assert "白水镇" in text_of(papers.form(record, name))


def test_the_way_of_a_problem_is_told_round_after_round_with_people_and_opinions(world):
    world["county"].records.edit("problem", record := a_problem(world), {"completed_on": "2024-05-01"}, why="代")
    county = world["county"]
    county.records.edit("problem", record, {"closing_stage": "closed", "closed_on": "2024-05-06"})
    seen = {
        "looked_on": "2024-06-01",
        "people": "王某",
        "up_to_standard": "false",
        "relapsed": "true",
        "opinion": "又堆了",
    }
    county.lookbacks.add(record, seen)
    blocks = county.problem_papers.dossier(record).blocks
    (steps,) = (one for one in blocks if isinstance(one, Table) and "结论" in one.headings)
    assert [row[:3] for row in steps.rows] == [
        ("完成整改", "2024-05-01", ""), ("销号", "2024-05-06", ""), ("第 2 轮整改", "2024-06-01", "反弹"),
    ]  # fmt: skip
    assert "又堆了" in steps.rows[2][4]
    (looked,) = (one for one in blocks if isinstance(one, Table) and "核查人员" in one.headings)
    assert looked.rows[0][:4] == ("2024-06-01", "王某", "否", "是")
    rows = dict(county.problem_papers.form(record, "lookback-form").blocks[0].rows)
    assert rows["是否反弹"] == "√ 是　　□ 否"
    assert rows["是否虚假整改"] == "□ 是　　□ 否"


def test_a_plan_lists_measures_and_milestones_and_a_public_notice_says_how_long_it_stands(world):
    county = world["county"]
    record = a_problem(world, goal="清到位", internal_note=SECRET)
    with county.desk.ledger.read() as connection:
        file = problem_file.read(county.desk, connection, record)
    plan, notice = form(file, "plan-form"), form(file, "public-notice-form")
    assert lists(plan) == [(("",) * 5,) * 3] * 2, "rows to be written by hand"
    assert "至　　　　年　　月　　日，共　　个工作日" in sentences(notice)
    assert "None" not in text_of((plan.blocks, notice.blocks))
    task = {"kind": None, "text": "清运", "unit": "白水镇", "person": "王某", "due": "2024-06-20"}
    stone = {"kind": "milestone", "text": "清完一半", "unit": None, "person": None, "due": "2024-06-10"}
    passed = {"cycle": "1", "stage": "county", "conclusion": "passed", "actual_on": "2024-05-20", "unit": "县局"}
    stands = {"from_on": "2024-05-21", "until_on": "2024-06-03", "days": 10, "day_kind": "working"}
    before = {**passed, "cycle": "1", "stage": "public_notice", "opinion": None, "conclusion": None, **stands}
    parts = {"measures": [task, stone], "acceptances": [{**passed, "opinion": "同意"}, before]}
    file = file._replace(record={**file.record, **parts})
    assert lists(form(file, "plan-form")) == [
        (("1", "清运", "白水镇", "王某", "2024-06-20"),), (("1", "清完一半", "", "", "2024-06-10"),),
    ]  # fmt: skip
    notice = form(file, "public-notice-form")
    assert "公示时间：2024年5月21日至2024年6月3日，共10个工作日" in sentences(notice)
    assert "2024年5月20日，县级验收，县局，同意" in text_of(notice.blocks)
    again = form(file._replace(record={**file.record, "cycle": 2}), "public-notice-form")
    assert "同意" not in text_of(again.blocks), "what was passed before it was opened again counts no more"
    assert SECRET not in text_of((notice, plan))


def test_every_place_of_every_form_is_known_and_filled_in(world):
    papers = [world["county"].problem_papers.form(a_problem(world), name) for name in FORMS]
    for paper in papers:
        assert set(paper.fields.values) >= KNOWN.values
        assert {name: table.headings for name, table in paper.fields.lists.items()} == KNOWN.lists
        assert "【" not in text_of((paper.title, paper.blocks, paper.foot))


@pytest.mark.parametrize(("text", "name"), [
    ("a/b:c*?  d. ", "a b c d"), ("长" * 90, "长" * 60), ("\n", ""),
    ("CON", "_CON"), ("nul.txt", "_nul.txt"), ("Com1", "_Com1"), ("console", "console"), ("COM10", "COM10"),
])  # fmt: skip
def test_a_name_is_one_on_any_system(text, name):
    assert media.clear_name(text) == name


def test_a_round_that_is_no_number_stops_no_dossier():
    assert [dossier_text._round(said) for said in (None, "", "2", "第一轮", "9999")] == [1, 1, 2, 1, 1]
