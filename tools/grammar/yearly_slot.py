"""An amount a year, which is a figure of its own and no list of years: 'what would it save us per year?'."""

import re
from datetime import timedelta
from typing import Any, Final

from tools.grammar.comparison_slot import last_full_year
from tools.grammar.reading import Reading

A_YEAR: Final = re.compile(
    r"\b(?:per|a) (?:year|annum)\b(?! (?:ago|before|earlier|later|on\b|to\b|ending|of\b|by\b))|\bannual(?:ly)?\b|"
    r"\bp\.a\.?(?=\W|$)|(?<!by )\byearly\b"
)
EACH_YEAR: Final = re.compile(r"\b(?:each|every|by|which|what|for each) years?\b|\byear[ -](?:by|on)[ -]year\b")
LONGER: Final = timedelta(days=370)


def is_yearly(text: str) -> bool:
    """Tell whether a lower-case text asks for an amount a year, rather than for each of some years."""
    return bool(A_YEAR.search(text)) and not EACH_YEAR.search(text)


def mean_year(s: Reading, notes: list[str]) -> dict[str, Any]:
    """Return that a plain sum is meant a year, where no period or one of several years is asked about."""
    period = s.line.period
    if not is_yearly(s.said) or (period and period.end - period.start <= LONGER):
        return {}
    notes.append("an amount a year is the mean of the valid hours, times the hours of a year")
    return {"statistic": "mean", "per": "year"}


def settle_saving_a_year(values: dict[str, Any], s: Reading, notes: list[str]) -> None:
    """Take what a change would save 'per year' as its saving in one year, the last full one where none is named."""
    if not is_yearly(s.said):
        return
    if values["group"] == "year":
        values["group"] = "none"
    if values["period"] is None:
        year = last_full_year(s, values)
        values["period"] = year
        notes.append(f"a saving a year is that of {year.words}, the last full year of data")
