"""A decision on a screen: everything that it was made from is there, in words and units."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest

from gateway.dollars import dollars, nano_dollars
from gateway.grid import Grid
from gateway.route_view import (
    budget_line,
    excluded_grid,
    ladder_grid,
    moment_grid,
    question_grid,
    show_all,
    show_short,
    static_grid,
)
from gateway.screen import PlainScreen
from gateway.terminal import _least_width as least_width
from models.router import NO_BUDGET, BudgetView, Candidate, Decision, RouteRequest, decide
from tests.gateway.routed import AWAY, HERE, request_of


def short(request: RouteRequest) -> list[str]:
    out = io.StringIO()
    show_short(PlainScreen(out), request, decide(request))
    return out.getvalue().splitlines()


def explained(request: RouteRequest) -> str:
    out = io.StringIO()
    show_all(PlainScreen(out), request, decide(request), "f" * 64)
    return out.getvalue()


def cells_of(grid: Grid) -> list[dict[str, str]]:
    return [dict(zip(grid.columns, row, strict=True)) for row in grid.rows]


def test_short_form_is_the_ladder_and_one_sentence() -> None:
    ladder, why, foot = short(request_of())
    assert ladder == "embedded:smollm2:135m → cloud:gpt-4o → report"
    assert why == f"Why: {decide(request_of()).reason}."
    assert foot.startswith("INTERNAL · strategy local_first · complexity 0.42 · `eaio route --explain`")


def test_short_form_says_how_many_are_left_out() -> None:
    assert "1 left out" in short(request_of("RESTRICTED"))[2]


def test_ladder_is_shown_with_scores_costs_and_times() -> None:
    grid = ladder_grid(decide(request_of()))
    cells = cells_of(grid)
    assert [(c["rung"], c["endpoint"]) for c in cells] == [("1", "embedded:smollm2:135m"), ("2", "cloud:gpt-4o")]
    assert [c["at most"] for c in cells] == ["$0", "$0.0048"]
    assert [c["takes"] for c in cells] == ["4.5 s", "2.0 s"]
    assert cells[1]["note"] == "time not measured yet, a guess"


def test_every_exclusion_is_shown_with_its_kind_and_reason() -> None:
    grid = excluded_grid(decide(request_of("RESTRICTED")))
    assert [row[:2] for row in grid.rows] == [("cloud:gpt-4o", "label")]
    assert "RESTRICTED data stays local" in grid.rows[0][2]


def test_moment_shows_load_breaker_and_what_a_prediction_is_made_of() -> None:
    resting = replace(AWAY, breaker="open", opens_again_in_s=7.25, in_flight=3, waiting=1)
    here, away = cells_of(moment_grid((HERE, resting)))
    assert (here["said by"], here["calls"], here["queue"], here["whole"]) == ("calls", "0/2", "0/32", "4.5 s")
    assert (away["said by"], away["calls"], away["breaker"]) == ("a guess", "3/16", "open for 7.2 s")


def test_endpoints_are_shown_with_price_label_and_region() -> None:
    here, away = cells_of(static_grid((HERE, replace(AWAY, price_known=False))))
    assert (here["context"], here["quality"], here["price of"]) == ("4,096", "31.5", "")
    assert (away["$/M in, out"], away["price of"]) == ("2.5, 10", "genai-prices 0.2.3, the dearest")
    assert (away["up to"], away["region"]) == ("INTERNAL", "us")


def test_columns_about_clouds_are_left_out_where_there_is_none() -> None:
    assert static_grid((HERE,)).columns == ("endpoint", "can", "context", "quality")


@pytest.mark.parametrize("of", [ladder_grid, excluded_grid])
def test_tables_of_a_decision_fit_a_usual_terminal(of: Callable[[Decision], Grid]) -> None:
    for label in ("INTERNAL", "RESTRICTED"):
        assert least_width(of(decide(request_of(label)))) <= 100


@pytest.mark.parametrize("of", [moment_grid, static_grid])
def test_tables_of_endpoints_fit_a_usual_terminal(of: Callable[[tuple[Candidate, ...]], Grid]) -> None:
    assert least_width(of((HERE, AWAY))) <= 100


def test_question_is_shown_as_sizes_and_the_parts_of_its_complexity() -> None:
    rows = {row[0]: row[1] for row in question_grid(request_of().features).rows}
    assert rows["complexity"] == "0.42 of 1, from base -1.00, comparison +0.50"
    assert rows["prompt"] == "about 320 tokens"
    assert rows["time left"] == "18.5 s"


def test_whole_explanation_names_environment_weights_config_and_digest() -> None:
    said = explained(request_of())
    for words in ("environment production", "weights 0.4 0.3 0.2 0.1", "config abc123", "policy def456", "fffffffff"):
        assert words in said
    assert "On the ladder, by local_first" in said
    assert "Left out" not in said


def test_explanation_without_any_endpoint_is_shown_too() -> None:
    assert "report" in explained(request_of(candidates=()))


@pytest.mark.parametrize(
    ("budget", "words"),
    [
        (request_of().budget, "ample, $0.80 of $1.00 left (tenant local, day 2026-11-22), at most $0.040"),
        (NO_BUDGET, "none: no budget is known here; nothing is spent"),
        (BudgetView("down", reason="the store is gone"), "down: the store is gone; nothing is spent"),
        (BudgetView("spent", 0.0, 1.0, 0.0, "key ann, day 1", "used up"), "spent, $0 of $1.00 left (key ann, day 1)"),
    ],
)
def test_budget_is_said_with_its_scope_or_why_there_is_none(budget: BudgetView, words: str) -> None:
    assert words in budget_line(request_of(budget=budget))


@pytest.mark.parametrize(
    ("usd", "words"),
    [(0, "$0"), (1234.5, "$1,234.50"), (0.5, "$0.50"), (0.042, "$0.042"), (0.00031, "$0.00031"), (-0.042, "-$0.042")],
)
def test_sum_of_money_has_two_decimals_or_its_first_two_digits(usd: float, words: str) -> None:
    assert dollars(usd) == words


def test_budget_that_nothing_would_be_paid_from_is_not_called_missing() -> None:
    alone = request_of(candidates=(HERE, replace(AWAY, outside="EAIO_CLOUD does not name it")), budget=NO_BUDGET)
    assert budget_line(alone) == "Budget: not looked at; nothing that could be asked costs anything."


def test_shorter_prompt_is_shown_where_a_local_model_may_be_asked_with_it() -> None:
    features = replace(request_of().features, tokens_least=190)
    assert ("prompt", "about 320 tokens, or 190 where these do not fit") in question_grid(features).rows


def test_counted_sum_is_shown_in_dollars() -> None:
    assert nano_dollars(4_800_000) == "$0.0048"
