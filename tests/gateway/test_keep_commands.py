"""`eaio data exclude|export|event` and `eaio site`: data corrected and described by people, and answers that follow."""

import stat
from pathlib import Path

import pytest

from gateway.errors import BadUsage
from gateway.local_span import moment
from tests.gateway.conftest import Run

QUESTION = ("ask", "--json", "How much gas did b8 use in March 2019?")


@pytest.mark.usefixtures("own_data")
def test_excluded_hours_change_the_answer_and_come_back(run: Run) -> None:
    before = run(*QUESTION).json()["evidence"][0]
    done = run("data", "exclude", "b8 gas", "2019-03-03", "2019-03-05", "--because", "the meter was open")
    assert (done.code, done.err) == (0, "")
    assert "Left out: 72 hours of b8/gas from 2019-03-03 00:00 to 2019-03-06 00:00 (Europe/London)" in done.out
    answer = run(*QUESTION).json()["evidence"][0]
    assert answer["value"] < before["value"]
    assert any("Left out because a person said so: 72 hours" in caveat for caveat in answer["caveats"])
    made = run("data", "check", "--json").json()["exclusions"][-1]
    assert (made["meter"], made["because"], made["undone_at"]) == ("b8/gas", "the meter was open", None)
    assert "the meter was open" in run("data", "check").out
    assert "Counts again: 72 hours" in run("data", "exclude", "--undo", str(made["id"])).out
    again = run(*QUESTION).json()["evidence"][0]
    assert (again["value"], again["caveats"]) == (before["value"], before["caveats"])


@pytest.mark.usefixtures("own_data")
def test_what_is_missing_from_an_exclusion_is_said(run: Run) -> None:
    assert "--because" in run("data", "exclude", "b8/gas", "2019-03-03", "2019-03-05").err
    assert "did you mean b8/gas" in run("data", "exclude", "b8/gaz", "2019-03-03", "2019-03-05", "--because", "x").err
    assert "no exclusion 999" in run("data", "exclude", "--undo", "999").err
    assert "write 2019-03-05" in run("data", "exclude", "b8/gas", "March", "2019-03-05", "--because", "x").err


@pytest.mark.usefixtures("own_data")
def test_building_is_exported_to_a_file_of_its_owners(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "b8.csv"
    done = run("data", "export", "b8", "--from", "2019-03-30", "--to", "2019-03-31", "-o", str(path))
    assert f"94 readings of b8/electricity, b8/gas are in {path}" in done.out
    assert path.read_text().startswith(
        "start of hour [Europe/London],meter,unit,value [kWh],flag\n2019-03-30T00:00:00+00:00,"
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "is there already" in run("data", "export", "b8", "-o", str(path)).err
    none = run("data", "export", "b8/gas", "--from", "2001-01-01", "--to", "2001-01-02", "-o", str(path), "--replace")
    assert (none.code, "there is no reading in that time" in none.err) == (3, True)


@pytest.mark.usefixtures("own_data")
def test_site_is_set_and_shown(run: Run, tmp_path: Path) -> None:
    tariff = tmp_path / "tariff.json"
    tariff.write_text('{"name": "Fixed", "currency": "GBP", "energy": {"price_per_kwh": 0.2}}')
    words = ("--opening", "Mon-Fri 07:00-19:00", "--holidays", "GB", "--subdiv", "SCT", "--tariff", str(tariff))
    done = run("site", "set", "cambridge", *words)
    assert done.code == 0
    assert "Mon 07:00-19:00, Tue 07:00-19:00" in done.out
    shown = run("site", "show", "ucam", "--json").json()["site"]
    assert shown["settings"]["holidays_subdiv"] == "SCT"
    assert shown["settings"]["tariff"]["name"] == "Fixed"
    assert "Fixed, in GBP" in run("site", "show", "cambridge").out
    assert "unchanged" in run("site", "set", "cambridge", *words).out
    tariff.write_text("not json")
    assert "is no JSON" in run("site", "set", "cambridge", "--tariff", str(tariff)).err
    assert "--opening" in run("site", "set", "cambridge").err


@pytest.mark.usefixtures("own_data")
def test_event_is_kept_shown_and_removed(run: Run) -> None:
    kept = run("data", "event", "b8", "retrofit", "2019-06-01", "--note", "new boilers")
    assert "retrofit of b8 from 2019-06-01" in kept.out
    event = run("data", "check", "--json").json()["events"][-1]
    assert (event["building"], event["start"], event["note"]) == ("b8", "2019-06-01", "new boilers")
    assert "new boilers" in run("data", "check").out
    assert "Removed event" in run("data", "event", "--remove", str(event["id"])).out
    assert "write it like 2019-06-01" in run("data", "event", "b8", "retrofit", "last June").err


def test_last_day_of_a_span_belongs_to_it_and_a_time_does_not() -> None:
    assert f"{moment('2019-03-31', 'Europe/London', ends=True):%Y-%m-%d %H:%M}" == "2019-03-31 23:00"
    assert f"{moment('2019-03-31 00:00', 'Europe/London', ends=True):%Y-%m-%d %H:%M}" == "2019-03-31 00:00"
    assert f"{moment('2019-07-01', 'Europe/London'):%Y-%m-%d %H:%M}" == "2019-06-30 23:00"
    with pytest.raises(BadUsage, match="is no day or time"):
        moment("soon", "UTC")
