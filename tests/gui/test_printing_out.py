"""Papers from the page of a problem: each goes where one says; the whole dossier into a folder or a zip."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from gui.panels.record import printing_out
from models.domain import words
from models.services.papers.dossier_files import FolderThere
from tests.gui.one_record import ID


@pytest.fixture
def chosen(monkeypatch, tmp_path):
    """What one answers to the question where to."""

    def save(_parent, _title, start, *_):
        return (str(tmp_path / Path(start).name), "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    return tmp_path


def act(record, deed):
    one, page = record
    page.acts.act(deed)
    one.settle()
    return page


def test_the_menu_has_every_paper_and_a_petition_has_none(record, desk):
    _, page = record
    menu = page.acts.menu()
    inner = next(one.menu() for one in menu.actions() if one.text() == printing_out.MENU)
    keys = [one.data() for one in inner.actions() if one.data()]
    assert keys == [*printing_out.WHAT, *words.PROBLEM_FORM]
    menu.deleteLater()
    other = desk().open("petition/record", id=ID)
    menu = other.acts.menu()
    assert printing_out.MENU not in [one.text() for one in menu.actions()]
    menu.deleteLater()


def test_the_whole_dossier_goes_into_a_folder_that_nobody_has_and_says_what_is_missing(record, chosen, monkeypatch):
    one, page = record
    one.office.problem_papers.missing = tuple(f"照片{n}.jpg" for n in range(5))
    page.story.finish()
    page.story.dossier.write.click()
    one.settle()
    ((name, id_, content),) = one.office.problem_papers.asked
    assert (id_, content) == (ID, b"%PDF")
    assert page.notice.kind == "warning"
    assert "有 5 个文件不在本机，目录里写着：照片0.jpg、照片1.jpg、照片2.jpg等。" in page.notice.way_out.text()
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    page.notice.first.click()
    assert [Path(place) for place in opened] == [chosen]
    (chosen / name).mkdir()
    act(record, printing_out.FOLDER)
    assert one.office.problem_papers.asked[-1][0] == f"{name} (2)"


def test_a_zip_a_text_and_a_form_are_written_under_names_that_say_what_they_are(record, chosen):
    one, _ = record
    act(record, printing_out.ZIP)
    assert one.office.problem_papers.asked[-1][0].endswith(".zip")
    page = act(record, "closing-form")
    assert one.office.problem_papers.asked[-1] == ("closing-form", ID)
    assert one.office.papers.asked[-1] == (page.notice.message.text().removeprefix("已写出 ")[:-1], b"%PDF")
    assert page.notice.kind == "success"
    for deed in (printing_out.TEXT, printing_out.PAIRS):
        act(record, deed)
        assert one.office.problem_papers.asked[-1] == (deed, ID)


def test_who_chooses_no_place_writes_nothing_and_a_refusal_is_said(record, chosen, monkeypatch):
    one, _ = record
    one.office.problem_papers.refusal = FolderThere(chosen)
    page = act(record, printing_out.FOLDER)
    assert page.notice.kind == "refusal"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    for deed in (printing_out.FOLDER, printing_out.ZIP, "site-form"):
        act(record, deed)
    assert one.office.problem_papers.asked == []
