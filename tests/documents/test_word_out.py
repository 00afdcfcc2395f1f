"""A paper as a text that goes on being written: whole XML, every word of the paper, the order that Word insists on."""

from __future__ import annotations

from xml.etree import ElementTree as ET
from zipfile import ZipFile

from models.domain.paper import Book, Paper, Photo, Photos, Table, Text, facts
from models.services.papers import papers

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAPER = Paper(
    "督办<函>",
    (
        Text("白水镇：\n请 & 办\x0b\ud800"), Text("一、问题", strong=True), Text("临江县环委办", right=True),
        facts(("编号", "3-1")), Table((("1", "甲\n乙"),), (1, 4), ("序号", "内容"), frozenset({0})),
        Photos(("整改前", "整改后"), ((Photo("ab", ("1 号点位", "拍摄时间：2024-05-12")), None),), ("", "")),
    ),
    line="临环督〔2024〕1号", foot="填报人：",
)  # fmt: skip
# What may stand in a w:pPr, a w:rPr and a w:tcPr here, in the order of the standard.
ORDER = {
    "pPr": ["keepNext", "spacing", "ind", "jc", "sectPr"], "rPr": ["rFonts", "b", "sz", "szCs"],
    "tcPr": ["tcW", "shd", "vAlign"], "tblPr": ["tblW", "tblBorders", "tblLayout"],
    "sectPr": ["footerReference", "pgSz", "pgMar", "pgNumType"],
}  # fmt: skip


def written(tmp_path, paper=PAPER):
    path = papers.write(paper, tmp_path / "函.DOCX", lambda _: b"")
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}  # noqa: S314 - our own


def test_every_word_is_there_and_every_part_is_whole_xml(tmp_path):
    parts = written(tmp_path)
    body = parts["word/document.xml"].find(f"{W}body")
    said = ["".join(t.text or "" for t in one.iter(f"{W}t")) for one in body.iter(f"{W}p")]
    assert [text for text in said if text] == [
        "督办<函>", "临环督〔2024〕1号", "白水镇：请 & 办", "一、问题", "临江县环委办", "编号", "3-1", "序号", "内容",
        "1", "甲乙", "整改前", "整改后", "1 号点位拍摄时间：2024-05-12", "填报人：",
    ]  # fmt: skip
    named = {one.get("PartName") for one in parts["[Content_Types].xml"]} - {None}
    assert named == {f"/word/{name}.xml" for name in ("document", "footer", "fontTable")}
    assert {f"word/{one.get('Target')}" for one in parts["word/_rels/document.xml.rels"]} <= set(parts)


def test_the_elements_of_a_property_stand_in_the_order_of_the_standard(tmp_path):
    for part in written(tmp_path, Book("两张", (PAPER, PAPER), apart=True)).values():
        for kind, order in ORDER.items():
            for one in part.iter(f"{W}{kind}"):
                places = [order.index(child.tag.removeprefix(W)) for child in one]
                assert places == sorted(places), kind


def test_headings_stand_on_every_page_no_row_is_torn_and_a_wide_paper_lies_across(tmp_path):
    body = written(tmp_path)["word/document.xml"]
    rows = list(body.iter(f"{W}tr"))
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [False, True, False, True, False]
    across = written(tmp_path, Paper("表", (), landscape=True))["word/document.xml"].find(f".//{W}pgSz")
    assert (across.get(f"{W}w"), across.get(f"{W}h"), across.get(f"{W}orient")) == ("16838", "11906", "landscape")


def test_papers_apart_are_sections_of_their_own_form_each_numbered_from_one(tmp_path):
    both = Book("两张", (Paper("甲", (), foot="填报人："), Paper("乙", (), landscape=True)), apart=True)
    sections = list(written(tmp_path, both)["word/document.xml"].iter(f"{W}sectPr"))
    assert [one.find(f"{W}pgSz").get(f"{W}w") for one in sections] == ["11906", "16838"]
    assert [one.find(f"{W}pgNumType").get(f"{W}start") for one in sections] == ["1", "1"]
    (whole,) = written(tmp_path, Book("两张", both.papers))["word/document.xml"].iter(f"{W}sectPr")
    assert whole.find(f"{W}pgSz").get(f"{W}w") == "16838", "papers that belong together are one section"
