"""The front door: without a command the window opens; with one, the hatch answers."""

from __future__ import annotations

import multiprocessing
import sys
from typing import TYPE_CHECKING, cast

from models.windows import let_errors_come_back, tell

if TYPE_CHECKING:
    from gui.counter.office import Counter


_NOT_OPENED = """窗口没有打开：程序的文件不全，或者这个系统带不动（{}）。数据没有改动。

请依次看一看：
1. 系统要 64 位的 Windows 10（1809 以后的版本）或 Windows 11；
2. 程序的文件夹要整个拷贝，不能只拷其中一个文件；
3. 杀毒软件有没有隔离过里面的文件：有的话恢复它，把这个文件夹设为信任，或者重新拷贝一份。"""


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
        tell("这台机器没有图形界面。请用命令（--help 查看），或在有桌面的电脑上打开窗口。")
        return 3
    try:
        from gui.app import run as open_window
        from models.services import opening
    except ImportError as error:
        tell(_NOT_OPENED.format(error.name or error))
        return 3

    counter = cast("Counter", opening)  # a module; its cached properties are no properties to a type checker
    return open_window(arguments.home or default_home(), counter, files)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # while modules are still read in: nothing was begun
        sys.exit(3)
