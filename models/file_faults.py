"""What the system says of a file, in words: every OSError becomes a refusal that names the file and the way out."""

from __future__ import annotations

import errno
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from models import windows
from models.errors import LedgerError

HELD = frozenset({5, 32, 33, 145})  # access denied, sharing or lock violation, a folder of a removed file
_WIN_FULL = frozenset({39, 112})
_WIN_PROTECTED = 19
_WIN_LONG, _WIN_MOST = 206, 240  # a path too long, and from how many characters on that is what “not found” means
_WIN_NO_ANSWER = frozenset({2, 5})  # no such file, as is right of a new one; not allowed: what `open` said already
_WIN_GONE = frozenset({3, 21, 55, 433, 1112, 1167})  # nothing there, no medium, or the stick was pulled out
_REASONS = {
    errno.EIO: "磁盘或 U 盘读写不了",
    errno.EINVAL: "磁盘或 U 盘读写不了",
    errno.EEXIST: "同名文件已存在",
    errno.EISDIR: "这是一个文件夹",
    errno.EFBIG: "文件超过该磁盘格式允许的大小",
}


@dataclass(eq=False)
class FileTrouble(LedgerError):
    """The disk or stick answered with an error that has no class of its own here."""

    code = "S300"
    title = "这个文件没有读写成功"
    advice = "请检查磁盘或 U 盘是否接触良好，换一个 U 盘或接口后重试。"
    path: Path
    reason: str = ""

    @property
    def message(self) -> str:
        """What happened to which file, and that nothing was changed."""
        return f"{self.title}：{self.path}{f'（{self.reason}）' if self.reason else ''}。本机数据未改动。"

    @property
    def way_out(self) -> str:
        """What to do about the disk, the stick or the other program."""
        return self.advice


@dataclass(eq=False)
class DiskFull(FileTrouble):
    """There is no room for what should be written."""

    code = "S301"
    title = "磁盘空间不足，没有写入"
    advice = "请清理该磁盘或换一个容量更大的 U 盘后重试。"


@dataclass(eq=False)
class FileHeld(FileTrouble):
    """Another program holds the file, and held it for ten seconds."""

    code = "S302"
    title = "文件正被其他程序占用"
    advice = "请关闭正在打开该文件的程序（如 WPS、Excel 或杀毒软件的扫描）后重试。"


@dataclass(eq=False)
class NotWritable(FileTrouble):
    """The place is write-protected, or this user may not read or write there."""

    code = "S303"
    title = "这个位置有写保护或没有读写权限"
    advice = "请关闭 U 盘的写保护开关，或换一个有读写权限的文件夹后重试。"


@dataclass(eq=False)
class FileGone(FileTrouble):
    """The file or folder is not there, or not any more."""

    code = "S304"
    title = "找不到文件或文件夹"
    advice = "请确认 U 盘没有被拔出、文件没有被移走或被安全软件删除，然后重试。"


@dataclass(eq=False)
class PathTooLong(FileTrouble):
    """The names of a file and of the folders around it are longer than the system takes."""

    code = "S305"
    title = "名字太长，或者文件夹套得太深"
    advice = "请换一个层数少、名字短的文件夹（例如直接放在硬盘的第一层），或者把名字改短，然后重试。"


def _refusal(path: Path, error: OSError) -> FileTrouble:
    number = _told_by_windows(path, error)
    missing = error.errno in {errno.ENOENT, errno.ENOTDIR}
    too_long = error.errno == errno.ENAMETOOLONG or number == _WIN_LONG or (missing and _too_long_for_windows(path))
    path = path.parent if path.suffix == ".part" else path  # nobody knows our names for unfinished files
    if too_long:
        return PathTooLong(path)
    if error.errno in {errno.ENOSPC, errno.EDQUOT} or number in _WIN_FULL:
        return DiskFull(path)
    if number in HELD:
        return FileHeld(path)
    if number in _WIN_GONE:
        return FileGone(path)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS} or number == _WIN_PROTECTED:
        return NotWritable(path)
    if missing:
        return FileGone(path)
    return FileTrouble(path, _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__)


def _too_long_for_windows(path: Path) -> bool:
    """Whether the length alone explains that Windows finds nothing at a path."""
    return sys.platform == "win32" and len(str(path.absolute())) > _WIN_MOST


def _told_by_windows(path: Path, error: OSError) -> int | None:
    """The number that Windows has for an error. `open` and `write` lose it; then the file is asked once more."""
    told: int | None = getattr(error, "winerror", None)
    if told is not None or error.errno not in {errno.EACCES, errno.EINVAL} or sys.platform != "win32":
        return told
    try:
        with windows.opened(path, 0):
            return None
    except OSError as again:
        return None if again.winerror in _WIN_NO_ANSWER else again.winerror


@contextmanager
def in_words(path: Path) -> Generator[None]:
    """Turn what the system says about `path` into a refusal."""
    try:
        yield
    except OSError as error:
        raise _refusal(path, error) from error
