"""The pictures of the manual and of the README, taken anew from the demo, so that they are never stale.

`python tools/dev.py manual`: plays the demo into a folder that is thrown away, opens the window over its homes without
a screen, takes each scene of manual_scenes.py at twice the size, and writes it with few colours into
docs/manual/pictures. It also writes the table of keys into docs/manual/keys.md. A test holds the list of scenes against
what the chapters show.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from manual_scenes import FIRST_START, NAMES, SCENES, STICK, Shot, Studio
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from cli import demo, demo_acts, demo_troubles
from cli.demo_data import Unit
from cli.demo_play import Play
from cli.demo_stage import Stage
from gui import offscreen, theme
from gui.first_start import FirstStart
from gui.keys import KEYS
from gui.pictures import application, settle
from models.services.office import Office
from models.services.opening import set_up

ROOT = Path(__file__).resolve().parent.parent
MANUAL = ROOT / "docs" / "manual"
README = ROOT / "docs" / "pictures" / "window.png"
WIDEST = 1600  # pixels of a picture on the disk
COLOURS = 192
TABLE = ("<!-- 下面的表由 tools/manual.py 照 gui/keys.py 写成，请不要手改 -->", "<!-- 表完 -->")


# ---------------------------------------------------------------------------------------------- the camera


def take(shot: Shot) -> QImage:
    """A shot as a picture with a thin frame."""
    made = shot.widget.grab(shot.part or shot.widget.rect()).toImage()
    made.setDevicePixelRatio(1)
    if made.width() > WIDEST:
        made = made.scaledToWidth(WIDEST, Qt.TransformationMode.SmoothTransformation)
    painter = QPainter(made)
    painter.setPen(QPen(theme.colour("line2"), 2))
    painter.drawRect(made.rect().adjusted(1, 1, -1, -1))
    painter.end()
    return made


def few_colours(image: QImage, most: int = COLOURS) -> QImage:
    """The same picture with a palette of its own colours: those that are everywhere, and the rare ones that speak."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    kinds: dict[tuple[int, ...], int] = {}  # colours that nobody tells apart → the most frequent of them
    for colour, _ in Counter(memoryview(cast("bytes", plain.constBits())).cast("I")).most_common():
        kinds.setdefault(tuple(colour >> shift & 0x1F for shift in (19, 11, 3)), colour)
    found = list(kinds.values())
    chosen = found[: most // 2]
    # A red asterisk is a few pixels, but it must stay red: then always the one that is farthest from all chosen.
    far = {colour: min(_apart(colour, one) for one in chosen) for colour in found[most // 2 :]}
    while far and len(chosen) < most:
        farthest = max(far, key=far.__getitem__)
        chosen.append(farthest)
        far = {colour: min(apart, _apart(colour, farthest)) for colour, apart in far.items() if colour != farthest}
    return plain.convertToFormat(QImage.Format.Format_Indexed8, chosen, Qt.ImageConversionFlag.ThresholdDither)


def _apart(one: int, other: int) -> int:
    """How far two colours are apart: the largest difference of a channel."""
    return max(abs((one >> shift & 0xFF) - (other >> shift & 0xFF)) for shift in (16, 8, 0))


def keep(image: QImage, path: Path) -> Path:
    """Write a picture, small."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not few_colours(image).save(str(path), "PNG", 0):  # pyright: ignore[reportCallIssue, reportArgumentType]
        raise OSError(f"{path} was not written")
    return path


# ---------------------------------------------------------------------------------------------- the play


ACTS = (
    demo_acts.found_county, demo_acts.enrol, demo_acts.own_ledger, demo_acts.month_of_work, demo_acts.verdict,
    demo_troubles.open_conflict,
)  # fmt: skip
NEWCOMER = Unit("河口镇", "361021102")


def play(folder: Path) -> Play:
    """The demo, as far as the manual shows it."""
    stage = Stage(folder, aloud=False)
    cast = Play(stage, 3)
    for act in ACTS:
        act(cast)
    return cast


def offices(cast: Play, desks: Path) -> dict[str, Office]:
    """The three offices, and on the desk of each a stick with what the scenes need."""
    stage = cast.stage
    sticks = {who: desks / who / STICK for who in ("county", "township", "new")}
    for stick in sticks.values():
        stick.mkdir(parents=True)
    new = stage.found("new", "township", NEWCOMER)
    cast.county.units.add("township", *NEWCOMER)
    for problem in cast.open_problems(cast.first)[:2]:
        cast.county.records.edit("problem", problem["id"], {"remark": "请于月底前报一次进展。"})
    cast.county.exchange.export(sticks["township"], [cast.first.code])
    stage.calendar.next_day(18)  # a new month: what was written last month can be taken over
    for name, unit in cast.pcs.items():
        if not name.endswith("-2"):
            office = stage.office(name)
            problem = cast.open_problems(unit)[0]
            office.records.edit("problem", problem["id"], {"progress": "已完成现场清理，正在完善台账资料。"})
            office.exchange.export(sticks["county"])
    problem = cast.open_problems(cast.first)[1]
    cast.pc.records.edit("problem", problem["id"], {"progress": "设备已进场，预计月底完成安装。"})
    demo.photographs(cast)
    look_around(cast.pc)
    new.enrolment.request(sticks["county"])
    return {"county": cast.county, "township": cast.pc, "new": new}


# kind, name, village, days from today on which its permit ends (None: it has none)
SOURCES = (
    ("industry", "兴旺水泥制品厂", "石塘村", 40), ("yard", "下洲砂石料场", "下洲村", None),
    ("livestock", "石塘村生猪养殖场", "石塘村", -12), ("catering", "新港路农家乐", "白水村", None),
    ("sewage", "下洲村生活污水处理站", "下洲村", 400), ("station", "316 国道加油站", "白水村", 700),
)  # fmt: skip


def look_around(office: Office) -> None:
    """What a township looks at by itself: sources with permits, and a campaign in which one village is done."""
    today = office.figures.overview().today
    ids: list[str] = []
    for kind, name, village, days in SOURCES:
        said = {"kind": kind, "name": name, "village": village, "person": "周海平", "phone": "138****2207"}
        ids.append(office.records.add("source", said)["id"])
        if days is not None:
            permit = {"kind": "discharge", "expires_on": (today + timedelta(days=days)).isoformat()}
            office.sources.add_permit(ids[-1], permit)
    asked = {"title": "秋冬季畜禽养殖专项排查", "checklists": "livestock", "villages": "白水村；下洲村；石塘村"}
    ends = (today + timedelta(days=12)).isoformat()
    office.campaigns.add(asked | {"sources": ids[2], "from_on": today.isoformat(), "until_on": ends})
    due = office.campaigns.due()[0]["id"]
    seen = {"campaign": due, "source": ids[2], "village": "石塘村", "people": "周海平、李志强"}
    one = office.inspections.add(seen)
    items = [line["item"] for line in one["answers"]]
    office.inspections.answer(one["id"], dict.fromkeys(items[:1], "no"), rest="yes")
    office.inspections.finish(one["id"])
    office.inspections.register(one["id"], items[0])


def build(folder: Path, names: tuple[str, ...] = NAMES, readme: Path | None = None) -> list[Path]:
    """Take the pictures anew."""
    application()
    made: list[Path] = []
    folder, readme, here = folder.resolve(), readme.resolve() if readme else None, Path.cwd()
    with tempfile.TemporaryDirectory() as where:
        desks = Path(where) / "desks"
        cast = play(Path(where) / "demo")
        try:
            if FIRST_START in names:
                made.append(keep(_first_start(Path(where) / "nobody"), folder / f"{FIRST_START}.png"))
            for who, office in offices(cast, desks).items():
                os.chdir(desks / who)
                scenes = [name for name in names if name in SCENES and SCENES[name][0] == who]
                made += _session(office, scenes, folder, readme if who == "township" else None)
        finally:
            os.chdir(here)
            cast.stage.leave()
    return made


def _session(office: Office, scenes: list[str], folder: Path, readme: Path | None) -> list[Path]:
    """All scenes of one office."""
    made: list[Path] = []
    if readme is not None:
        studio = Studio(office, size=QSize(1366, 768))
        made.append(keep(take(Shot(studio.window)), readme))
        studio.close()
    for name in scenes:  # each in a window of its own: none shows what another did
        studio = Studio(office)
        studio.session.settings.stick = STICK
        try:
            made.append(keep(take(SCENES[name][1](studio)), folder / f"{name}.png"))
        finally:
            studio.close()
    return made


def _first_start(home: Path) -> QImage:
    """The question for the name of the unit."""
    first: Any = FirstStart(cast("Any", set_up), home)
    try:
        first.resize(1024, 600)
        first.show()
        first.go(2)
        first.name.setText("白水镇")
        settle(lambda: False)
        return take(Shot(first))
    finally:
        first.close()
        first.deleteLater()


# ---------------------------------------------------------------------------------------------- the keys


def table_of_keys() -> str:
    """The keys of the window, a table for each place."""
    lines: list[str] = []
    for where in dict.fromkeys(one.where for one in KEYS):
        lines += ["", f"## {where}", "", "| 按键 | 做什么 |", "|---|---|"]
        lines += [f"| {one.keys} | {one.deed} |" for one in KEYS if one.where == where]
    return "\n".join(lines).strip()


def with_keys(text: str) -> str:
    """The chapter of keys with its table written anew."""
    begin, end = TABLE
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n\n{table_of_keys()}\n\n{end}{after}"


def prepare() -> None:
    """No screen, everything twice as large, the clock of the place where the demo plays."""
    offscreen.choose_platform()
    os.environ["QT_SCALE_FACTOR"] = "2"  # sharp on every screen, and on paper
    os.environ["TZ"] = "Asia/Shanghai"
    if hasattr(time, "tzset"):
        time.tzset()


def main() -> int:
    """Take all pictures anew and write the table of keys."""
    prepare()
    chapter = MANUAL / "keys.md"
    chapter.write_text(with_keys(chapter.read_text(encoding="utf-8")), encoding="utf-8")
    made = build(MANUAL / "pictures", readme=README)
    whole = sum(path.stat().st_size for path in made)
    print(f"{len(made)} 张图片，共 {whole / 1e6:.1f} MB，在：{MANUAL / 'pictures'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
