"""A disk that lies (FUSE, run as a script): `lying_disk.py BACKING MOUNT RULE`, in the foreground.

All goes through to the folder BACKING, but when a file that was written is closed, or gets its last name, RULE is done
to it behind the back of the system, whose own memory still holds what was written:
`honest` nothing · `zeros:N` what lies beyond N bytes becomes zeros (a stick with a false capacity) · `flip` one bit ·
`vanish` a renamed file is removed (antivirus).
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from fuse import FUSE, FuseOSError, Operations


class LyingDisk(Operations):
    def __init__(self, backing: str, rule: str) -> None:
        self.backing, self.rule = backing, rule
        self.written: set[int] = set()

    def _at(self, path: str) -> Path:
        return Path(self.backing + path)

    def getattr(self, path, fh=None):
        try:
            found = os.lstat(self._at(path))
        except FileNotFoundError:
            raise FuseOSError(errno.ENOENT) from None
        return {name: getattr(found, name) for name in dir(found) if name in {
            "st_mode", "st_size", "st_nlink", "st_uid", "st_gid", "st_atime", "st_mtime", "st_ctime"}}  # fmt: skip

    def readdir(self, path, fh):
        return [".", "..", *(found.name for found in self._at(path).iterdir())]

    def statfs(self, path):
        found = os.statvfs(self._at(path))
        return {
            name: getattr(found, name)
            for name in ("f_bavail", "f_bfree", "f_blocks", "f_bsize", "f_frsize", "f_namemax")
        }

    def create(self, path, mode, fi=None):
        handle = os.open(self._at(path), os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
        self.written.add(handle)
        return handle

    def open(self, path, flags):
        return os.open(self._at(path), os.O_RDWR if flags & (os.O_WRONLY | os.O_RDWR) else os.O_RDONLY)

    def read(self, path, size, offset, fh):
        return os.pread(fh, size, offset)

    def write(self, path, data, offset, fh):
        self.written.add(fh)
        return os.pwrite(fh, data, offset)

    def fsync(self, path, datasync, fh):
        os.fsync(fh)

    def truncate(self, path, length, fh=None):
        os.truncate(self._at(path), length)

    def release(self, path, fh):
        if fh in self.written:
            self.written.discard(fh)
            self._lie(fh)
        os.close(fh)

    def _lie(self, fh: int) -> None:
        size = os.fstat(fh).st_size
        if self.rule.startswith("zeros:") and size > (limit := int(self.rule[6:])):
            os.pwrite(fh, bytes(size - limit), limit)
        elif self.rule == "flip" and size:
            middle = os.pread(fh, 1, size // 2)
            os.pwrite(fh, bytes((middle[0] ^ 1,)), size // 2)

    def rename(self, old, new):
        self._at(old).rename(self._at(new))
        if self.rule == "vanish" and not new.endswith(".txt"):
            self._at(new).unlink()

    def unlink(self, path):
        self._at(path).unlink()

    def mkdir(self, path, mode):
        self._at(path).mkdir(mode)


if __name__ == "__main__":
    backing, mount, rule = sys.argv[1:]
    assert Path(backing).is_dir()
    FUSE(
        LyingDisk(backing, rule), mount, foreground=True, nothreads=True, kernel_cache=True, attr_timeout=0,
        entry_timeout=0, negative_timeout=0, big_writes=True,
    )  # fmt: skip
