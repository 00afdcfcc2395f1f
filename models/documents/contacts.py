"""Names and telephone numbers that share a cell."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_MOBILE = r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
_AREA = r"\(?0\d{2,3}\)?[- ]{0,3}\d{7,8}"
_LOCAL = r"[2-9]\d{6,7}"
_EXTENSION = r"(?:(?:转|-|ext\.?)\s*\d{1,6})?"
_PHONE = re.compile(rf"(?<!\d)(?:{_MOBILE}|{_AREA}{_EXTENSION}|{_LOCAL}{_EXTENSION})(?!\d)")
_EDGES = re.compile(r"^[\s,，;；、:：/()（）\-—|]+|[\s,，;；、:：/(（\-—|]+$")
_LABEL = re.compile(r"(?:联系电话|联系方式|电话|手机号码|手机号|手机|座机|TEL|Tel|tel)[:： ]*$")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d", "-"))


class Contact(NamedTuple):
    """Whom to ask, and the first number to call; further numbers stay with the name."""

    person: str
    phone: str


def split_contact(text: str) -> Contact:
    """Take the first telephone number out of a cell; what is left is the name."""
    # Full-width digits become digits, one for one, so that places in the text stay the same.
    plain = "".join(unicodedata.normalize("NFKC", c) if "！" <= c <= "～" else c for c in text).translate(_DASHES)
    found = _PHONE.search(plain)
    if not found:
        return Contact(text.strip(), "")
    before, after = text[: found.start()], text[found.end() :]
    before = _LABEL.sub("", before)
    before, after = _EDGES.sub("", before), _EDGES.sub("", after)
    joint = "、" if before and after else ""
    phone = re.sub(r"(?<=\d) (?=\d)", "", found[0]).strip()
    if re.fullmatch(r"1[3-9][\d-]{9,12}", phone):
        phone = phone.replace("-", "")
    return Contact(f"{before}{joint}{after}", phone)
