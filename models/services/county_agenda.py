"""What waits for the county itself, beside decisions on single problems (`queue.py`): each with how many there are."""

from __future__ import annotations

from models.services import agenda
from models.services.aside import Aside
from models.services.desk import Desk
from models.services.lookbacks import Lookbacks
from models.services.months import Months
from models.services.notice_proposals import proposals
from models.services.peers import peers
from models.services.views.agenda import KINDS, Awaiting
from models.store import figures, pages


def awaiting(desk: Desk) -> tuple[Awaiting, ...]:
    """All kinds of which there is something, in the order of KINDS; nothing at a unit."""
    if not desk.is_county:
        return ()
    found = {**_in_lists(desk), **_from_outside(desk)}
    looks = agenda.agenda(desk)
    found["silent"], found["permits"] = looks.campaigns, looks.permits
    found["late_lookbacks"] = looks.lookbacks_late
    found["unplanned"] = sum(one.chosen for one in Lookbacks(desk).propose().candidates)
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


def _from_outside(desk: Desk) -> dict[str, int]:
    """What the exchange waits for: packages of stopped PCs, units that are to get something, receipts."""
    with desk.ledger.read() as connection:
        units = [one for one in peers(desk, connection) if one.unit != desk.side.unit]
    aside = Aside(desk)
    return {
        "aside": len(aside.list()) + len(aside.late()),
        "unsent": sum(bool(one.waiting) for one in units),
        "unheard": sum(bool(one.unacknowledged) for one in units),
    }
