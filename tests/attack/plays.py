"""The verbs that are broken off: what is done before, at which home, and what must be true once it was done again.

Told to crashing.py. Homes have exchanged (forging.Scene); commands are those of the hatch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.services.office import Office
from models.services.opening import open_office
from tests.attack.hatch import Answer, calm
from tests.offices import COUNTY, HOMES, TOWN

Words = tuple[str | Path, ...]
SHAPE = b"\xff\xd8\xff\xe0"


class Stage:
    """Homes in a folder of their own. `through`: whether who is to `meet` does, which takes longer than all else."""

    through = True

    def __init__(self, folder: Path, record: str) -> None:
        self.folder, self.record, self.stick = folder, record, folder / "stick"
        self.county, self.town, self.other, self.new = (folder / n for n in ("county", "town", "other", "new"))

    @contextmanager
    def office(self, home: Path) -> Iterator[Office]:
        with closing(open_office(home)) as office:
            yield office

    # ------------------------------------------------------------------------------------- before

    def edited(self, home: Path, text: str) -> None:
        calm(home, "records", "edit", "problems", self.record, "--set", f"progress={text}", endings=(0,))

    def photographed(self) -> None:
        """Two photos of the township's record, that nobody else has."""
        photos = [self.folder / f"photo-{number}.jpg" for number in range(2)]
        for number, photo in enumerate(photos):
            photo.write_bytes(SHAPE + bytes([number]) * 90_000)
        with self.office(self.town) as office:
            office.evidence.add("problem", self.record, photos)

    def exported(self, home: Path, *words: str | Path) -> list[Path]:
        said = calm(home, "exchange", "export", "--to", self.stick, *words, endings=(0,)).json
        assert not said["failed"], said
        return [Path(one["path"]) for one in said["packages"]]

    def founded(self, kind: str, code: str, name: str, *more: str) -> None:
        calm(self.new, "setup", "--kind", kind, "--code", code, "--name", name, *more, endings=(0,))

    def requested(self) -> None:
        calm(self.new, "enrol", "request", "--to", self.stick, endings=(0,))

    def approved(self, code: str) -> None:
        calm(self.county, "enrol", "approve", self.request(), "--unit", code, "--to", self.stick, endings=(0,))

    def accepted(self, *endings: int) -> None:
        calm(self.new, "enrol", "accept", self.welcome(), endings=endings or (0,))

    # ------------------------------------------------------------------------------------- what lies on the stick

    def newest(self, ending: str) -> Path:
        """The last file of a kind, by the numbers in its name."""
        found = self.stick.glob(f"*{ending}")
        return max(found, key=lambda path: [part.zfill(9) for part in path.stem.split("_")])

    def request(self) -> Path:
        return next(self.stick.glob("*_request_*.hgb"))

    def welcome(self) -> Path:
        return max(self.stick.glob(f"hg_{COUNTY}_*.hgb"), key=lambda path: path.stat().st_mtime_ns)

    # ------------------------------------------------------------------------------------- asking

    def taken(self, home: Path, *paths: Path) -> list[str]:
        """How packages end that somebody reads in."""
        said = calm(home, "exchange", "import", *paths, endings=(0,)).json["packages"]
        assert not sum(one["refused_operations"] for one in said), said
        return [one["result"] for one in said]

    def photos(self, home: Path) -> list[str]:
        """How the photos of the township's record are there."""
        with self.office(home) as office:
            return sorted(one.state for one in office.evidence.list("problem", self.record))

    def devices(self, home: Path) -> list[tuple[str, bool]]:
        """The PCs that are known there, as units and whether they are stopped: ids differ every time."""
        found = calm(home, "device", "list", endings=(0,)).json["devices"]
        return sorted((one["unit"], one["revoked"]) for one in found)

    def meet(self, *homes: Path) -> None:
        """Who exchanges twice holds the same as the county, whatever was broken off before."""
        if not self.through:
            return
        for _ in range(2):
            for home in homes:
                assert set(self.taken(self.county, *self.exported(home))) <= {"imported", "already"}
            code = TOWN if homes == (self.town,) else "--all"
            packages = self.exported(self.county, *(("--unit", code) if code == TOWN else (code,)))
            for home in homes:
                self.taken(home, *(path for path in packages if f"_{HOMES[home.name][0]}_" in path.name))
        for home in homes:
            code = HOMES[home.name][0]
            here, there = (calm(at, "digest", "--unit", code, endings=(0,)).json for at in (home, self.county))
            assert here == there, home.name


def _nothing(_: Stage) -> None:
    """All is ready, or nothing more is to be asked."""


def _same(_: Stage) -> object:
    """The digest says all."""
    return None


def _is_done(answer: Answer, was_done: bool, codes: set[str]) -> None:
    """The verb says that it was done before, or does it."""
    assert answer.status == 0 or (was_done and answer.json["error"]["code"] in codes), answer


@dataclass(frozen=True)
class Play:
    """One verb. `seen`: what else of the home is old or new; `steps`: it is several transactions, and may end between."""

    at: str
    verb: Callable[[Stage], Words]
    before: Callable[[Stage], None] = _nothing
    seen: Callable[[Stage], object] = _same
    again: frozenset[str] = frozenset()  # codes that the verb may end with when it had been done
    after: Callable[[Stage], None] = _nothing
    steps: bool = False
    homes: tuple[str, ...] = ()  # that are needed besides
    ill: bool = False  # something is missing until it is done
    counts: bool = False  # operations are counted, since their bytes are others every time
    grows: bool = False  # done twice it is more than done once
    results: dict[bool, str] = field(default_factory=dict)  # of an import that had been done, or not


# ------------------------------------------------------------------------------------- before


def _written_in(stage: Stage) -> None:
    stage.edited(stage.town, "已清一半" * 50)
    stage.exported(stage.town)


def _taken_in(stage: Stage) -> None:
    _written_in(stage)
    stage.taken(stage.county, stage.newest(".hgb"))


def _backed_up(stage: Stage) -> None:
    calm(stage.county, "backup", "--to", stage.stick, endings=(0,))
    stage.edited(stage.county, "备份以后")


def _photos_come(stage: Stage) -> None:
    stage.photographed()
    package, _ = stage.exported(stage.town)
    stage.taken(stage.county, package)


def _sticks_of_two(stage: Stage) -> None:
    stage.photographed()
    stage.exported(stage.town)
    stage.exported(stage.other)


def _asked(stage: Stage) -> None:
    stage.founded("township", TOWN, "白水镇")
    stage.requested()


def _answered(stage: Stage) -> None:
    _asked(stage)
    stage.approved(TOWN)


def _second_of_county(stage: Stage) -> None:
    stage.founded("county", COUNTY, "临江县环委办", "--join")
    stage.requested()
    stage.approved(COUNTY)


def _joined(stage: Stage) -> None:
    _second_of_county(stage)
    stage.accepted()


def _set_aside(stage: Stage) -> None:
    stage.edited(stage.town, "停用以后写的")
    calm(stage.county, "device", "revoke", _device(stage.town), endings=(0,))
    calm(stage.county, "exchange", "import", *stage.exported(stage.town), endings=(3,))


def _on_paper(stage: Stage) -> None:
    calm(stage.county, "recovery", "sheet", "--out", stage.stick / "sheet.txt", endings=(0,))
    (stage.county / "keys" / "county.key").unlink()


def _device(home: Path) -> str:
    found = calm(home, "device", "list", endings=(0,)).json["devices"]
    return next(one["id"] for one in found if one["this"])


def _kept_aside(stage: Stage) -> str:
    found = calm(stage.county, "aside", "list", endings=(0,)).json["aside"]
    return found[0]["id"] if found else "0" * 32


# ------------------------------------------------------------------------------------- after


def _read_by_town(stage: Stage) -> None:
    assert stage.taken(stage.town, stage.newest(".hgb")) == ["imported"]
    stage.meet(stage.town)


def _photos_arrived(stage: Stage) -> None:
    """All that lies on the stick is read: what the broken run left there too."""
    assert "refused" not in stage.taken(stage.county, stage.stick)
    assert stage.photos(stage.county) == ["here", "here"]


def _every_copy_is_good(stage: Stage) -> None:
    for copy in stage.stick.glob("*.db"):
        calm(stage.county, "restore", copy, endings=(0,))


def _everybody_reads(stage: Stage) -> None:
    for home in (stage.town, stage.other):
        results = stage.taken(home, stage.stick)
        assert "imported" in results, results
        assert "refused" not in results, results
    stage.meet(stage.town, stage.other)


def _new_pc_works(stage: Stage) -> None:
    stage.accepted()
    stage.taken(stage.county, *stage.exported(stage.new))
    assert stage.taken(stage.new, *stage.exported(stage.county, "--unit", TOWN))[0] == "imported"
    assert calm(stage.new, "digest").json == calm(stage.county, "digest", "--unit", TOWN).json


def _accepted_pc_works(stage: Stage) -> None:
    stage.taken(stage.county, *stage.exported(stage.new))
    stage.taken(stage.new, *stage.exported(stage.county, "--unit", TOWN))
    assert calm(stage.new, "digest").json == calm(stage.county, "digest", "--unit", TOWN).json


def _second_pc_works(stage: Stage) -> None:
    """What it writes carries a stamp of the county, and a township takes it."""
    stage.edited(stage.new, "县里第二台电脑写的")
    stage.taken(stage.town, *stage.exported(stage.new, "--unit", TOWN))
    shown = calm(stage.town, "records", "show", "problems", stage.record, endings=(0,)).json
    assert shown["progress"] == "县里第二台电脑写的"
    assert stage.taken(stage.county, *stage.exported(stage.new, "--unit", COUNTY)) == ["imported"]


def _stamped_anew(stage: Stage) -> None:
    """After a stopped PC of the county the secret is another: what is written under it comes back and counts."""
    stage.edited(stage.county, "换了密钥以后写的")
    stage.meet(stage.town)
    with stage.office(stage.county) as office:
        assert len(office.desk.county_keys.secrets) >= 2


def _town_as_new(stage: Stage) -> None:
    """The township asks with its new keys, is approved, and goes on."""
    calm(stage.town, "enrol", "request", "--to", stage.stick, endings=(0,))
    calm(stage.county, "enrol", "approve", stage.request(), "--unit", TOWN, "--to", stage.stick, endings=(0,))
    calm(stage.town, "enrol", "accept", stage.welcome(), endings=(0,))
    stage.meet(stage.town)


def _county_as_new(stage: Stage) -> None:
    stage.edited(stage.county, "新密钥写的")
    stage.meet(stage.town)


def _founded(stage: Stage) -> None:
    stage.requested()
    stage.approved(TOWN)
    stage.accepted()


def _photos_kept(stage: Stage) -> None:
    with stage.office(stage.town) as office:
        shown = office.evidence.list("problem", stage.record)
        assert {one.state for one in shown} == {"here"}


def _export_words(stage: Stage) -> Words:
    return "exchange", "export", "--to", stage.stick


# fmt: off
PLAYS: dict[str, Play] = {
    "edit": Play("town", lambda s: ("records", "edit", "problems", s.record, "--set", "progress=" + "长" * 9_000), counts=True),
    "export": Play("county", lambda s: (*_export_words(s), "--unit", TOWN), lambda s: s.edited(s.county, "县里代填"), after=_read_by_town),
    "export with photos": Play("town", _export_words, Stage.photographed, after=_photos_arrived),
    "export to all": Play("county", lambda s: (*_export_words(s), "--all"), lambda s: s.edited(s.county, "县里代填"), after=_everybody_reads, homes=("other",)),
    "import": Play("county", lambda s: ("exchange", "import", s.newest(".hgb")), _written_in, results={True: "already", False: "imported"}, after=lambda s: s.meet(s.town)),
    "import of a volume": Play("county", lambda s: ("exchange", "import", s.newest(".hgf")), _photos_come, lambda s: s.photos(s.county), after=_photos_arrived),
    "import of a stick": Play("county", lambda s: ("exchange", "import", s.stick), _sticks_of_two, lambda s: s.photos(s.county), after=_photos_arrived, steps=True, homes=("other",)),
    "undo": Play("county", lambda _: ("exchange", "undo"), _taken_in, again=frozenset({"S130", "S131"}), after=lambda s: s.meet(s.town)),
    "restore": Play("county", lambda s: ("restore", next(s.stick.glob("*.db"))), _backed_up, after=lambda s: s.meet(s.town)),
    "backup": Play("county", lambda s: ("backup", "--to", s.stick), after=_every_copy_is_good),
    "setup of a county": Play("new", lambda _: ("setup", "--kind", "county", "--code", "361099", "--name", "临河县环委办"), again=frozenset({"H107"}), counts=True),
    "setup": Play("new", lambda _: ("setup", "--kind", "township", "--code", TOWN, "--name", "白水镇"), again=frozenset({"H107"}), after=_founded, counts=True),
    "approve": Play("county", lambda s: ("enrol", "approve", s.request(), "--unit", TOWN, "--to", s.stick), _asked, lambda s: s.devices(s.county), after=_new_pc_works, counts=True),
    "accept": Play("new", lambda s: ("enrol", "accept", s.welcome()), _answered, again=frozenset({"S212"}), after=_accepted_pc_works),
    "accept at the county": Play("new", lambda s: ("enrol", "accept", s.welcome()), _second_of_county, again=frozenset({"S212"}), after=_second_pc_works),
    "revoke": Play("county", lambda s: ("device", "revoke", _device(s.new)), _joined, lambda s: s.devices(s.county), again=frozenset({"S231"}), after=_stamped_anew, counts=True),
    "renew": Play("town", lambda _: ("device", "renew"), again=frozenset({"S236"}), seen=lambda s: s.devices(s.town), after=_town_as_new),
    "renew at the county": Play("county", lambda _: ("device", "renew"), seen=lambda s: s.devices(s.county), after=_county_as_new, counts=True, grows=True),
    "aside": Play("county", lambda s: ("aside", "take", _kept_aside(s)), _set_aside, again=frozenset({"S234"})),
    "recovery": Play("county", lambda s: ("recovery", "restore", s.stick / "sheet.txt"), _on_paper, lambda s: (s.county / "keys" / "county.key").is_file(), after=lambda s: s.meet(s.town), ill=True),
}
# fmt: on


def state(play: Play, stage: Stage) -> Any:
    """What a home holds, as one value."""
    home = stage.folder / play.at
    if not (home / "ledger.db").exists():
        return None
    said = calm(home, "digest", endings=(0,)).json
    return said["operations"] if play.counts else said["digest"], play.seen(stage)


def once_more(play: Play, stage: Stage, was_done: bool) -> None:
    """The verb is done again; then all is as it would be had nothing happened."""
    answer = calm(stage.folder / play.at, *play.verb(stage), endings=(0, 3) if was_done and play.again else (0,))
    _is_done(answer, was_done, set(play.again))
    if play.results:
        assert answer.json["packages"][0]["result"] == play.results[was_done]
