"""How values, places and times are written for people. The same words go to the reader and to the model."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tools.energy_query import EnergyQuery, Hours, Period
from tools.readings import Inventory

SCALE = {  # shown unit: (unit of the evidence, how many of it make one)
    "Wh": ("kWh", 0.001),
    "MWh": ("kWh", 1_000.0),
    "GWh": ("kWh", 1_000_000.0),
    "MJ": ("kWh", 1 / 3.6),
    "GJ": ("kWh", 1_000 / 3.6),
    "W": ("kW", 0.001),
    "MW": ("kW", 1_000.0),
    "tCO2e": ("kgCO2e", 1_000.0),
}
UNIT_WORDS = {"kWh_per_m2": "kWh/m2", "percent": "%", "ratio": "", "GBP_per_m2": "GBP/m2", "kgCO2e_per_m2": "kgCO2e/m2"}
HOURS_WORDS: dict[Hours, str] = {
    "all": "",
    "night": " at night (22:00 to 06:00)",
    "day": " by day (06:00 to 22:00)",
    "weekend": " at weekends (Saturday and Sunday)",
    "weekday": " on weekdays (Monday to Friday)",
}


def number(value: float, decimals: int | None = None) -> str:
    """Write a number with thousands separators, and decimals where it is small."""
    if decimals is None:
        size = abs(value)
        whole = size >= 1_000 or (size >= 10 and size == round(size))
        decimals = 0 if whole else 1 if size >= 10 else 2
    text = f"{value:,.{decimals}f}"
    return "0" if text.strip("-0.,") == "" else text


def amount(value: float, unit: str, shown: str | None = None) -> str:
    """Write a value with its unit, in the unit asked for where it fits: '132,010 kWh', '£12.40', '27.6 %'."""
    if shown in SCALE and SCALE[shown][0] == unit:
        scaled = value / SCALE[shown][1]
        return f"{number(scaled, 1 if abs(scaled) >= 10 else 2)} {shown}"
    if unit == "GBP":
        return f"{'-' if value < 0 else ''}£{abs(value):,.2f}"
    if unit == "percent":
        return f"{value:,.1f} %"
    if unit == "ratio":
        return f"{value:.2f}"
    return f"{number(value)} {UNIT_WORDS.get(unit, unit)}"


def place(ids: tuple[str, ...], inventory: Inventory) -> str:
    """Write buildings as a reader knows them; all of a site is the site."""
    for site in inventory.sites.values():
        metered = {m.building for m in inventory.meters.values() if m.site == site.id and m.building}
        if len(ids) > 1 and set(ids) >= metered:
            return site.name
    return listed([named(i, inventory) for i in ids])


def named(building: str, inventory: Inventory) -> str:
    """Write one building: its name, with the id where the name lacks it."""
    known = inventory.buildings.get(building)
    if known is None or known.name.lower().endswith(f" {building}") or known.name.lower() == building:
        return building
    return f"{known.name} ({building})"


def listed(words: list[str]) -> str:
    """Join words as a person would: 'a, b and c'."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def when(query: EnergyQuery) -> str:
    """Write the period of a query with its preposition: 'in March 2019', 'on 5 May 2019', 'over the whole record'."""
    return period_words(query.period) if query.period else "over the whole record"


def period_words(period: Period) -> str:
    """Write a period with its preposition."""
    if period.words.startswith(("since", "after", "before", "until", "the last")):
        return period.words if not period.words.startswith("the") else f"over {period.words}"
    if period.end - period.start == timedelta(hours=1):
        return f"from {period.words}"
    if " to " in period.words:
        return f"from {period.words}"
    return f"on {period.words}" if period.end - period.start <= timedelta(days=1) else f"in {period.words}"


def local_hour(at: datetime, timezone: str) -> str:
    """Write an hour in the site's own time: '14:00 on 3 March 2020'."""
    here = at.astimezone(ZoneInfo(timezone))
    return f"{here:%H:%M} on {here.day} {here:%B %Y}"


def local_dates(start: datetime, end: datetime, timezone: str) -> str:
    """Write the days of [start, end), UTC, where a site is: 'on 3 March 2020', 'from 3 March 2020 to 5 March 2020'."""
    if end - start <= timedelta(hours=1):
        return f"in the hour from {local_hour(start, timezone)}"
    first, last = (at.astimezone(ZoneInfo(timezone)) for at in (start, end - timedelta(microseconds=1)))
    days = [f"{day.day} {day:%B %Y}" for day in (first, last)]
    return f"on {days[0]}" if first.date() == last.date() else f"from {days[0]} to {days[1]}"


def timezone_of(buildings: tuple[str, ...], inventory: Inventory) -> str:
    """Return the zone of the first building's site."""
    return inventory.sites[inventory.buildings[buildings[0]].site].timezone
