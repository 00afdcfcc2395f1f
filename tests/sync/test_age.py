"""The edge of the age library: what it raises, what our own side raises, and what it never gets to see."""

from __future__ import annotations

import errno

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.progress import Cancelled
from models.sync import age

IDENTITY = pyrage.x25519.Identity.generate()
RECIPIENT = str(IDENTITY.to_public())


def stream(*pieces: bytes):
    yield from pieces


def sealed(content: bytes, *more: str) -> bytes:
    out = bytearray()
    age.encrypt(stream(content), out.extend, [RECIPIENT, *more])
    return bytes(out)


def opened(content: bytes) -> bytes:
    out = bytearray()
    age.decrypt(stream(content), out.extend, [IDENTITY])
    return bytes(out)


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.binary(max_size=30_000), max_size=8), cut=st.integers(1, 70_000))
def test_streams_in_pieces_of_any_size(pieces, cut):
    out = bytearray()
    age.encrypt(stream(*pieces), out.extend, [RECIPIENT])
    whole = bytes(out)
    out.clear()
    age.decrypt((whole[at : at + cut] for at in range(0, len(whole), cut)), out.extend, [IDENTITY])
    assert bytes(out) == b"".join(pieces)


def test_every_age_file_that_we_write_passes_our_own_check():
    """The library puts a random grease stanza into each header; a hundred of them see many shapes."""
    others = [str(pyrage.x25519.Identity.generate().to_public()) for _ in range(3)]
    for count in range(100):
        more = others[: count % 4]
        assert age.check_header(sealed(b"x", *more)[: age.HEADER_BYTES]) == 1 + len(more)


def test_as_many_recipients_as_are_allowed_fit_the_header():
    others = [str(pyrage.x25519.Identity.generate().to_public()) for _ in range(age.RECIPIENTS)]
    assert age.check_header(sealed(b"x", *others[1:])[: age.HEADER_BYTES]) == age.RECIPIENTS
    with pytest.raises(age.BadAge):
        age.check_header(sealed(b"x", *others)[: age.HEADER_BYTES])


@given(noise=st.binary(max_size=300))
def test_noise_is_bad(noise):
    for start in (noise, b"age-encryption.org/v1\n" + noise):
        with pytest.raises(age.BadAge):
            age.check_header(start)


X = b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n"
END = b"--- " + b"C" * 43 + b"\n"


@pytest.mark.parametrize(
    "middle",
    [
        b"", X[:-1], X.replace(b"X25519", b"X25518"), X.replace(b"X25519", b"x25519"), X.replace(b"A", b"A A", 1),
        X.replace(b"A" * 43, b"A" * 42), X.replace(b"B" * 43, b"B" * 44), X.replace(b"B" * 43, b"B" * 64),
        X.replace(b"B", b"=", 1), b"-> ssh-rsa x\nAAAA\n" + X, b"-> piv-p256 x y\nAAAA\n" + X,
        b"-> scrypt A 10\nAAAA\n" + X,
        b"->  -grease\n\n" + X, b"-> grease\n\n" + X, b"-> -grease \n\n" + X, b"-> x-grease\n" + X,
        b"-> x-grease\n" + b"A" * 65 + b"\n" + X, b"-> x-grease\r\n\r\n" + X, X + b"-> scrypt A 10\nAAAA\n",
    ],
    ids=range(19),
)  # fmt: skip
def test_other_stanzas_are_bad(middle):
    assert age.check_header(b"age-encryption.org/v1\n" + X + END) == 1
    assert age.check_header(b"age-encryption.org/v1\n-> x-grease a b\n" + b"A" * 64 + b"\n\n" + X + END) == 1
    with pytest.raises(age.BadAge):
        age.check_header(b"age-encryption.org/v1\n" + middle + END)


@pytest.mark.parametrize("end", [b"", END[:-1], b"---\n", b"--- " + b"C" * 42 + b"\n", b"x" + END, b"\n" + END])
def test_a_header_ends_with_its_mac(end):
    with pytest.raises(age.BadAge):
        age.check_header(b"age-encryption.org/v1\n" + X + end)


def test_what_our_own_side_raises_comes_back_as_itself():
    def stop(_piece: bytes) -> None:
        raise Cancelled

    def full(_piece: bytes) -> None:
        raise OSError(errno.ENOSPC, "full")

    def broken():
        yield b"x" * 10
        raise ZeroDivisionError

    whole = sealed(b"x" * 100_000)
    for verb, key in ((age.encrypt, [RECIPIENT]), (age.decrypt, [IDENTITY])):
        with pytest.raises(Cancelled):
            verb(stream(whole), stop, key)
        with pytest.raises(OSError, match="full") as caught:
            verb(stream(whole), full, key)
        assert caught.value.errno == errno.ENOSPC
        with pytest.raises(ZeroDivisionError):
            verb(broken(), bytearray().extend, key)


def fails_once(at: int):
    """A sink that refuses one write and takes all others."""
    left = [at]

    def take(_piece: bytes) -> None:
        left[0] -= 1
        if left[0] == -1:
            raise OSError(errno.EIO, "once")

    return take


@pytest.mark.parametrize("size", [100, 70_000, 200_000])
def test_whichever_write_fails_nothing_is_sealed(size):
    writes: list[bytes] = []
    age.encrypt(stream(bytes(size)), writes.append, [RECIPIENT])
    assert len(writes) > size // 65_536
    for at in range(len(writes)):
        with pytest.raises(OSError, match="once"):
            age.encrypt(stream(bytes(size)), fails_once(at), [RECIPIENT])


def test_what_the_library_raises_is_bad_age():
    with pytest.raises(age.BadAge):
        opened(sealed(b"x" * 70_000)[:-1])
    with pytest.raises(age.NotForThisKey):
        age.decrypt(stream(sealed(b"x")), bytearray().extend, [pyrage.x25519.Identity.generate()])
    assert opened(sealed(b"x")) == b"x"
    with pytest.raises(age.BadAge):
        age.encrypt(stream(b"x"), bytearray().extend, [])
