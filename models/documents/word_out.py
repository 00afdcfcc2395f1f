"""A paper as a .docx that offices go on writing: in the layout of official papers (GB/T 9704), photos told in words.

Written by hand: what is used of the format are paragraphs, tables and a page number, and the libraries for it bring
11 MB (lxml). The order of elements inside w:pPr, w:rPr, w:tblPr and w:tcPr is that of the standard: Word insists on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from models.domain.paper import Book, Paper, Photos, Table, Text, printed

_TITLE, _BODY, _HEADING, _TYPED = "方正小标宋简体", "仿宋", "黑体", "Consolas"
_LATIN, _PLAIN, _INSTEAD = "Times New Roman", "宋体", "华文中宋"
_MM = 1440 / 25.4  # twentieths of a point
_PAGE = {False: (210, 297), True: (297, 210)}
_MARGINS = {"top": 37, "right": 26, "bottom": 35, "left": 28}  # millimetres, as the standard has them
ROOM, ROOM_ACROSS = (round((_PAGE[across][0] - _MARGINS["left"] - _MARGINS["right"]) * _MM) for across in _PAGE)
_LINE = 579  # twentieths of a point between two lines of the text: 22 lines on a page
_LARGE, _SMALL, _LIST = (
    32,
    24,
    21,
)  # half points: 三号 for text, 小四 for what is filled in, 五号 for lists and the foot
NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML cannot say
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def word(paper: Paper | Book) -> bytes:
    """A paper, or several, as a .docx; the same paper is the same bytes."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, text in _parts(paper).items():
            archive.writestr(ZipInfo(name), text.encode(), ZIP_DEFLATED)
    return made.getvalue()


def _parts(paper: Paper | Book) -> dict[str, str]:
    """The files of which a .docx is made."""
    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_KIND}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("footer", "footer"), ("fontTable", "fontTable"))
    )
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{kinds}</Types>',
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relations(("footer", "footer.xml"), ("fontTable", "fontTable.xml")),
        "word/document.xml": f"{_HEAD}<w:document {W} xmlns:r={quoteattr(_OFFICE)}>"
        f"<w:body>{_bodies(printed(paper))}</w:body></w:document>",
        "word/footer.xml": f"{_HEAD}<w:ftr {W}>{_number()}</w:ftr>",
        "word/fontTable.xml": f'{_HEAD}<w:fonts {W}>'
        f'<w:font w:name="{_TITLE}"><w:altName w:val="{_INSTEAD}"/></w:font></w:fonts>',
    }  # fmt: skip


def _relations(*targets: tuple[str, str]) -> str:
    made = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'


def _bodies(papers: Sequence[Paper]) -> str:
    """Papers one after the other: where one ends, a low line tells how its pages are made."""
    *before, last = papers
    low = '<w:spacing w:line="20" w:lineRule="exact"/>'
    made = [f"{_body(one)}<w:p><w:pPr>{low}{_pages(one)}</w:pPr></w:p>" for one in before]
    return f"{''.join(made)}{_body(last)}{_pages(last)}"


def _body(paper: Paper) -> str:
    room = ROOM_ACROSS if paper.landscape else ROOM
    made = [_paragraph(paper.title, _run(paper.title, _TITLE, 44), "center", after=120)]
    if paper.line:
        made.append(_paragraph(paper.line, _run(paper.line, _BODY, _SMALL), "center", after=120))
    for block in paper.blocks:
        match block:
            case Text():
                font = _TYPED if block.typed else _HEADING if block.strong else _BODY
                run = _run(block.text, font, _LARGE)
                made.append(_paragraph(block.text, run, "right" if block.right else "both", keep=block.strong))
            case Table():
                made += [table(block, room), _gap()]
            case Photos():
                made += [table(block.told(), room), _gap()]
    if paper.foot:
        made.append(_paragraph(paper.foot, _run(paper.foot, _BODY, _LIST), "left"))
    return "".join(made)


def _pages(paper: Paper) -> str:
    """How the pages of a paper are made; they are numbered from one."""
    wide, high = _PAGE[paper.landscape]
    margins = " ".join(f'w:{side}="{round(mm * _MM)}"' for side, mm in _MARGINS.items())
    way = ' w:orient="landscape"' if paper.landscape else ""
    size = f'<w:pgSz w:w="{round(wide * _MM)}" w:h="{round(high * _MM)}"{way}/>'
    end = f'{size}<w:pgMar {margins} w:header="851" w:footer="1588" w:gutter="0"/><w:pgNumType w:start="1"/>'
    return f'<w:sectPr><w:footerReference w:type="default" r:id="r1"/>{end}</w:sectPr>'


def _paragraph(text: str, runs: str, across: str, *, after: int = 0, keep: bool = False) -> str:
    """A paragraph over the whole width; a signature and its day stand four letters from the edge."""
    inward = '<w:ind w:rightChars="400" w:right="1280"/>' if across == "right" and text else ""
    held = "<w:keepNext/>" if keep else ""
    spacing = f'<w:spacing w:after="{after}" w:line="{_LINE}" w:lineRule="exact"/>'
    return f'<w:p><w:pPr>{held}{spacing}{inward}<w:jc w:val="{across}"/></w:pPr>{runs}</w:p>'


def _run(text: str, font: str, half_points: int, *, bold: bool = False) -> str:
    """A text with its letters; each new line is one."""
    latin = font if font == _TYPED else _LATIN
    fonts = f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{font}" w:cs="{latin}"/>'
    style = (
        f'<w:rPr>{fonts}{"<w:b/>" if bold else ""}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
    )
    said = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(NEVER.sub("", one)) for one in text.split("\n"))
    return f'<w:r>{style}<w:t xml:space="preserve">{said}</w:t></w:r>'


def table(block: Table, room: int) -> str:
    """A table; its headings stand on top of every page, and no row is torn."""
    wide = [room * one // sum(block.widths) for one in block.widths]
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES)
    about = f'<w:tblW w:w="{sum(wide)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in wide)
    rows = [_row(block, block.headings, wide, head=True)] if block.headings else []
    rows += [_row(block, row, wide) for row in block.rows]
    return f"<w:tbl><w:tblPr>{about}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _row(table: Table, row: tuple[str, ...], wide: list[int], *, head: bool = False) -> str:
    cells: list[str] = []
    for at, said in enumerate(row):
        is_label = head or (not table.headings and at == 0)
        across = "center" if head or at in table.centred else "left"
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="EFEFEF"/>' if is_label else ""
        about = f'<w:tcPr><w:tcW w:w="{wide[at]}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
        run = _run(said, _BODY, _LIST if table.headings else _SMALL, bold=head)
        text = f'<w:p><w:pPr><w:jc w:val="{across}"/></w:pPr>{run}</w:p>'
        cells.append(f"<w:tc>{about}{text}</w:tc>")
    again = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(cells)}</w:tr>"


def _gap() -> str:
    """A low line behind a table: without one, the next table would be part of it."""
    return '<w:p><w:pPr><w:spacing w:line="200" w:lineRule="exact"/></w:pPr></w:p>'


def _number() -> str:
    """— 1 — at the foot of every page."""
    fonts = f'<w:rFonts w:ascii="{_PLAIN}" w:hAnsi="{_PLAIN}" w:eastAsia="{_PLAIN}"/>'
    letters = f'<w:rPr>{fonts}<w:sz w:val="28"/></w:rPr>'
    said = "".join(f"<w:r>{letters}{part}</w:r>" for part in (
        '<w:t xml:space="preserve">— </w:t>', '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>', '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>", '<w:fldChar w:fldCharType="end"/>', '<w:t xml:space="preserve"> —</w:t>',
    ))  # fmt: skip
    return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{said}</w:p>'
