"""The demo: a sample county and its townships live through a month, on real homes and real packages.

Everything is done by the services that the window uses, and every outcome is held against what it must be: a demo
that ends with 0 has seen a whole exchange there and back, conflicts, bad packages and a restored disk come out right.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from cli import demo_acts, demo_checks, demo_troubles
from cli.demo_data import AS_OF, TOWNS
from cli.demo_play import Play
from cli.demo_stage import Stage, WentWrong
from cli.output import DONE, USAGE, plain, say
from models.errors import LedgerError
from models.progress import Silent

# Stage, spot, and how many days ago it was taken.
PHOTOS = (
    ("before", "1 号点位", 9), ("during", "1 号点位", 5), ("after", "1 号点位", 2), ("before", "2 号点位", 9),
    ("after", "2 号点位", 2), ("before", "3 号点位", 9),
)  # fmt: skip


def photographs(cast: Play) -> str:
    """Photos of three spots on a problem of the first township, drawn for the demo; the id of that problem."""
    from gui.drawn_photos import photo
    from gui.offscreen import application
    from gui.photo_reader import PhotoReader

    application()
    id_ = cast.open_problems(cast.first)[0]["id"]
    camera = cast.stage.stick()
    with closing(PhotoReader()) as reader:
        for number, (stage, spot, ago) in enumerate(PHOTOS, 1):
            shot = cast.stage.calendar.today.replace(hour=9, minute=12 + number) - timedelta(days=ago)
            place = 115.921 + int(spot[0]) / 5000, 27.312
            path = photo(camera / f"IMG_{number:04}.jpg", stage, int(spot[0]), shot, *place)
            done = cast.pc.evidence.add("problem", id_, [path], {"stage": stage, "caption": spot}, reader=reader.read)
            cast.stage.expect(len(done.added) == 1 and not done.unreadable, f"{path.name}：{spot}")
    return id_


def _dossier(cast: Play) -> None:
    """Photos of a problem go to the county, which writes its dossier."""
    stage = cast.stage
    stage.act(f"{cast.first.name}添加整改前后照片，随数据包到县里；县里写出一问题一档")
    id_ = photographs(cast)
    cast.up(cast.first.code)
    cast.down(cast.first.code)
    from gui import printed

    path = stage.keep(stage.out / "reports" / "dossier.zip")
    with printed.to_pdf(cast.county.evidence, Silent()) as to_pdf:
        done = cast.county.problem_papers.pack(id_, path, to_pdf)
    stage.expect((done.files, done.missing) == (len(PHOTOS), ()), f"{path.name}：{done.files} 张照片都在")


ACTS = (
    demo_acts.found_county,
    demo_acts.enrol,
    demo_acts.own_ledger,
    demo_acts.month_of_work,
    _dossier,
    demo_checks.self_inspection,
    demo_acts.verdict,
    demo_troubles.conflict_of_two_pcs,
    demo_troubles.conflict_with_county,
    demo_troubles.bad_packages,
    demo_troubles.forged_package,
    demo_troubles.late_package,
    demo_troubles.restored_disk,
    demo_acts.compare,
)
_DISK = ("S30", "H10")  # codes of refusals that are the machine's fault


def play(out: Path, towns: int, *, as_json: bool) -> int:
    """Play it all into an empty folder: 0 only if everything came out as it must."""
    if not 1 <= towns <= len(TOWNS):
        sys.stderr.write(f"--towns 应为 1 到 {len(TOWNS)}。\n")
        return USAGE
    began = time.monotonic()
    stage = Stage(out.resolve(), aloud=not as_json)
    try:
        cast = Play(stage, towns)
        for act in (*ACTS, _reports, demo_troubles.open_conflict, _pictures):
            _play(act, cast)
    finally:
        stage.leave()
    stage.act("演示完成")
    stage.tell(f"用时 {time.monotonic() - began:.0f} 秒，每一步都符合预期。结果在 {stage.out}")
    if as_json:
        say({"steps": stage.steps, "artifacts": stage.artifacts}, "", as_json=True)
    return DONE


def _play(act: Callable[[Play], None], cast: Play) -> None:
    """One act. What it does not expect to be refused is a bug, unless the disk is at fault."""
    try:
        act(cast)
    except LedgerError as error:
        if error.code.startswith(_DISK):
            raise
        raise WentWrong(f"{error.code} {error.message}") from error


def _reports(cast: Play) -> None:
    """The official ledgers as workbooks, and the figures."""
    stage = cast.stage
    stage.act("县里导出台账和统计")
    reports = stage.out / "reports"
    for table, kind in (("problem", "problems"), ("petition", "petitions")):
        path = stage.keep(reports / f"county_{kind}.xlsx")
        rows = cast.county.records.export(table, path)
        stage.expect(rows == cast.county.records.list(table)[0], f"{path.name}：{rows} 条")
        seen = cast.county.imports.look(path, kind)
        stage.expect((seen.new, seen.changed, seen.refused) == (0, 0, 0), "导出的台账再读回来，没有任何变化")
    path = stage.keep(reports / "township_problems.xlsx")
    stage.tell(f"{path.name}：{cast.pc.records.export('problem', path)} 条（{cast.first.name}）")
    tallies = {"speech": cast.tally(AS_OF), "today": cast.tally(), "speech_as_known_then": cast.speech}
    path = stage.keep(reports / "tally.json")
    path.write_text(json.dumps(plain(tallies), ensure_ascii=False, indent=1), encoding="utf-8")
    stage.tell(tallies["today"]["paragraph"])


def _pictures(cast: Play) -> None:
    """Every page of the window, of county and township: here alone the hatch needs the window, though no screen."""
    stage = cast.stage
    stage.act("拍下窗口的每一页")
    from gui.pictures import take_pictures

    for name, office in (("county", cast.county), ("township", cast.pc)):
        folder = stage.out / "pictures" / name
        taken = take_pictures(office, folder)  # pyright: ignore[reportArgumentType] - it cannot look into cached_property
        stage.expect(bool(taken) and all(p.stat().st_size > 0 for p in taken), f"{office.here.name}：{len(taken)} 张")
        for path in taken:
            stage.keep(path)
