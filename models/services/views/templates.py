"""What is shown of templates."""

from __future__ import annotations

from typing import NamedTuple


class TemplateView(NamedTuple):
    """One paper that may have a template of the office's own."""

    name: str  # as commands say it
    word: str
    own: bool
    since: str  # ISO day on which the own one was taken in; "" for none
