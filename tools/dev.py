"""Every deed is one command: `python3 tools/dev.py run|test|check|build|bench|soak|demo|gallery|manual`.

Standard library only. Each verb first makes what it needs: `.venv` with the pinned requirements, and on Debian-like
systems as root also what Qt needs of the machine (machine.py). Stamps in `.venv` say what is installed, so a second
call starts at once.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import machine

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MAIN = str(ROOT / "main.py")
SHIPPED, DEVELOPERS = ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt"
OLDEST = (3, 11)


@dataclass(frozen=True)
class Step:
    """One check: its name in the summary, and the command after `python`.

    `beside`: it takes one core for long, and nothing needs what it makes, so it runs beside all others.
    """

    name: str
    command: tuple[str, ...]
    beside: bool = False


_PYTEST = ("-m", "pytest", "-q", "-n", "2")
_MEASURED = (*_PYTEST, "--cov", "--cov-report=")
_FREEZE = ("-m", "PyInstaller", "build.spec", "--noconfirm", "--log-level=WARN", "--distpath=dist", "--workpath=build")
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

# In order of speed. What needs Qt has a folder of its own.
QUICK = (
    Step("排版", ("-m", "ruff", "format", "--check", ".")),
    Step("写法", ("-m", "ruff", "check", ".")),
    Step("家规", ("tools/house_rules.py",)),
    Step("分层", ("-c", _LINT_IMPORTS)),
    Step("类型", ("-m", "basedpyright"), beside=True),
)
WITHOUT_QT = Step("测试（不开窗口）", (*_MEASURED, *(f"--ignore=tests/{room}" for room in ("gui", "model", "attack"))))
# Not measured: it would take as long again, and what whole histories and attacks reach by chance counts for nothing.
HISTORIES = Step("测试（历史与攻击）", (*_PYTEST, "tests/model", "tests/attack"))
WITH_QT = Step("测试（窗口）", (*_MEASURED, "--cov-append", "tests/gui"))
RATCHET = Step("覆盖率", ("tools/perfect_files.py",))


def main(arguments: list[str]) -> int:
    """Do what the command line asks for."""
    parser = _parser()
    asked, asked.rest = parser.parse_known_args(arguments)
    if asked.rest and asked.verb in STRICT:
        parser.error(f"{asked.verb} 不认识：{' '.join(asked.rest)}")
    if asked.verb not in {"run", "demo", "gallery"}:  # these take names of files from where the caller stands
        os.chdir(ROOT)
    return VERBS[asked.verb][0](asked)


def run(asked: argparse.Namespace) -> int:
    """Open the window; without a display, make the demo instead."""
    set_up(SHIPPED)
    machine.make_ready_for_qt()
    if asked.rest or has_display(sys.platform, os.environ):
        return _python(MAIN, *asked.rest)
    print("没有显示器，窗口打不开，改为运行演示。", flush=True)
    return _demo()


def demo(asked: argparse.Namespace) -> int:
    """Make a sample county, a whole exchange, reports and pictures of the window."""
    set_up(SHIPPED)
    machine.make_ready_for_qt()
    return _demo(*asked.rest)


def test(asked: argparse.Namespace) -> int:
    """Run every check in order of speed; --fast stops before what needs Qt."""
    set_up(SHIPPED, DEVELOPERS)
    machine.make_ready_for_qt()
    (ROOT / ".coverage").unlink(missing_ok=True)
    before_qt = [*QUICK, WITHOUT_QT, HISTORIES]
    return run_steps(before_qt if asked.fast else [*before_qt, WITH_QT, RATCHET])


def check(_asked: argparse.Namespace) -> int:
    """Run the checks that take seconds."""
    set_up(SHIPPED, DEVELOPERS)
    return run_steps(QUICK)


def build(_asked: argparse.Namespace) -> int:
    """Make the folder that is handed out, and let it check itself."""
    set_up(SHIPPED, DEVELOPERS)
    machine.make_ready_for_qt()
    machine.make_ready_for_build()
    return _python(*_FREEZE) or _python("tools/smoke.py", "dist/huangai")


def bench(asked: argparse.Namespace) -> int:
    """Measure what has a budget."""
    set_up(SHIPPED, DEVELOPERS)
    machine.make_ready_for_qt()
    if asked.rest[:1] == ["exchange"]:
        return _python("tools/bench_exchange.py", *asked.rest[1:])
    return _python("tools/bench.py", *asked.rest)


def soak(asked: argparse.Namespace) -> int:
    """Run the tests that take minutes to hours."""
    set_up(SHIPPED, DEVELOPERS)
    machine.make_ready_for_qt()
    return _python("-m", "pytest", "-n", "2", "-m", "soak", "--timeout=0", *asked.rest)


def gallery(asked: argparse.Namespace) -> int:
    """Draw every part of the window in every state."""
    set_up(SHIPPED)
    machine.make_ready_for_qt()
    return _python(str(ROOT / "tools" / "gallery.py"), *asked.rest)


def manual(asked: argparse.Namespace) -> int:
    """Take the pictures of the manual anew."""
    set_up(SHIPPED)
    machine.make_ready_for_qt()
    return _python("tools/manual.py", *asked.rest)


VERBS = {
    "run": (run, "打开窗口（没有显示器时改为运行演示）"),
    "test": (test, "运行全部检查和测试；--fast 到不开窗口的测试为止"),
    "check": (check, "只运行快的检查"),
    "build": (build, "打包成文件夹并自检"),
    "bench": (bench, "性能测试；bench exchange 只测数据交换"),
    "soak": (soak, "长时间测试"),
    "demo": (demo, "演示：一个县和几个乡镇的完整往来，附图片和报表"),
    "gallery": (gallery, "把窗口的每一种部件、每一种状态画成图片，供人看"),
    "manual": (manual, "用演示数据重拍使用说明里的图片"),
}


TOO_LONG = 25 * 60  # seconds for one step; the slowest takes five minutes
STRICT = frozenset({"test", "check", "build"})  # the others pass on what follows, to the program or to pytest


def set_up(*lists: Path) -> None:
    """Make the environment ready for what the lists of requirements name."""
    if not _venv_works():
        machine.make_ready_for_venv()
        print("建立虚拟环境 .venv", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    stale = [(path, stamp) for path in lists if not is_current(path, stamp := _stamp(path))]
    if stale:
        print("安装依赖（第一次需要几分钟）", flush=True)
        wanted = [word for path in lists for word in ("-r", str(path))]
        if _python("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", *wanted):
            sys.exit("依赖没有装上。请检查网络或 pip 的配置后重试；已装好的部分不会重装。")
        for path, stamp in stale:
            stamp.write_text(_digest(path), encoding="ascii")


def is_current(requirements: Path, stamp: Path) -> bool:
    """Tell whether the stamp was made from just these requirements."""
    return stamp.exists() and stamp.read_text(encoding="ascii") == _digest(requirements)


def run_steps(steps: Sequence[Step]) -> int:
    """Run all steps, whatever fails on the way, and say in the end what each took and which failed."""
    began = time.monotonic()
    with ThreadPoolExecutor() as pool:
        beside = {step: pool.submit(_take, step) for step in steps if step.beside}
        taken = {step: _take(step) for step in steps if not step.beside}
        taken |= {step: result.result() for step, result in beside.items()}
    print("── 小结 ──")
    for step in steps:
        good, seconds = taken[step]
        print(f"{'通过' if good else '失败'}  {seconds:7.1f} 秒  {step.name}{'（同时进行）' if step.beside else ''}")
    print(f"      {time.monotonic() - began:7.1f} 秒  合计", flush=True)
    return 0 if all(good for good, _ in taken.values()) else 1


def _take(step: Step) -> tuple[bool, float]:
    """Whether a check is good, and how many seconds it took."""
    print(f"── {step.name} ──", flush=True)
    began = time.monotonic()
    good = finishes([str(PYTHON), *step.command], TOO_LONG)
    return good, time.monotonic() - began


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Tell whether a window can be opened here."""
    return not platform.startswith("linux") or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def _demo(*rest: str) -> int:
    out = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    out.add_argument("--out", type=Path)
    place, others = out.parse_known_args(rest)
    now = datetime.now().strftime("%Y%m%d-%H%M%S")  # noqa: DTZ005 - a name for the person who waits
    where = (place.out or ROOT / "demo-out" / now).resolve()
    if not has_display(sys.platform, os.environ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    result = _python(MAIN, "demo", *others, "--out", str(where))
    if result == 0:
        print(f"图片和报表在：{where}", flush=True)
    return result


def _venv_works() -> bool:
    if not PYTHON.exists():
        return False
    question = f"import pip, sys; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([PYTHON, "-c", question], check=False, stderr=subprocess.DEVNULL).returncode == 0


def _stamp(requirements: Path) -> Path:
    return VENV / f"installed-{requirements.parent.name if requirements == DEVELOPERS else 'shipped'}"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def finishes(command: Sequence[str], seconds: float) -> bool:
    """Run a check. One that hangs is stopped; where it can be, it first prints where each of its threads is."""
    with subprocess.Popen(command, start_new_session=True) as process:
        try:
            return process.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            print(f"{seconds / 60:.0f} 分钟没有结束，停止。", flush=True)
            return False
        finally:
            if process.poll() is None:
                _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if not hasattr(os, "killpg"):
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError):  # all are gone
        os.killpg(process.pid, signal.SIGABRT)
        for _ in range(50):
            time.sleep(0.1)
            process.poll()
            os.killpg(process.pid, 0)
        os.killpg(process.pid, signal.SIGKILL)


def _python(*command: str) -> int:
    """Run the environment's Python and give its exit status."""
    return subprocess.run([str(PYTHON), *command], check=False).returncode


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py", description="环改台账：开发用的命令")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="命令")
    for name, (_deed, sentence) in VERBS.items():
        verb = verbs.add_parser(name, help=sentence, description=sentence)
        if name == "test":
            verb.add_argument("--fast", action="store_true", help="到不开窗口的测试为止")
    return parser


if __name__ == "__main__":
    if sys.version_info < OLDEST:  # a sentence instead of a traceback
        sys.exit(f"需要 Python 3.11 或更新版本，这里是 {sys.version.split()[0]}。")
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
