"""A package is what was put into it, and nobody gets at it on any other way than read, trust, open."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.domain.limits import FRAME_BYTES, OPERATION_BYTES
from models.progress import Cancelled, Silent
from models.sync import package
from models.sync.header import Receiver, Sender
from models.sync.keys import fingerprint, make_county_keys, make_device_keys
from models.sync.refusals import (
    CannotPack,
    Incomplete,
    IsEnrolmentRequest,
    NotAnEnrolmentRequest,
    NotAWelcome,
    NotSealedForUs,
)
from tests.held_files import held_open


def test_what_is_written_can_be_read(exchange, tmp_path, staging):
    operations = [(bytes(16), b"one"), (b"\x01" * 16, "二".encode())]
    written = exchange.write(tmp_path / "a.hgb", operations)
    trusted = package.trust(package.read_sealed(written.path), exchange.roots)
    assert trusted.header == exchange.draft().header(trusted.header.payload, n_ops=2)
    with trusted.open(exchange.desk, staging, Silent()) as opened:
        assert list(opened.operations()) == operations
        assert list(opened.operations()) == operations  # as often as one likes
        assert list(opened.files()) == []
        assert opened.certificate == exchange.certificate
        assert opened.header is trusted.header
    assert (written.n_ops, written.size) == (2, written.path.stat().st_size)
    assert written.sha256 == hashlib.sha256(written.path.read_bytes()).digest()
    assert list(staging.iterdir()) == []


def test_a_package_without_operations_is_a_package(exchange, tmp_path):
    assert exchange.open(exchange.write(tmp_path / "a.hgb", []).path)[1:] == ([], [])


def test_files_travel_whole_by_their_hash(exchange, tmp_path):
    contents = [b"", b"photo" * 300_000, "附件".encode()]
    attached = []
    for number, content in enumerate(contents):
        path = tmp_path / str(number)
        path.write_bytes(content)
        attached.append((hashlib.sha256(content).digest(), path))
    written = exchange.write(tmp_path / "a.hgf", [], attached, kind="files")
    assert exchange.open(written.path)[1:] == ([], contents)
    trusted = package.trust(package.read_sealed(written.path), exchange.roots)
    with trusted.open(exchange.desk, tmp_path / "staging", Silent()) as opened:
        assert [(part.sha256, part.size) for part in opened.files()] == [
            (digest, len(content)) for (digest, _), content in zip(attached, contents, strict=True)
        ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    operations=st.lists(
        st.tuples(
            st.binary(min_size=16, max_size=16),
            st.one_of(
                st.binary(min_size=1, max_size=400),
                st.builds(bytes.__mul__, st.binary(min_size=1, max_size=1), st.integers(1, OPERATION_BYTES)),
            ),
        ),
        max_size=40,
    ),
    meta=st.binary(max_size=200),
)
def test_whatever_is_within_limits_can_be_written_and_read(exchange, tmp_path, operations, meta):
    written = exchange.write(tmp_path / "a.hgb", operations, meta=meta)
    assert exchange.open(written.path) == (meta, operations, [])


def test_many_operations_make_many_frames_and_keep_their_order(exchange, tmp_path):
    operations = [(bytes(16), number.to_bytes(4) * (OPERATION_BYTES // 4)) for number in range(100)]
    assert sum(len(body) for _, body in operations) > 3 * FRAME_BYTES
    assert exchange.open(exchange.write(tmp_path / "a.hgb", operations).path)[1] == operations


def test_every_recipient_opens_it_and_nobody_else(exchange, tmp_path, staging):
    second, stranger = make_device_keys(), make_device_keys()
    written = package.write_package(
        tmp_path / "a.hgb", exchange.draft(), exchange.certificate, exchange.town,
        [exchange.desk.recipient, second.recipient, second.recipient], b"{}", [(bytes(16), b"x")], (), staging,
        Silent(),
    )  # fmt: skip
    trusted = package.trust(package.read_sealed(written.path), exchange.roots)
    for keys in (exchange.desk, second):
        with trusted.open(keys, staging, Silent()) as opened:
            assert list(opened.operations()) == [(bytes(16), b"x")]
    with pytest.raises(NotSealedForUs), trusted.open(stranger, staging, Silent()):
        pytest.fail("opened")


def test_nobody_makes_a_trusted_or_an_opened_package_by_hand(exchange, tmp_path, staging):
    trusted = package.trust(package.read_sealed(exchange.write(tmp_path / "a.hgb").path), exchange.roots)
    with pytest.raises(TypeError):
        package.Trusted(trusted.path, trusted.header, trusted.certificate, trusted.raw_certificate, 0, object())
    with trusted.open(exchange.desk, staging, Silent()) as opened, pytest.raises(TypeError):
        package.Opened(opened.path, opened.header, opened.certificate, opened.meta, opened._frames, object())


def test_the_staging_folder_is_emptied_whatever_happens_inside(exchange, tmp_path, staging):
    trusted = package.trust(package.read_sealed(exchange.write(tmp_path / "a.hgb").path), exchange.roots)
    with pytest.raises(ZeroDivisionError), trusted.open(exchange.desk, staging, Silent()):
        raise ZeroDivisionError
    assert list(staging.iterdir()) == []


class StopAt:
    """Progress that asks to stop at its n-th call."""

    def __init__(self, left: int) -> None:
        self.left = left

    def step(self, done: int, total: int, what: str = "") -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_cancel_at_any_step_leaves_nothing(exchange, tmp_path, staging):
    photo = tmp_path / "photo"
    photo.write_bytes(b"p" * 3_000_000)
    attached = [(hashlib.sha256(b"p" * 3_000_000).digest(), photo)]
    draft, target = exchange.draft(kind="files"), tmp_path / "out" / "a.hgf"
    target.parent.mkdir()
    steps = 0
    while True:  # until it is no longer asked to stop in time
        try:
            package.write_package(
                target, draft, exchange.certificate, exchange.town, [exchange.desk.recipient], b"{}", (), attached,
                staging, StopAt(steps),
            )  # fmt: skip
            break
        except Cancelled:
            steps += 1
            assert list(target.parent.iterdir()) == []
            assert list(staging.iterdir()) == held_open(staging) == []  # Windows removes nothing that is open
    assert steps > 5
    trusted = package.trust(package.read_sealed(target), exchange.roots)
    stops = 0
    while True:
        try:
            with trusted.open(exchange.desk, staging, StopAt(stops)):
                break
        except Cancelled:
            stops += 1
            assert list(staging.iterdir()) == held_open(staging) == []  # Windows removes nothing that is open
    assert stops > 5


@pytest.mark.parametrize(
    ("operations", "files"),
    [([(bytes(16), b"")], ()), ([(bytes(16), b"x" * (OPERATION_BYTES + 1))], ())],
    ids=["empty operation", "operation too long"],
)
def test_what_could_not_be_read_is_not_written(exchange, tmp_path, operations, files):
    with pytest.raises(CannotPack):
        exchange.write(tmp_path / "a.hgb", operations, files)
    assert [path.name for path in tmp_path.iterdir()] == ["staging"]


def test_a_photo_that_changed_on_disk_is_not_sent_under_its_old_hash(exchange, tmp_path):
    photo = tmp_path / "photo"
    photo.write_bytes(b"rot")
    with pytest.raises(CannotPack, match="photo"):
        exchange.write(tmp_path / "a.hgf", [], [(hashlib.sha256(b"genuine").digest(), photo)], kind="files")
    assert not (tmp_path / "a.hgf").exists()


def test_a_header_over_its_limits_is_not_written(exchange, tmp_path):
    with pytest.raises(CannotPack):
        exchange.write(tmp_path / "a.hgb", bases=("cd" * 16,) * 65)


def test_certificate_keys_and_header_must_be_of_one_device(exchange, tmp_path, staging):
    with pytest.raises(ValueError, match="one device"):
        package.write_package(
            tmp_path / "a.hgb", exchange.draft(), exchange.certificate, make_device_keys(), [exchange.desk.recipient],
            b"", (), (), staging, Silent(),
        )  # fmt: skip


def test_a_request_and_nothing_else_is_signed_by_its_own_certificate(exchange, tmp_path, staging):
    with pytest.raises(ValueError, match="request"):
        package.write_package(
            tmp_path / "a.hgb", exchange.draft(), exchange.request(), exchange.town, [exchange.desk.recipient],
            b"", (), (), staging, Silent(),
        )  # fmt: skip
    with pytest.raises(ValueError, match="request"):
        package.write_request(tmp_path / "r.hgb", exchange.draft(kind="enrol"), exchange.certificate, exchange.town)
    assert not list(tmp_path.glob("*.hgb"))


def test_no_recipient_no_package(exchange, tmp_path, staging):
    with pytest.raises(CannotPack):
        package.write_package(
            tmp_path / "a.hgb",
            exchange.draft(),
            exchange.certificate,
            exchange.town,
            [],
            b"",
            (),
            (),
            staging,
            Silent(),
        )


def test_the_first_of_several_roots_that_vouches_counts(exchange, tmp_path):
    sealed = package.read_sealed(exchange.write(tmp_path / "a.hgb").path)
    roots = [make_county_keys().root_public, *exchange.roots]
    assert package.trust(sealed, roots).certificate.name == "甲镇"


def request_of(exchange, path: Path) -> Path:
    draft = exchange.draft(kind="enrol", to=Receiver("", ""), bases=(), complete_for=())
    return package.write_request(path, draft, exchange.request(), exchange.town).path


def test_a_request_is_shown_and_never_trusted(exchange, tmp_path):
    sealed = package.read_sealed(request_of(exchange, tmp_path / "r.hgb"))
    request = package.trust_request(sealed)
    assert (request.certificate.public.public_bytes_raw(), request.certificate.unit) == (
        exchange.town.public,
        "361021101",
    )
    with pytest.raises(IsEnrolmentRequest):
        package.trust(sealed, exchange.roots)
    with pytest.raises(NotAWelcome):
        package.trust_welcome(sealed, exchange.town)


def test_a_package_is_no_request(exchange, tmp_path):
    with pytest.raises(NotAnEnrolmentRequest):
        package.trust_request(package.read_sealed(exchange.write(tmp_path / "a.hgb").path))


def welcome_of(exchange, path: Path, **changes) -> Path:
    draft = exchange.draft(
        kind="welcome", sender=Sender("361021", exchange.desk.id.hex()),
        to=Receiver("361021101", exchange.county.root_id.hex()), **changes,
    )  # fmt: skip
    return package.write_package(
        path, draft, exchange.desk_certificate, exchange.desk, [exchange.town.recipient], b"{}",
        [(bytes(16), b"x")], (), path.parent / "staging", Silent(),
    ).path  # fmt: skip


def test_a_welcome_brings_its_root_and_the_digits_to_compare(exchange, tmp_path, staging):
    sealed = package.read_sealed(welcome_of(exchange, tmp_path / "w.hgb"))
    welcome = package.trust_welcome(sealed, exchange.town)
    assert welcome.root == exchange.county.root_public
    assert welcome.fingerprint == fingerprint(exchange.town.public, exchange.county.root_public)
    with welcome.trusted.open(exchange.town, staging, Silent()) as opened:
        assert list(opened.operations()) == [(bytes(16), b"x")]


def test_an_ordinary_package_is_no_welcome(exchange, tmp_path):
    with pytest.raises(NotAWelcome):
        package.trust_welcome(package.read_sealed(exchange.write(tmp_path / "a.hgb").path), exchange.town)


def test_a_file_that_shrinks_after_it_was_trusted_is_incomplete(exchange, tmp_path, staging):
    path = exchange.write(tmp_path / "a.hgb").path
    trusted = package.trust(package.read_sealed(path), exchange.roots)
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(Incomplete) as refused, trusted.open(exchange.desk, staging, Silent()):
        pytest.fail("opened")
    assert refused.value.missing == 10
