"""What waits for a decision, without a ledger: a step or a request for each of some problems."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from models.domain import words
from models.services.views.queue import WaitingLine, WaitingSheet

REQUEST = f"{77:032x}"


@dataclass
class FakeQueue:
    """Steps and requests; what is decided in the other services is taken away by the test."""

    lines: list[WaitingLine] = field(default_factory=list)
    others: int = 0
    role: bool = True

    def sheet(self, progress):
        return WaitingSheet(tuple(self.lines), self.others, self.role)

    def counts(self, progress):
        return dict(Counter(one.label for one in self.lines).most_common())


class FakeRequests:
    """Remembers what was answered."""

    def __init__(self):
        self.answered = []

    def decide(self, problem, request, values):
        self.answered.append((problem, request, dict(values)))
        return {"id": problem, "undo": f"decide-{100 + len(self.answered)}-{101 + len(self.answered)}"}


def waiting(office, count=5, verb="accept", stage="county"):
    """A county office in which so many wait, every third of them a request; each problem stands where the step is."""
    from tests.gui.fakes import line

    office.workflow.said |= {
        "completed": True, "completed_on": "2026-11-01", "self_accepted_on": "2026-11-02", "applied_on": "2026-11-03",
    }  # fmt: skip
    office.requests = FakeRequests()
    for row in range(count):
        one, asks = line(row), row % 3 == 1
        said = words.REQUEST_KIND["extension"] if asks else words.ACCEPTANCE_STAGE[stage]
        office.queue.lines.append(
            WaitingLine(one.id, one.number, one.title, "白水镇", one.light, one.light_why, f"2026-11-{row + 1:02}",
                        said, "" if asks else verb, "" if asks else stage, REQUEST if asks else "")
        )  # fmt: skip
    return office
