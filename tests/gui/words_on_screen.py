"""What people read: every Chinese text of the program, and the rules of window.md §12 that it must keep."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
HAN = r"\u3400-\u9fff"
GAP = "\ufffc"  # stands for a value that is put into a text
# Texts that are data: wordings of workbooks, readings of characters, sentences of the demo's clerks.
DATA = (
    "models/documents/dictionary.py", "models/documents/states.py", "models/store/readings.py", "cli/demo*.py",
    "models/services/home/samples.py",
)  # fmt: skip


class Text(NamedTuple):
    """One text as it stands in the source; values that are put into it are one sign each."""

    path: str
    line: int
    said: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.said.replace(GAP, '{}')!r}"


@cache
def texts(room: str) -> tuple[Text, ...]:
    """Every text with a Chinese character in this room, docstrings left out."""
    read = [path for path in sorted((ROOT / room).rglob("*.py")) if not any(path.match(one) for one in DATA)]
    return tuple(
        text for path in read for text in of_source(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
    )


def of_source(source: str, path: str = "") -> Iterator[Text]:
    """The texts of one file."""
    for node, said in _strings(ast.parse(source)):
        if re.search(f"[{HAN}]", said):
            yield Text(path, node.lineno, said)


def _strings(tree: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(id(node.value))  # a docstring, or a comment in its shape
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in node.values}
            yield (
                node,
                "".join(str(part.value) if isinstance(part, ast.Constant) else _sign(part) for part in node.values),
            )
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_of_re(node.func):
            inside |= {id(part) for part in ast.walk(node)}  # a pattern is not read by people
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node, node.value


def _is_of_re(called: ast.expr) -> bool:
    """Whether a function of the module `re` is called."""
    return isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re"


def called_name(node: ast.Call) -> str:
    """The name of what is called, without what it belongs to; empty where what is called has none."""
    called = node.func
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def _sign(part: ast.expr) -> str:
    """A value that is put into a text: a text chosen between two stays one of them."""
    value = part.value if isinstance(part, ast.FormattedValue) else part
    if isinstance(value, ast.Attribute | ast.Name) and "SPACE" in ast.unparse(value):
        return "\u2003"
    return GAP


# ------------------------------------------------------------------------------------------------- rules

FORBIDDEN = (
    "错误", "失败", "非法", "异常", "数据库", "同步", "合并冲突", "操作成功", "稍候", "稍等", "确定要", "暂无",
    "无权限", "必填", "不能为空", "未知设备", "加载中", "请重试", "崩溃", "报错", "字段", "参数", "无效的", "缓存",
    "后台",
)  # fmt: skip
# A measure word after a number has a space before it; parts of a date have none.
MEASURES = "个条处张天位台项行字包件步次种列页秒份轮批套家户栏段"
LATIN = {
    "Excel", "Word", "PDF", "WPS", "U", "MB", "KB", "GB", "F1", "F2", "F5", "Ctrl", "Alt", "bfqc", "Shift", "PgUp",
    "PgDn", "Enter", "Insert", "Esc", "Tab", "Delete", "Home", "End", "F", "A", "RAR", "7z", "z", "RTF", "OFD", "HTML",
    "XML", "JSON", "UTF", "GB18030", "Windows", "DTD",
}  # fmt: skip
# What people read although a rule speaks against it, and why it may stay. (file, part of the text, why)
ALLOWED = (
    ("gui/theme.py", "方正黑体", "the name of a font"),
    ("models/domain/tally.py", "个", "the county's own paragraph: official texts have no spaces around figures"),
    ("models/services/base/desk.py", "setup 命令", "told to whoever works by commands; the window asks five questions"),
    ("models/sync/refusals.py", "HUANGAI_PASSPHRASE", "a script has to be told the name"),
    ("models/domain/deadline.py", "天", "a number of days in a workbook, kept as the county's wording"),
    ("models/documents/columns.py", "列", "the name of a column without a heading, which a mapping repeats"),
    ("models/services/exchange/outgoing.py", "SHA-256", "the note beside a package, for checking the file with a tool"),
    ("models/services/exchange/receipts.py", "SHA-256", "the same, on paper"),
    ("models/services/base/register.py", "SHA-256", "the same, on paper"),
    ("models/domain/dictionaries.py", "应", "whoever writes the file of a dictionary has to be told its keys"),
    ("models/domain/routes.py", "应", "the same"),
    ("models/domain/backplan.py", "应", "the same"),
    ("models/domain/routes.py", "closing（销号）后面", "the same"),
    ("gui/printing.py", "仿宋_GB2312", "the name of a font"),
    ("models/domain/dictionary_parts.py", "时限前", "what a person types into a cell, and reads there"),
    ("models/domain/routes.py", "后面只能是", "the same"),
    ("models/documents/texts.py", "暂无", "what workbooks write into empty cells"),
)  # fmt: skip


def allowed(text: Text) -> bool:
    """Whether a text has a reason to be as it is."""
    return any(text.path == path and part in text.said for path, part, _ in ALLOWED)


def is_pattern(said: str) -> bool:
    """Whether a text is a regular expression or a format, which nobody reads."""
    return bool(re.search(r"\\[dsw]|\(\?|[\])][*+?]|\)[$?]|^\^|&[PN]|yyyy|\{unit\}|\[[^\]]*:\]", said))


def faults(text: Text) -> Iterator[str]:
    """What is wrong with one text."""
    said = text.said
    yield from (f"“{word}”：说发生了什么，不说这个词" for word in FORBIDDEN if word in said)
    latin = re.findall(r"[A-Za-z][A-Za-z0-9]*", _foreign(said))
    yield from (f"英文上屏：{word}" for word in latin if word not in LATIN)
    if re.search(r"[!！]", said):
        yield "没有感叹号"
    if found := re.search(rf"[{HAN}”）][,:;()?]|[,:;()?][{HAN}“（]|[{HAN}]\.(?!\w)", _plain(said)):
        yield f"全角标点：{found[0]}"
    if found := re.search(rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9%][{HAN}]", _without_dates(said)):
        yield f"中文与数字、字母之间空一格：{found[0]}"
    if found := re.search(rf"{GAP}[{MEASURES}](?![日月年])|第{GAP}|[共满差]{GAP}[ {MEASURES}]", said):
        yield f"数字与量词之间空一格：{found[0].replace(GAP, '{}')}"
    if re.search(r"[·•]| \| |\|\|", said):
        yield "并列的事实用全身空格分开"
    if re.search(r"\b[SXRH]\d{3}\b", said):
        yield "编号不上屏"


def _plain(said: str) -> str:
    """Without what Qt wants in its own spelling: filters of file choosers."""
    return re.sub(r"\(\*[^)]*\)(;;)?", "", said)


def _without_dates(said: str) -> str:
    """Without dates, which are written as offices write them: 11月23日, 2026年."""
    said = re.sub(r"\d+(?=[年月日号])|(?<=[年月])\d+", "", _plain(said))
    return re.sub(r"%[YmdHM][年月日]?", "", said)


def _foreign(said: str) -> str:
    """Without names of files, settings of the command line, and keys of texts."""
    said = re.sub(r"\*?\.[A-Za-z]\w*|--[a-z-]+|[a-z]+[._-][\w.-]+", " ", _plain(said))
    return re.sub(r"%[A-Za-z]", " ", said)
