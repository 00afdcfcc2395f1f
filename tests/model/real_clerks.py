"""What clerks write on real disks: through the services, or with the pen alone where no window would allow it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from models.domain.operation import Value
from models.domain.reduce import Reduced
from models.errors import LedgerError
from models.services.base import audience, showing
from models.services.base.pen import Pen, Place
from models.services.base.writing import find
from models.store import fold
from tests.model.clerks import pick
from tests.model.home import Home
from tests.model.ink import RealOp
from tests.model.laws import COUNTY, SET, Id, Op
from tests.model.twin import Twin
from tests.model.world import World
from tests.offices import OFFICE, OTHER, TOWN

Hand = Callable[[Pen, Reduced, tuple[str, ...]], object]
DAYS = tuple(f"2024-05-{day:02}" for day in range(1, 29))
STATES = ("behind", "on_schedule", "ahead")
FILLED = "代填"  # so begins what the county writes for a township


class RealClerks(World):
    """The deeds of tests/model/clerks.py over the program, each told to the model beside its disk."""

    townships = (TOWN, OTHER)
    departments = (OFFICE,)
    _folder: Path
    has_photos: bool

    def _learn(self, home: Home) -> None:
        """Tell the model, and the truth, what the disk has written."""
        assert isinstance(home, Twin)
        self._read_log(home)
        home.agree()

    def _read_log(self, home: Twin) -> None:
        for op in home.written_here():
            home.check_hand(op)
            knew, devices = home.held, set(home.units)
            home.enter(op)
            self.truth.wrote(home, op, knew)
            self._note(home, [("learned", device) for device in home.units if device not in devices])
            self._note_top(op)

    def _note_top(self, op: Op) -> None:
        if op.record == op.id == op.top and op.kind == SET and isinstance(op, RealOp) and op.table == "problem":
            self.tops.append(op.top)

    def _verb(self, home: Home, verb: Callable[[Twin], object]) -> None:
        """Do something as the window would; what is refused is refused."""
        assert isinstance(home, Twin)
        with suppress(LedgerError):
            verb(home)
        self._learn(home)

    def _pen(self, home: Home, top: Id, write: Hand) -> None:
        """Write as the one maker of operations does, with rights that no window would give."""

        def verb(twin: Twin) -> None:
            desk = twin.office.desk
            with desk.ledger.write() as connection:
                row = find(connection, "problem", _hex(top))
                pen = Pen(desk, connection)
                aud = audience.of_record(desk, showing.values_of("problem", row), pen.registry)
                write(pen, fold.reduce_one(connection, row["id"], pen.registry), aud)
                pen.put()

        self._verb(home, verb)

    def _create(self, home: Home, number: int) -> Id:
        values = {"description": f"第{number}个", "deadline": DAYS[number % 28], "internal_note": "内" * (number % 2)}
        if home.unit == COUNTY:
            values |= {"township": pick(self.townships, number), "cooperating_units": OFFICE if number & 2 else ""}
        self._verb(home, lambda twin: twin.office.records.add("problem", values))
        return self.tops[-1]

    def edit(self, slot: int, number: int, value: int, *names: str) -> None:
        """One form with some fields, whoever may write them."""
        self._edit(self.home(slot), number, value, *names)

    def _edit(self, home: Home, number: int, value: int, *names: str) -> None:
        self._fill(home, self.a_top(home, number), value, *names)

    def _fill(self, home: Home, top: Id, value: int, *names: str) -> None:
        values: dict[str, Value] = {name: _value(name, value) for name in names}
        self._pen(home, top, lambda pen, history, aud: pen.set(Place("problem", _hex(top), history), values, aud))

    def judge(self, slot: int, number: int, value: int) -> None:
        """The county's verdict."""
        self._edit(self.county_home(slot), number, value, "closing_stage")

    def cross(self, slot: int, number: int, value: int) -> None:
        """The county judges a record, and somebody who has not heard of that writes to it."""
        home = pick([h for h in self.homes.values() if h.unit != COUNTY], slot)
        county, top = self.county_home(slot), self.a_top(home, number)
        if top in county.histories:
            self._fill(home, top, value, "progress")
            self._fill(county, top, value, "closing_stage")

    def report(self, slot: int, number: int, value: int) -> None:
        """The monthly dispatch, by the service that also says how the problem stands."""
        home = self.home(slot)
        values = {"month": f"2024-0{1 + value % 2}", "progress": f"进展{value % 5}", "pace": STATES[value % 3]}
        self._verb(home, lambda twin: twin.office.records.add_dispatch(_hex(self.a_top(home, number)), values))

    def measure(self, slot: int, number: int, value: int) -> None:
        """A part with a creator of its own."""
        home = self.home(slot)
        text: dict[str, Value] = {"text": f"措施{value % 9}"}
        self._pen(
            home,
            self.a_top(home, number),
            lambda pen, history, aud: pen.set(Place("measure", None, history), text, aud),
        )

    def remark(self, slot: int, number: int, value: int) -> None:
        """An entry under a record, by whoever reads it; the window asks who may, the pen does not."""
        home = self.home(slot)
        top, text = self.a_top(home, number), f"备注{value % 9}"
        if value % 3:
            self._verb(home, lambda twin: twin.office.records.edit("problem", _hex(top), {"remark": text}))
        else:
            self._pen(home, top, lambda pen, history, aud: pen.remark(history, text, aud))

    def fill_in(self, slot: int, number: int, value: int) -> None:
        """The county writes what a township should have, and says why (law 13)."""
        home = self.county_home(slot)
        top, said = _hex(self.a_top(home, number)), {"progress": f"{FILLED}{value % 5}"}
        self._verb(home, lambda twin: twin.office.records.edit("problem", top, said, why="电话了解"))

    def note(self, slot: int, number: int, value: int) -> None:
        """What is for this disk alone."""
        home = self.home(slot)
        top = self.a_top(home, number)
        note: dict[str, Value] = {"internal_note": f"内部{value % 9}"}
        self._pen(home, top, lambda pen, history, aud: pen.set(Place("problem", _hex(top), history), note, ()))

    def future(self, slot: int, number: int, value: int) -> None:
        """What only a newer program understands."""
        home = self.home(slot)
        top = self.a_top(home, number)
        values: dict[str, Value] = {"progress": f"新{value % 9}", "mood": "晴"}
        kind = "merge" if value % 2 else SET
        self._pen(
            home, top, lambda pen, history, aud: pen._write(kind, Place("problem", _hex(top), history), values, aud)
        )

    def void(self, slot: int, number: int, value: int) -> None:
        """Void a record, or take that back."""
        home = self.home(slot)
        top = _hex(self.a_top(home, number))
        if value % 3:
            self._verb(home, lambda twin: twin.office.records.void("problem", top, "误报"))
        else:
            self._verb(home, lambda twin: twin.office.records.unvoid("problem", top))

    def reassign(self, slot: int, number: int) -> None:
        """Another township; the service grants what that needs."""
        home = self.county_home(slot)
        top = _hex(self.a_top(home, number))
        self._verb(
            home, lambda twin: twin.office.records.edit("problem", top, {"township": pick(self.townships, number)})
        )

    def help(self, slot: int, number: int) -> None:
        """The department comes in, or goes."""
        home = self.county_home(slot)
        top = _hex(self.a_top(home, number))
        values = {"cooperating_units": OFFICE if number & 2 else ""}
        self._verb(home, lambda twin: twin.office.records.edit("problem", top, values))

    def attach(self, slot: int, number: int, value: int) -> None:
        """A photo, sometimes one that was taken before."""
        home = self.home(slot)
        top = _hex(self.a_top(home, number))
        photo = self._folder / f"{value % 7}.jpg"
        photo.write_bytes(b"\xff\xd8\xff\xe0" + bytes([value % 7]) * 50)
        self._verb(home, lambda twin: twin.office.evidence.add("problem", top, [photo]))
        self.has_photos = True


def _hex(record: Id) -> str:
    assert isinstance(record, int)
    return f"{record:032x}"


def _value(name: str, value: int) -> Value:
    match name:
        case "pace":
            return [[DAYS[value % 28], STATES[value % 3]]]
        case "closing_stage":
            return [[DAYS[value % 5], "closed" if value % 2 else "closing"]]
        case "deadline":
            return DAYS[value % 28]
        case _:
            return f"进展{value % 7}"
