"""What waits for the county itself, beside decisions on single problems (`queue.py`): each with how many there are."""

from __future__ import annotations

from sqlalchemy import exists, select

from models.services.base.desk import Desk
from models.services.exchange.aside import Aside
from models.services.exchange.peers import peers
from models.services.figures import agenda
from models.services.problems.lookbacks import Lookbacks
from models.services.problems.months import Months
from models.services.problems.notice_proposals import proposals
from models.services.views.agenda import KINDS, Awaiting
from models.store import figures, pages
from models.store.schema import lookback

WHOLE = 100  # percent


def awaiting(desk: Desk) -> tuple[Awaiting, ...]:
    """All kinds of which there is something, in the order of KINDS; nothing at a unit."""
    if not desk.is_county:
        return ()
    found = {**_in_lists(desk), **_from_outside(desk)}
    looks = agenda.agenda(desk)
    found["silent"], found["permits"] = looks.campaigns, looks.permits
    found["late_lookbacks"] = looks.lookbacks_late
    found["unplanned"] = _unplanned(desk)
    found["unjudged"] = Months(desk).sheet(desk.today().isoformat()[:7]).total.waiting
    ids = {"silent": looks.campaign}
    return tuple(Awaiting(kind, found[kind], ids.get(kind, "")) for kind in KINDS if found[kind])


def _in_lists(desk: Desk) -> dict[str, int]:
    """What stands in lists of records and of notices."""
    today = desk.today()
    with desk.ledger.read() as connection:
        return {
            "review": pages.count(connection, pages.Wanted("problem", today, view="review")),
            "petition_review": pages.count(connection, pages.Wanted("petition", today, view="review")),
            "replied": figures.notices(connection, today.isoformat()).get("replied", 0),
            "proposed": len(proposals(desk, connection)),
        }


def _unplanned(desk: Desk) -> int:
    """How many look-backs the rule still asks for: of a sample none once it is planned, for the rest is not drawn."""
    proposal = Lookbacks(desk).propose()
    planned = exists().where(lookback.c.void_from.is_(None), lookback.c.plan == proposal.name)
    with desk.ledger.read() as connection:
        if proposal.rules["share"] < WHOLE and connection.scalar(select(planned)):
            return 0
    return sum(one.chosen for one in proposal.candidates)


def _from_outside(desk: Desk) -> dict[str, int]:
    """What the exchange waits for: packages of stopped PCs, units that are to get something, receipts."""
    with desk.ledger.read() as connection:
        units = [one for one in peers(desk, connection) if one.unit != desk.side.unit]
    aside = Aside(desk)
    return {
        "aside": len(aside.list()) + len(aside.late()),
        "unsent": sum(bool(one.waiting and one.devices) for one in units),  # nothing can be written to no PC
        "unheard": sum(bool(one.unacknowledged) for one in units),
    }
