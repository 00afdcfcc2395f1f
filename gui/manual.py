"""The manual as the window carries it: its chapters in order, which pages they explain, their text and pictures.

The text is Markdown in docs/manual, so that it is read on paper and in the window alike. What is bold in it stands on
the screen in just these words; a test looks for each of them in the window.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

import resources

MARKUP = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[#*>`|\[\]]|<!--.*?-->", re.DOTALL)
PICTURES = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Chapter:
    """One chapter: its file, its title, whose desk it is for, and the pages that open it with F1."""

    key: str
    title: str
    desk: str = ""  # county or township; "" for both
    pages: tuple[str, ...] = ()


# In the order of the list; a page that only one desk reads about may stand twice.
# fmt: off
CHAPTERS = (
    Chapter("first-day-township", "第一天（乡镇）", "township", ("exchange/enrol",)),
    Chapter("first-day-county", "第一天（县）", "county", ("exchange/enrol",)),
    Chapter("month", "每个月", "township", ("overview", "overview/calendar", "month", "deciding")),
    Chapter("county-day", "收数据的那天（县）", "county",
            ("overview", "overview/calendar", "month", "deciding", "exchange/read", "exchange/doubles")),
    Chapter("record", "一个问题，从头到尾", "", ("problem/record", "petition/record")),
    Chapter("photos", "照片与佐证"),
    Chapter("papers", "表格、文书和模板"),
    Chapter("inspections", "自查自纠", "", ("inspection", "inspection/record")),
    Chapter("campaigns", "专项排查", "", ("inspection/campaigns",)),
    Chapter("sources", "污染源", "", ("source", "source/record")),
    Chapter("lookback", "回头看", "", ("lookback",)),
    Chapter("notices", "通知单", "", ("notice",)),
    Chapter("figures", "统计、月报、封账", "", ("figures",)),
    Chapter("find", "查找与筛选、批量修改", "", ("problem", "petition", "search")),
    Chapter("excel", "导入 Excel 台账", "", ("problem/excel", "petition/excel", "source/excel")),
    Chapter("exchange", "U 盘报送与接收", "", ("exchange", "exchange/write", "exchange/read", "exchange/journal")),
    Chapter("conflicts", "两边都改过的内容（冲突）", "", ("exchange/conflicts",)),
    Chapter("lost-stick", "U 盘丢了或写坏了"),
    Chapter("new-pc", "换电脑、重装、恢复备份", "", ("settings",)),
    Chapter("rules", "词典与规则", "", ("settings/rules",)),
    Chapter("keys", "键盘"),
    Chapter("questions", "常见问题", "", ("help",)),
)
# fmt: on
BY_KEY = {one.key: one for one in CHAPTERS}


@dataclass(frozen=True)
class Rendered:
    """A chapter ready to be shown: its text, and its pictures as wide as they will stand there."""

    chapter: Chapter
    text: str
    pictures: dict[str, QImage]


def order(*, county: bool) -> tuple[Chapter, ...]:
    """All chapters, those for the other kind of desk last."""
    desk = "county" if county else "township"
    return tuple(sorted(CHAPTERS, key=lambda one: one.desk not in {"", desk}))


def chapter_of(place: str, *, county: bool) -> Chapter:
    """The chapter that explains a page or a part of it; "" is the first one."""
    chapters = order(county=county)
    if place in BY_KEY and not any(place in one.pages for one in chapters):
        return BY_KEY[place]
    while place:
        for one in chapters:
            if place in one.pages:
                return one
        place = place.rpartition("/")[0]
    return chapters[0]


def text_of(chapter: Chapter) -> str:
    """The Markdown of a chapter."""
    return resources.manual(f"{chapter.key}.md").read_text(encoding="utf-8")


def plain(text: str) -> str:
    """Markdown without its marks: what is searched."""
    return MARKUP.sub("", text)


def found(words: str) -> tuple[Chapter, ...]:
    """The chapters in which words stand."""
    wanted = words.casefold()
    return tuple(one for one in CHAPTERS if wanted in plain(text_of(one)).casefold())


def render(chapter: Chapter, width: int, ratio: float) -> Rendered:
    """Read a chapter and its pictures, scaled to a width on a screen of a device ratio. Done off the GUI thread."""
    text = text_of(chapter)
    pictures = {name: _fitted(name, width, ratio) for name in PICTURES.findall(text)}
    return Rendered(chapter, text, pictures)


def _fitted(name: str, width: int, ratio: float) -> QImage:
    """A picture no wider than this; it was taken at twice the size of the screen."""
    image = QImage(str(resources.manual(name)))
    wide = min(image.width() / 2, width)
    scaled = image.scaledToWidth(max(round(wide * ratio), 1), Qt.TransformationMode.SmoothTransformation)
    scaled.setDevicePixelRatio(ratio)
    return scaled
