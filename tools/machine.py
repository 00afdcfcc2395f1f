"""What the program needs of the machine below Python: Qt's libraries, a Chinese font, the venv module.

Rules: look first, and cheaply; install only what is missing, only as root, only with apt. Everybody else is told which
command does it. A machine that lacks something may still be good enough (a server needs no X libraries for `check`), so
what is missing ends the work only where nothing can go on without it.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

# What libQt6Gui, the xcb and the offscreen platform, and printing load from the system: found with ldd over the wheels,
# less what every Debian has. Library → Debian package; the names with t64 at the end (Debian 13) provide the old ones.
# fmt: off
LIBRARIES = {
    "libEGL.so.1":              "libegl1",
    "libGL.so.1":               "libgl1",
    "libX11-xcb.so.1":          "libx11-xcb1",
    "libdbus-1.so.3":           "libdbus-1-3",
    "libfontconfig.so.1":       "libfontconfig1",
    "libglib-2.0.so.0":         "libglib2.0-0",
    "libxcb-cursor.so.0":       "libxcb-cursor0",
    "libxcb-icccm.so.4":        "libxcb-icccm4",
    "libxcb-image.so.0":        "libxcb-image0",
    "libxcb-keysyms.so.1":      "libxcb-keysyms1",
    "libxcb-randr.so.0":        "libxcb-randr0",
    "libxcb-render-util.so.0":  "libxcb-render-util0",
    "libxcb-render.so.0":       "libxcb-render0",
    "libxcb-shape.so.0":        "libxcb-shape0",
    "libxcb-shm.so.0":          "libxcb-shm0",
    "libxcb-sync.so.1":         "libxcb-sync1",
    "libxcb-xfixes.so.0":       "libxcb-xfixes0",
    "libxcb-xkb.so.1":          "libxcb-xkb1",
    "libxkbcommon-x11.so.0":    "libxkbcommon-x11-0",
    "libxkbcommon.so.0":        "libxkbcommon0",
}
# fmt: on
FONTS = ("fonts-noto-cjk", "fonts-wqy-microhei")  # the one the looks are made with, and a small one if it cannot be had


def libraries_lacking(known_to_loader: str) -> list[str]:
    """Debian packages of the libraries that the loader's list (ldconfig -p) does not hold."""
    present = {line.split(maxsplit=1)[0] for line in known_to_loader.splitlines() if "=>" in line}
    return [package for library, package in LIBRARIES.items() if library not in present]


def make_ready_for_qt() -> None:
    """See that Qt finds its libraries and a font with Chinese characters. Does nothing where all is there."""
    if not sys.platform.startswith("linux"):
        return
    listed = _output("/sbin/ldconfig", "-p")
    lacking = libraries_lacking(listed) if listed else []
    if not shutil.which("fc-list"):
        lacking.append("fontconfig")
    if lacking and not _install(*lacking):
        _say_how("窗口可能打不开，本机缺少图形库", *lacking)
    if _output("fc-list", ":lang=zh", "family").strip():
        return
    if not any(_install(font) for font in FONTS):
        _say_how("窗口和图片里的汉字会显示成方框，本机没有中文字体", FONTS[0])


def make_ready_for_venv() -> None:
    """See that `python -m venv` works: Debian's python3 comes without the part that brings pip."""
    if importlib.util.find_spec("ensurepip"):
        return
    package = f"python3.{sys.version_info.minor}-venv"
    if not _install(package):
        _say_how("建不了虚拟环境，本机的 Python 没有 venv 模块", package)
        sys.exit(1)


def make_ready_for_build() -> None:
    """See that PyInstaller finds objdump, with which it looks into libraries."""
    if sys.platform.startswith("linux") and not shutil.which("objdump") and not _install("binutils"):
        _say_how("打包需要 objdump", "binutils")
        sys.exit(1)


def _install(*packages: str) -> bool:
    """Install packages with apt; False where that is not for us to do, or fails."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    print(f"安装系统软件包：{' '.join(packages)}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    # A fresh system has no package lists, an old one has stale ones: fetch them, but only if the first try says so.
    for command in (install, ["apt-get", "update", "-qq"], install):
        # The first failure is expected on a bare system; the last one speaks for itself.
        done = subprocess.run(command, env=environment, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if command is install and done.returncode == 0:
            return True
    print(done.stdout.decode(errors="replace"), file=sys.stderr)
    return False


def _say_how(what: str, *packages: str) -> None:
    names = " ".join(packages)
    if shutil.which("apt-get"):
        way_out = f"请用管理员身份运行：apt-get install {names}"
    else:
        way_out = f"请用系统的软件管理器安装（Debian 系的包名）：{names}"
    print(f"{what}。{way_out}", file=sys.stderr, flush=True)


def _output(*command: str) -> str:
    """What a small program prints; nothing where it is missing or fails."""
    found = shutil.which(command[0]) or command[0]
    if not Path(found).exists():
        return ""
    done = subprocess.run([found, *command[1:]], check=False, capture_output=True)
    return done.stdout.decode(errors="replace")
