"""The ways down: which figure may be shown more widely, and which never."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.declassify import Aggregation, Coarsening, Consent, Grounds, Lowered, Published, Rules, declassify
from privacy.labels import Label
from privacy.policy.file import load_policy

YEAR = Grounds(
    source="tool.energy",
    start=datetime(2019, 1, 1, tzinfo=UTC),
    end=datetime(2020, 1, 1, tzinfo=UTC),
    buildings=("b4",),
    shows_hours=False,
    whole_months=True,
)
RULES = load_policy().rules
OWNER = Consent("b4", date(2019, 1, 1), date(2020, 1, 1), Label.PUBLIC, "Estates Office", "letter of 2026-01-12")


def label(grounds: Grounds, rules: Rules = RULES) -> Label:
    return declassify(Label.RESTRICTED, grounds, rules).label


def portfolio(parts: list[float]) -> Grounds:
    """Return the grounds of a yearly sum of so many buildings."""
    return replace(
        YEAR,
        buildings=tuple(f"p{i}" for i in range(len(parts))),
        contributors=len(parts),
        largest_share=max(parts) / sum(parts),
    )


def test_yearly_total_of_one_building_is_internal() -> None:
    assert declassify(Label.RESTRICTED, YEAR, RULES) == Lowered(Label.INTERNAL, "coarsening")


def test_interval_load_of_one_building_stays_restricted() -> None:
    assert label(replace(YEAR, shows_hours=True)) is Label.RESTRICTED


def test_week_stays_restricted() -> None:
    assert label(replace(YEAR, end=datetime(2019, 1, 8, tzinfo=UTC))) is Label.RESTRICTED


def test_span_that_cuts_a_month_stays_restricted_because_two_such_spans_would_tell_a_day() -> None:
    assert label(replace(YEAR, whole_months=False)) is Label.RESTRICTED
    assert label(replace(portfolio([1.0] * 20), whole_months=False)) is Label.RESTRICTED


def test_sum_of_fifteen_alike_buildings_is_public() -> None:
    assert declassify(Label.RESTRICTED, portfolio([1.0] * 15), RULES) == Lowered(Label.PUBLIC, "aggregation")


@pytest.mark.parametrize(
    "parts",
    [[1.0] * 14, [1.0] * 14 + [2.6], [27.6, *[72.4 / 19] * 19]],
    ids=["fourteen buildings", "one above 15 %", "one at 27.6 %, as b105 is of Cambridge"],
)
def test_sum_in_which_one_building_shows_is_not_public(parts: list[float]) -> None:
    assert label(portfolio(parts)) is Label.INTERNAL


def test_sum_with_one_building_at_just_fifteen_percent_is_public() -> None:
    assert label(portfolio([15.0, *[85.0 / 17] * 17])) is Label.PUBLIC


def test_daily_pattern_of_a_portfolio_stays_restricted() -> None:
    assert label(replace(portfolio([1.0] * 20), shows_hours=True)) is Label.RESTRICTED


def test_consent_of_the_owner_lowers_what_it_covers() -> None:
    rules = Rules(consent=(OWNER,))
    assert declassify(Label.RESTRICTED, replace(YEAR, shows_hours=True), rules) == Lowered(Label.PUBLIC, "consent")


@pytest.mark.parametrize(
    "grounds",
    [
        replace(YEAR, buildings=("b8",)),
        replace(YEAR, buildings=("b4", "b8")),
        replace(YEAR, end=datetime(2020, 1, 1, 1, tzinfo=UTC)),
        replace(YEAR, start=datetime(2018, 12, 31, 23, tzinfo=UTC)),
        replace(YEAR, buildings=()),
    ],
    ids=["another building", "one building more", "an hour after", "an hour before", "no building"],
)
def test_consent_lowers_nothing_beyond_it(grounds: Grounds) -> None:
    assert label(grounds, Rules(consent=(OWNER,))) is Label.RESTRICTED


def test_published_benchmark_is_public() -> None:
    grounds = replace(YEAR, source="benchmarks.cbecs", shows_hours=True)
    assert label(grounds, Rules(published=Published(("benchmarks.*",)))) is Label.PUBLIC


def test_no_rules_lower_nothing() -> None:
    assert declassify(Label.RESTRICTED, portfolio([1.0] * 50), Rules()) == Lowered(Label.RESTRICTED)


@given(st.sampled_from(list(Label)), st.lists(st.floats(0.1, 10), min_size=1, max_size=40), st.booleans())
def test_no_rule_ever_raises_a_label(before: Label, parts: list[float], shows_hours: bool) -> None:
    lowered = declassify(before, replace(portfolio(parts), shows_hours=shows_hours), RULES)
    assert lowered.label <= before
    assert (lowered.rule is None) == (lowered.label is before)


def test_rule_above_the_label_there_is_changes_nothing() -> None:
    rules = Rules(coarsening=Coarsening(to=Label.CONFIDENTIAL), aggregation=Aggregation(to=Label.CONFIDENTIAL))
    assert declassify(Label.INTERNAL, portfolio([1.0] * 20), rules) == Lowered(Label.INTERNAL)
