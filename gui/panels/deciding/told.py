"""What is told of one that waits: what is asked, what stands behind it, and the problem. No Qt."""

from __future__ import annotations

from gui import saying
from models.domain.fields import label as label_of
from models.services.views.lists import Record
from models.services.views.queue import WaitingLine

TEXTS = ("source", "goal", "progress", "measures_text")  # of the problem
CHECKED = ("checked_on", "people", "standards", "opinion")  # of the self-acceptance that is judged

Told = list[tuple[str, str] | tuple[str, str, str]]


def told(record: Record, line: WaitingLine) -> Told:
    """What is asked first, then the problem."""
    return _asked(record, line) + _of_problem(record)


def _asked(record: Record, line: WaitingLine) -> Told:
    """What is asked: of a request its reason, of a step the self-acceptance that stands behind it."""
    if line.request:
        one = next((one for one in record.get("requests") or () if one["id"] == line.request), {})
        said: Told = [("申请", line.label), (label_of("request", "reason"), str(one.get("reason") or saying.MISSING))]
        if one.get("wanted_deadline"):
            said.append((label_of("request", "wanted_deadline"), str(one["wanted_deadline"]), "accent"))
        return said
    checked = max(record.get("self_acceptances") or (), key=lambda one: str(one.get("checked_on") or ""), default={})
    return [(label_of("self_acceptance", name), str(checked[name])) for name in CHECKED if checked.get(name)]


def _of_problem(record: Record) -> Told:
    due = str(record.get("deadline_text") or record.get("deadline") or saying.MISSING)
    said: Told = [(label_of("problem", "deadline"), due)]
    if record.get("completed_on"):
        said.append((label_of("problem", "completed_on"), str(record["completed_on"])))
    return said + [(label_of("problem", name), str(record[name])) for name in TEXTS if record.get(name)]
