"""`eaio evidence`: a fact's query, its rows, and whether it still comes out the same."""

import csv
import io

import pytest

from tests.gateway.conftest import Run

CHANGE = "How much electricity did b4 use in March 2019 compared with March 2018?"


@pytest.fixture
def ids(served: None, run: Run) -> list[str]:
    """Ask, and return the ids of difference, percent and both operands."""
    return [fact["id"] for fact in run("ask", "--json", CHANGE).json()["evidence"]]


def test_fact_is_shown_with_its_rows_and_comes_out_the_same(run: Run, ids: list[str]) -> None:
    done = run("evidence", ids[0])
    assert done.code == 0
    assert done.out.startswith(f"{ids[0]}  electricity use, difference\n")
    assert "method       first figure less the second" in done.out
    assert "first      b4         743  used" in done.out
    assert "reference  b4         743  used" in done.out
    assert "Computed again from the data as it is now: the same." in done.out


def test_rows_as_csv_add_up_to_the_fact(run: Run, ids: list[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(run("evidence", ids[2], "--csv").out)))
    assert len(rows) == 743
    assert (rows[-1]["at"], rows[-1]["local"]) == ("2019-03-31T22:00:00Z", "2019-03-31 23:00:00+01:00")
    assert {(r["building"], r["meter"], r["kind"], r["used"], r["flag"]) for r in rows} == {
        ("b4", "b4/electricity", "electricity", "yes", "ok")
    }
    assert sum(float(r["value"]) for r in rows) == pytest.approx(11_501.7)


def test_object_counts_rows_and_tells_what_is_the_same(run: Run, ids: list[str]) -> None:
    found = run("evidence", ids[1], "--json").json()
    assert found["evidence"]["id"] == ids[1]
    assert found["recomputed"]["same"] is True
    assert [(part["side"], part["used"], part["left_out"]) for part in found["rows"]] == [
        ("first", 743, {}),
        ("reference", 743, {}),
    ]


def test_rows_that_were_left_out_are_shown_with_the_reason(run: Run, served: None) -> None:
    fact = run("ask", "--json", "How much did b4 cost in October 2019 at night?").json()["evidence"][0]
    done = run("evidence", fact["id"])
    assert "a 0 of an electricity meter is a missing reading" in done.out
    assert "not among the hours asked for" in done.out
    assert "factor" in done.out
    left_out = [r for r in csv.DictReader(io.StringIO(run("evidence", fact["id"], "--csv").out)) if r["used"] == "no"]
    assert {r["flag"] for r in left_out} == {"ok", "zero_as_missing"}


@pytest.mark.usefixtures("served")
def test_unknown_id_ends_with_3_and_is_named(run: Run) -> None:
    done = run("evidence", "e0000000000")
    assert (done.code, done.out) == (3, "")
    assert "'e0000000000'" in done.err
    assert run("evidence", "e0000000000", "--json").json()["status"] == "no_data"
