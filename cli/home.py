"""Where the data lies, and how the hatch gets at keys that are sealed with a passphrase."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

import platformdirs

from models.services.base.desk import USER, Identify, nobody
from models.services.office import Office
from models.services.opening import open_office


def default_home() -> Path:
    """HUANGAI_HOME; else `data/` beside a portable program; else the platform's folder for user data."""
    if named := os.environ.get("HUANGAI_HOME"):
        return Path(named)
    beside = Path(sys.executable if getattr(sys, "frozen", False) else __file__).resolve().parent
    portable = beside / "data" if getattr(sys, "frozen", False) else beside.parent / "data"
    if portable.is_dir():
        return portable
    return Path(platformdirs.user_data_dir("huangai", appauthor=False))


def screen_missing() -> bool:
    """Whether there is no screen that a window could open on."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def asked_passphrase() -> str | None:
    """HUANGAI_PASSPHRASE, or what is typed on a terminal; None where there is neither."""
    if given := os.environ.get("HUANGAI_PASSPHRASE"):
        return given
    return getpass.getpass("密钥口令：") if sys.stdin is not None and sys.stdin.isatty() else None


def asked_secret() -> str | None:
    """HUANGAI_PIN, or what is typed on a terminal; None where there is neither."""
    if given := os.environ.get("HUANGAI_PIN"):
        return given
    return getpass.getpass("用户口令：") if sys.stdin is not None and sys.stdin.isatty() else None


def asked_code() -> str:
    """The recovery code: HUANGAI_RECOVERY, or what is typed on a terminal; "" where there is neither."""
    if given := os.environ.get("HUANGAI_RECOVERY"):
        return given
    return input("恢复码：") if sys.stdin is not None and sys.stdin.isatty() else ""


def identify_as(user: str | None) -> Identify:
    """How somebody who is named `--as` says that he is that; nobody where no name is given."""
    if not user:
        return nobody

    def identify() -> tuple[str, str] | None:
        secret = asked_secret()
        return None if secret is None else (user, secret)

    return identify


def opened(home: Path | None, user: str | None) -> Office:
    """The home that the command works on; who writes says who he is where this PC has users."""
    return open_office(
        home or default_home(), passphrase=asked_passphrase, user=user or USER, identify=identify_as(user)
    )
