"""Charts in characters are true to their values, fit the terminal and say what their marks stand for."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.charts.canvas import Between, Stroke, plot, shaded
from gateway.charts.small import small
from gateway.load_shape import curve
from tests.gateway.charts.made import EVERY, NAN, baseline, day, duration, fan, heat, ranking
from tools.chart import Chart, Kind, Series

VALUES = st.lists(st.one_of(st.just(NAN), st.floats(-1e9, 1e9)), min_size=1, max_size=200)
KINDS: tuple[Kind, ...] = ("bar", "line", "duration", "heat", "fan", "baseline")


def text(chart: Chart, width: int = 72) -> list[str]:
    """Return the lines without their styles."""
    return [line for line, _ in small(chart, width=width)]


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("width", [30, 72, 200])
def test_drawing_fits_the_width_and_a_screen(name: str, width: int) -> None:
    drawn = [line for line, style in small(EVERY[name], width=width) if style == "cyan"]
    assert max(map(len, drawn)) <= max(72, width)
    assert 3 <= len(drawn) <= 15


@pytest.mark.parametrize("kind", KINDS)
@given(values=VALUES, width=st.integers(0, 120))
def test_any_values_are_drawn_or_nothing_is(kind: Kind, values: list[float], width: int) -> None:
    labels = tuple(f"{n:02d}:00" for n in range(len(values)))
    band = Series("band", tuple(values), tuple(v + 1 for v in values))
    rows = (Series("00:00", tuple(values)), *(() if kind in ("heat", "line") else (band,)))
    chart = replace(day(), kind=kind, labels=labels, values=tuple(values), series=rows)
    lines = small(chart, width=width)
    assert bool(lines) == (width > 6 and any(map(math.isfinite, values)))
    assert "nan" not in " ".join(line for line, _ in lines)


def test_range_of_values_stands_in_the_title() -> None:
    assert text(heat())[0] == "b4, hour by day, 10 kW to 39 kW"


def test_curve_leaves_a_gap_where_nothing_is_known() -> None:
    assert curve([4, NAN, 4], width=3, height=1) == ["█ █"]
    assert curve([4, NAN], width=1, height=1) == ["█"]
    assert curve([NAN], width=3) == []


def test_lines_stand_at_their_heights_and_the_first_is_on_top() -> None:
    drawn = plot([Stroke("a", [0, 2, 4]), Stroke("b", [4, 2, 0])], width=3, height=3)
    assert drawn == ["b a", " a", "a b"]


def test_band_lies_behind_its_line() -> None:
    assert plot([Stroke("o", [2.0])], [Between([0.0], [4.0])], width=1, height=3) == ["░", "o", "░"]


def test_values_below_zero_have_room() -> None:
    assert plot([Stroke("o", [-4, 0, 4])], width=3, height=3) == ["  o", " o", "o"]


def test_shades_rise_with_the_value_and_the_unknown_is_a_dot() -> None:
    assert shaded([[0, 1, 2, 3, 4], [NAN, 4, 4, 4, 4]], width=5) == [" ░▒▓█", "·████"]


def test_heat_map_folds_three_hours_into_a_row() -> None:
    lines = text(heat())
    assert [line[:5] for line in lines[1:9]] == [f"{h:02d}:00" for h in range(0, 24, 3)]
    assert all(line[6:][6:8] == "··" for line in lines[1:9])  # the fourth day, two characters wide


def test_forecast_and_baseline_say_what_their_marks_are() -> None:
    assert text(fan())[-1] == "● forecast  ○ measured  + seasonal naive  ░ 90 % interval"
    assert text(baseline())[-1] == "● metered  ○ baseline  ░ 90 % interval"


def test_duration_curve_falls_over_the_share_of_time() -> None:
    lines = text(duration())
    assert lines[-1].startswith("0 %")
    assert lines[-1].endswith("100 % of the time")
    assert lines[1].startswith("█")


def test_bars_show_sign_value_and_what_is_not_known() -> None:
    lines = text(ranking())
    assert lines[1].startswith("b105  ████")
    assert lines[3].endswith("not known")
    assert lines[4].startswith("b22  -█")
    assert lines[4].endswith("-500,000 kWh")


def test_long_ranking_counts_what_it_leaves_out() -> None:
    chart = replace(day(), kind="bar")
    assert text(chart)[-1] == "… 9 more; `--chart FILE.html` has all"
