"""Whatever a coordinator fills in is a question that the grammar reads as just that."""

from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from nodes.coordinate import SENTENCES, QueryForm, in_english
from tests.small_site import inventory
from tools.absence import NEEDED
from tools.energy_query import Analysis
from tools.grammar import parse
from tools.grammar.beyond import BEYOND

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ANALYSES = {
    "peers": "peer_rank",
    "waste": "waste",
    "schedule": "schedule",
    "anomalies": "anomalies",
    "level changes": "level_changes",
    "causes of change": "causes",
    "baseline": "baseline",
    "savings": "savings",
    "forecast for tomorrow": "forecast",
    "forecast for next week": "forecast",
    "degree days": "degree_days",
    "load duration": "load_duration",
}


def form(**filled: Any) -> QueryForm:
    """Return a form about b1 in 2019."""
    empty = {"about_energy": "yes", "measure": "electricity", "building": "b1", "period": "2019", "rank": "none"}
    return QueryForm(**{**empty, "night_or_weekend": "all hours", **filled})


@pytest.mark.parametrize(("statistic", "analysis"), ANALYSES.items())
def test_form_reads_as_the_analysis_that_it_names(statistic: str, analysis: str) -> None:
    text = in_english(form(statistic=statistic)).replace("all hours", "")
    (query,) = parse(text, inventory(), NOW).queries
    assert (query.statistic, query.buildings) == (analysis, ("b1",))


def test_each_sentence_belongs_to_an_analysis() -> None:
    assert set(SENTENCES) == set(ANALYSES)
    assert set(ANALYSES.values()) <= set(get_args(Analysis))


def test_for_all_that_is_not_metered_it_is_known_what_would_be_needed() -> None:
    assert {subject for _, subject in BEYOND} | {"far future"} <= set(NEEDED)
