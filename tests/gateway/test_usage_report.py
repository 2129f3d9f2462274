"""What `eaio usage` shows of sums: true shares, readable money, and a page that needs nothing else."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest

from gateway.column_plot import Column, Part, column_plot
from gateway.errors import BadUsage
from gateway.screen import PlainScreen
from gateway.usage_figures import Budget, Period, UsageReport, as_json, period_of, without_gaps
from gateway.usage_page import as_html
from gateway.usage_table import MOST_LINES, percent, show
from memory.usage_ledger import UsageSum

MIDNIGHT = datetime(2026, 11, 22, 23, tzinfo=UTC)
AMPLE = Budget("tenant local, day 2026-11-22", 930_000_000, 1_000_000_000, MIDNIGHT, 0.1)
NOTHING = UsageSum("all", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)


def day(name: str, questions: int = 10, local: int = 9) -> UsageSum:
    """Return a day on which the rest of the questions went to a cloud, once each."""
    cost, baseline = 320_000 * (questions - local), 2_000_000 * questions
    return UsageSum(name, questions, local, questions, questions - local, 3200, 640, 0, cost, baseline - cost, baseline)


def report(*days: UsageSum, by: Any = "day", totals: UsageSum | None = None, **other: Any) -> UsageReport:
    total = totals or day("all", sum(d.questions for d in days), sum(d.local_questions for d in days))
    models, tenants = [day("embedded:smollm2:135m", 9, 9), day("cloud:gemini", 1, 0)], [day("local")]
    given: dict[str, Any] = {"period": Period(), "timezone": "Europe/Berlin", "budgets": [AMPLE]} | other
    return UsageReport(by=by, totals=total, days=days, models=models, tenants=tenants, **given)


EMPTY = report(totals=NOTHING)


def printed(of: UsageReport) -> str:
    out = io.StringIO()
    show(PlainScreen(out), of)
    return out.getvalue()


def test_days_are_shown_with_local_share_cost_and_saving() -> None:
    said = printed(report(day("2026-11-21"), day("2026-11-22", 10, 10)))
    assert said.startswith("Usage by day, 2026-11-21 to 2026-11-22 (days of Europe/Berlin)\n")
    assert re.search(r"2026-11-21 +10 +90\.0 % +10 +1 +3,200 +640 +\$0\.00032 +\$0\.020 +\$0\.020", said)
    assert "95.0 % of 20 questions answered here; clouds were paid $0.00032" in said
    assert "99.2 % less than the $0.040 of GPT-4o alone." in said
    assert re.search(r"tenant local, day 2026-11-22 +\$0\.93 of \$1\.00 +2026-11-23 00:00 CET", said)


@pytest.mark.parametrize(("left", "state"), [(100_000_000, "ample"), (99_999_999, "low"), (0, "spent"), (-1, "spent")])
def test_budget_that_is_low_or_spent_says_that_all_stays_local(left: int, state: str) -> None:
    budget = replace(AMPLE, left_nusd=left)
    assert budget.state == state
    said = printed(report(day("2026-11-22"), budgets=[budget]))
    assert ("so all stays local" in said) is (state != "ample")


def test_what_waits_to_be_counted_is_told() -> None:
    assert "could not count yet" in printed(report(day("2026-11-22"), unsettled=True))
    assert "could not count yet" in as_html(report(day("2026-11-22"), unsettled=True), "now")


def test_models_and_tenants_have_a_line_each() -> None:
    assert "cloud:gemini" in printed(report(day("2026-11-22"), by="model"))
    assert "answered by" in printed(report(day("2026-11-22"), by="model"))
    assert re.search(r"^local +10", printed(report(day("2026-11-22"), by="tenant")), re.MULTILINE)


def test_many_days_are_cut_and_the_cut_is_told() -> None:
    days = [day(date.fromordinal(739_000 + n).isoformat()) for n in range(MOST_LINES + 9)]
    said = printed(report(*days))
    assert days[8].name not in said.split("\n", 1)[1]
    assert days[9].name in said
    assert "9 earlier lines are in the sums below" in said


def test_empty_ledger_says_so() -> None:
    assert printed(EMPTY).startswith("Nothing was asked yet; `eaio ask`")
    assert as_json(EMPTY)["reason"] == "nothing was asked in this period"
    assert "Nothing was asked yet" in as_html(EMPTY, "now")
    only = report(totals=NOTHING, period=Period(date(2026, 1, 1), None))
    assert printed(only).startswith("Nothing was asked from 2026-01-01 to now (days of Europe/Berlin).")


def test_more_than_the_alternative_reads_as_more() -> None:
    dear = UsageSum("all", 1, 0, 1, 1, 100, 10, 0, 3_000_000, -2_000_000, 1_000_000)
    said = printed(report(day("2026-11-22"), totals=dear))
    assert "200.0 % more than the $0.0010 of GPT-4o alone" in said


def test_nothing_is_compared_where_no_words_stood() -> None:
    vain = UsageSum("all", 1, 1, 1, 0, 100, 10, 0, 0, 0, 0)
    assert "nothing to compare with" in printed(report(day("2026-11-22"), totals=vain))


def test_object_has_shares_and_money_in_dollars_and_as_counted() -> None:
    said = as_json(report(day("2026-11-22")))
    (row,) = said["rows"]
    assert (row["name"], row["local_share"], row["cost_nusd"], row["cost_usd"]) == ("2026-11-22", 0.9, 320_000, 0.00032)
    assert row["saved_share"] == pytest.approx(0.984)
    assert (said["by"], said["timezone"], said["unsettled"]) == ("day", "Europe/Berlin", False)
    assert [(b["scope"], b["left_usd"], b["state"]) for b in said["budgets"]] == [(AMPLE.scope, 0.93, "ample")]


@pytest.mark.parametrize(
    ("share", "words"),
    [(None, "-"), (1.0, "100.0 %"), (0.9999, "99.9 %"), (0.9499, "94.9 %"), (0.95, "95.0 %"), (0.0, "0.0 %")],
)
def test_share_never_reads_as_more_than_it_is(share: float | None, words: str) -> None:
    assert percent(share) == words


def test_days_without_a_question_keep_their_place() -> None:
    found = without_gaps([day("2026-11-19"), day("2026-11-22")], 92)
    assert [(at.day, of is not None) for at, of in found] == [(19, True), (20, False), (21, False), (22, True)]
    assert [at.day for at, _ in without_gaps([day("2026-01-01"), day("2026-11-22")], 3)] == [20, 21, 22]
    assert without_gaps([], 92) == []


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("yesterday", None, "--since yesterday"),
        (None, "2026-02-30", "--until 2026-02-30"),
        ("2026-02-02", "2026-02-01", "after"),
    ],
)
def test_period_that_is_none_is_refused_with_its_value(since: str | None, until: str | None, words: str) -> None:
    with pytest.raises(BadUsage, match=words):
        period_of(since, until)


class Links(HTMLParser):
    """Collects the tags of a page, and whatever could make a browser fetch something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [f"{tag} {name}" for name, _ in attrs if name in ("src", "href", "srcset", "action", "data")]


def test_page_has_plots_and_tables_and_fetches_nothing() -> None:
    html = as_html(report(day("2026-11-20"), day("2026-11-22")), "2026-11-22 12:00 UTC")
    page = Links()
    page.feed(html)
    assert (page.tags.count("svg"), page.tags.count("table")) == (5, 4)
    assert (page.fetched, {"script", "link", "img"} & set(page.tags)) == ([], set())
    assert "url(" not in html
    assert "@import" not in html
    assert "prefers-color-scheme:dark" in html
    assert "@media print" in html


def test_page_says_for_each_aim_whether_it_is_met() -> None:
    html = as_html(report(day("2026-11-22", 10, 9)), "now")
    assert "Answered here: 90.0 %, aim 95 %: <b>missed</b>" in html
    assert "Cheaper than GPT-4o alone: 98.4 %, aim 60 %: <b>met</b>" in html


def test_page_shows_hostile_names_as_text() -> None:
    hostile = day('<script>alert("x")</script>\x1b[31m', 3, 3)
    html = as_html(UsageReport(Period(), "UTC", "model", day("all"), [day("2026-11-22")], [hostile], [hostile]), "now")
    assert "<script>" not in html
    assert "\x1b" not in html
    assert "&lt;script&gt;" in html


def test_columns_are_stacked_from_the_axis_up_and_named() -> None:
    parts = (Part("bar", "here"), Part("other", "cloud"))
    drawn = column_plot("Questions", parts, [Column("1 Nov", (3, 1), "4 questions"), Column("2 Nov", (0, 0), "none")])
    boxes = re.findall(r'<rect class="(\w+)" x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', drawn)
    (_, here_top, _), (_, cloud_top, cloud_height) = boxes[2:]  # the first two are the legend's
    assert float(cloud_top) + float(cloud_height) == pytest.approx(float(here_top), abs=0.2)
    assert "<title>1 Nov: 4 questions</title>" in drawn
    assert ">2 Nov</text>" in drawn


def test_plot_of_nothing_but_zeros_is_drawn() -> None:
    assert "<svg" in column_plot("Cost", (Part("bar"),), [Column("1 Nov", (0,), outline=0.0)], unit="$")
    assert "<svg" in column_plot("Cost", (), [])
