"""The county's keys as letters that a person can copy by hand: what stands on the recovery sheet.

    sheet := version 1 | number of secrets 1 | root key 32 | (number 1 | secret 32)* | first 8 bytes of their SHA-256

Cut into lines of ten bytes, the last one filled with zeros; a line is `number  four groups of four  a group to check`.
The letters are those of Crockford's base 32, which has no I, L, O and U. The check group is made from the line and its
number, so a line that was copied wrongly, or put in another's place, is found; where one letter or two neighbours
explain it, the group is named.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from models.sync.keys import CountyKeys, private_bytes
from models.sync.refusals import NotASheet, SheetMistyped

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VERSION = 1
GROUP = 4
_LINE = 10  # bytes: sixteen letters
_CODE = 20  # letters of a line, with the check group
_SECRET = 33
_END = 8
_LINES = 1_000
_MEANT = str.maketrans("OIL", "011")
_BREAKS = re.compile(r"[\s\-—_.,、:：|]+")
_NUMBERED = re.compile(r"0*([0-9]{1,3})")


def lines(keys: CountyKeys) -> tuple[str, ...]:
    """The keys as lines to copy. Refused where the root key is not here."""
    body = bytes((VERSION, len(keys.all_secrets))) + private_bytes(keys.root)
    body += b"".join(bytes((number,)) + secret for number, secret in keys.all_secrets)
    body += sha256(body).digest()[:_END]
    pieces = [body[at : at + _LINE].ljust(_LINE, b"\0") for at in range(0, len(body), _LINE)]
    return tuple(f"{n:02}  {' '.join(_groups(_coded(n, piece)))}" for n, piece in enumerate(pieces, 1))


def read(text: str) -> CountyKeys:
    """The keys in what somebody typed. Refused with the places that are not as on the sheet."""
    found: dict[int, bytes] = {}
    wrong: list[str] = []
    for number, code in _typed(text):
        piece = _decoded(number, code)
        if piece is None:
            wrong.append(_place(number, code))
        else:
            found[number] = piece
    if not found and not wrong:
        raise NotASheet
    count = found[1][1] if 1 in found else 0
    needed = -(-(2 + 32 + _SECRET * count + _END) // _LINE) if count else max(found, default=0)
    named = {int(place.split()[1]) for place in wrong}
    wrong += [f"第 {n} 行（没有写）" for n in range(1, needed + 1) if n not in found and n not in named]
    if wrong:
        raise SheetMistyped(tuple(wrong))
    return _keys(b"".join(found[n] for n in range(1, needed + 1)), count)


def _keys(body: bytes, count: int) -> CountyKeys:
    end = 2 + 32 + _SECRET * count
    if body[0] != VERSION or not count or sha256(body[:end]).digest()[:_END] != body[end : end + _END]:
        raise NotASheet
    root = Ed25519PrivateKey.from_private_bytes(body[2:34])
    secrets = [(body[at], body[at + 1 : at + _SECRET]) for at in range(34, end, _SECRET)]
    return CountyKeys(root, {}).joined(secrets)


def _typed(text: str) -> list[tuple[int, str]]:
    """The lines of code in a text with their numbers; a line without one follows the line before it."""
    found: list[tuple[int, str]] = []
    for raw in text.splitlines():
        parts = meant(raw)
        if not parts or not "".join(parts).isascii():
            continue  # what people read on the sheet
        number = found[-1][0] + 1 if found else 1
        stated = _NUMBERED.fullmatch(parts[0])
        if stated and len(parts[0]) < GROUP and len(parts) > 1:
            number, parts = int(stated[1]), parts[1:]
        found.append((number, "".join(parts)))
    return found


def meant(text: str) -> list[str]:
    """The groups of letters that somebody meant who copied them by hand."""
    line = unicodedata.normalize("NFKC", text).upper().translate(_MEANT)
    return [part for part in _BREAKS.split(line) if part]


def _coded(number: int, piece: bytes) -> str:
    return _base32(int.from_bytes(piece), _CODE - GROUP) + _check(number, piece)


def _check(number: int, piece: bytes) -> str:
    return _base32(int.from_bytes(sha256(b"huangai-sheet" + number.to_bytes(2) + piece).digest()[:3]) >> 4, GROUP)


def _decoded(number: int, code: str) -> bytes | None:
    """The bytes of a line; None where it is not as it was printed."""
    if len(code) != _CODE or not 0 < number < _LINES or any(sign not in LETTERS for sign in code):
        return None
    value = 0
    for sign in code[: _CODE - GROUP]:
        value = value * 32 + LETTERS.index(sign)
    piece = value.to_bytes(_LINE)
    return piece if _check(number, piece) == code[-GROUP:] else None


def _place(number: int, code: str) -> str:
    """Where a line was copied wrongly, as closely as can be told."""
    where = f"第 {number} 行"
    if len(code) != _CODE:
        return f"{where}（应有 {_CODE} 个字母和数字，写了 {len(code)} 个）"
    groups = {at // GROUP for at, sign in enumerate(code) if sign not in LETTERS}
    groups = groups or {at // GROUP for at in range(_CODE) for other in _near(code, at) if _decoded(number, other)}
    return f"{where}第 {groups.pop() + 1} 组" if len(groups) == 1 else where


def _near(code: str, at: int) -> list[str]:
    """What the line would be with another letter at a place, or with two neighbours changed over."""
    near = [code[:at] + sign + code[at + 1 :] for sign in LETTERS]
    return [*near, code[:at] + code[at : at + 2][::-1] + code[at + 2 :]]


def _groups(code: str) -> list[str]:
    return [code[at : at + GROUP] for at in range(0, len(code), GROUP)]


def _base32(value: int, length: int) -> str:
    return "".join(LETTERS[value >> 5 * (length - 1 - at) & 31] for at in range(length))
