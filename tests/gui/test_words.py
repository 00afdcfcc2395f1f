"""The words: no frightening ones, one file for stored values, refusals that lead on, Qt in Chinese too."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

import cli
import models
from models.domain import words
from models.errors import LedgerError
from tests.gui.words_on_screen import (
    ALLOWED,
    HAN,
    ROOT,
    Text,
    allowed,
    called_name,
    faults,
    is_pattern,
    of_source,
    texts,
)

TABLES = {"problem", "petition", "measure", "dispatch"}


def nodes(*rooms: str) -> Iterator[tuple[str, ast.AST]]:
    """Every piece of code of these rooms, with the file that it stands in."""
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                yield path.relative_to(ROOT).as_posix(), node


# ------------------------------------------------------------------------------------------------- every text


@pytest.mark.parametrize("room", ["gui", "models", "cli"])
def test_every_text_keeps_the_rules_of_writing(room):
    found = [text for text in texts(room) if not is_pattern(text.said) and not allowed(text)]
    assert len(found) > 50
    wrong = [f"{text} → {why}" for text in found for why in faults(text) if not (room == "cli" and "英文" in why)]
    assert wrong == []


def test_every_exception_is_still_needed():
    there = [text for room in ("gui", "models", "cli") for text in texts(room)]
    unused = [
        (path, part) for path, part, _ in ALLOWED
        if not any(text.path == path and part in text.said and list(faults(text)) for text in there)
    ]  # fmt: skip
    assert unused == []


@pytest.mark.parametrize(
    "bad",
    [
        '"数据库打不开"', '"导入成功！"', '"第 3 行:时限不对"', '"共3个问题"', 'f"共 {n}个问题"', 'f"第{n} 行"',
        '"在Excel里"', '"镇里 | 县里"', '"镇里·县里"', '"编号 S104"', '"请点 OK 继续"', '"暂无数据"', '"完成(全部)"',
    ],
)  # fmt: skip
def test_the_rules_see_what_they_forbid(bad):
    (text,) = of_source(f"say({bad})")
    assert list(faults(text))


@pytest.mark.parametrize(
    "good",
    [
        '"11月23日"', '"2026年"', 'f"{n} 个问题"', '"U 盘中途断开，数据包没有写完。"', '"表格 (*.xlsx *.xls)"',
        'f"{day.month}月{day.day}日"', '"按 Ctrl+F 查找"', '"完成率 = 已完成 ÷ 总数"', 'f"第 {n} 行"',
    ],
)  # fmt: skip
def test_the_rules_let_pass_what_is_well_written(good):
    (text,) = of_source(f"say({good})") if re.search(f"[{HAN}]", good) else (Text("", 0, "好"),)
    assert list(faults(text)) == []


def test_buttons_say_what_they_do():
    """No 确定, 是, 否, OK: a button names its act."""
    wrong = [
        f"{name}:{node.lineno} {node.value}" for name, node in nodes("gui")
        if isinstance(node, ast.Constant) and node.value in MUTE
    ]  # fmt: skip
    assert wrong == []


MUTE = {"确定", "是", "否", "提交", "OK", "Ok", "Cancel", "Yes", "No"}
SHOWING = {
    "label", "button", "carrier", "Card", "Elided", "Prose", "setText", "setPlaceholderText", "setToolTip",
    "setWindowTitle", "QRadioButton", "QCheckBox", "setAccessibleName",
}  # fmt: skip


def test_no_english_is_shown_without_chinese_around_it():
    wrong = []
    for path, node in nodes("gui"):
        if not isinstance(node, ast.Call):
            continue
        name = called_name(node)
        at = 1 if name == "carrier" else 0
        first = node.args[at] if name in SHOWING and len(node.args) > at else None
        said = str(first.value) if isinstance(first, ast.Constant) else ""
        if re.search(r"[A-Za-z]{3,}", said) and not re.search(f"[{HAN}]", said) and said not in TABLES:
            wrong.append(f"{path}:{node.lineno} {said}")
    assert wrong == []


# ------------------------------------------------------------------------------------------------- stored values

MAPS = {name: value for name, value in vars(words).items() if name.isupper() and isinstance(value, dict)}
# Names of tables and fields are not values: pages say them in words of their own.
NO_VALUES = {"TABLE", "BY_FIELD", "STAGE"}
# Where such a map is no word for a value: the file of words, and the questions of the first start.
MAY_MAP = {"models/domain/words.py", "gui/panels/first_start/steps.py"}


def test_nobody_else_maps_a_stored_value_to_its_word():
    values = [set(one) for name, one in MAPS.items() if name not in NO_VALUES]
    values += [set(one) for one in words.STAGE.values()]
    wrong = []
    for path, node in nodes("gui", "models", "cli"):
        if path in MAY_MAP or path.startswith("models/documents/") or not isinstance(node, ast.Dict):
            continue
        keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
        inside = (one for value in node.values for one in ast.walk(value) if isinstance(one, ast.Constant))
        said = any(re.search(f"[{HAN}]", str(one.value)) for one in inside)
        if said and len(keys) > 1 and any(keys <= one for one in values):
            wrong.append(f"{path}:{node.lineno} {sorted(keys)}")
    assert wrong == []


def test_the_search_for_maps_finds_one():
    tree = ast.parse('WORD = {"red": "红灯", "orange": "橙灯"}')
    (found,) = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    keys = {key.value for key in found.keys if isinstance(key, ast.Constant)}
    assert any(keys <= set(one) for name, one in MAPS.items() if name not in NO_VALUES)


def test_every_stored_value_has_a_word():
    for field, one in words.BY_FIELD.items():
        for stored, word in one.items():
            assert re.search(f"[{HAN}]", word), (field, stored)
    for table, stages in words.STAGE.items():
        assert all(re.search(f"[{HAN}]", word) for word in stages.values()), table
    assert words.light("red", "逾期 8 天") == "红灯：逾期 8 天"
    assert words.light("done", "已完成") == "已完成"
    assert words.light("") == ""
    assert words.say("light", "done") == "已完成", "no English in the filter of lights"


# ------------------------------------------------------------------------------------------------- refusals


def _load_all() -> None:
    for package in (models, cli):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in found.name:
                importlib.import_module(found.name)


def _all_of(kind: type[LedgerError]) -> list[type[LedgerError]]:
    made = [one for one in kind.__subclasses__() if one.__module__.startswith(("models.", "cli."))]
    return [*made, *(deeper for one in made for deeper in _all_of(one))]


_load_all()
REFUSALS = sorted({one.__qualname__: one for one in _all_of(LedgerError)}.values(), key=lambda one: one.code)

SAMPLE: dict[Any, Any] = {
    str: "河口镇", Path: Path("台账") / "包.hgb", int: 7, bool: True, bytes: b"1" * 16, OSError: OSError("x"),
    BaseException: OSError("x"),
}  # fmt: skip
# Raised only for scripts, which name fields and records as cli.md does.
FOR_SCRIPTS = {"NoDictionary", "NotJson", "UnknownField", "SeveralRecords", "NoSuchStep", "NoNewSecret", "NoSuchColumn"}


def _sample(kind: Any) -> Any:
    if typing.get_origin(kind) in {tuple, list, typing.Sequence}:
        return ("河口镇",)
    for one in (kind, *typing.get_args(kind)):
        if one in SAMPLE:
            return SAMPLE[one]
    raise AssertionError(f"no sample of {kind}")


# Refusals whose values hang together.
VALUES = {
    "SeveralRecords": {"found": (("a1", "河道有垃圾"), ("b2", "沟渠有油污"))},
    "NoSuchStep": {"known": (("assign", "交办"),)},
    "UnknownField": {"table": "problem", "field": "colour"},
}


def _make(kind: type[LedgerError]) -> LedgerError:
    given = VALUES.get(kind.__name__, {})
    hints = typing.get_type_hints(kind) | typing.get_type_hints(kind.__init__)
    asked = [one for one in inspect.signature(kind).parameters.values() if one.kind is not one.VAR_POSITIONAL]
    names = [one.name for one in asked if one.kind is not one.VAR_KEYWORD]
    return kind(**{name: given.get(name) or _sample(hints[name]) for name in names})


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda one: one.__name__)
def test_a_refusal_says_what_happened_that_data_is_safe_and_what_to_do(kind):
    error = _make(kind)
    assert error.message, kind
    assert error.way_out.endswith("。"), "the way out is a sentence"
    assert re.search("请|可以", error.way_out), "the way out asks for an act"
    whole = f"{error.message}{error.way_out}"
    assert re.search("没有|未|不变|不改|保留|读不了|打不开", whole), "it says what was not done, so what is safe"
    said = Text("", 0, re.sub(r"[\w./\\-]+\.hgb|setup 命令|HUANGAI_PASSPHRASE", "", whole))
    assert [one for one in faults(said) if kind.__name__ not in FOR_SCRIPTS or "英文" not in one] == [], whole


def test_codes_of_refusals_are_never_shared():
    codes = [one.code for one in REFUSALS if "code" in vars(one)]
    assert len(codes) > 40
    assert sorted(set(codes)) == sorted(codes)


# ------------------------------------------------------------------------------------------------- Qt itself


@pytest.mark.parametrize(
    ("context", "source", "said"),
    [
        ("QPlatformTheme", "Cancel", "取消"),
        ("QFileDialog", "Files of type:", "类型"),
        ("QFileDialog", "Look in:", "查找范围："),
        ("QWidgetTextControl", "&Copy", "复制"),
        ("QLineEdit", "Select All", "全选"),
    ],
)
def test_qt_speaks_chinese(dressed, context, source, said):
    assert said in QCoreApplication.translate(context, source)


def test_the_menus_of_fields_are_chinese(qtbot, dressed):
    for editor in (QLineEdit("字"), QPlainTextEdit("字")):
        qtbot.addWidget(editor)
        menu = editor.createStandardContextMenu()
        for action in menu.actions():
            if not action.isSeparator():
                assert re.search(f"[{HAN}]", action.text()), action.text()
        menu.deleteLater()
    assert QLocale().language() == QLocale.Language.Chinese
    assert QLocale().dayName(1, QLocale.FormatType.LongFormat) == "星期一"
