"""A chart goes where it was asked to, as what its name says, readable by its owner alone."""

from dataclasses import asdict
from pathlib import Path

import pytest

from gateway.charts import chart_of_event, write_charts
from gateway.charts.files import chart_path
from gateway.errors import BadUsage
from graphs.runtime import SERDE
from privacy.labels import Label
from tests.gateway.charts.made import EVERY, NAN, baseline, day, ranking
from tools.chart import Chart, Series

FACT = {"id": "e1", "caveats": ["gas is labelled kWh and may be m3"], "coverage": 1.0}
ANSWER = {"question": "How much?", "headline": "b4 used 5 kWh.", "evidence": [FACT]}


@pytest.mark.slow
def test_page_takes_all_charts_and_a_picture_the_first(tmp_path: Path) -> None:
    charts = [ranking(), day()]
    assert write_charts(charts, ANSWER, tmp_path / "a.html") == 2
    assert write_charts(charts, ANSWER, tmp_path / "a.PNG") == 1
    assert (tmp_path / "a.PNG").read_bytes().startswith(b"\x89PNG")
    assert "may be m3" in (tmp_path / "a.html").read_text()
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


@pytest.mark.slow
def test_file_that_cannot_be_written_is_told_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match=r"gone/day\.png: it cannot be written"):
        write_charts([day()], ANSWER, tmp_path / "gone" / "day.png")


@pytest.mark.parametrize(("name", "said"), [("use.pdf", "ends in .png or .html"), ("/nowhere/use.html", "no folder")])
def test_name_that_will_not_do_is_told_before_anything_is_asked(name: str, said: str) -> None:
    with pytest.raises(BadUsage, match=said):
        chart_path(name)


@pytest.mark.parametrize("name", EVERY)
def test_chart_comes_back_from_its_event_and_from_a_conversation(name: str) -> None:
    chart = EVERY[name]
    kept = SERDE.loads_typed(SERDE.dumps_typed(chart))
    for one in (chart, kept):
        assert repr(chart_of_event(asdict(one) | {"label": one.label.name})) == repr(chart)


def test_gap_that_went_through_json_is_a_gap_again() -> None:
    event = {"title": "t", "unit": "kW", "kind": "line", "labels": ["a", "b"], "values": [1, None]}
    assert repr(chart_of_event(event).values) == repr((1.0, NAN))
    assert chart_of_event(event).label is Label.RESTRICTED


def test_chart_whose_series_do_not_fit_its_labels_is_an_error_where_it_is_made() -> None:
    with pytest.raises(ValueError, match="has 2 labels and 1 of 'values'"):
        Chart("t", "kW", ("a", "b"), (1.0,), "line", Label.RESTRICTED)
    with pytest.raises(ValueError, match="has 14 labels and 1 of 'low'"):
        Chart("t", "kW", baseline().labels, baseline().values, "line", Label.RESTRICTED, (Series("low", (1.0,)),))
    with pytest.raises(ValueError, match="of kind 'pie'"):
        Chart("t", "kW", ("a",), (1.0,), "pie", Label.RESTRICTED)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="nothing to draw"):
        Chart("t", "kW", (), (), "line", Label.RESTRICTED)
