"""One opened home, and its services: whatever the window and the hatch ask for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from models.domain.roles import Deed
from models.services.base.desk import (
    Desk,
)
from models.services.records.records import Records

if TYPE_CHECKING:
    from models.services.base.conflicts import Conflicts
    from models.services.base.dictionaries import Dictionaries
    from models.services.base.units import Units
    from models.services.evidence.evidence import Evidence
    from models.services.exchange.aside import Aside
    from models.services.exchange.devices import Devices
    from models.services.exchange.enrolment import Enrolment
    from models.services.exchange.exchange import Exchange
    from models.services.figures.figures import Figures
    from models.services.figures.seals import Seals
    from models.services.home.care import Care
    from models.services.home.recovery import Recovery
    from models.services.home.users import Users
    from models.services.inspections.campaigns import Campaigns
    from models.services.inspections.checklists import Checklists
    from models.services.inspections.inspections import Inspections
    from models.services.inspections.sampling import Sampling
    from models.services.inspections.sources import Sources
    from models.services.papers.papers import Papers
    from models.services.papers.problem_papers import ProblemPapers
    from models.services.papers.templates import Templates
    from models.services.problems.cycles import Cycles
    from models.services.problems.lookbacks import Lookbacks
    from models.services.problems.milestones import Milestones
    from models.services.problems.months import Months
    from models.services.problems.notices import Notices
    from models.services.problems.queue import Queue
    from models.services.problems.requests import Requests
    from models.services.problems.workflow import Workflow
    from models.services.records.doubles import DoublesAtCounty
    from models.services.records.search import Search
    from models.services.views.home import Here
    from models.services.workbooks.imports import Imports


class Office:
    """One opened home."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.records = Records(desk)
        desk.ledger.greet, desk.ledger.let_pass = self._greet, self._let_pass

    def _greet(self, deed: Deed) -> None:
        from models.services.home.users import greet  # noqa: PLC0415 - only what writes asks

        greet(self.desk, deed)

    def _let_pass(self, deed: Deed, connection: Connection) -> None:
        from models.services.home.users import gate  # noqa: PLC0415

        gate(self.desk, deed, connection)

    @property
    def here(self) -> Here:
        """Who this home is."""
        return self.desk.here()

    @cached_property
    def figures(self) -> Figures:
        """Figures of today and of any day."""
        from models.services.figures.figures import Figures  # noqa: PLC0415 - each service when it is first asked for

        return Figures(self.desk)

    @cached_property
    def seals(self) -> Seals:
        """Sealed months."""
        from models.services.figures.seals import Seals  # noqa: PLC0415

        return Seals(self.desk)

    @cached_property
    def imports(self) -> Imports:
        """Workbooks in."""
        from models.services.workbooks.imports import Imports  # noqa: PLC0415

        return Imports(self.desk)

    @cached_property
    def evidence(self) -> Evidence:
        """Photos and documents."""
        from models.services.evidence.evidence import Evidence  # noqa: PLC0415

        return Evidence(self.desk)

    @cached_property
    def exchange(self) -> Exchange:
        """Packages."""
        from models.services.exchange.exchange import Exchange  # noqa: PLC0415

        return Exchange(self.desk)

    @cached_property
    def enrolment(self) -> Enrolment:
        """How devices become the county's."""
        from models.services.exchange.enrolment import Enrolment  # noqa: PLC0415

        return Enrolment(self.desk)

    @cached_property
    def devices(self) -> Devices:
        """The PCs of all units."""
        from models.services.exchange.devices import Devices  # noqa: PLC0415

        return Devices(self.desk)

    @cached_property
    def recovery(self) -> Recovery:
        """The county's keys on paper."""
        from models.services.home.recovery import Recovery  # noqa: PLC0415

        return Recovery(self.desk)

    @cached_property
    def aside(self) -> Aside:
        """What was set aside."""
        from models.services.exchange.aside import Aside  # noqa: PLC0415

        return Aside(self.desk)

    @cached_property
    def conflicts(self) -> Conflicts:
        """What waits for a choice."""
        from models.services.base.conflicts import Conflicts  # noqa: PLC0415

        return Conflicts(self.desk)

    @cached_property
    def doubles(self) -> DoublesAtCounty:
        """What looks like one thing told twice."""
        from models.services.records.doubles import DoublesAtCounty  # noqa: PLC0415

        return DoublesAtCounty(self.desk)

    @cached_property
    def templates(self) -> Templates:
        """Templates of papers that this office edited."""
        from models.services.papers.templates import Templates  # noqa: PLC0415

        return Templates(self.desk)

    @cached_property
    def search(self) -> Search:
        """Everything at once, as one types."""
        from models.services.records.search import Search  # noqa: PLC0415

        return Search(self.desk)

    @cached_property
    def units(self) -> Units:
        """The list of units."""
        from models.services.base.units import Units  # noqa: PLC0415

        return Units(self.desk)

    @cached_property
    def users(self) -> Users:
        """Who sits at this PC."""
        from models.services.home.users import Users  # noqa: PLC0415

        return Users(self.desk)

    @cached_property
    def dictionaries(self) -> Dictionaries:
        """What the county lays down for everybody."""
        from models.services.base.dictionaries import Dictionaries  # noqa: PLC0415

        return Dictionaries(self.desk)

    @cached_property
    def months(self) -> Months:
        """The monthly dispatch."""
        from models.services.problems.months import Months  # noqa: PLC0415

        return Months(self.desk)

    @cached_property
    def requests(self) -> Requests:
        """What units ask of the county."""
        from models.services.problems.requests import Requests  # noqa: PLC0415

        return Requests(self.desk)

    @cached_property
    def notices(self) -> Notices:
        """Papers from the county to its units."""
        from models.services.problems.notices import Notices  # noqa: PLC0415

        return Notices(self.desk)

    @cached_property
    def checklists(self) -> Checklists:
        """What inspections go by."""
        from models.services.inspections.checklists import Checklists  # noqa: PLC0415

        return Checklists(self.desk)

    @cached_property
    def inspections(self) -> Inspections:
        """Patrols, and other inspections."""
        from models.services.inspections.inspections import Inspections  # noqa: PLC0415

        return Inspections(self.desk)

    @cached_property
    def campaigns(self) -> Campaigns:
        """What units are asked to look at."""
        from models.services.inspections.campaigns import Campaigns  # noqa: PLC0415

        return Campaigns(self.desk)

    @cached_property
    def sampling(self) -> Sampling:
        """Lists for 抽查."""
        from models.services.inspections.sampling import Sampling  # noqa: PLC0415

        return Sampling(self.desk)

    @cached_property
    def sources(self) -> Sources:
        """Pollution sources, and their permits."""
        from models.services.inspections.sources import Sources  # noqa: PLC0415

        return Sources(self.desk)

    @cached_property
    def cycles(self) -> Cycles:
        """Rounds of rectification."""
        from models.services.problems.cycles import Cycles  # noqa: PLC0415

        return Cycles(self.desk)

    @cached_property
    def queue(self) -> Queue:
        """What waits for a decision here."""
        from models.services.problems.queue import Queue  # noqa: PLC0415

        return Queue(self.desk)

    @cached_property
    def workflow(self) -> Workflow:
        """The way of a problem, step by step."""
        from models.services.problems.workflow import Workflow  # noqa: PLC0415

        return Workflow(self.desk)

    @cached_property
    def milestones(self) -> Milestones:
        """Milestones proposed from the deadline back."""
        from models.services.problems.milestones import Milestones  # noqa: PLC0415

        return Milestones(self.desk)

    @cached_property
    def lookbacks(self) -> Lookbacks:
        """Closed problems that are looked at again."""
        from models.services.problems.lookbacks import Lookbacks  # noqa: PLC0415

        return Lookbacks(self.desk)

    @cached_property
    def papers(self) -> Papers:
        """Papers that are handed over."""
        from models.services.papers.papers import Papers  # noqa: PLC0415

        return Papers(self.desk)

    @cached_property
    def problem_papers(self) -> ProblemPapers:
        """The papers of one problem."""
        from models.services.papers.problem_papers import ProblemPapers  # noqa: PLC0415

        return ProblemPapers(self.desk)

    @cached_property
    def care(self) -> Care:
        """Checks and copies."""
        from models.services.home.care import Care  # noqa: PLC0415

        return Care(self.desk)

    def stay(self) -> bool:
        """A window opens here: until it closes nobody else puts a backup in the place of the ledger."""
        return self.desk.ledger.stay()

    def close(self) -> None:
        """Leave."""
        self.desk.close()
