"""What the figures of a building's hours are called: '95th percentile of the load', 'hours above 20 kW'."""

from tools.data_asked import DataAsked
from tools.wording import amount


def noun_of(asked: DataAsked) -> str:
    """Return what a figure is called, for a rank or a comparison."""
    level = asked.level
    return {
        "percentile": f"{ordinal(level or 0.0)} percentile of the load",
        "median": "median load",
        "standard_deviation": "standard deviation of the load",
        "above": f"hours above {amount(level or 0.0, 'kW')}",
        "below": f"hours below {amount(level or 0.0, 'kW')}",
        "zeros": "share of zeros",
        "missing": "share of missing hours",
        "rise": "largest rise from one hour to the next",
        "fall": "largest fall from one hour to the next",
        "top": "highest hour",
        "baseload_share": "share of the baseload",
        "crest": "crest factor",
    }.get(asked.figure or "", "figure")


def ordinal(number: float) -> str:
    """Write a number as an ordinal: 95 is '95th', 1 is '1st'."""
    whole = int(number) if number == int(number) else None
    if whole is None:
        return f"{number:g}th"
    end = "th" if whole % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole}{end}"
