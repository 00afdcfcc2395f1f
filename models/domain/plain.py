"""Words of others on their way into a sentence of ours: short, and nothing in them that turns or hides text."""

from __future__ import annotations

_KEPT = "\u3000"  # the wide blank that stands in Chinese names


def plain(text: str, most: int, kept: str = _KEPT) -> str:
    """At most so many characters, without control signs and signs that turn the way of writing. `kept`: spared."""
    if len(text) <= most and text.isprintable():
        return text
    return "".join(sign for sign in text[:most] if sign.isprintable() or sign in kept)


def plain_lines(text: str, most: int) -> str:
    """The same of a text that may have several lines."""
    return plain(text, most, f"{_KEPT}\n")
