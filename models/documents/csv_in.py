"""Tables in text files: in which encoding, with which separator, and no character dropped in silence."""

from __future__ import annotations

import csv
import re
from collections import Counter
from contextlib import suppress
from io import StringIO

from models.documents.raw import Kind, RawBook, RawCell, RawSheet
from models.documents.refusals import NotAWorkbook, TextNotReadable, WorkbookTooLarge
from models.domain import limits

_CHINESE = re.compile("[\u4e00-\u9fff]")
_SEPARATORS = ",;\t"
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_AS_FORMULA = re.compile(r'="([^"]*)"')  # how some systems keep the zeros of ="0012"
_SAMPLE_LINES = 50


def read_csv(content: bytes) -> RawBook:
    """One sheet with the cells of a text table; every cell is text."""
    text, encoding = _decode(content)
    if _NO_TEXT.search(text):
        raise NotAWorkbook(detail="不是文本，也不是工作簿")
    rows: list[list[RawCell | None]] = []
    for line in _lines(text):
        if len(rows) >= limits.SHEET_ROWS or len(line) > limits.SHEET_COLUMNS:
            raise WorkbookTooLarge(detail=f"超过 {limits.SHEET_ROWS} 行或 {limits.SHEET_COLUMNS} 列")
        rows.append([_cell(value) for value in line])
    while rows and not any(rows[-1]):
        rows.pop()
    return RawBook("csv", [RawSheet("表格", True, rows)], formats_known=True, encoding=encoding)


def _cell(value: str) -> RawCell | None:
    found = _AS_FORMULA.fullmatch(value)
    value = found[1] if found else value
    return RawCell(Kind.TEXT, value) if value.strip() else None


def _decode(content: bytes) -> tuple[str, str]:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise _undecodable(content, error) from None
    if wide := _wide(content):
        with suppress(UnicodeDecodeError):
            return content.decode(wide), wide
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # GB18030 accepts nearly everything: what began as good UTF-8 and broke must not end as other characters.
        if len(_CHINESE.findall(content[: error.start].decode("utf-8", "replace"))) >= 2:
            raise _undecodable(content, error) from None
    try:
        return content.decode("gb18030"), "gb18030"
    except UnicodeDecodeError as error:
        if b"\0" in content or _looks_binary(content):
            raise NotAWorkbook(detail="不是文本，也不是工作簿") from None
        raise _undecodable(content, error) from None


def _wide(content: bytes) -> str:
    """UTF-16 without its mark shows as zero bytes on every second place of separators and line ends."""
    head = content[:4096]
    if head.count(b"\0") < max(2, len(head) // 20) or len(content) % 2:
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _looks_binary(content: bytes) -> bool:
    head = content[:4096]
    return sum(byte < 32 and byte not in b"\t\r\n" for byte in head) > len(head) // 50


def _undecodable(content: bytes, error: UnicodeDecodeError) -> TextNotReadable:
    line = content.count(b"\n", 0, error.start) + 1
    if error.end >= len(content):
        return TextNotReadable(detail=f"第 {line} 行断在半个字上，文件可能不完整")
    return TextNotReadable(detail=f"第 {line} 行有认不出的字符，编码不是 GB18030 或 UTF-8")


def _lines(text: str) -> list[list[str]]:
    csv.field_size_limit(limits.WORKBOOK_BYTES)
    separator = _separator(text)
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise TextNotReadable(detail="有一个引号没有成对，后面的内容分不清") from None
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise TextNotReadable(detail="引号或换行有误") from None


def _separator(text: str) -> str:
    """The separator that cuts the most lines into the same number of parts, and into the most parts."""
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])
    best, separator = (0, 0), ","
    for candidate in _SEPARATORS:
        try:
            widths = Counter(len(line) for line in csv.reader(StringIO(sample, newline=""), delimiter=candidate))
        except csv.Error:
            continue
        widths.pop(1, None)
        widths.pop(0, None)
        if widths:
            width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
            best, separator = max((best, separator), ((count, width), candidate))
    return separator
