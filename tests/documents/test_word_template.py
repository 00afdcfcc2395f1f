"""Templates edited in Word or WPS: places cut over runs, rows repeated, all else kept; what cannot stand is refused."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from models.documents.template_refusals import (
    NotATemplate,
    PlacesMisplaced,
    PlacesUnknown,
    TemplateDamaged,
    TemplateUnsafe,
)
from models.documents.word_out import word
from models.documents.word_template import check, fill
from models.domain.paper import Fields, Paper, Table, Text, facts
from models.domain.template import Known

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LIST = Table((("1", "清运"), ("2", "硬化 & 绿化")), (1, 4), ("序号", "措施"))
SAID = Fields({"编号": "3-1", "问题描述": "河边<垃圾>\n【编号】不是占位", "监督电话": ""}, {"措施": LIST})
KNOWN = Known(frozenset(SAID.values), {"措施": LIST.headings})
PAPER = Paper(
    "销号申请表",
    (
        Text("关于【编号】问题（【编号】），电话：【监督电话】"),
        facts(("问题", "【问题描述】"), ("电话", "【监督电话】")),
    ),
)


def parts_of(content):
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def made(body="", head="", **parts):
    """A .docx of the program with another main text, and other parts (`__` stands for a slash, `_x` for .xml)."""
    own = parts_of(word(PAPER))
    if body:
        whole = own["word/document.xml"].decode()
        start, end = whole.index("<w:body>") + 8, whole.index("<w:sectPr>")
        own["word/document.xml"] = (head + whole[:start] + body + whole[end:]).encode()
    for name, content in parts.items():
        own[name.replace("__", "/").replace("_x", ".xml")] = content.encode()
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in own.items():
            archive.writestr(name, content)
    return out.getvalue()


def p(*runs):
    return "<w:p>" + "".join(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{one}</w:t></w:r>" for one in runs) + "</w:p>"


def tr(*cells):
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def tbl(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def texts(content):
    """Every paragraph, a new line as such."""
    body = ET.fromstring(parts_of(content)["word/document.xml"])  # noqa: S314 - our own
    said = {f"{W}t": lambda one: one.text or "", f"{W}br": lambda one: "" if one.get(f"{W}type") else "\n"}
    return ["".join(said[one.tag](one) for one in par.iter() if one.tag in said) for par in body.iter(f"{W}p")]


def test_what_the_program_writes_is_a_template_and_is_filled_in_with_room_left_for_the_pen():
    content = word(PAPER)
    check(content, KNOWN)
    assert [one for one in texts(fill(content, [SAID])) if one] == [
        "销号申请表", f"关于3-1问题（3-1），电话：{'_' * 14}", "问题", "河边<垃圾>\n【编号】不是占位", "电话",
    ]  # fmt: skip


def test_a_place_cut_over_runs_is_found_and_everything_else_stays_as_it_was():
    body = p("编号：【", "编", "号】，", "照旧") + '<w:p><w:pPr><w:jc w:val="center"/></w:pPr></w:p>'
    content = made(body, word__media__logo="PNG")
    check(content, KNOWN)
    before, after = parts_of(content), parts_of(fill(content, [SAID]))
    assert texts(fill(content, [SAID]))[0] == "编号：3-1，照旧"
    assert after["word/media/logo"] == b"PNG"
    assert {n: c for n, c in after.items() if n != "word/document.xml"} == {
        n: c for n, c in before.items() if n != "word/document.xml"
    }
    runs = ET.fromstring(after["word/document.xml"]).findall(f".//{W}r")  # noqa: S314
    assert [one.find(f"{W}rPr/{W}b") is not None for one in runs] == [True] * 4
    assert b'<w:jc w:val="center"/>' in after["word/document.xml"]


def test_the_row_of_a_list_is_repeated_and_a_whole_table_stands_in_place_of_its_paragraph():
    row = tr(p("【措施：", "序号】"), p("【编号】 【措施：措施】"))
    content = made(tbl(tr(p("序号"), p("措施")), row, tr(p("合计"), p(""))) + p("【表：措施】"))
    check(content, KNOWN)
    assert texts(fill(content, [SAID])) == [
        "序号", "措施", "1", "3-1 清运", "2", "3-1 硬化 & 绿化", "合计", "",
        "序号", "措施", "1", "清运", "2", "硬化 & 绿化", "",
    ]  # fmt: skip


def test_several_papers_of_one_template_stand_one_after_the_other_and_none_speaks_of_another():
    other = Fields({**SAID.values, "编号": "3-2"}, SAID.lists)
    content = fill(made(p("【编号】：【问题描述】")), [SAID, other])
    assert texts(content) == ["3-1：河边<垃圾>\n【编号】不是占位", "", "3-2：河边<垃圾>\n【编号】不是占位"]
    body = ET.fromstring(parts_of(content)["word/document.xml"])  # noqa: S314
    assert len(body.findall(f".//{W}br[@{W}type='page']")) == len(body.findall(f".//{W}sectPr")) == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (p("【编号】【编码】"), "【编码】"), (p("【编号】【措施：单价】"), "【措施：单价】"),
        (p("【表：花名册】"), "【表：花名册】"),        (p("【编号】见【附件"), "见【附件"),
    ],
)  # fmt: skip
def test_a_place_that_nobody_knows_is_named(body, said):
    with pytest.raises(PlacesUnknown) as refused:
        check(made(body), KNOWN)
    assert f"“{said}”" in refused.value.message
    assert "没有改动" in refused.value.message


HEADER = f'<w:hdr xmlns:w="{W[1:-1]}">{p("【编号】")}</w:hdr>'
KINDS = parts_of(word(PAPER))["[Content_Types].xml"].decode()
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OVERRIDE = f'<Override PartName="/word/h.xml" ContentType="{KIND}.header+xml"/>'
WITH_HEADER = KINDS.replace("</T", f"{OVERRIDE}</T")
MACROS = KINDS.replace(f"{KIND}.document.main", "application/vnd.ms-word.document.macroEnabled.main")
STRICT = "<w:document xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'/>"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (lambda: made(p("【措施：措施】")), "表格的一行里"),
        (lambda: made(p("表格：【表：措施】")), "单独成一段"),
        (lambda: made(tbl(tr(p("【表：措施】")))), "单独成一段"),
        (lambda: made(tbl(tr(tbl(tr(p("【措施：措施】")))))), "表格的一行里"),
        (lambda: made(p("【编号】"), **{"[Content_Types]_x": WITH_HEADER, "word__h_x": HEADER}), "页眉页脚"),
    ],
)  # fmt: skip
def test_a_place_where_it_cannot_be_filled_in_is_refused(content, why):
    with pytest.raises(PlacesMisplaced) as refused:
        check(content(), KNOWN)
    assert why in refused.value.way_out


def test_two_lists_in_one_row_are_refused():
    known = Known(KNOWN.values, {**KNOWN.lists, "时间节点": ("时限",)})
    with pytest.raises(PlacesMisplaced) as refused:
        check(made(tbl(tr(p("【措施：措施】"), p("【时间节点：时限】")))), known)
    assert "措施、时间节点" in refused.value.way_out


RELATED = "word___rels__document_x.rels"
DTD = '<!DOCTYPE w [<!ENTITY a "aaaa">]>'
RELS = parts_of(word(PAPER))["word/_rels/document.xml.rels"].decode()


def related(kind, mode="Internal"):
    return RELS.replace("</R", f'<Relationship Id="x" Type="http://x/{kind}" Target="x" TargetMode="{mode}"/></R')


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (lambda: b"%PDF-1.7", NotATemplate),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), NotATemplate),
        (lambda: made(p("没有要填的")), NotATemplate),
        (lambda: made(**{"[Content_Types]_x": "<Types/>"}), NotATemplate),
        (lambda: made(word__document_x=STRICT), NotATemplate),
        (lambda: word(PAPER)[:-200], TemplateDamaged), (lambda: made("<w:p>"), TemplateDamaged),
        (lambda: made(p("【编号】"), head=DTD), TemplateDamaged),
        (lambda: made("<w:p>" * 300 + "</w:p>" * 300), TemplateDamaged),
        (lambda: made(p("【编号】" + "长" * 1_500_000)), TemplateDamaged),
        (lambda: made(word__media__bomb="0" * 9_000_000), TemplateDamaged),
        (lambda: made(**{"[Content_Types]_x": MACROS}), TemplateUnsafe),
        (lambda: made(**{RELATED: related("vbaProject")}), TemplateUnsafe),
        (lambda: made(**{RELATED: related("oleObject")}), TemplateUnsafe),
        (lambda: made(**{RELATED: related("image", "External")}), TemplateUnsafe),
    ],
)  # fmt: skip
def test_what_is_no_template_or_damaged_or_runs_something_is_refused_in_words(content, refusal):
    with pytest.raises(refusal) as refused:
        check(content(), KNOWN)
    assert "没有放进来" in refused.value.message
    assert "写出模板" in refused.value.way_out


def test_a_link_to_a_page_is_no_danger():
    check(made(**{RELATED: related("hyperlink", "External")}), KNOWN)
