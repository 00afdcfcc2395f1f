"""One window for one ledger: a second start hands its files to the first window and goes.

The first window listens on a named pipe (Windows) or a socket (elsewhere) whose name comes from the home, so two homes
may be open side by side. Only who can read the key file in the home is heard. A first window that is stopped or dead
never holds up a second start for longer than PATIENCE.
"""

from __future__ import annotations

import ctypes
import hashlib
import logging
import os
import secrets
import sys
import tempfile
import threading
from collections.abc import Sequence
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Listener
from pathlib import Path

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)

PATIENCE = 1.0  # seconds that a second start waits for an answer
LENGTH = 1 << 20  # bytes of one message at most
HEARD, BYE = b"ok", b"bye"
_OPEN = "open"  # before the paths: a pipe of Windows is not sure to pass a message of no bytes on
_KEY = "window.key"


def address_of(home: Path) -> str:
    """Where the window of a home listens: short, because the path of a socket may have 107 bytes only."""
    name = hashlib.sha256(str(home.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:20]
    if sys.platform == "win32":
        return rf"\\.\pipe\huangai-{name}"
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return str(folder / f"huangai-{os.getuid()}-{name}.sock")


def hand_over(home: Path, paths: Sequence[Path]) -> bool:
    """Ask the window that has this home open to come to front, with these files. Whether there is one."""
    heard = threading.Event()

    def _call() -> None:
        try:
            _let_come_to_front()
            with Client(address_of(home), authkey=_key(home)) as line:
                said = "\0".join([_OPEN, *(str(path.absolute()) for path in paths)])
                line.send_bytes(said.encode("utf-8", "surrogateescape"))
                if line.recv_bytes(LENGTH) == HEARD:
                    heard.set()
        except (OSError, EOFError, AuthenticationError):
            return  # nobody there, or somebody whom we do not know: be the first

    if not (home / _KEY).is_file():
        return False
    caller = threading.Thread(target=_call, name="second start", daemon=True)
    caller.start()
    caller.join(PATIENCE)
    return heard.is_set()


class FirstWindow(QObject):
    """Listens for second starts, on a thread of its own."""

    asked = Signal(object)  # list of paths: a second start wants the window in front, and these files opened

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._listener: Listener | None = None
        self._thread: threading.Thread | None = None

    def listen(self) -> bool:
        """Begin to listen. False where that is not possible: the window works all the same."""
        if self._listener is not None or not self._home.is_dir():
            return self._listener is not None
        try:
            key = secrets.token_bytes(32)
            (self._home / _KEY).unlink(missing_ok=True)
            handle = os.open(self._home / _KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(key)
            address = address_of(self._home)
            if sys.platform != "win32":
                Path(address).unlink(missing_ok=True)  # of a process that died: a living one would have answered
            self._listener = Listener(address, authkey=key)
        except OSError as error:
            log.warning("second starts will not be heard: %s", error)
            return False
        self._thread = threading.Thread(target=self._answer, args=(self._listener,), name="second starts", daemon=True)
        self._thread.start()
        return True

    def close(self) -> None:
        """Listen no more. Takes PATIENCE at most, whoever holds the line."""
        listener, self._listener = self._listener, None
        if listener is None or self._thread is None:
            return
        # Closing does not wake a thread that waits for a call: call it. The call is made aside, since nobody may be
        # left to take it.
        threading.Thread(target=_say_bye, args=(listener.address, self._home), name="goodbye", daemon=True).start()
        self._thread.join(PATIENCE)
        listener.close()
        (self._home / _KEY).unlink(missing_ok=True)

    def _answer(self, listener: Listener) -> None:
        while True:
            try:
                with listener.accept() as line:
                    if not line.poll(PATIENCE):
                        continue
                    said = line.recv_bytes(LENGTH)
                    if said == BYE:
                        return
                    line.send_bytes(HEARD)
            except (OSError, EOFError, AuthenticationError) as error:
                if self._listener is None:
                    return  # closed meanwhile
                log.warning("a second start was not understood: %s", error)
                continue
            _, *names = said.decode("utf-8", "surrogateescape").split("\0")
            self.asked.emit([Path(name) for name in names])


def _say_bye(address: str, home: Path) -> None:
    try:
        with Client(address, authkey=_key(home)) as line:
            line.send_bytes(BYE)
    except (OSError, EOFError, AuthenticationError):
        log.warning("the thread that hears second starts could not be called")


def _key(home: Path) -> bytes:
    return (home / _KEY).read_bytes()


def _let_come_to_front() -> None:
    """Windows lets a program in the background come to front only if the one in front allows it."""
    if sys.platform == "win32":
        ctypes.windll.user32.AllowSetForegroundWindow(-1)
