"""What a file really is, by its first bytes: its suffix proves nothing."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from models.documents.ole import MAGIC as OLE
from models.documents.ole import BrokenContainer, Container
from models.documents.refusals import NotAWorkbook, WorkbookDamaged, WorkbookEmpty, WorkbookLocked

# What a damaged zip makes the standard library raise.
ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip

_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

# fmt: off
_OTHERS = (
    (b"%PDF",                       "实际是 PDF 文件"),
    (b"\xff\xd8\xff",               "实际是图片"),
    (b"\x89PNG",                    "实际是图片"),
    (b"GIF8",                       "实际是图片"),
    (b"BM",                         "实际是图片"),
    (b"Rar!",                       "实际是 RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c",         "实际是 7z 压缩包"),
    (b"\x1f\x8b",                   "实际是压缩包"),
    (b"{\\rtf",                     "实际是写字板（RTF）文档"),
    (b"MZ",                         "实际是程序文件"),
    (b"\x7fELF",                    "实际是程序文件"),
    (b"age-encryption.org/",        "实际是加密的数据包"),
    (b"\x09\x00\x04\x00",           "是很旧的 Excel 格式"),
    (b"\x09\x02\x06\x00",           "是很旧的 Excel 格式"),
    (b"\x09\x04\x06\x00",           "是很旧的 Excel 格式"),
    (b"\x09\x08\x08\x00",           "是很旧的 Excel 格式"),
)
_OLE_OTHERS = (
    ("WordDocument",                "实际是 Word 文档"),
    ("PowerPoint Document",         "实际是演示文稿"),
    ("__properties_version1.0",     "实际是邮件"),
)
_ZIP_OTHERS = (
    ("word/document.xml",           "实际是 Word 文档"),
    ("ppt/presentation.xml",        "实际是演示文稿"),
    ("ofd.xml",                     "实际是 OFD 文件"),
)
_PAGE = re.compile(rb"(?is)\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|meta|body|style|div|table|script)\b")
# fmt: on


def format_of(content: bytes) -> str:
    """Xlsx, xls, xlsb, ods or csv; a refusal that names the real type for everything else."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise WorkbookEmpty
    if content.startswith(OLE):
        return _of_container(content)
    if content.startswith(b"PK"):
        return _of_zip(content)
    for start, words in _OTHERS:
        if content.startswith(start):
            raise NotAWorkbook(detail=words)
    head = content[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _PAGE.match(head):
        raise NotAWorkbook(detail="实际是网页（HTML）")
    if head.lstrip().startswith(b"<?xml") or b"<Workbook" in head:
        raise NotAWorkbook(detail="实际是 XML 文件")
    return "csv"


def _of_container(content: bytes) -> str:
    try:
        names = Container(content).names
    except BrokenContainer:
        raise WorkbookDamaged from None
    if "EncryptedPackage" in names:
        raise WorkbookLocked
    if names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return "xls"
    for name, words in _OLE_OTHERS:
        if name in names:
            raise NotAWorkbook(detail=words)
    raise NotAWorkbook(detail="里面没有工作表")


def _of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as box:
            names = {name.replace("\\", "/").lower() for name in box.namelist()}
            locked = any(info.flag_bits & 1 for info in box.infolist())
            kind = box.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names and not locked else ""
    except ZIP_ERRORS:
        raise WorkbookDamaged from None
    if locked:
        raise WorkbookLocked
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if kind.startswith(_OPEN_DOCUMENT + "spreadsheet"):
        return "ods"
    for name, words in _ZIP_OTHERS:
        if name in names:
            raise NotAWorkbook(detail=words)
    raise NotAWorkbook(detail="实际是压缩包" if not kind else "实际是其他办公文档")
