"""Usage as one HTML page that needs nothing else: what was aimed for first, then plots, then the tables."""

from datetime import date
from typing import TYPE_CHECKING

from gateway.column_plot import Column, Part, column_plot
from gateway.dollars import NANO, nano_dollars
from gateway.model_matrix.plots import Bar, Line, bar_plot
from gateway.page import bullets, page, safe, table
from gateway.usage_figures import CHEAPER_TARGET, LOCAL_TARGET, UsageReport, saved_share, without_gaps
from gateway.usage_table import HERE, SAVED, UNSETTLED, budget_grid, in_words, nothing, percent, usage_grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memory.usage_ledger import UsageSum

    Days = Sequence[tuple[date, UsageSum | None]]

TITLE = "Usage: answered here, and what it cost"
MOST_DAYS, MOST_MODELS = 92, 20
TWICE = "A question that two models were asked has its calls with each, and counts once for each of them."
ESTIMATED = "Prices that nobody knows count as the dearest one; `eaio usage --json` has the sums unrounded."


def as_html(report: UsageReport, made: str) -> str:
    """Return the page; `made` says when, as text."""
    days = f"{report.words} (days of {report.timezone})" if not report.is_empty else "no days"
    body = [f"<h1>{safe(TITLE)}</h1>", f'<p class="soft">{safe(f"{days}. Made {made}.")}</p>']
    if report.is_empty:
        return page(TITLE, [*body, f"<p>{safe(nothing(report))}</p>", *_budgets(report)])
    body += [*(f"<p><b>{safe(line)}</b></p>" for line in in_words(report.totals))]
    body += [*verdicts(report.totals), "<h2>Day by day</h2>"]
    body += [*_day_plots(without_gaps(report.days, MOST_DAYS)), "<h2>By model</h2>", *_model_plots(report.models)]
    body += _budgets(report)
    body += ["<h2>In figures</h2>", *_tables(report), "<h2>How to read this</h2>"]
    return page(TITLE, [*body, bullets([HERE, TWICE, SAVED, ESTIMATED])])


def _budgets(report: UsageReport) -> list[str]:
    if not report.budgets:
        return []
    note = [f'<p class="bad">{safe(UNSETTLED)}</p>'] if report.unsettled else []
    return ["<h2>Left to spend</h2>", table(budget_grid(report)), *note]


def verdicts(totals: "UsageSum") -> list[str]:
    """Say for each aim whether it is met."""
    cheaper = saved_share(totals)
    found = [
        ("Answered here", totals.local_share, LOCAL_TARGET),
        ("Cheaper than GPT-4o alone", cheaper, CHEAPER_TARGET),
    ]
    return [_verdict(words, share, target) for words, share, target in found if share is not None]


def _verdict(words: str, share: float, target: float) -> str:
    met = share >= target
    kind, word = ("good", "met") if met else ("bad", "missed")
    return f'<p class="{kind}">{safe(words)}: {percent(share)}, aim {100 * target:.0f} %: <b>{word}</b></p>'


def _day_plots(days: "Days") -> list[str]:
    return [_questions(days), _shares(days), _costs(days)]


def _questions(days: "Days") -> str:
    parts = (Part("bar", "answered here"), Part("other", "read by a cloud"))
    columns = [
        Column(
            _name(day),
            (of.local_questions, of.questions - of.local_questions) if of else (0, 0),
            f"{of.questions:,} questions, {of.local_questions:,} answered here" if of else "nothing was asked",
        )
        for day, of in days
    ]
    return column_plot("Questions", parts, columns)


def _shares(days: "Days") -> str:
    columns = [
        Column(_name(day), (100 * (of.local_share or 0),) if of else (0,), percent(of.local_share) if of else "none")
        for day, of in days
    ]
    aim = Line(100 * LOCAL_TARGET, f"aim {100 * LOCAL_TARGET:.0f} %")
    return column_plot("Share answered here", (Part("bar"),), columns, unit=" %", most=100.0, line=aim)


def _costs(days: "Days") -> str:
    parts = (Part("other", "paid to clouds"), Part("outline", "the same words at GPT-4o's price"))
    columns = [
        Column(
            _name(day),
            (of.cost_nusd / NANO,) if of else (0,),
            f"{nano_dollars(of.cost_nusd)} paid, {nano_dollars(of.baseline_nusd)} at GPT-4o's price" if of else "none",
            outline=of.baseline_nusd / NANO if of else None,
        )
        for day, of in days
    ]
    return column_plot("Cost, US dollars", parts, columns, unit="$")


def _name(day: date) -> str:
    return f"{day:%d %b}".lstrip("0")


def _model_plots(models: "Sequence[UsageSum]") -> list[str]:
    """Plot the tokens that each model wrote, and what clouds were paid; the most first."""
    wrote = sorted((m for m in models if m.tokens_out), key=lambda m: -m.tokens_out)[:MOST_MODELS]
    paid = sorted((m for m in models if m.cost_nusd), key=lambda m: -m.cost_nusd)[:MOST_MODELS]
    tokens = [Bar(m.name, m.tokens_out, f"{m.tokens_out:,}") for m in wrote]
    costs = [Bar(m.name, m.cost_nusd / NANO, nano_dollars(m.cost_nusd)) for m in paid]
    plots = [bar_plot("Tokens written", "", tokens)] if tokens else []
    return [*plots, bar_plot("Paid, US dollars", "$", costs)] if costs else plots


def _tables(report: UsageReport) -> list[str]:
    grids = [
        usage_grid("day", report.days, "By day"),
        usage_grid("model", report.models, "By model"),
        usage_grid("tenant", report.tenants, "By tenant"),
    ]
    return [table(grid) for grid in grids]
