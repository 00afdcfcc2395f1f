"""The stage of the demo: its folders, its calendar, its homes, and the one voice that says what happens.

The calendar is the demo's own: the samples are of April 2024, so the play takes place in May 2024, whatever today is.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from cli.demo_data import Unit
from models.errors import LedgerError
from models.services.office import Office
from models.services.opening import open_office, set_up
from models.services.views.exchange import Report

MARKER = ".huangai-demo"
FOLDERS = ("homes", "sticks", "pictures", "reports")
CHINA = timezone(timedelta(hours=8))
FIRST_MORNING = datetime(2024, 5, 6, 8, 30, tzinfo=CHINA)


class WentWrong(Exception):
    """A bug: something in the play was not as it must be."""


@dataclass(eq=False)
class FolderInUse(LedgerError):
    """The folder for the demo holds something that no demo made."""

    code = "H120"
    title = "演示文件夹里已有别的文件"
    folder: Path

    @property
    def message(self) -> str:
        return f"文件夹“{self.folder}”里已有别的文件，演示没有开始，没有改动其中任何内容。"

    @property
    def way_out(self) -> str:
        return "请用 --out 指定一个空的或还不存在的文件夹。"


@dataclass(eq=False)
class FolderUnusable(LedgerError):
    """The folder for the demo cannot be made or emptied."""

    code = "H121"
    title = "演示文件夹不能写入，演示没有开始"
    folder: Path
    reason: str

    @property
    def message(self) -> str:
        return f"文件夹“{self.folder}”不能写入（{self.reason}），演示没有开始。"

    @property
    def way_out(self) -> str:
        return "请用 --out 指定一个可以写入的文件夹，并关闭正在打开其中文件的程序。"


class Calendar:
    """The clock of all homes: it stands still but for one second each time somebody looks."""

    def __init__(self) -> None:
        self._now = FIRST_MORNING

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now

    @property
    def today(self) -> datetime:
        """The day and time, without looking at the clock."""
        return self._now

    def next_day(self, days: int = 1) -> None:
        """The morning of a later day."""
        self._now = (self._now + timedelta(days=days)).replace(hour=8, minute=30, second=0)


class Stage:
    """Where the play takes place."""

    def __init__(self, out: Path, *, aloud: bool) -> None:
        self.out = out
        self.calendar = Calendar()
        self.steps: list[dict[str, Any]] = []
        self.artifacts: list[Path] = []
        self._aloud = aloud
        self._sticks = 0
        self._open: dict[str, Office] = {}
        _make_room(out)
        self._log = self.keep(out / "reports" / "log.txt")

    # ------------------------------------------------------------------------------------- the voice

    def act(self, title: str) -> None:
        """A new step begins."""
        self.steps.append({"title": title, "told": []})
        self._print(f"\n{len(self.steps)}. {title}（{self.calendar.today:%Y-%m-%d}）")

    def tell(self, text: str) -> None:
        """One thing that happened."""
        self.steps[-1]["told"].append(text)
        self._print(f"   {text}")

    def expect(self, holds: bool, what: str) -> None:  # noqa: FBT001 - an assertion reads best so
        """Go on only if this is so."""
        if not holds:
            self._print(f"   不符合预期：{what}")
            raise WentWrong(what)
        self.tell(f"✓ {what}")

    def _print(self, line: str) -> None:
        with self._log.open("a", encoding="utf-8") as log:
            log.write(f"{line}\n")
        if self._aloud:
            print(line, flush=True)

    def keep(self, path: Path) -> Path:
        """A file that is handed over when the play is done."""
        self.artifacts.append(path)
        return path

    # ------------------------------------------------------------------------------------- homes

    def home(self, name: str) -> Path:
        """The data folder of one PC."""
        return self.out / "homes" / name

    def found(self, name: str, kind: str, unit: Unit) -> Office:
        """Set up the program on a new PC."""
        self._open[name] = set_up(self.home(name), kind, unit.name, unit.code, clock=self.calendar)
        return self._open[name]

    def office(self, name: str) -> Office:
        """The program on one PC, opened if need be."""
        if name not in self._open:
            self._open[name] = open_office(self.home(name), clock=self.calendar)
        return self._open[name]

    def copy_disk(self, name: str, to: str) -> None:
        """Copy the whole disk of a PC over another, as a backup and its restoration do."""
        for closed in {name, to} & set(self._open):
            self._open.pop(closed).close()
        shutil.rmtree(self.home(to), ignore_errors=True)
        shutil.copytree(self.home(name), self.home(to))

    def leave(self) -> None:
        """Close every home."""
        while self._open:
            self._open.popitem()[1].close()

    # ------------------------------------------------------------------------------------- sticks

    def stick(self) -> Path:
        """An empty USB stick."""
        self._sticks += 1
        folder = self.out / "sticks" / f"{self._sticks:02}"
        folder.mkdir()
        return folder

    def taken_in(self, who: str, reports: Sequence[Report], *, quietly: bool = False) -> Report:
        """Tell what became of the one package among these that is for this home; it must have been taken in.

        `quietly`: say nothing where it brought nothing. Volumes of photos beside it have reports of their own.
        """
        ours = [report for report in reports if report.result != "skipped" and report.path.suffix != ".hgf"]
        if len(ours) != 1 or ours[0].result != "imported":
            raise WentWrong("；".join(f"{r.path.name} {r.result} {r.code} {r.message}" for r in reports))
        report = ours[0]
        if quietly and not (report.created or report.updated or report.conflicts):
            return report
        self.tell(f"{who}读入第 {report.number} 包（{report.sender_name}）：{report.message}")
        return report

    def refused(self, who: str, report: Report, code: str) -> None:
        """A package must have been refused in words, with this code."""
        self.expect(report.result == "refused" and report.code == code, f"{who}拒收（{report.code}）")
        self.tell(f"  提示：{report.message}{report.way_out}")


def _make_room(out: Path) -> None:
    """An empty layout; what an earlier demo left is taken away, anything else is left alone and refused."""
    try:
        if out.exists() and not (out.is_dir() and ((out / MARKER).is_file() or not any(out.iterdir()))):
            raise FolderInUse(out)
        for name in FOLDERS:
            if (out / name).exists():
                shutil.rmtree(out / name)
            (out / name).mkdir(parents=True)
        (out / MARKER).write_text("这个文件夹由“环改台账”的演示生成，再次演示时会被清空。\n", encoding="utf-8")
    except OSError as error:
        raise FolderUnusable(out, error.strerror or type(error).__name__) from error
