"""Every kind of chart is valid Vega-Lite, says what the values are, and invents nothing where they are not known."""

import json
import math
from dataclasses import replace
from typing import Any

import pytest

from gateway.charts.picture import picture_of
from gateway.charts.spec import MOST_LINES, SCHEMA, spec_of
from privacy.labels import Label
from tests.gateway.charts.made import (
    AHEAD,
    EVERY,
    HOSTILE,
    NAN,
    baseline,
    day,
    fan,
    found_days,
    heat,
    months,
    ranking,
)
from tools.chart import Chart

PNG = b"\x89PNG"


def rows(spec: dict[str, Any], mark: str) -> list[list[dict[str, Any]]]:
    """Return the data of each layer with a mark."""
    return [layer["data"]["values"] for layer in spec["layer"] if layer["mark"]["type"] == mark]


@pytest.mark.parametrize("name", EVERY)
def test_every_kind_is_valid_by_the_schema_of_vega_lite(name: str) -> None:
    import altair as alt

    alt.Chart.from_dict(spec_of(EVERY[name], ["The headline.", "* a caveat"]))


@pytest.mark.slow
@pytest.mark.parametrize("name", EVERY)
def test_every_kind_becomes_a_picture(name: str) -> None:
    assert picture_of(spec_of(EVERY[name], ["The headline."])).startswith(PNG)


@pytest.mark.parametrize("name", EVERY)
def test_specification_is_plain_json_with_no_address_to_load_from(name: str) -> None:
    text = json.dumps(spec_of(EVERY[name]), allow_nan=False)
    assert text.replace(SCHEMA, "").count("://") == 0
    assert '"url"' not in text


def test_gap_stays_a_gap_and_values_are_not_rounded() -> None:
    chart = replace(day(), values=(NAN, 1 / 3, *day().values[2:]))
    line = rows(spec_of(chart), "line")[0]
    assert [row["y"] for row in line[:2]] == [None, 1 / 3]
    assert line[1]["said"] == "0.33 kW"


def test_line_without_any_value_is_left_out() -> None:
    assert len(rows(spec_of(EVERY["day types"]), "line")) == 3


def test_values_between_gaps_are_dots() -> None:
    dots = rows(spec_of(found_days()), "point")[0]
    assert [(row["label"], row["y"]) for row in dots] == [("2019-03-28", 40.0), ("2019-04-03", 40.0)]


def test_hour_that_the_clock_strikes_twice_keeps_both_values() -> None:
    twice = [row["y"] for row in rows(spec_of(fan()), "line")[-1] if row["label"] == AHEAD[25]]
    assert len(twice) == 2
    assert all(twice)
    names = replace(day(), labels=("01:00",) * 24)
    assert {row["x"] for row in rows(spec_of(names), "line")[0]} == {"01:00", *(f"01:00 ({n})" for n in range(2, 25))}


def test_local_time_is_drawn_as_it_is_whatever_the_readers_zone() -> None:
    spec = spec_of(found_days())
    assert spec["layer"][0]["encoding"]["x"]["scale"] == {"type": "utc"}
    assert rows(spec, "line")[0][0]["x"] == 1_553_472_000_000  # 2019-03-25T00:00Z


def test_ranking_keeps_its_order_and_a_building_without_a_value_its_place() -> None:
    spec = spec_of(ranking())
    place = spec["layer"][0]["encoding"]["y"]
    assert (place["scale"]["domain"], place["sort"]) == (["b105", "b4", "b8", "b22"], None)
    assert [row["said"] for row in rows(spec, "text")[0]] == ["7,400,000 kWh", "132,000 kWh", "-500,000 kWh"]


def test_ranking_of_a_portfolio_draws_the_first_and_counts_the_rest() -> None:
    names = tuple(f"b{n}" for n in range(1_636))
    chart = Chart("use by building", "kWh", names, tuple(map(float, range(1_636))), "bar", Label.INTERNAL)
    spec = spec_of(chart)
    assert len(rows(spec, "bar")[0]) == 60
    assert spec["title"]["subtitle"] == ["The first 60 of 1636 are drawn."]


def test_months_stand_side_by_side_with_whiskers_on_the_first() -> None:
    spec = spec_of(months())
    bars, whiskers = rows(spec, "bar")[0], rows(spec, "rule")[0]
    assert {row["name"] for row in bars} == {"electricity use by month", "2018"}
    assert {row["name"] for row in whiskers} == {"electricity use by month"}
    assert (whiskers[0]["y"], whiskers[0]["high"]) == (550.0, 650.0)


def test_heat_map_has_a_row_an_hour_and_leaves_out_what_is_not_known() -> None:
    spec = spec_of(heat())
    cells = rows(spec, "rect")[0]
    assert len(cells) == 24 * 14 - 24 - 1  # a day, and the hour that spring skips
    assert spec["layer"][0]["encoding"]["y"]["scale"]["domain"][::23] == ["00:00", "23:00"]
    assert cells[0] == {"x": "2019-03-25", "name": "00:00", "label": "2019-03-25", "y": 10.0, "said": "10 kW"}


def test_savings_are_the_area_between_use_and_baseline() -> None:
    _, less, more = rows(spec_of(baseline()), "area")
    assert sum(r["high"] - r["y"] for r in less if r["y"] is not None) == pytest.approx(8 * 15)
    assert sum(r["high"] - r["y"] for r in more if r["y"] is not None) == pytest.approx(5 * 10)
    assert [r["y"] for r in less if r["label"] == "2019-03-30"] == [None]


def test_baseline_chart_without_a_baseline_is_still_drawn() -> None:
    spec = spec_of(replace(baseline(), series=()))
    assert len(rows(spec, "line")) == 1


def test_values_of_zero_and_of_nothing_known_are_drawn() -> None:
    for values in ((0.0,) * 24, (NAN,) * 24, (math.inf, *(0.0,) * 23)):
        for kind in ("line", "bar", "duration", "fan", "baseline"):
            json.dumps(spec_of(replace(day(), values=values, kind=kind)), allow_nan=False)


def test_headline_and_caveats_are_wrapped_and_where_too_long_say_so() -> None:
    short = spec_of(day(), ["word " * 60, "* a caveat"])["title"]["subtitle"]
    assert " ".join(short) == f"{('word ' * 60).strip()} * a caveat"
    long = spec_of(day(), ["word " * 1_000])["title"]["subtitle"]
    assert len(long) == MOST_LINES
    assert long[-1].endswith("(more in the answer)")


@pytest.mark.slow
def test_hostile_name_stays_a_name() -> None:
    chart = replace(ranking(HOSTILE), title=HOSTILE)
    spec = spec_of(chart, [HOSTILE])
    assert all(c.isprintable() for line in [*spec["title"]["text"], *spec["title"]["subtitle"]] for c in line)
    assert picture_of(spec).startswith(PNG)
