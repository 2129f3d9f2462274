"""How values, places and times are written for people. The same words go to the reader and to the model."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tools.energy_query import EnergyQuery, Hours, NamedHours, Period
from tools.picked_hours import PickedHours
from tools.readings import Inventory

TO_AN_END = re.compile(r"the (?:\d+ )?(?:year|quarter|month|week|day)s? to ")  # "the year to 31 March 2020"
KBTU_PER_KWH = 3.412141633  # of the International Table Btu
FT2_PER_M2 = 1.0 / 0.09290304
SCALE = {  # shown unit: (unit of the evidence, how many of it make one)
    "Wh": ("kWh", 0.001),
    "MWh": ("kWh", 1_000.0),
    "GWh": ("kWh", 1_000_000.0),
    "MJ": ("kWh", 1 / 3.6),
    "GJ": ("kWh", 1_000 / 3.6),
    "TJ": ("kWh", 1_000_000 / 3.6),
    "kBtu": ("kWh", 1 / KBTU_PER_KWH),
    "Btu": ("kWh", 0.001 / KBTU_PER_KWH),
    "MMBtu": ("kWh", 1_000.0 / KBTU_PER_KWH),
    "therms": ("kWh", 100.0 / KBTU_PER_KWH),
    "W": ("kW", 0.001),
    "MW": ("kW", 1_000.0),
    "tCO2e": ("kgCO2e", 1_000.0),
    "gCO2e": ("kgCO2e", 0.001),
    "lbCO2e": ("kgCO2e", 0.45359237),
    "kWh_per_ft2": ("kWh_per_m2", FT2_PER_M2),
    "kBtu_per_ft2": ("kWh_per_m2", FT2_PER_M2 / KBTU_PER_KWH),
    "kBtu_per_m2": ("kWh_per_m2", 1 / KBTU_PER_KWH),
    "MJ_per_m2": ("kWh_per_m2", 1 / 3.6),
}
UNIT_WORDS = {
    "kWh_per_m2": "kWh/m2",
    "kWh_per_ft2": "kWh/ft2",
    "kBtu_per_ft2": "kBtu/ft2",
    "kBtu_per_m2": "kBtu/m2",
    "MJ_per_m2": "MJ/m2",
    "GBP_per_m2": "GBP/m2",
    "kgCO2e_per_m2": "kgCO2e/m2",
    "kWh_per_day": "kWh a day",
    "kWh_per_day_per_K": "kWh a day for each K",
    "percent": "%",
    "ratio": "",
    "count": "",
    "K_d": "K d",
    "degC": "°C",
    "degF": "°F",
    "W_per_m2": "W/m2",
    "gCO2e_per_kWh": "gCO2e/kWh",
    "kgCO2e_per_kWh": "kgCO2e/kWh",
    "pence_per_kWh": "p/kWh",
    "GBP_per_kWh": "GBP/kWh",
}
_HOURS_WORDS: dict[NamedHours, str] = {
    "all": "",
    "night": " at night (22:00 to 06:00)",
    "day": " by day (06:00 to 22:00)",
    "weekend": " at weekends (Saturday and Sunday)",
    "weekday": " on weekdays (Monday to Friday)",
}


def hours_words(hours: Hours) -> str:
    """Say which hours count, with a space before: ' at night (22:00 to 06:00)', ' on Sundays'; nothing of all."""
    return hours.words() if isinstance(hours, PickedHours) else _HOURS_WORDS[hours]


def number(value: float, decimals: int | None = None) -> str:
    """Write a number with thousands separators, and decimals where it is small."""
    if decimals is None:
        size = abs(value)
        whole = size >= 1_000 or (size >= 10 and size == round(size))
        decimals = 0 if whole else 1 if size >= 10 else 2
    text = f"{value:,.{decimals}f}"
    return "0" if text.strip("-0.,") == "" else text


def amount(value: float, unit: str, shown: str | Sequence[str] | None = None) -> str:
    """Write a value with its unit, in the (first) unit asked for that fits: '132,010 kWh', '£12.40', '27.6 %'."""
    other = _fitting(unit, (shown,) if isinstance(shown, str) else shown or ())
    if other:
        scaled = value / SCALE[other][1]
        return f"{number(scaled, 1 if abs(scaled) >= 10 else 2)} {UNIT_WORDS.get(other, other)}"
    if unit == "GBP":
        return f"{'-' if value < 0 else ''}£{abs(value):,.2f}"
    if unit == "percent":
        return f"{value:,.1f} %"
    if unit == "ratio":
        return f"{value:.2f}"
    if unit == "hour_of_day":
        return clock_time(value)
    if unit in ("count", "h") and value == round(value):
        return f"{value:,.0f} {UNIT_WORDS.get(unit, unit)}".rstrip()
    return f"{number(value)} {UNIT_WORDS.get(unit, unit)}".rstrip()


def _fitting(unit: str, shown: Sequence[str]) -> str | None:
    """Return the first of some units that a value can be shown in; None where that is its own."""
    fit = next((s for s in shown if s == unit or (s in SCALE and SCALE[s][0] == unit)), None)
    return None if fit == unit else fit


def clock_time(hour: float) -> str:
    """Write an hour of the day, 0 to 24, as a clock does: 7.5 is '07:30'."""
    minutes = round(60 * hour)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def shown_units(query: EnergyQuery, inventory: Inventory, buildings: Sequence[str]) -> tuple[str, ...]:
    """Return the units to show values in, for `amount`: what was asked for, else what the buildings' site is set to."""
    asked = (query.unit,) if query.unit else ()
    settings = next((inventory.sites[inventory.buildings[b].site].settings for b in buildings), None)
    if settings is None or (settings.energy_unit, settings.area_unit) == ("kWh", "m2"):
        return asked
    return (*asked, settings.energy_unit, f"{settings.energy_unit}_per_{settings.area_unit}")


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
    if TO_AN_END.match(period.words):
        return f"over {period.words}"
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
    """Return the zone of the first building's site; UTC for what is of no building, such as a median of peers."""
    if not buildings:
        return "UTC"
    return inventory.sites[inventory.buildings[buildings[0]].site].timezone
