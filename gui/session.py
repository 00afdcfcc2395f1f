"""Who is at the desk: the open office, the queue of work, and the signals that pages listen to."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui import settings as saved
from gui.counter.office import Office
from gui.done import Pile
from gui.drafts import Drafts
from gui.faults import Faults
from gui.jobs import Job, Jobs, Kind
from gui.photo_reader import PhotoReader
from gui.small_pictures import SmallPictures, large_pictures
from models.errors import LedgerError
from models.progress import Progress
from models.services.views.figures import Overview
from models.services.views.home import Here, Touched

GATHER = 30  # milliseconds in which several changes are answered by one look at the figures


class Session(QObject):
    """Everything that pages share."""

    touched = Signal(object)  # Touched: what a verb changed
    looked = Signal(object)  # Overview: the figures of today, after each change
    refused = Signal(object)  # a LedgerError: the figures could not be counted
    putting_back = Signal(object)  # Path: a backup is to take the place of the ledger; this session ends with it
    locking = Signal()  # somebody else may come to this PC: it asks who that is
    relooked = Signal()  # letters or contrast were changed: the window is to be built anew

    def __init__(
        self, office: Office, home: Path | None = None, parent: QObject | None = None, here: Here | None = None
    ) -> None:
        """`here`: who this home is, where that was read already."""
        super().__init__(parent)
        self.office = office
        self.home = home
        self.settings = saved.load(home)
        self.jobs = Jobs(self)
        self.faults = Faults(home, self)
        self.drafts = Drafts(home, self)
        self.done = Pile()
        self.pictures, self.large = SmallPictures(), large_pictures()
        self.reader = PhotoReader()
        self.unbuilt: set[QObject] = set()  # pages that are seen and not whole yet
        self.overview: Overview | None = None
        self._here = here
        self._looking: Job | None = None
        self.saved_at: datetime | None = None
        self.put_back: LedgerError | bool = False  # whether a backup was put back just now, or why it was not
        self.not_copied: LedgerError | None = None  # why there is no copy of today
        self._soon = QTimer(self)
        self._soon.setObjectName("look at the figures soon")
        self._soon.setSingleShot(True)
        self._soon.setInterval(GATHER)
        self._soon.timeout.connect(self.look)

    @property
    def here(self) -> Here:
        """Who this home is; read again after something was changed, not each time a page asks."""
        if self._here is None:
            self._here = self.office.here
        return self._here

    @property
    def is_county(self) -> bool:
        """Whether this is the county's desk."""
        return self.here.kind == "county"

    @property
    def today(self) -> date:
        """Today as the services say it, so that the window never disagrees with the figures."""
        return self.overview.today if self.overview else date.today()  # noqa: DTZ011 - the local day is meant

    @property
    def is_busy(self) -> bool:
        """Whether work is under way, or about to be."""
        return self.jobs.busy or self._soon.isActive() or bool(self.unbuilt)

    def tell(self, touched: Touched) -> None:
        """Tell all pages that something was changed and is on the disk."""
        self._here = None
        self.saved_at = datetime.now().astimezone()
        self.touched.emit(touched)
        self._soon.start()

    @Slot()
    def look(self) -> None:
        """Have the figures of today counted; `looked` brings them."""
        if self._looking is not None:
            self._looking.cancel()  # if it has not begun: one count after several changes is enough
        self._looking = job = Job(self._count, self.jobs, Kind.COUNT)
        job.done.connect(self._keep)
        job.refused.connect(self.refused)
        job.broken.connect(self.faults.show)
        job.ended.connect(self._looked)
        self.jobs.start(job)

    def copy(self) -> None:
        """Have today's copy of the ledger made, if there is none."""
        job = Job(self.office.care.daily, self.jobs, Kind.COPY)
        job.refused.connect(self._not_copied)
        job.broken.connect(self.faults.show)
        self.jobs.start(job)

    @Slot(object)
    def _not_copied(self, why: LedgerError) -> None:
        self.not_copied = why

    def keep_settings(self) -> None:
        """Write the settings down."""
        saved.save(self.home, self.settings)

    def close(self) -> None:
        """End all work; what is under way ends whole or not at all."""
        self._soon.stop()
        self.jobs.close()
        self.pictures.close()
        self.large.close()
        self.reader.close()
        self.drafts.close()
        self.keep_settings()

    @Slot()
    def _looked(self) -> None:
        if self.sender() is self._looking:
            self._looking = None

    def _count(self, _: Progress) -> Overview:
        return self.office.figures.overview()

    @Slot(object)
    def _keep(self, overview: Overview) -> None:
        self.overview = overview
        self.looked.emit(overview)
