"""A template that an office edits in Word or WPS: looked at when it is taken in, filled in for each paper.

Only texts and rows of the main text are touched; every other part of the file stays as it is. Word and WPS cut a text
into runs as they please, so a place is looked for in the text of a whole paragraph and may lie across several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from models.documents.template_refusals import NotATemplate, PlacesMisplaced, PlacesUnknown
from models.documents.word_out import NEVER, ROOM, table
from models.documents.word_parts import (
    SPACE,
    Parts,
    Xml,
    above,
    body_of,
    every,
    is_element,
    made,
    parsed,
    replace,
    text_of,
)
from models.domain.paper import Fields
from models.domain.template import COLUMN, LINE, PLACE, WHOLE, Known, of_row, or_empty

_HALF, _AROUND = re.compile("[【】]"), 6
_TABLE = f"【{WHOLE}{COLUMN}"
_LEAST = 1000  # twentieths of a point that a table is wide
_NEW_PAGE = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'


def check(content: bytes, known: Known) -> None:
    """Refuse what is no .docx, is damaged, too large or unsafe, or has a place that nobody can fill in."""
    parts = Parts(content)
    body = body_of(parsed(parts.main))
    for one in parts.headers:
        said = "".join(text_of(paragraph) for paragraph in every(parsed(one), "p"))
        if found := PLACE.search(said):
            raise PlacesMisplaced(found[0], "页眉页脚里不能放，请移到正文里")
    texts = [(one, text_of(one)) for one in every(body, "p")]
    if not any(PLACE.search(text) for _, text in texts):
        raise NotATemplate("里面一个要填的地方都没有，例如【编号】")
    if unknown := tuple(dict.fromkeys(one for _, text in texts for one in _unknown(text, known))):
        raise PlacesUnknown(unknown)
    for paragraph, text in texts:
        _check_place(paragraph, text)


def fill(content: bytes, papers: Sequence[Fields]) -> bytes:
    """A .docx made of a template: of each paper once, the next one on a new page."""
    parts = Parts(content)
    document = parsed(parts.main)
    body = body_of(document)
    nodes = [one for one in body.childNodes if not is_element(one, "sectPr")]
    pages = next((one for one in body.childNodes if is_element(one, "sectPr")), None)
    blank = [one.cloneNode(deep=True) for one in nodes]
    for at, fields in enumerate(papers):
        if at:
            body.insertBefore(made(document, _NEW_PAGE), pages)
            nodes = [one.cloneNode(deep=True) for one in blank]
            for one in nodes:
                body.insertBefore(one, pages)
        _fill(document, nodes, fields)
    return parts.with_main(document.toxml(encoding="UTF-8"))


# ------------------------------------------------------------------------------------------- looking


def _unknown(text: str, known: Known) -> Iterator[str]:
    """The places of a text that nobody can fill in, and halves of places with what stands around them."""
    yield from (f"【{name}】" for name in PLACE.findall(text) if not _is_known(name, known))
    rest = PLACE.sub("", text)
    for at in _HALF.finditer(rest):
        yield rest[max(0, at.start() - _AROUND) : at.end() + _AROUND]


def _is_known(name: str, known: Known) -> bool:
    first, column, rest = name.partition(COLUMN)
    if not column:
        return name in known.values
    return rest in known.lists if first == WHOLE else rest in known.lists.get(first, ())


def _check_place(paragraph: Xml, text: str) -> None:
    """A column of a list stands in a row of a table, of one list only; a whole table in a paragraph of its own."""
    row = above(paragraph, "tr")
    for name in PLACE.findall(text):
        first, column, _ = name.partition(COLUMN)
        if not column:
            continue
        if first == WHOLE:
            if row is not None or text.strip() != f"【{name}】":
                raise PlacesMisplaced(f"【{name}】", "它换成一整张表，要单独成一段，不能放在别的表格里")
        elif row is None or above(row, "tr") is not None:
            raise PlacesMisplaced(f"【{name}】", "它一条一行，只能放在表格的一行里，这一行会按条数重复")
        elif len(_lists(row)) > 1:
            raise PlacesMisplaced(f"【{name}】", f"同一行里只能放一种清单，这一行有{'、'.join(sorted(_lists(row)))}")


def _lists(row: Xml) -> set[str]:
    """The lists whose columns stand in a row, without those of tables within."""
    own = (text_of(one) for one in every(row, "p") if above(one, "tr") is row)
    return {name.partition(COLUMN)[0] for text in own for name in PLACE.findall(text) if COLUMN in name} - {WHOLE}


# ------------------------------------------------------------------------------------------- filling in


def _fill(document: Xml, nodes: Sequence[Xml], fields: Fields) -> None:
    """One paper: single values first, in whole paragraphs, then rows that are repeated, then whole tables."""
    rows = [row for node in nodes for row in every(node, "tr") if _lists(row) & set(fields.lists)]
    for paragraph in [one for node in nodes for one in every(node, "p")]:
        row = above(paragraph, "tr")
        if row in rows:
            continue
        text = text_of(paragraph)
        found = fields.lists.get(text.strip()[len(_TABLE) : -1]) if text.strip().startswith(_TABLE) else None
        if found is None:
            _put(paragraph, fields.values, LINE if row is None else "")
        else:
            paragraph.parentNode.insertBefore(made(document, table(found, _room(document))), paragraph)
            replace(paragraph, 0, len(text), "")
    for row in rows:
        name = min(_lists(row) & set(fields.lists))
        for said in of_row(name, fields.lists[name]):
            again = row.cloneNode(deep=True)
            row.parentNode.insertBefore(again, row)
            for paragraph in every(again, "p"):
                _put(paragraph, {**fields.values, **said}, "")
        row.parentNode.removeChild(row)


def _room(document: Xml) -> int:
    """How wide the text is, in twentieths of a point: what the paper leaves between its margins."""
    sizes = [(every(one, "pgSz"), every(one, "pgMar")) for one in every(document, "sectPr")]
    for size, margin in reversed(sizes):
        told = [one.getAttributeNS(SPACE, name) for one, name in zip(
            (*size, *margin, *margin), ("w", "left", "right"), strict=False)]  # fmt: skip
        if len(told) == 3 and all(one.isdecimal() for one in told):
            return max(int(told[0]) - int(told[1]) - int(told[2]), _LEAST)
    return ROOM


def _put(paragraph: Xml, values: Mapping[str, str], empty: str) -> None:
    """Put the values of a paragraph in, the last place first; a value is a text and is never looked at for places."""
    for found in reversed(list(PLACE.finditer(text_of(paragraph)))):
        if found[1] in values:
            replace(paragraph, found.start(), found.end(), NEVER.sub("", or_empty(values[found[1]], empty)))
