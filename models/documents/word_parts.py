"""The parts of a .docx, within limits, and its main text as a tree whose texts can be read and changed.

A tree of `minidom` keeps the prefixes of names as they are written: Word insists on them.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.dom import minidom
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZipFile

from models.documents import prescan
from models.documents.magic import OLE, ZIP_ERRORS
from models.documents.refusals import WorkbookRefused
from models.documents.template_refusals import NotATemplate, TemplateDamaged, TemplateUnsafe
from models.documents.word_out import W

Xml = Any  # a node of a tree: the types of the standard library know too little of it

BYTES = 20 * 1024 * 1024  # of a file that is taken in
_PART = 4 * 1024 * 1024  # of a part that is read
_DEEP = 200  # elements in one another
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KINDS, _MAIN = "[Content_Types].xml", "wordprocessingml.document.main+xml"
_HEADERS = ("wordprocessingml.header+xml", "wordprocessingml.footer+xml")
# What runs, or is fetched or shown by another program, when the file is opened.
_RUNS = ("vbaProject", "control", "oleObject", "package", "aFChunk", "attachedTemplate", "frame", "subDocument")


class Parts:
    """What is in the file: the main text, and the headers and footers."""

    def __init__(self, content: bytes) -> None:
        if content.startswith(OLE):
            raise NotATemplate("是旧的 .doc 文件，或者设了密码")
        if not content.startswith(b"PK"):
            raise NotATemplate("不是 Word 文件")
        try:
            prescan.check_sizes(content)
        except WorkbookRefused as refused:
            raise TemplateDamaged(refused.detail or refused.title) from None
        self._content = content
        try:
            with ZipFile(BytesIO(content)) as archive:
                self._read(archive)
        except ZIP_ERRORS:
            raise TemplateDamaged("读不完整") from None

    def _read(self, archive: ZipFile) -> None:
        kinds: dict[str, list[str]] = {}
        if _KINDS not in archive.namelist():
            raise NotATemplate("不是 Word 文件")
        for one in parsed(_read(archive, _KINDS)).getElementsByTagName("*"):
            kind = one.getAttribute("ContentType")
            if "macroEnabled" in kind:
                raise TemplateUnsafe("宏")
            kinds.setdefault(kind.rpartition("officedocument.")[2], []).append(one.getAttribute("PartName").lstrip("/"))
        if _MAIN not in kinds:
            raise NotATemplate("不是 .docx 文件")
        for name in archive.namelist():
            if name.endswith(".rels"):
                _check_relations(parsed(_read(archive, name)))
        self.name = kinds[_MAIN][0]
        self.main = _read(archive, self.name)
        self.headers = [_read(archive, name) for kind in _HEADERS for name in kinds.get(kind, ())]

    def with_main(self, main: bytes) -> bytes:
        """The same file with another main text."""
        made = BytesIO()
        with ZipFile(BytesIO(self._content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
            for info in old.infolist():
                new.writestr(info, main if info.filename == self.name else old.read(info), ZIP_DEFLATED)
        return made.getvalue()


def _read(archive: ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _PART:
        raise TemplateDamaged("里面的文字太多")
    return archive.read(name)


def _check_relations(relations: Xml) -> None:
    for one in relations.getElementsByTagName("*"):
        kind = one.getAttribute("Type").rpartition("/")[2]
        if kind in _RUNS or (one.getAttribute("TargetMode") == "External" and kind != "hyperlink"):
            raise TemplateUnsafe("宏、控件、嵌入的对象或外面的文件")


def parsed(part: bytes) -> Xml:
    """A part as a tree; one with a type of document, whose entities may grow without end, is refused before."""
    depth = deepest = 0

    def begin(*_: object) -> None:
        nonlocal depth, deepest
        depth += 1
        deepest = max(deepest, depth)

    def end(_: object) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        raise TemplateDamaged("文件中含有 DTD 声明")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = begin, end, refuse
    try:
        parser.Parse(part, True)
        if deepest > _DEEP:
            raise TemplateDamaged("表格套得太深")
        return minidom.parseString(part)  # noqa: S318 - no type of document, and not too deep
    except expat.ExpatError:
        raise TemplateDamaged("读不完整") from None


# ------------------------------------------------------------------------------------------- the tree


def is_element(node: Xml, name: str) -> bool:
    """Whether a node is an element of this name in the words of Word."""
    return node.namespaceURI == SPACE and node.localName == name


def every(within: Xml, name: str) -> list[Xml]:
    """The elements of a name within a node, which may be one itself."""
    found = list(within.getElementsByTagNameNS(SPACE, name)) if hasattr(within, "getElementsByTagNameNS") else []
    return [within, *found] if is_element(within, name) else found


def body_of(document: Xml) -> Xml:
    """The main text, written in the words of Word and WPS."""
    found = every(document, "body")
    if not found or document.documentElement.getAttribute("xmlns:w") != SPACE:
        raise NotATemplate("不是 Word 或 WPS 平常保存的 .docx 文件")
    return found[0]


def above(node: Xml, name: str) -> Xml:
    """The nearest element of a name around a node; None where there is none."""
    around = node.parentNode
    while around is not None and not is_element(around, name):
        around = around.parentNode
    return around


def _runs(paragraph: Xml) -> list[Xml]:
    """The texts of a paragraph, without those of a box that stands in it."""
    return [one for one in every(paragraph, "t") if above(one, "p") is paragraph]


def _said(text: Xml) -> str:
    return "".join(one.data for one in text.childNodes)


def text_of(paragraph: Xml) -> str:
    """What a paragraph says, however it is cut into runs."""
    return "".join(_said(one) for one in _runs(paragraph))


def made(document: Xml, xml: str) -> Xml:
    """An element of ours, for a document."""
    own: Xml = minidom.parseString(f"<w:body {W}>{xml}</w:body>")  # noqa: S318 - written by this program
    return document.importNode(own.documentElement.firstChild, deep=True)


def replace(paragraph: Xml, start: int, end: int, said: str) -> None:
    """Put a text in the place of the letters from start to end; it gets the look of the first of them."""
    at = 0
    for text in _runs(paragraph):
        old = _said(text)
        begins, ends = max(start - at, 0), min(end - at, len(old))
        at += len(old)
        if begins >= ends:
            continue
        _say(text, f"{old[:begins]}{said}{old[ends:]}")
        said = ""


def _say(text: Xml, said: str) -> None:
    """Another content of a text; each new line is one on paper too."""
    document = text.ownerDocument
    first, *rest = said.split("\n")
    for node in list(text.childNodes):
        text.removeChild(node)
    text.appendChild(document.createTextNode(first))
    text.setAttribute("xml:space", "preserve")
    after = text.nextSibling
    for line in rest:
        more = text.cloneNode(deep=False)
        more.appendChild(document.createTextNode(line))
        text.parentNode.insertBefore(document.createElementNS(SPACE, f"{text.prefix}:br"), after)
        text.parentNode.insertBefore(more, after)
