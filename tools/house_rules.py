"""House rules that no other tool can see: a pattern, where it may not stand, and the sentence to print.

`python tools/house_rules.py` reads the whole tree. A rule about code looks at code alone, not at comments and
docstrings; a rule about text looks at everything that is kept. Exceptions stand in the table and nowhere else.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ("main.py", "cli/*", "gui/*", "models/*", "resources/*")
LONG, TOO_LONG = 400, 600  # lines of a module: a smell that must be argued, and an error

# Stored values have their Chinese word in models/domain/words.py. These are the ones that cannot be meant otherwise.
STATE_WORDS = (
    "立行立改", "限期整改", "长期坚持", "尚未启动", "达到序时进度", "超过序时进度", "完成交账销号",
    "未销号", "销号中", "已销号", "正在办理", "阶段性办结", "已办结", "基本属实", "部分属实",
    "已导出待回执", "县已接收",
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """One rule. `example` is a line that breaks it; the tests hold every rule to its example."""

    name: str
    pattern: str
    where: tuple[str, ...]
    sentence: str
    example: str
    but: tuple[str, ...] = ()
    text: bool = False  # comments, docstrings and documents count too


class Found(NamedTuple):
    """One place where the tree breaks a rule."""

    path: str
    line: int
    sentence: str


RULES = (
    Rule(
        "clock", r"\b(datetime\.(now|utcnow)|date\.today|time\.time)\(", ("models/*",),
        "The clock is an argument: a rule that asks the machine for the time cannot be tested.",
        "at = datetime.now(tz=UTC)",
        but=("models/services/base/desk.py",),
    ),
    Rule(
        "ids", r"\buuid\.|\buuid\d\(|\brandom\.", ("models/*",),
        "Ids and randomness are arguments; keys alone are made on the spot, in models/sync/keys.py.",
        "record = uuid.uuid4().hex",
        but=("models/sync/keys.py",),
    ),
    Rule(
        "messages", r"QMessageBox", PROGRAM,
        "Refusals go to widgets/notice.py, bugs to faults.py, questions to dialogs/.",
        "QMessageBox.warning(self, title, text)",
        but=("gui/faults.py", "gui/dialogs/*"),
    ),
    Rule(
        "commit", r"\b(session|connection)\.commit\(", ("*",),
        "Use `with ledger.write()`: one verb, one transaction.",
        "session.commit()",
        but=("models/store/upgrade.py",),
    ),
    Rule(
        "print", r"(?<![\w.])print\(", PROGRAM,
        "Only the hatch (cli/) and the tools print; everybody else returns, raises or logs.",
        "print(rows)",
        but=("cli/*",),
    ),
    Rule(
        "timer", r"QTimer\(\s*\)", ("gui/*",),
        "Give the timer a parent: it must die with its page, and a name in the log helps to find it.",
        "self.later = QTimer()",
    ),
    Rule(
        "receiver", r"\.(done|refused|broken|cancelled|progressed)\.connect\(\s*lambda", ("gui/*",),
        "Connect a job's signal to a bound method with @Slot: a lambda has no receiver on the GUI thread.",
        "job.done.connect(lambda result: self.show(result))",
    ),
    Rule(
        "signals", r"\bblockSignals\b|\bQSignalBlocker\b", ("gui/*",),
        "Do not silence signals; use a model, or tell a change by the user from a change by the program.",
        "self.box.blockSignals(True)",
    ),
    Rule(
        "files",
        r"(?<![\w.])open\([^)]*[\"'][rb]*[wax][bt+]*[\"']|\.open\([^)]*[\"'][wax][bt+]*[\"']|\.write_(text|bytes)\("
        r"|\bshutil\.(copy|move)\w*\(|\bos\.(rename|replace)\(|\.rename\(",
        ("models/*",),
        "Write through models/files.py: whole or not at all, and on the disk before we say so.",
        "path.write_bytes(content)",
        but=("models/files.py",),
    ),
    Rule(
        "words", rf"([\"'])({'|'.join(STATE_WORDS)})\1", PROGRAM,
        "Ask models.domain.words: the Chinese word of a stored value is spelled once.",
        'label.setText("已销号")',
        but=("models/domain/words.py", "models/domain/deadline.py", "models/documents/*", "cli/demo*"),
    ),
    Rule(
        "hosts", r"pypi\.org|pythonhosted|debian\.org|npmjs|--(extra-)?index-url", ("*",),
        "The machine says where packages come from; nothing in the tree does.",
        "pip install --index-url https://pypi.org/simple",
        text=True,
    ),
    Rule(
        "workplace", r"(?<![\w.~])/(work|root)/", ("*",),
        "Name no folder of the machine this was written on.",
        "see /work/notes.md",
        text=True,
    ),
)  # fmt: skip

# The doors where everything may be caught: four where a bug is shown, and the child process, where whatever a foreign
# workbook makes a library raise costs the child alone. Everywhere else whoever catches all raises again.
DOORS = ("gui/jobs.py", "gui/app.py", "main.py", "cli/main.py", "models/documents/child.py")

# What LedgerError promises of every refusal.
SAID_BY_THE_BASE = frozenset({"message", "way_out"})

# This file and its tests must name what they forbid.
EXCEPT = ("tools/house_rules.py", "tests/tools/test_house_rules.py")
SKIPPED = frozenset({
    ".git", ".venv", "build", "dist", "demo-out", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis",
    ".import_linter_cache",
})  # fmt: skip


def main() -> int:
    """Read the tree and print what breaks a rule."""
    wrong = 0
    for path in kept_files(ROOT):
        name = path.relative_to(ROOT).as_posix()
        source = _text_of(path)
        if source is None:
            continue
        for found in look_at(name, source):
            print(f"{found.path}:{found.line}: {found.sentence}")
            wrong += 1
        if LONG < source.count("\n") <= TOO_LONG and name.endswith(".py"):
            print(f"{name}: note: {source.count(chr(10))} lines; above {LONG} a module should be two.")
    return 1 if wrong else 0


def look_at(name: str, source: str) -> Iterator[Found]:
    """Every place of one file that breaks a rule."""
    if any(fnmatch(name, exempt) for exempt in EXCEPT):
        return
    is_code = name.endswith((".py", ".spec"))
    try:
        code = code_of(source) if is_code else ""
        tree = ast.parse(source) if is_code else None
    except (SyntaxError, tokenize.TokenError) as error:
        yield Found(name, getattr(error, "lineno", None) or 1, f"This is not Python: {error}")
        return
    for rule in RULES:
        if not _applies(rule, name):
            continue
        read = source if rule.text else code
        for match in re.finditer(rule.pattern, read):
            yield Found(name, read.count("\n", 0, match.start()) + 1, rule.sentence)
    if tree:
        yield from _look_at_shape(name, source, tree)


def _look_at_shape(name: str, source: str, tree: ast.Module) -> Iterator[Found]:
    """What the syntax tree tells and a pattern cannot."""
    if source.count("\n") > TOO_LONG:
        yield Found(name, TOO_LONG + 1, f"A module has at most {TOO_LONG} lines; this one is two.")
    if name.endswith("__init__.py") and name != "resources/__init__.py" and _has_code(tree):
        yield Found(name, 1, "An __init__.py holds a docstring and never code.")
    if fnmatch(name, "models/*"):
        for method in _silent_methods(tree):
            yield Found(name, method.lineno, "A public method has a docstring of one sentence.")
    if name in DOORS or not any(fnmatch(name, place) for place in PROGRAM):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and _swallows(node):
            sentence = "Catch what can happen by name: a bug must reach the report dialog. To tidy up, end in `raise`."
            yield Found(name, node.lineno, sentence)


def _silent_methods(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Public methods of public classes that do not say what they do."""
    for owner in (node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")):
        for method in (node for node in owner.body if isinstance(node, ast.FunctionDef)):
            said = method.name.startswith("_") or method.name in SAID_BY_THE_BASE or ast.get_docstring(method)
            if not said:
                yield method


def _swallows(handler: ast.ExceptHandler) -> bool:
    """Tell whether the handler takes every error and does not raise it again."""
    caught = ast.walk(handler.type) if handler.type else ()
    takes_all = handler.type is None or any(
        isinstance(name, ast.Name) and name.id in {"Exception", "BaseException"} for name in caught
    )
    last = handler.body[-1]
    return takes_all and not (isinstance(last, ast.Raise) and last.exc is None)


def code_of(source: str) -> str:
    """The source with comments and docstrings blanked out, line for line."""
    lines = source.splitlines(keepends=True)
    may_be_docstring = True
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and may_be_docstring):
            _blank(lines, token.start, token.end)
        if token.type in {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}:
            may_be_docstring = True
        elif token.type not in {tokenize.NL, tokenize.COMMENT, tokenize.ENCODING}:
            may_be_docstring = False
    return "".join(lines)


def kept_files(root: Path) -> Iterator[Path]:
    """Every file that belongs to the project, with or without git."""
    for path in sorted(root.iterdir()):
        if path.name in SKIPPED or path.name == ".coverage":
            continue
        if path.is_dir():
            yield from kept_files(path)
        else:
            yield path


def _applies(rule: Rule, name: str) -> bool:
    # fnmatch's * passes slashes, so "models/*" means the whole room.
    return any(fnmatch(name, place) for place in rule.where) and not any(fnmatch(name, place) for place in rule.but)


def _has_code(tree: ast.Module) -> bool:
    for statement in tree.body:
        docstring = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
        if not docstring and not future:
            return True
    return False


def _blank(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> None:
    for number in range(start[0], end[0] + 1):
        line = lines[number - 1]
        left = start[1] if number == start[0] else 0
        right = end[1] if number == end[0] else len(line.rstrip("\n"))
        lines[number - 1] = line[:left] + " " * (right - left) + line[right:]


def _text_of(path: Path) -> str | None:
    """What the file says; None for pictures, workbooks and other bytes."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


if __name__ == "__main__":
    sys.exit(main())
