"""Words of others on their way to a reader: nothing in them turns or hides text; in our sentences they are short."""

from __future__ import annotations

import re
from typing import Any, cast

_KEPT = "\u3000"  # the wide blank that stands in Chinese names

# What nobody sees: control signs, blanks without width, fillers, tags, and what turns the way of writing. Selectors of
# variants stay: they tell how a character is drawn.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e00ff]"
)
_INSTEAD = {**dict.fromkeys("\r\x0b\x0c", "\n"), **dict.fromkeys("\x85\u2028\u2029", " ")}  # what ends lines elsewhere


def seen(text: str) -> str:
    """A text as it is shown: without signs that cannot be seen, lines ended in one way. Itself where it has none."""
    if text.isascii() and text.isprintable():
        return text
    if _UNSEEN.search(text) is None:
        return text
    return _UNSEEN.sub(lambda sign: _INSTEAD.get(sign[0], ""), text.replace("\r\n", "\n"))


def seen_within(content: Any) -> Any:
    """The same of all texts in a content that was JSON, which may spell what it hides."""
    if isinstance(content, str):
        return seen(content)
    if isinstance(content, list):
        return [seen_within(one) for one in cast("list[Any]", content)]
    if isinstance(content, dict):
        return {seen(name): seen_within(one) for name, one in cast("dict[str, Any]", content).items()}
    return content


def plain(text: str, most: int, kept: str = _KEPT) -> str:
    """At most so many characters, without control signs and signs that turn the way of writing. `kept`: spared."""
    some = seen(text[:most])
    return some if some.isprintable() else "".join(sign for sign in some if sign.isprintable() or sign in kept)


def plain_lines(text: str, most: int) -> str:
    """The same of a text that may have several lines."""
    return plain(text, most, f"{_KEPT}\n")
