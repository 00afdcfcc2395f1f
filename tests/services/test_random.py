"""Random verbs and random packages between a county and its townships, on real homes; then everything is asked again.

- Folded tables are what folding all operations anew gives (law 3), on every disk, whatever came in which order.
- With both dates given no later operation changes any figure (cli.md rule 3), also where clocks jump.
- After three exchanges every unit holds what the county has for it, and nothing else was lost on the way.
"""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.errors import LedgerError
from tests.offices import HOMES, World, quick_folder

NAMES = ("county", "town", "town2", "other")
PATIENT = {
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    "phases": [Phase.explicit, Phase.reuse, Phase.generate],  # a seed does not get simpler by being smaller
}
seeds = st.integers(min_value=0, max_value=2**32)


class Play:
    """One random history."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.rng = random.Random(seed)
        self.figures: dict[tuple[str, date, date], object] = {}
        self.packages: list[tuple[str, object]] = []  # receiver, package: sticks are never erased
        self.numbers = count()

    def step(self) -> None:
        verb = self.rng.choice([v for v in dir(self) if v.startswith("do_")])
        name = self.rng.choice(NAMES)
        with suppress(LedgerError):  # a bug passes
            getattr(self, verb)(name)

    def pick(self, name: str, table: str = "problem", *, void: bool = False) -> str:
        _, found = self.world[name].records.list(table, void=void)
        return self.rng.choice(found)["id"] if found else "0" * 32

    def town(self) -> str:
        return self.rng.choice(["白水镇", "青石镇人民政府", "361021102", "新塘乡", "没有的镇", ""])

    def day(self) -> str:
        return str(self.world.clock.now.date() - timedelta(days=self.rng.randrange(0, 60)))

    # ------------------------------------------------------------------------------------- verbs

    def do_add(self, name: str) -> None:
        self.world[name].records.add(
            "problem",
            {
                "description": f"第{next(self.numbers)}个",
                "township": self.town(),
                "found_on": self.rng.choice(["", self.day()]),
                "deadline": self.rng.choice(["", "2024年底前", "长期坚持", self.day()]),
                "internal_note": self.rng.choice(["", "内部"]),
                "source": self.rng.choice(["", "省督", "警示片"]),
                "trade": self.rng.choice(["", "矿山"]),
                "categories": self.rng.choice(["", "水", "水；气"]),
            },
        )

    def do_add_petition(self, name: str) -> None:
        self.world[name].records.add(
            "petition",
            {
                "content": "臭",
                "township": self.town(),
                "finished_on": self.rng.choice(["", self.day()]),
                "fine_wan": self.rng.choice(["", "1.5"]),
                "remark": "转办",
            },
        )

    def do_edit(self, name: str) -> None:
        values = {
            "progress": self.rng.choice("甲乙丙"),
            "pace": self.rng.choice(["behind", "ahead"]),
            "township": self.town(),
            "completed_on": self.rng.choice(["", self.day()]),
            "closed_on": self.rng.choice(["", self.day()]),
            "circular_on": self.rng.choice(["", self.day()]),
            "internal_note": self.rng.choice("一二"),
            "remark": "看过",
            "cooperating_units": self.rng.choice(["住建局", "新塘乡、青石镇", ""]),
            "person": self.rng.choice("张李"),
        }
        chosen = self.rng.sample(sorted(values), self.rng.randrange(1, 4))
        self.world[name].records.edit("problem", self.pick(name), {n: values[n] for n in chosen})

    def do_edit_petition(self, name: str) -> None:
        values = {"finish_state": self.rng.choice(["open", "staged", "finished"]), "orders": str(self.rng.randrange(3))}
        self.world[name].records.edit("petition", self.pick(name, "petition"), values)

    def do_void(self, name: str) -> None:
        self.world[name].records.void("problem", self.pick(name), "误报")

    def do_unvoid(self, name: str) -> None:
        self.world[name].records.unvoid("problem", self.pick(name, void=True))

    def do_dispatch(self, name: str) -> None:
        values = {
            "month": self.rng.choice(["2024-04", "2024-05"]),
            "progress": self.rng.choice("甲乙"),
            "pace": self.rng.choice(["ahead", "behind", "not_started"]),
        }
        self.world[name].records.add_dispatch(self.pick(name), values)

    def do_measure(self, name: str) -> None:
        self.world[name].records.add_measure(self.pick(name), {"text": "拆除"})

    def do_settle(self, name: str) -> None:
        for conflict in self.world[name].conflicts.list()[:1]:
            self.world[name].conflicts.settle(conflict.id, head=self.rng.randrange(2))

    def do_unit(self, _name: str) -> None:
        self.world["county"].units.add("township", self.rng.choice(["新塘乡", "新塘乡人民政府"]), "361021150")

    # ------------------------------------------------------------------------------------- sticks and time

    def do_write(self, name: str) -> None:
        if name == "county":
            for written in self.world["county"].exchange.export(self.world.stick()).packages:
                self.packages += [(n, written) for n in NAMES if HOMES[n][0] == written.to]
        else:
            self.packages.append(("county", self.world.written(name)))

    do_write_more = do_write

    def do_read(self, _name: str) -> None:
        """A stick from the newest few, or any old one; as often as it is found."""
        if self.packages:
            some = self.packages[-4:] if self.rng.random() < 0.7 else self.packages
            receiver, package = self.rng.choice(some)
            assert self.world.taken(receiver, package).result in ("imported", "already")

    do_read_more = do_read_again = do_read

    def do_time(self, _name: str) -> None:
        self.world.clock.jump(days=self.rng.choice([1, 1, 10, -3, 400, -400]))

    # ------------------------------------------------------------------------------------- what is kept in mind

    def ask(self, name: str) -> None:
        """Figures of a day, as known on a day that is over for this home: a record's operation arrived later."""
        office = self.world[name]
        with office.desk.ledger.read() as connection:
            # Lists of units do not count: they may have been made before somebody put the clock right.
            newest = connection.exec_driver_sql("SELECT max(arrived) FROM op WHERE is_data = 1").scalar()
        if newest is None:
            return
        known_by = date.fromisoformat(newest[:10]) - timedelta(days=self.rng.randrange(2, 40))
        as_of = known_by - timedelta(days=self.rng.randrange(-30, 60))
        self.figures[name, as_of, known_by] = office.figures.tally(as_of, known_by)

    def check_figures(self) -> None:
        for (name, as_of, known_by), then in self.figures.items():
            assert self.world[name].figures.tally(as_of, known_by) == then


def new_world(county_folder, folder) -> World:
    shutil.rmtree(folder / "homes", ignore_errors=True)
    return World(county_folder).copied(folder / "homes")


def played(county_folder, folder, seed: int, steps: int) -> Play:
    play = Play(new_world(county_folder, folder), seed)
    for _ in range(3):
        play.do_add("county")
    for _ in range(steps):
        play.step()
    return play


def everything_holds(play: Play) -> None:
    world = play.world
    assert world.sound(*NAMES) == []
    for name in NAMES:
        figures = world[name].figures
        assert figures.tally(known_by=date(2999, 1, 1)) | {"known_by": None} == figures.tally()
    for _ in range(3):
        world.round("town", "town2", "other")
    assert world.agree("town", "town2", "other")
    assert world.sound(*NAMES) == []
    shown = [sorted(map(str, shared(world[name]))) for name in ("town", "town2")]
    assert shown[0] == shown[1]


def shared(office) -> list[dict[str, object]]:
    """The records of a home without what is this disk's alone, and without how far they are reported."""
    _, found = office.records.list("problem")
    mine = {"internal_note", "exchange"}
    return [{name: value for name, value in record.items() if name not in mine} for record in found]


@settings(max_examples=4, **PATIENT)
@given(seeds)
def test_tables_are_what_the_operations_say_and_all_disks_meet(county_folder, seed):
    with quick_folder() as folder:
        play = played(county_folder, folder, seed, 45)
        everything_holds(play)
        play.world.close()


@settings(max_examples=4, **PATIENT)
@given(seeds)
def test_with_both_dates_given_no_later_operation_changes_any_figure(county_folder, seed):
    with quick_folder() as folder:
        play = played(county_folder, folder, seed, 25)
        for _ in range(3):
            for name in NAMES:
                play.ask(name)
            for _ in range(12):
                play.step()
            play.check_figures()
        play.world.close()


@pytest.mark.soak
@pytest.mark.timeout(0)
@settings(max_examples=400, **PATIENT)
@given(seeds, st.integers(min_value=30, max_value=200))
def test_long(county_folder, seed, steps):
    with quick_folder() as folder:
        play = played(county_folder, folder, seed, 20)
        for n in range(steps):
            if n % 20 == 0:
                play.ask(play.rng.choice(NAMES))
            play.step()
        play.check_figures()
        everything_holds(play)
        play.world.close()
