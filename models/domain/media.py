"""What a file really is, by its first bytes: photo or document, how large it may be, what may be opened with it."""

from __future__ import annotations

import re

from models.domain.limits import DOCUMENT_BYTES, PHOTO_BYTES

LONGEST = 60  # characters of a name that the program gives: a path on Windows has 260
_NEVER = re.compile(r'[\x00-\x1f<>:"/\\|?*\x7f]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³]) *(\.|$)", re.IGNORECASE)  # whatever ending stands behind
HEAD = 64  # bytes that are looked at

OTHER = "application/octet-stream"
_ISO = b"ftyp"  # at byte 4: pictures and films of telephones

# fmt: off
_STARTS = (
    (b"\xff\xd8\xff",                       "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n",                  "image/png"),
    (b"GIF87a",                             "image/gif"),
    (b"GIF89a",                             "image/gif"),
    (b"BM",                                 "image/bmp"),
    (b"II*\0",                              "image/tiff"),
    (b"MM\0*",                              "image/tiff"),
    (b"%PDF-",                              "application/pdf"),
    (b"PK\x03\x04",                         "application/zip"),      # Word, Excel, OFD and archives
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",   "application/x-cfb"),    # Word and Excel up to 2003, WPS
    (b"MZ",                                 "application/x-program"),
    (b"\x7fELF",                            "application/x-program"),
    (b"#!",                                 "application/x-program"),
    (b"\x4c\0\0\0\x01\x14\x02\0",           "application/x-program"),  # a shortcut of Windows
)
_ISO_BRANDS = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic", b"avif": "image/avif"}

# The suffixes under which a file may be handed to another program. The first is what its content is called.
_SUFFIXES = {
    "image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",), "image/gif": (".gif",), "image/bmp": (".bmp",),
    "image/tiff": (".tif", ".tiff"), "image/webp": (".webp",), "image/heic": (".heic",), "image/avif": (".avif",),
    "application/pdf": (".pdf",), "video/mp4": (".mp4", ".mov", ".m4v", ".3gp"),
    "application/zip": (".zip", ".docx", ".xlsx", ".pptx", ".ofd", ".odt", ".ods", ".odp", ".wps", ".et", ".dps"),
    "application/x-cfb": (".doc", ".xls", ".ppt", ".wps", ".et", ".dps"),
    OTHER: (".txt", ".csv"),
}
# fmt: on

PROGRAM = "application/x-program"
OF_TELEPHONES = frozenset({"image/heic", "image/avif"})  # pictures that most PCs cannot open


def media_of(head: bytes) -> str:
    """The kind of a file by its first HEAD bytes; its name proves nothing."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == _ISO:
        return _ISO_BRANDS.get(head[8:12], "video/mp4")
    return next((kind for start, kind in _STARTS if head.startswith(start)), OTHER)


def is_photo(media: str) -> bool:
    """Whether a file is a picture."""
    return media.startswith("image/")


def most_bytes(media: str) -> int:
    """How large a file of this kind may be."""
    return PHOTO_BYTES if is_photo(media) else DOCUMENT_BYTES


def suffix_to_open(media: str, name: str) -> str | None:
    """The suffix under which another program may be given the file; None: none that is known to be harmless."""
    allowed = _SUFFIXES.get(media, ())
    own = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    if own in allowed:
        return own
    return allowed[0] if allowed and media not in (OTHER, "application/zip", "application/x-cfb") else None


def clear_name(text: str, most: int = LONGEST) -> str:
    """A text as the name of a file or folder on any system."""
    name = " ".join(_NEVER.sub(" ", text).split())[:most].strip(" .")
    return f"_{name}" if _DEVICES.match(name) else name
