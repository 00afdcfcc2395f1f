"""The working days of this home: the county's holiday dictionary over what the state laid down."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from models.domain.calendar import Calendar, made
from models.services.base import dictionaries


def calendar(connection: Connection) -> Calendar:
    """Which days are working days, as the county and the state laid it down."""
    return made(dictionaries.content(connection, "holidays"), official)


def official(day: date) -> bool | None:
    """Whether offices work on a day; None where the package does not know that year yet."""
    from chinese_calendar import (  # pyright: ignore[reportMissingTypeStubs]  # noqa: PLC0415 - read when first asked
        is_workday,  # pyright: ignore[reportUnknownVariableType]
    )

    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return None
