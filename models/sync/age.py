"""The edge of the age library: streams in and out, X25519 alone, and whatever it raises said in one way.

The header of an age file is checked here before the library sees it: a passphrase stanza can ask for gigabytes and
minutes, and armour and other kinds of recipients have no place in a package. Stanzas whose kind ends in `-grease` are
what age writers put in so that readers learn to pass over what they do not know.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import pyrage

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

HEADER_BYTES = 64 * 1024
RECIPIENTS = 256

_FIRST = b"age-encryption.org/v1\n"
_WORD = rb"[!-~]+"
_B64 = rb"[A-Za-z0-9+/]"
_STANZA: Final = re.compile(
    rb"-> (?P<kind>%b)(?P<args>(?: %b)*)\n(?P<body>(?:%b{64}\n)*%b{0,63}\n)" % (_WORD, _WORD, _B64, _B64)
)
_X25519_ARGS: Final = re.compile(rb" %b{43}" % _B64)
_X25519_BODY: Final = re.compile(rb"%b{43}\n" % _B64)
_END: Final = re.compile(rb"--- %b{43}\n" % _B64)
_LIBRARY: Final = (pyrage.DecryptError, pyrage.EncryptError, pyrage.RecipientError, OSError, ValueError, RuntimeError)


class BadAge(ValueError):
    """Not what a package's payload may be, or damaged."""


class NotForThisKey(BadAge):
    """Sound as far as it can be seen, but sealed to other devices."""


def check_header(start: bytes) -> int:
    """Look at the first bytes of an age file; how many X25519 recipients it has, or BadAge."""
    if not start.startswith(_FIRST):
        raise BadAge("not a binary age file")
    at, found = len(_FIRST), 0
    while stanza := _STANZA.match(start, at):
        kind = stanza["kind"]
        if kind == b"X25519" and _X25519_ARGS.fullmatch(stanza["args"]) and _X25519_BODY.fullmatch(stanza["body"]):
            found += 1
        elif not kind.endswith(b"-grease"):
            raise BadAge(f"stanza {kind[:20]!r}")
        at = stanza.end()
    if not _END.match(start, at):
        raise BadAge("age header does not end as it should")
    if not 0 < found <= RECIPIENTS:
        raise BadAge(f"{found} recipients")
    return found


def encrypt(pieces: Generator[bytes], sink: Callable[[bytes], object], recipients: Sequence[str]) -> None:
    """Encrypt a stream to all recipients (age1…)."""
    to = [pyrage.x25519.Recipient.from_str(recipient) for recipient in dict.fromkeys(recipients)]
    source, out = _Source(pieces), _Sink(sink)
    try:
        pyrage.encrypt_io(source, out, to)
    except _LIBRARY as error:
        _own_fault(source, out)
        raise BadAge(str(error)) from error
    else:
        _own_fault(source, out)  # of what the last write raised the library says nothing
    finally:
        pieces.close()


def decrypt(
    pieces: Generator[bytes], sink: Callable[[bytes], object], identities: Sequence[pyrage.x25519.Identity]
) -> None:  # fmt: skip
    """Decrypt a stream that is sealed to any of these. The sink may believe nothing before it returns."""
    source, out = _Source(pieces), _Sink(sink)
    try:
        pyrage.decrypt_io(source, out, identities)
    except _LIBRARY as error:
        _own_fault(source, out)
        if "No matching keys" in str(error):
            raise NotForThisKey(str(error)) from None
        raise BadAge(str(error)) from None
    finally:
        pieces.close()


class _Source(io.BufferedIOBase):
    """An iterator of bytes, read as the library reads; remembers what the iterator raised."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._left = memoryview(b"")
        self.fault: BaseException | None = None

    def read(self, size: int | None = -1, /) -> bytes:
        try:
            while not self._left:
                self._left = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except BaseException as fault:
            self.fault = fault
            raise
        end = len(self._left) if size is None or size < 0 else size
        given, self._left = self._left[:end], self._left[end:]
        return bytes(given)


class _Sink(io.BufferedIOBase):
    """A function that takes bytes, written to as the library writes; remembers what the function raised."""

    def __init__(self, take: Callable[[bytes], object]) -> None:
        super().__init__()
        self._take = take
        self.fault: BaseException | None = None

    def write(self, buffer: ReadableBuffer, /) -> int:
        piece = bytes(buffer)
        try:
            self._take(piece)
        except BaseException as fault:
            self.fault = fault
            raise
        return len(piece)

    def flush(self) -> None:
        """Whoever gave the function flushes."""


def _own_fault(source: _Source, out: _Sink) -> None:
    """The library wraps or drops what our own side raised (a cancel, a full disk): raise that itself."""
    fault = source.fault or out.fault
    if fault is not None:
        raise fault
