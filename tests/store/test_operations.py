"""Operations as bytes: what can be written can be read, within limits; what is read may be anything at all."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.domain.fields import TABLES
from models.domain.limits import FIELD_CHARS, JSON_DEPTH, LAM_MAX, LISTS, OPERATION_BYTES
from models.domain.operation import KINDS
from models.domain.plain import plain, plain_lines
from models.errors import LedgerError
from models.store import operations
from models.store.operations import FieldTooLong, FormTooLarge, OverLimit, Unreadable, UnsendableText

DEVICE, RECORD, TOP = "a" * 32, "b" * 32, "c" * 32


def made(fields=None, **given_):
    known = {
        "kind": "set", "table": "problem", "fields": fields or {}, "aud": ("361021",), "lam": 1, "device": DEVICE,
        "nonce": 7, "user": "本机", "wall": "2024-06-15T09:00:00+08:00",
    }  # fmt: skip
    return operations.make(**known | given_)


def raw(**changes):
    """Bytes of an operation that somebody else's program wrote."""
    whole = {"v": 1, "k": "set", "t": "problem", "f": {"person": ["张三", []]}, "aud": ["361021"], "lam": 1,
             "dev": DEVICE, "n": 7}  # fmt: skip
    return json.dumps({k: v for k, v in (whole | changes).items() if v is not ...}).encode()


# ------------------------------------------------------------------------------------------- written and read

texts = st.one_of(st.text(max_size=40), st.just("长" * FIELD_CHARS), st.just("😀" * FIELD_CHARS), st.just('\0\n"\\'))
values = st.one_of(
    st.none(), texts, st.integers(min_value=-(10**15), max_value=10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(st.tuples(st.text(max_size=10), st.text(max_size=10)).map(list), max_size=4),
)  # fmt: skip
prefixes = st.lists(st.binary(min_size=8, max_size=8).map(bytes.hex), max_size=3, unique=True).map(tuple)
ids = st.one_of(st.none(), st.binary(min_size=16, max_size=16).map(bytes.hex))
names = st.sampled_from(sorted({n for fields in TABLES.values() for n in fields} | {"未来的栏目"}))


@given(
    st.dictionaries(names, st.tuples(values, prefixes), max_size=6), ids, ids, st.sampled_from(KINDS), prefixes,
    st.one_of(st.none(), prefixes), texts, st.integers(min_value=0, max_value=LAM_MAX),
    st.lists(st.sampled_from(["361021", "361021101", "*"]), unique=True),
)  # fmt: skip
def test_what_can_be_written_can_be_read(fields, record, top, kind, after, saw, words, lam, aud):
    try:
        body = made(
            fields, record=record, top=top, kind=kind, after=after, saw=saw, user=words, why=words, wall=words[:40],
            lam=lam, aud=tuple(aud),
        )  # fmt: skip
    except FormTooLarge:
        assert sum(len(str(value)) for value, _ in fields.values()) > OPERATION_BYTES / 16
        return
    assert len(body) <= OPERATION_BYTES
    seen = operations.read(body)
    assert seen.readable
    assert seen.id == sha256(body).hexdigest()[:32]
    assert json.dumps(seen.fields) == json.dumps(fields)
    assert (seen.kind, seen.lam, seen.device, seen.aud) == (kind, lam, DEVICE, tuple(sorted(aud)))
    assert (seen.record, seen.creates) == (record or seen.id, record is None)
    assert seen.top == (top or record or seen.id)
    assert seen.after == tuple(sorted(after))
    assert seen.saw == (None if saw is None else frozenset(saw))
    assert (seen.user, seen.why) == (plain(words[:100], 100), plain_lines(words[:2000], 2_000))
    assert seen.travels == bool(aud)


def test_who_when_and_why_are_anybodys_words_and_turn_no_line_of_ours():
    turned = raw(user="张　三\u202e\x1b[2J" + "长" * 20_000, wall="2024-06-15T09:00\u2066\n假", why="一\n二\u202e\0")
    found = operations.read(turned)
    assert found.user == ("张　三[2J" + "长" * 100)[: 100 - 2]
    assert (found.wall, found.why) == ("2024-06-15T09:00假", "一\n二")


def test_the_same_form_twice_is_two_operations():
    assert operations.read(made(nonce=1)).id != operations.read(made(nonce=2)).id


def test_a_field_over_the_limit_is_named_as_people_know_it():
    assert (
        operations.read(made({"description": ("长" * FIELD_CHARS, ())})).fields["description"][0] == "长" * FIELD_CHARS
    )
    with pytest.raises(FieldTooLong) as refused:
        made({"description": ("长" * (FIELD_CHARS + 1), ())})
    assert "问题描述" in refused.value.message
    assert str(FIELD_CHARS) in refused.value.message


def test_what_just_fits_is_written_and_read():
    """Else one saved form would shut its own home's every package."""
    many = {f"一栏{n}": ("x" * FIELD_CHARS, ()) for n in range(8)}
    most = OPERATION_BYTES - len(made(many | {"余": ("", ())}))
    body = made(many | {"余": ("x" * most, ())})
    assert len(body) == OPERATION_BYTES
    assert len(operations.read(body).fields["余"][0]) == most
    with pytest.raises(FormTooLarge):
        made(many | {"余": ("x" * (most + 1), ())})


def test_a_form_over_the_limit_is_refused_whole():
    two = dict.fromkeys(("description", "goal"), ("长" * FIELD_CHARS, ()))
    assert len(made(two)) <= OPERATION_BYTES
    with pytest.raises(FormTooLarge) as refused:
        made(two | {"measures_text": ("长" * FIELD_CHARS, ())})
    assert refused.value.way_out.endswith("。")


@pytest.mark.parametrize("where", ["fields", "why", "user"])
def test_half_a_character_is_refused_wherever_it_stands(where):
    half = "报废\ud83d汽车"
    with pytest.raises(UnsendableText) as refused:
        made({"description": (half, ())}) if where == "fields" else made(**{where: half})
    assert isinstance(refused.value, LedgerError)
    assert "字符" in refused.value.message


# ------------------------------------------------------------------------------------------- whatever comes in


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"[]",
        b"null",
        b"{}",
        b"\xff\xfe",
        b"\xef\xbb\xbf" + raw(),
        raw() + b" x",
        raw() + raw(),
        raw()[:-1],
        b"[" * 200_000,
        b'{"v":1,"f":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        raw(v=0),
        raw(v="1"),
        raw(v=...),
        raw(k=...),
        raw(k=1),
        raw(k="k" * 65),
        raw(t=...),
        raw(t="t" * 65),
        raw(aud=...),
        raw(aud="*"),
        raw(aud=["u" * 65]),
        raw(aud=["u"] * 1001),
        raw(aud=[1]),
        raw(lam=...),
        raw(lam=-1),
        raw(lam=LAM_MAX + 1),
        raw(lam=10**400),
        raw(lam=1.5),
        raw(lam="1"),
        raw(dev=...),
        raw(dev="A" * 32),
        raw(dev="a" * 31),
        raw(dev="a" * 32 + "\n"),
        raw(r="b" * 32 + "\n"),
        raw(root="xyz"),
        raw(r=5),
        raw(n=...),
        raw(n="7"),
        raw().replace(b'"\\u5f20\\u4e09"', b"NaN"),
        raw().replace(b'"\\u5f20\\u4e09"', b"Infinity"),
        raw().replace(b"\\u5f20", b"\\ud800"),
    ],
    ids=lambda body: str(body[:60]),
)
def test_what_has_no_readable_envelope_is_not_held(body):
    with pytest.raises(Unreadable):
        operations.read(body)


@pytest.mark.parametrize(
    "body",
    [
        raw(v=2),
        raw(v=2, f="anything", saw=5),
        raw(v=2, f=...),
        raw(f=...),
        raw(f=[]),
        raw(f={"person": "张三"}),
        raw(f={"person": ["张三"]}),
        raw(f={"person": ["张三", ["xyz"]]}),
        raw(f={"person": ["张三", ["A" * 16]]}),
        raw(f={"p" * 65: ["张三", []]}),
        raw(user=5),
        raw(after=["x"]),
        raw(saw=["a" * 15]),
        raw(saw="all"),
    ],
    ids=lambda body: str(body[:80]),
)
def test_what_only_a_newer_program_understands_is_held_unread(body):
    seen = operations.read(body)
    assert not seen.readable
    assert seen.fields == {}
    assert (seen.kind, seen.table, seen.device, seen.lam, seen.aud) == ("set", "problem", DEVICE, 1, ("361021",))
    assert seen.id == sha256(body).hexdigest()[:32]


def test_unknown_keys_kinds_and_tables_do_not_trouble_a_reader():
    seen = operations.read(raw(k="merge", t="drone", later={"x": [1]}))
    assert (seen.kind, seen.table, seen.readable) == ("merge", "drone", True)


def test_over_the_limits_is_told_from_unreadable():
    for body in (
        raw(f={"person": ["长" * (FIELD_CHARS + 1), []]}), b" " * (OPERATION_BYTES + 1),
        raw(why="x" * OPERATION_BYTES), raw(v=2, f="x" * OPERATION_BYTES),
    ):  # fmt: skip
        with pytest.raises(OverLimit):
            operations.read(body)
    operations.read(raw(f={"person": ["长" * FIELD_CHARS, []]}))


@given(
    st.one_of(
        st.binary(max_size=200),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.integers(),
            lambda inner: (
                st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["v", "k", "t", "f", "aud", "r"]), inner)
            ),
        ).map(lambda value: json.dumps(value).encode()),
    )
)
@example(raw(f={"person": [10**4000, []]}))
@example(raw().replace(b'"\\u5f20\\u4e09"', b"1" * 5000))
@example(raw().replace(b'"\\u5f20\\u4e09"', b"1e400"))
@example(raw().replace(b'"\\u5f20\\u4e09"', b'"\xed\xa0\x80"'))
def test_whatever_bytes_come_the_answer_is_one_of_three(body):
    try:
        seen = operations.read(body)
    except (Unreadable, OverLimit):
        return
    assert len(seen.id) == len(seen.device) == 32


def test_a_deep_value_is_not_read_for_ever():
    """What is deeper than a genuine program writes is not held: nothing may fall over it later."""
    deep = raw().replace(b'"\\u5f20\\u4e09"', b"[" * 40 + b"]" * 40)
    with pytest.raises(Unreadable):
        operations.read(deep)
    flat = raw().replace(b'"\\u5f20\\u4e09"', b"[" * 20 + b"]" * 20)
    assert operations.read(flat).readable


def test_a_value_may_be_as_deep_as_the_limit_and_no_deeper():
    deep = json.loads("[" * JSON_DEPTH + "]" * JSON_DEPTH)
    assert operations.read(raw(f={"person": [deep, []]})).fields["person"] == (deep, ())
    with pytest.raises(Unreadable):
        operations.read(raw(f={"person": [[deep], []]}))


def test_what_is_long_is_kept_once_and_what_no_field_can_hold_not_at_all():
    """A quarter of a megabyte of brackets is six megabytes of objects; one package brings thousands such operations."""
    days = [[f"{1000 + n // 28}-01-{n % 28 + 1:02}", "behind"] for n in range(900)]
    before = tuple(f"{n:016x}" for n in range(1_000))
    fields = {
        "pace": (days, before), "progress": ("新", ()), "longitude": (1, ()), "latitude": (1.0, ()), "n": (True, ()),
        "a": ([[]] * 400, ()), "b": ({"x": ["y"] * 50}, before), "c": ([["甲", "乙"], ["丙"]], ()),
        "of": (["甲"], ()), "none": ([], ()),
    }  # fmt: skip
    one, other = (operations.read(made(fields, nonce=n, after=before)) for n in (1, 2))
    assert one.fields["pace"] == (days, before)
    assert all(a is b for a, b in zip(one.fields["pace"][0], other.fields["pace"][0], strict=True))
    assert all(a is b for a, b in zip(one.after, other.fields["b"][1], strict=True))
    assert one.fields["progress"] is other.fields["progress"]
    told = [(name, value, type(value)) for name, (value, _) in one.fields.items() if name not in ("pace", "of")]
    assert told == [
        ("progress", "新", str), ("longitude", 1, int), ("latitude", 1.0, float), ("n", True, bool), ("a", {}, dict),
        ("b", {}, dict), ("c", {}, dict), ("none", [], list),
    ]  # fmt: skip
    assert one.fields["of"][0] == ["甲"]
    short = operations.read(made({"c": fields["c"]}))
    assert short.fields["c"][0] == [["甲", "乙"], ["丙"]]


def test_an_operation_of_very_many_lists_is_over_the_limits_and_is_not_written():
    def listing(count: int) -> bytes:
        return raw(f={"x": [[[]] * count, []]})

    around = listing(0).count(b"[") + listing(0).count(b"{")
    assert operations.read(listing(LISTS - around)).readable
    with pytest.raises(operations.OverLimit):
        operations.read(listing(LISTS - around + 1))
    with pytest.raises(operations.FormTooLarge):
        made({"x": ([[]] * LISTS, ())})
    assert operations.read(made({"x": ("[" * LISTS, ())})).fields["x"][0] == "[" * LISTS
