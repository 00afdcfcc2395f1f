"""Taking back what one verb wrote, as one: each verb that can be hands out a token, and this knows what it was.

A token holds for as long as nobody wrote to one of the records; the log alone says so, nothing is kept beside it. Its
end is a mark of the verb and of the very operations: it fits no other verb, no other span, no other ledger.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Connection, exists, select

from models.domain import workflow
from models.domain.roles import Deed
from models.services.base import since
from models.services.base.desk import Desk
from models.services.problems.workflow_choice import deed_of, name_of
from models.services.problems.workflow_refusals import NoSuchToken
from models.store.schema import op

_TOKEN = re.compile(r"(?P<verb>[a-z-]+)-(?P<after>[0-9]{1,15})-(?P<last>[0-9]{1,15})-(?P<mark>[0-9a-f]{12})")


class Verb(NamedTuple):
    """What wrote it."""

    label: str
    deed: Deed  # that a user's role must allow, then as now


DECIDE, OPEN, ASK, LOOK, RELAPSE, PLAN = "decide", "open", "ask", "look", "relapse", "look-again"
# fmt: off
VERBS = {
    DECIDE:  Verb("审批", Deed.JUDGE),
    OPEN:    Verb("重新整改", Deed.JUDGE),
    ASK:     Verb("申请", Deed.EDIT),
    LOOK:    Verb("回头看", Deed.EDIT),
    RELAPSE: Verb("回头看", Deed.JUDGE),  # that opened the problem again
    PLAN:    Verb("抽取安排", Deed.EDIT),
} | {one: Verb(name_of(one), deed_of(one)) for one in workflow.VERBS}
# fmt: on


def token(connection: Connection, verb: str, after: int) -> str:
    """By what the operations behind this row of the log are taken back; asked before anything else is written."""
    span = since.Span(after, since.length(connection))
    return f"{verb}-{span.after}-{span.last}-{_mark(connection, verb, span)}"


def take_back(desk: Desk, given: str) -> frozenset[str]:
    """Undo it, unless somebody wrote to one of the records since: the ids of the problems."""
    found, span = _read(given)
    verb = VERBS[found["verb"]]
    with desk.ledger.write(deed=verb.deed) as connection:
        if _mark(connection, found["verb"], span) != found["mark"]:
            raise NoSuchToken(given)
        return since.take_back(desk, connection, span, "problem", f"{since.UNDOING}“{verb.label}”")


def stands(desk: Desk, given: str) -> bool:
    """Whether it could be taken back now: it was written here, and nobody wrote to one of its records since."""
    found, span = _read(given)
    written = select(op.c.top).where(op.c.pk > span.after, op.c.pk <= span.last)
    with desk.ledger.read() as connection:
        if _mark(connection, found["verb"], span) != found["mark"]:
            return False
        return not connection.scalar(select(exists().where(op.c.pk > span.last, op.c.top.in_(written))))


def _mark(connection: Connection, verb: str, span: since.Span) -> str:
    """12 hex digits of the verb and of all that it wrote."""
    written = select(op.c.sha).where(op.c.pk > span.after, op.c.pk <= span.last).order_by(op.c.pk)
    whole = sha256(f"{verb} {span.after} {span.last} ".encode())
    for sha in connection.scalars(written):
        whole.update(sha)
    return whole.hexdigest()[:12]


def _read(given: str) -> tuple[re.Match[str], since.Span]:
    found = _TOKEN.fullmatch(given.strip())
    if found is None or found["verb"] not in VERBS:
        raise NoSuchToken(given)
    return found, since.Span(int(found["after"]), int(found["last"]))
