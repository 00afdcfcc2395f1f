"""A look into the parts of an .xlsx before the reader opens it: what is too large, unsafe, or lost on the reader.

Runs in the child process, streaming. The reader (calamine) gives values only; what it drops is collected here:
formulas that were never calculated, error values, long numbers, and formats that show a month or a percentage.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat

from models.documents.magic import ZIP_ERRORS
from models.documents.raw import Area
from models.documents.refusals import WorkbookDamaged, WorkbookTooLarge, WorkbookUnsafe
from models.domain import limits

_CHUNK = 1 << 18
_ENTRIES = 5_000
_SMALL = 1 << 20  # parts below may shrink as far as they like
_LONG_NUMBER = 15  # digits that a workbook keeps of a number
_SHOWN_FORMULA = 80

# Formats with a number of their own that show year and month alone, in Chinese Excel.
_MONTH_IDS = frozenset({17, 27, 36, 50, 52, 57})
_PERCENT_IDS = frozenset({9, 10})
_PLAIN_TEXT_OF_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')

Place = tuple[int, int]


@dataclass
class SheetScan:
    """What the reader will not tell about one sheet. Places are 0-based."""

    formulas: dict[Place, str] = field(default_factory=dict[Place, str])
    errors: dict[Place, str] = field(default_factory=dict[Place, str])
    numbers: dict[Place, str] = field(default_factory=dict[Place, str])  # all digits of long ones
    months: set[Place] = field(default_factory=set[Place])
    percents: set[Place] = field(default_factory=set[Place])
    merges: list[Area] = field(default_factory=list[Area])


@dataclass
class Scan:
    """What was seen in a workbook."""

    sheets: dict[str, SheetScan]
    epoch_1904: bool
    macros: bool


def scan(content: bytes) -> Scan:
    """Look into every part; a refusal where a limit is passed or a part holds a DTD."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as box:
            _check_sizes(box)
            return _scan(box)
    except (*ZIP_ERRORS, expat.ExpatError):
        raise WorkbookDamaged from None


def check_sizes(content: bytes) -> None:
    """Only the limits, for the formats whose parts are not looked into; and no DTD in any part."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as box:
            _check_sizes(box)
            for info in box.infolist():
                if info.filename.lower().endswith((".xml", ".rels", ".rdf")):
                    _prolog(box, info)
    except (*ZIP_ERRORS, expat.ExpatError):
        raise WorkbookDamaged from None


def _check_sizes(box: zipfile.ZipFile) -> None:
    entries = box.infolist()
    if len(entries) > _ENTRIES:
        raise WorkbookTooLarge(detail="内部文件太多")
    if sum(info.file_size for info in entries) > limits.WORKBOOK_UNPACKED:
        raise WorkbookTooLarge(detail="解压后太大")
    for info in entries:
        if info.file_size > _SMALL and info.file_size > limits.EXPANSION * max(1, info.compress_size):
            raise WorkbookTooLarge(detail="压缩得不正常地小")
    if len({info.filename.lower() for info in entries}) != len(entries):
        raise WorkbookDamaged


def _scan(box: zipfile.ZipFile) -> Scan:
    parts = {info.filename.replace("\\", "/").lower(): info for info in box.infolist()}
    for name, info in parts.items():
        if name.endswith((".xml", ".rels")):
            _prolog(box, info)
    book = _Book(box, parts["xl/workbook.xml"])
    relations = parts.get("xl/_rels/workbook.xml.rels")
    targets = _Targets(box, relations).targets if relations else {}
    styles = _Styles(box, parts["xl/styles.xml"]) if "xl/styles.xml" in parts else None
    sheets: dict[str, SheetScan] = {}
    for name, relation in book.sheets:
        target = targets.get(relation, "").replace("\\", "/").lower()
        part = parts.get(target.removeprefix("/") if target.startswith("/") else f"xl/{target}")
        if part is not None:
            sheets[name] = _Sheet(box, part, styles).found
    return Scan(sheets, book.epoch_1904, macros="xl/vbaproject.bin" in parts)


def _refuse_dtd(*_: object) -> None:
    raise WorkbookUnsafe(detail="文件中含有 DTD 声明")


def _prolog(box: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Read a part up to its first element: a DTD can only stand before."""
    begun: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_dtd
    parser.StartElementHandler = lambda name, _attributes: begun.append(name)
    with box.open(info) as part:
        while not begun and (piece := part.read(4096)):
            try:
                parser.Parse(piece, False)
            except expat.ExpatError:
                return  # the reader will say whether it needs this part


class _Part:
    """One XML part, streamed through a parser that knows no DTD."""

    def __init__(self, box: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_dtd
        self._attach(parser)
        with box.open(info) as part:
            while piece := part.read(_CHUNK):
                parser.Parse(piece, False)
            parser.Parse(b"", True)

    def _attach(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError


def _bare(tag: str) -> str:
    return tag.rpartition(":")[2] if ":" in tag else tag


class _Book(_Part):
    """xl/workbook.xml: the sheets in order, and from when days are counted."""

    def __init__(self, box: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.epoch_1904 = False
        super().__init__(box, info)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match _bare(tag):
            case "sheet":
                relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
                self.sheets.append((attributes.get("name", ""), relation))
            case "workbookPr":
                self.epoch_1904 = attributes.get("date1904", "") in {"1", "true"}
            case _:
                pass


class _Targets(_Part):
    """The relations of the workbook: which part is which sheet."""

    def __init__(self, box: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        self.targets: dict[str, str] = {}
        super().__init__(box, info)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if _bare(tag) == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class _Styles(_Part):
    """xl/styles.xml: the styles that show a month without a day, and those that show a percentage."""

    def __init__(self, box: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        self.months: set[str] = set()
        self.percents: set[str] = set()
        self._formats: dict[str, str] = {}
        self._inside = False
        self._count = 0
        super().__init__(box, info)

    def _attach(self, parser: expat.XMLParserType) -> None:
        super()._attach(parser)
        parser.EndElementHandler = self._end

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match _bare(tag):
            case "numFmt":
                self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            case "cellXfs":
                self._inside = True
            case "xf" if self._inside:
                number = attributes.get("numFmtId", "0")
                self._note(str(self._count), number, self._formats.get(number))
                self._count += 1
            case _:
                pass

    def _end(self, tag: str) -> None:
        if _bare(tag) == "cellXfs":
            self._inside = False

    def _note(self, style: str, number: str, code: str | None) -> None:
        if shows_month(number, code):
            self.months.add(style)
        if "%" in code if code else number.isdigit() and int(number) in _PERCENT_IDS:
            self.percents.add(style)


def shows_month(number: str, code: str | None) -> bool:
    """Whether a number format shows a year, perhaps a month, and no day: 2024年6月 stored as 1 June 2024."""
    if code is None:
        return number.isdigit() and int(number) in _MONTH_IDS
    letters = _PLAIN_TEXT_OF_FORMAT.sub("", code.split(";")[0]).lower()
    return "y" in letters and not set("dhs") & set(letters)


class _Sheet(_Part):
    """One sheet: its extent by content, its merges, and what the reader drops."""

    def __init__(self, box: zipfile.ZipFile, info: zipfile.ZipInfo, styles: _Styles | None) -> None:
        self.found = SheetScan()
        self._styles = styles
        self._columns: dict[str, int] = {}
        self._row, self._column = -1, -1
        self._type = self._style = ""
        self._text: list[str] | None = None  # collects the text of a v or f
        self._value = self._formula = ""
        super().__init__(box, info)

    def _attach(self, parser: expat.XMLParserType) -> None:
        super()._attach(parser)
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match _bare(tag):
            case "c":
                self._type, self._style = attributes.get("t", ""), attributes.get("s", "")
                self._value = self._formula = ""
                self._place(attributes.get("r", ""))
            case "v" | "f" | "t":
                self._text = []
            case "row":
                self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
                self._column = -1
            case "mergeCell":
                self._merge(attributes.get("ref", ""))
            case _:
                pass

    def _take(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        match _bare(tag):
            case "v" | "t":
                self._value = "".join(self._text or ())
                self._text = None
            case "f":
                self._formula = "".join(self._text or ()) or "…"
                self._text = None
            case "c":
                if self._value or self._formula:
                    self._note()
            case _:
                pass

    def _place(self, name: str) -> None:
        if not name:
            self._column += 1
            return
        letters = name.rstrip("0123456789")
        self._row = int(name[len(letters) :]) - 1
        known = self._columns.get(letters)
        self._column = self._columns.setdefault(letters, column_number(letters)) if known is None else known

    def _note(self) -> None:
        place = (self._row, self._column)
        if self._row >= limits.SHEET_ROWS or self._column >= limits.SHEET_COLUMNS:
            raise WorkbookTooLarge(detail=f"第 {self._row + 1} 行第 {self._column + 1} 列有内容")
        if not self._value and self._type not in {"str", "s"}:
            self.found.formulas[place] = f"={self._formula[:_SHOWN_FORMULA]}"
        elif self._type == "e":
            self.found.errors[place] = self._value
        elif self._type in {"", "n"}:
            self._note_number(place)

    def _note_number(self, place: Place) -> None:
        if len(self._value) > _LONG_NUMBER and self._value.isdigit():
            self.found.numbers[place] = self._value
        if self._styles and self._style in self._styles.months:
            self.found.months.add(place)
        if self._styles and self._style in self._styles.percents:
            self.found.percents.add(place)

    def _merge(self, reference: str) -> None:
        if len(self.found.merges) >= limits.SHEET_MERGES:
            raise WorkbookTooLarge(detail="合并单元格太多")
        corners = [re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})", part) for part in reference.split(":")]
        if len(corners) == 2 and corners[0] and corners[1]:
            (left, top), (right, bottom) = corners[0].groups(), corners[1].groups()
            self.found.merges.append(Area(int(top) - 1, column_number(left), int(bottom) - 1, column_number(right)))


def column_number(letters: str) -> int:
    """0-based: A is 0, AA is 26."""
    number = 0
    for char in letters.upper():
        number = number * 26 + ord(char) - 64
    return number - 1
