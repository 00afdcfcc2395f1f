"""The front door: without a command the window opens; with one, the hatch answers."""

from __future__ import annotations

import multiprocessing
import sys
from typing import TYPE_CHECKING, cast

from models.windows import let_errors_come_back

if TYPE_CHECKING:
    from gui.counter import Counter


def main() -> int:
    """Open the window, or run one command."""
    multiprocessing.freeze_support()
    let_errors_come_back()
    from cli.main import files_apart, parse, run

    given, files = files_apart(sys.argv[1:])
    arguments = parse(given)
    if arguments.command is not None:
        return run(arguments)
    from cli.home import default_home, screen_missing

    if screen_missing():
        sys.stderr.write("这台机器没有图形界面。请用命令（--help 查看），或在有桌面的电脑上打开窗口。\n")
        return 3
    from gui.app import run as open_window
    from models.services import office

    counter = cast("Counter", office)  # a module; its cached properties are no properties to a type checker
    return open_window(arguments.home or default_home(), counter, files)


if __name__ == "__main__":
    sys.exit(main())
