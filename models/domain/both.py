"""两者都留: what keeps all of several values that stand beside each other, where the kind of field has room for that.

- A long text keeps every text, each in a paragraph of its own under the name of the unit that wrote it.
- Several values joined by ； keep all of them, each once, in the order in which they stand.
- Of a date, a number, a choice, a state, a name in one line there can be only one: nothing is offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.domain.field import Field, Type
from models.domain.limits import FIELD_CHARS
from models.domain.operation import Value

SEPARATOR = "；"


@dataclass(frozen=True)
class Said:
    """One of the values, and who said it."""

    value: Value
    unit: str  # name of the unit
    by: str  # the person


def keep_both(field: Field | None, said: Sequence[Said]) -> str | None:
    """The one text that keeps all values; None where that makes no sense, or would be too long for a field."""
    texts = [one.value for one in said if isinstance(one.value, str) and one.value.strip()]
    if field is None or len(texts) < max(len(said), 2):
        return None
    if field.type is Type.LIST:
        parts = (part.strip() for text in texts for part in text.split(SEPARATOR))
        made = SEPARATOR.join(dict.fromkeys(part for part in parts if part))
    elif field.type is Type.TEXT and field.long:
        made = "\n".join(f"{name}：{text.strip()}" for name, text in zip(_names(said), texts, strict=True))
    else:
        return None
    return made if len(made) <= FIELD_CHARS else None


def _names(said: Sequence[Said]) -> list[str]:
    """What each value stands under: the unit; with the person where two are of one unit; counted where both are one."""
    units = [one.unit for one in said]
    names = [one.unit if units.count(one.unit) == 1 or not one.by else f"{one.unit}（{one.by}）" for one in said]
    return [
        name if names.count(name) == 1 else f"{name}（第 {names[:at].count(name) + 1} 台电脑）"
        for at, name in enumerate(names)
    ]
