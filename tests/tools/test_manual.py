"""The manual says what is so: its words stand on the screen, its pictures are those that the script takes."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from gui import manual
from gui.main_window import PAGES
from gui.navigation import ENTRIES

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "manual"
CHAPTERS = pytest.mark.parametrize("chapter", manual.CHAPTERS, ids=lambda one: one.key)
BOLD = re.compile(r"\*\*(.+?)\*\*")
GAP = r"(?:问题|信访件|\d{1,3})?"  # what stands in the gaps of texts that are put together
LINKS = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
SAID_BY = (
    "gui",
    "models/domain/words.py",
    "models/domain/fields.py",
    "models/domain/inspecting_fields.py",
    "models/domain/dictionaries.py",
)


@pytest.fixture(scope="module")
def tool():
    for name in ("manual_scenes", "manual"):
        spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules["manual"]


def _prose(chapter: manual.Chapter) -> str:
    """The text of a chapter without commands and addresses."""
    text = re.sub(r"```.*?```|`[^`]*`|<!--.*?-->", "", manual.text_of(chapter), flags=re.DOTALL)
    return re.sub(r"\]\([^)]*\)", "]", text)


@cache
def _said() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every text that the window can show, without what only developers read; and those that it puts together."""
    found: set[str] = set()
    composed: set[str] = set()
    for room in SAID_BY:
        path = ROOT / room
        for file in path.rglob("*.py") if path.is_dir() else [path]:
            tree = ast.parse(file.read_text(encoding="utf-8"))
            silent = {
                id(node.body[0].value)
                for node in ast.walk(tree)
                if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(node.body[0], ast.Expr)
            }
            found |= {
                node.value.replace("\u2002", "").strip()
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
            }
            composed |= {_pattern(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)}
    patterns = (re.compile(one) for one in composed if len(re.findall("[\u4e00-\u9fff]", one)) > 1)
    return frozenset(found), tuple(patterns)


def _pattern(text: ast.JoinedStr) -> str:
    """What a text that is put together may look like: a kind of record or a figure in each of its gaps."""
    parts = [re.escape(str(one.value).strip()) if isinstance(one, ast.Constant) else GAP for one in text.values]
    return "".join(parts).replace(re.escape("\u2002"), "")


def _is_said(words: str) -> bool:
    texts, patterns = _said()
    return any(words in one for one in texts) or any(one.fullmatch(words) for one in patterns)


# ---------------------------------------------------------------------------------------------- words


@CHAPTERS
def test_what_is_bold_stands_on_the_screen(chapter):
    bold = set(BOLD.findall(manual.text_of(chapter)))
    assert [words for words in sorted(bold) if not _is_said(words)] == []


def test_the_look_for_words_can_fail():
    assert not _is_said("打印一问题一档"), "printing is not there yet"
    assert not _is_said("作废这批照片")
    assert _is_said("写数据包")
    assert _is_said("作废这个问题"), "put together of two"


@CHAPTERS
def test_a_chapter_opens_with_its_title(chapter):
    assert manual.text_of(chapter).splitlines()[0] == f"# {chapter.title}"
    if chapter.desk:
        assert {"county": "县", "township": "乡镇"}[chapter.desk] in _prose(chapter)[:200]


@CHAPTERS
def test_a_chapter_is_written_as_the_design_asks(chapter):
    text = _prose(chapter)
    assert "！" not in text
    assert not re.search(r"[\u4e00-\u9fff][,;:?!]", text), "half-width marks in Chinese"
    assert not re.search("数据库|同步|字段|异常|非法|错误|请稍候|点击|(?<!登录)用户", text)
    english = set(re.findall(r"[A-Za-z]{2,}", text))
    assert english <= {
        "Excel",
        "Ctrl",
        "Delete",
        "Alt",
        "Enter",
        "Esc",
        "Tab",
        "Shift",
        "Home",
        "PgUp",
        "PgDn",
        "USB",
        "Windows",
        "PDF",
        "hgb",
        "hgf",
        "MB",
        "Word",
        "bfqc",
    }
    for line in text.splitlines():
        assert not re.search(r"[\u4e00-\u9fff]\d+ ?(条|个|张|天|位|分钟|台)", line), line


def test_no_other_files_lie_in_the_manual():
    assert {path.name for path in FOLDER.iterdir()} == {f"{one.key}.md" for one in manual.CHAPTERS} | {"pictures"}


@CHAPTERS
def test_a_paragraph_is_one_line(chapter):
    """A line that is broken in the middle of Chinese gets a gap there."""
    assert re.findall(r"[\u4e00-\u9fff，。：；、）*]\n *[\u4e00-\u9fff“（*]", _prose(chapter)) == []


@CHAPTERS
def test_links_lead_to_chapters(chapter):
    for link in LINKS.findall(manual.text_of(chapter)):
        assert link.removesuffix(".md") in manual.BY_KEY, link


def test_every_page_has_a_chapter():
    explained = {place for one in manual.CHAPTERS for place in one.pages}
    assert set(PAGES) - explained == set()
    assert {entry.key for entry in ENTRIES} - explained == set()


def test_the_table_of_keys_is_that_of_the_window(tool):
    text = (FOLDER / "keys.md").read_text(encoding="utf-8")
    assert tool.with_keys(text) == text, "python3 tools/dev.py manual"
    for one in tool.KEYS:
        assert f"| {one.keys} | {one.deed} |" in text


# ---------------------------------------------------------------------------------------------- pictures


def test_pictures_are_just_those_that_are_shown_and_that_are_taken(tool):
    shown = {name for one in manual.CHAPTERS for name in manual.PICTURES.findall(manual.text_of(one))}
    assert shown == {f"pictures/{name}.png" for name in tool.NAMES}
    assert {path.name for path in (FOLDER / "pictures").iterdir()} == {f"{name}.png" for name in tool.NAMES}


def test_pictures_are_small_and_sharp(tool):
    paths = [*(FOLDER / "pictures").iterdir(), tool.README]
    assert sum(path.stat().st_size for path in paths) < 2_500_000
    for path in paths:
        picture = QImage(str(path))
        assert picture.format() == QImage.Format.Format_Indexed8, path
        assert 900 <= picture.width() <= tool.WIDEST, path


def test_few_colours_keep_a_picture_as_it_was(tool):
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(0xFF1F5FA8)
    for x in range(20):
        image.setPixelColor(x, 5, 0xFFC62F2A)
    less = tool.few_colours(image)
    assert less.format() == QImage.Format.Format_Indexed8
    assert all(less.pixelColor(x, y) == image.pixelColor(x, y) for x in range(64) for y in range(64))


def test_a_rare_colour_that_speaks_stays(tool):
    image = QImage(512, 512, QImage.Format.Format_RGB32)
    for x in range(512):
        for y in range(512):
            image.setPixel(x, y, 0xFF000000 | (x // 2) << 16 | (y // 2) << 8 | 0x40)
    image.setPixelColor(7, 7, 0xFF0000FF)
    less = tool.few_colours(image, 64)
    assert less.colorCount() <= 64
    assert less.pixelColor(7, 7).blue() > 200


def test_the_built_program_carries_the_manual():
    spec = (ROOT / "build.spec").read_text(encoding="utf-8")
    rooms = re.search(r"for room in \(([^)]*)\)", spec)
    assert rooms is not None
    assert '"docs/manual"' in rooms[1]
