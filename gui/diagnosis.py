"""What technical people may see of a fault: where in the program it was and on what machine, nothing out of a ledger.

A text that somebody typed could be anywhere in the words of an exception; so only its kind and what is plain ASCII of
its words are told. Folders are named from the program or from the home, never with the name of a user.
"""

from __future__ import annotations

import platform
import re
import sqlite3
import sys
import traceback
import zipfile
from pathlib import Path

import PySide6
from PySide6.QtCore import QSysInfo
from PySide6.QtGui import QGuiApplication

from gui.whole import whole
from models.version import VERSION

ROOT = Path(__file__).resolve().parent.parent
WORDS_MOST = 300  # of an exception
LOG_MOST = 200_000  # bytes of the newest faults

ABOUT = """环改台账 诊断包

这里面只有程序出错的位置、程序和系统的版本、屏幕大小、磁盘空间和数据文件的大小。
没有台账内容，没有姓名、电话、地址和单位名称，没有密钥。可以交给技术人员。

  故障.txt        最近几次出错时程序停在哪里
  电脑.txt        程序、系统和屏幕
"""


def told(bug: BaseException) -> str:
    """Where a bug was, and what led to it, the first cause first."""
    chain: list[str] = []
    one: BaseException | None = bug
    while one is not None and len(chain) < 5:
        stack = "".join(f"  {place(frame.filename)}:{frame.lineno} {frame.name}\n"
                        for frame in traceback.extract_tb(one.__traceback__))  # fmt: skip
        chain.append(f"{stack}{type(one).__module__}.{type(one).__qualname__}: {words(one)}")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n----\n".join(reversed(chain))


def words(bug: BaseException) -> str:
    """What an exception says, without what may be out of a ledger: Chinese, long figures, quoted values."""
    # Asked of the class that stands below all: a __str__ of somebody's own may itself be broken.
    said = KeyError.__str__(bug) if isinstance(bug, KeyError) else BaseException.__str__(bug)
    said = said.split("[parameters", 1)[0]
    said = re.sub(r"'[^']*'|\"[^\"]*\"", "‘…’", said)
    said = re.sub(r"[^\x20-\x7e‘…’]+", "…", said)
    return re.sub(r"\d{5,}", "…", said)[:WORDS_MOST]


def place(file: str) -> str:
    """A file of the program without the folders that it lies in."""
    path = Path(file)
    if path.is_relative_to(ROOT):
        return path.relative_to(ROOT).as_posix()
    return "/".join(path.parts[-2:])


def machine(home: Path | None) -> str:
    """The versions of what runs, the screens, and how large what files are."""
    screens = "；".join(
        f"{one.size().width()}×{one.size().height()} 倍率 {one.devicePixelRatio():g}"
        for one in QGuiApplication.screens()
    )
    facts = [
        f"环改台账 {VERSION}",
        f"Python {platform.python_version()}，Qt {PySide6.__version__}，SQLite {sqlite3.sqlite_version}",
        f"系统 {QSysInfo.prettyProductName()}，{platform.machine()}",
        f"{'打包的程序' if hasattr(sys, '_MEIPASS') else '从源代码运行'}",
        f"屏幕 {screens}",
    ]
    if home is not None and home.is_dir():
        facts += [f"{name} {_size(home / name)}" for name in ("ledger.db", "ledger.db-wal", "window.json")]
        folders = ("inbox", "outbox", "staging", "backups", "keys")
        facts += [f"{name} 里有 {_many(home / name)} 个文件" for name in folders]
    return "\n".join(facts) + "\n"


def bundle(to: Path, home: Path | None, log: Path | None) -> None:
    """Write the bundle; nothing is left where it cannot be written whole."""
    with whole(to) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("说明.txt", "\ufeff" + ABOUT)
        out.writestr("电脑.txt", "\ufeff" + machine(home))
        out.writestr("故障.txt", "\ufeff" + _newest(log))


def _newest(log: Path | None) -> str:
    if log is None or not log.is_file():
        return "没有记下的故障。\n"
    with log.open("rb") as file:
        file.seek(max(log.stat().st_size - LOG_MOST, 0))
        return file.read().decode("utf-8", errors="ignore")


def _size(path: Path) -> str:
    return f"{path.stat().st_size} 字节" if path.is_file() else "没有"


def _many(folder: Path) -> int:
    return sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0
