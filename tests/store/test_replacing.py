"""What is folded again is written only where it differs, and stands afterwards as if all had been written anew."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from models.store import fold, operations, replacing
from models.store.holding import Incoming, hold
from models.store.schema import FOLDED
from models.store.sqlite import temporary_ids
from tests.disks import COUNTY, device

TOPS = [bytes([n]) * 16 for n in range(3)]
tops, words = st.sampled_from(TOPS), st.sampled_from(["甲", "乙", None])
measures = st.dictionaries(
    st.integers(1, 6),
    st.fixed_dictionaries({
        "id": st.just(b"i"), "top": tops, "text": words, "unit": words, "person": words, "creator": words,
        "void_from": st.none(),
    }),
    max_size=5,
)  # fmt: skip
named = st.lists(st.builds(dict, top=tops, name_key=st.sampled_from("甲乙"), leads=st.integers(0, 1)), max_size=5)


def rows(numbered, unnumbered):
    known = FOLDED["measure"].c.keys()
    kept = [dict.fromkeys(known) | row | {"pk": pk} for pk, row in numbered.items()]
    return {"measure": kept, "named": unnumbered}


def written(ledger):
    """The folded tables that are written to from now on."""
    said: list[str] = []

    def keep(_connection, _cursor, statement, _parameters, _context, _many):
        said.extend(fold._WRITES.findall(statement))

    event.listen(ledger.engine, "before_cursor_execute", keep)
    return said


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(measures, named, measures, named)
def test_afterwards_the_rows_are_the_new_ones(ledger, numbered, unnumbered, numbered_now, unnumbered_now):
    with ledger.write(keep=False) as connection, fold._pen(connection):
        temporary_ids(connection, TOPS)
        replacing.replace(connection, replacing.there(connection), rows(numbered, unnumbered))
        new = rows(numbered_now, unnumbered_now)
        replacing.replace(connection, replacing.there(connection), new)
        stand = replacing.there(connection)
        assert stand["measure"] == sorted(new["measure"], key=lambda row: row["pk"])
        bare = [{n: v for n, v in row.items() if n != "pk"} for row in stand["named"]]
        for top in TOPS:  # in their order within a history
            assert [r for r in bare if r["top"] == top] == [r for r in new["named"] if r["top"] == top]


def test_what_stays_is_not_written_again(log):
    one, other = log.many("problem", [{"description": "坏", "township": "白水镇"}, {"description": "又坏"}])
    said = written(log.ledger)
    with log.ledger.write() as connection:
        fold.refold(connection, [bytes.fromhex(one), bytes.fromhex(other)])
    assert not set(said) & set(FOLDED)
    log.write("problem", {"progress": "已清运"}, record=one)
    assert set(said) & set(FOLDED) == {"problem"}


def test_two_remarks_that_claim_one_record_are_two_rows(log):
    """A sender may write what it likes; folding never fails (law 4)."""
    top = log.write("problem", {"description": "坏"})
    incoming: list[Incoming] = []
    for nonce, text in enumerate("一二"):
        body = operations.make(
            kind="remark", table="remark", fields={"text": (text, ())}, aud=(COUNTY,), lam=nonce,
            device=device("county"), nonce=nonce, user="", wall="", record="ab" * 16, top=top,
        )  # fmt: skip
        sha = operations.digest_of(body)
        incoming.append(Incoming(operations.read(body, sha), body, sha))
    with log.ledger.write() as connection:
        fold.refold(connection, hold(connection, incoming, fold.registry(connection), "2024-06-15"))
        temporary_ids(connection, [bytes.fromhex(top)])
        assert [row["text"] for row in replacing.there(connection)["remark"]] == ["一", "二"]
