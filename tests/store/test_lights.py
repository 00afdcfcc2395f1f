"""The rules of the lights in SQL are the rules of the domain, whatever a county lays down; and what the fold counts."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert, select
from sqlalchemy.pool import StaticPool

from models.domain import light, words
from models.services.base import showing
from models.store import pages
from models.store.rows import NO_DEADLINE
from models.store.schema import metadata, problem

TODAY = date(2024, 1, 15)
days = st.integers(-40, 40).map(lambda n: str(TODAY + timedelta(days=n)))
rows = st.fixed_dictionaries(
    {
        "deadline": st.none() | days,
        "kind_now": st.sampled_from(["", *words.DEADLINE_KIND]),
        "long_term_too": st.sampled_from(["true", "false", None]),
        "pace_now": st.sampled_from(["", *words.PACE]),
        "completed_day": st.none() | st.just("") | days,
        "stage": st.sampled_from(["open", "completed", "closing", "closed"]),
        "last_month": st.sampled_from(["", "2023-11", "2023-12", "2024-01"]),
        "slow_months": st.integers(0, 4),
        "relapsed": st.integers(0, 1),
        "circular_day": st.none() | st.just("") | days,
    }
)
tables = st.fixed_dictionaries(
    {
        rule.name: st.fixed_dictionaries(
            {"on": st.booleans()} | ({} if rule.number is None else {"number": st.integers(1, 40)})
        )
        for rule in light.EVERY
    }
)


@settings(max_examples=40)
@given(st.lists(rows, min_size=1, max_size=20), tables)
def test_sql_and_domain_agree_under_every_table_of_rules(written, content):
    assert not light.fault(content)
    rules = light.thresholds(content)
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        metadata.create_all(connection, tables=[problem])
        blank = {c.name: "" for c in problem.c if not c.nullable and c.name not in ("pk", "id", "top")}
        made = [
            blank
            | {"pk": n, "id": bytes(16), "top": bytes(16), "undecided": 0, "review": 0, "conflicts": 0}
            | row
            | {"due_key": row["deadline"] or NO_DEADLINE}
            for n, row in enumerate(written)
        ]
        connection.execute(insert(problem), made)
        found = connection.execute(
            select(problem, pages.light_of(problem, TODAY, rules).label("colour")).order_by(problem.c.pk)
        )
        for row in found.mappings():
            seen = showing.light_of(row, TODAY, rules)
            assert row["colour"] == seen.colour, (seen, row)
            assert seen.why
    engine.dispose()
