"""What people say of a site: opening hours, holidays, units, tariff, place. Kept as JSON, checked before it is kept.

The shipped data brings settings too; where both say something, people are right (migration 005).
"""

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from memory.errors import BadChange
from tools.errors import ToolError
from tools.readings import SiteSettings

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ENERGY_UNITS, AREA_UNITS = ("kWh", "kBtu"), ("m2", "ft2")
_SPAN = re.compile(r"(?P<days>[a-z ,\-]+?)\s+(?:(?P<from>\d{1,2}(?::\d{2})?)\s*-\s*(?P<to>\d{1,2}(?::\d{2})?)|closed)")
MAX_OWN_HOLIDAYS = 1_000

Json = dict[str, Any]


def settings_from(kept: Mapping[str, Any]) -> SiteSettings:
    """Return settings from their JSON."""
    opening = kept.get("opening")
    return SiteSettings(
        opening=None if opening is None else {int(day): (hours[0], hours[1]) for day, hours in opening.items()},
        holidays_country=kept.get("holidays_country"),
        holidays_subdiv=kept.get("holidays_subdiv"),
        own_holidays=tuple(date.fromisoformat(day) for day in kept.get("own_holidays", ())),
        energy_unit=kept.get("energy_unit", "kWh"),
        area_unit=kept.get("area_unit", "m2"),
        tariff=kept.get("tariff"),
        latitude=kept.get("latitude"),
        longitude=kept.get("longitude"),
    )


def json_of(settings: SiteSettings) -> Json:
    """Return what settings say, as `settings_from` reads it; what they leave open is left out."""
    said = {name: getattr(settings, name) for name in _NAMES if getattr(settings, name) != getattr(_NOTHING, name)}
    if settings.opening is not None:
        said["opening"] = {str(day): list(hours) for day, hours in settings.opening.items()}
    if settings.own_holidays:
        said["own_holidays"] = [day.isoformat() for day in settings.own_holidays]
    return said


_NOTHING = SiteSettings()
_NAMES = [field.name for field in fields(SiteSettings)]


def checked(given: Mapping[str, Any]) -> Json:
    """Return settings that a person gave, as JSON; those that are None are left out.

    `opening`, `units` and `own_holidays` are as people write them; `opening` may be "unknown". Raises `BadChange`
    naming the value and how to write it.
    """
    kept: Json = {}
    for name, value in given.items():
        if value is None:
            continue
        kept |= _CHECKS[name](value)
    if "holidays_country" in kept:
        kept.setdefault("holidays_subdiv", None)
        _known_holidays(kept["holidays_country"], kept["holidays_subdiv"])
    elif "holidays_subdiv" in kept:
        raise BadChange(f"the part {kept['holidays_subdiv']!r} of which country? Give --holidays with --subdiv")
    return kept


def opening_hours(words: str) -> dict[str, list[float]] | None:
    """Return opening hours by weekday (Monday 0) from "Mon-Fri 07:00-19:00, Sat 9-13"; other days are closed.

    "always" is every hour, "unknown" is None. Raises `BadChange`.
    """
    text = " ".join(words.lower().split())
    if text == "unknown":
        return None
    if text == "always":
        return {str(day): [0.0, 24.0] for day in range(7)}
    found: dict[str, list[float]] = {}
    rest = text or "?"
    while rest:
        span = _SPAN.match(rest)
        if span is None:
            raise BadChange(_HOW_OPENING.format(words))
        hours = [] if span["from"] is None else [_hour(span["from"], words), _hour(span["to"], words)]
        if hours and hours[0] >= hours[1]:
            raise BadChange(f"a day cannot close at {span['to']} before it opens at {span['from']}; split it at 24:00")
        for day in _days(span["days"], words):
            if str(day) in found:
                raise BadChange(f"{WEEKDAYS[day].title()} has two spans of opening hours in {words!r}; give one a day")
            found |= {str(day): hours}
        rest = rest[span.end() :].lstrip(" ,;")
    return {day: hours for day, hours in sorted(found.items()) if hours}


_HOW_OPENING = "the opening hours {!r} cannot be read; write them like 'Mon-Fri 07:00-19:00, Sat 09:00-13:00'"


def _days(words: str, whole: str) -> list[int]:
    days: list[int] = []
    for part in filter(None, re.split(r"[ ,]+", re.sub(r"\s*-\s*", "-", words))):
        first, _, last = part.partition("-")
        try:
            a, b = (WEEKDAYS.index(name.strip()[:3]) for name in (first, last or first))
        except ValueError:
            raise BadChange(_HOW_OPENING.format(whole)) from None
        days += [(a + n) % 7 for n in range((b - a) % 7 + 1)]
    return days


def _hour(words: str, whole: str) -> float:
    hours, _, minutes = words.partition(":")
    at = int(hours) + int(minutes or 0) / 60
    if at > 24 or int(minutes or 0) > 59:
        raise BadChange(_HOW_OPENING.format(whole))
    return at


def _known_holidays(country: str, subdivision: str | None) -> None:
    from tools.errors import BadQuestion
    from tools.public_holidays import holidays_of

    try:
        holidays_of(country, [2024], subdivision)
    except BadQuestion as why:
        raise BadChange(str(why)) from why


def _country(words: str) -> Json:
    return {"holidays_country": None if words.lower() == "none" else words.upper()}


def _holidays(words: str) -> Json:
    try:
        days = sorted({date.fromisoformat(day.strip()) for day in words.split(",") if day.strip()})
    except ValueError as why:
        raise BadChange(
            f"the holidays {words!r} cannot be read ({why}); write days like 2024-12-24, with commas"
        ) from why
    if len(days) > MAX_OWN_HOLIDAYS:
        raise BadChange(f"{len(days)} own holidays are too many; give at most {MAX_OWN_HOLIDAYS}")
    return {"own_holidays": [day.isoformat() for day in days]}


def _units(words: str) -> Json:
    kept: Json = {}
    for word in filter(None, re.split(r"[ ,]+", words)):
        unit = next((known for known in (*ENERGY_UNITS, *AREA_UNITS) if known.lower() == word.lower()), None)
        if unit is None:
            raise BadChange(f"{word!r} is no unit a site can have; give one or two of kWh, kBtu, m2, ft2")
        kept["energy_unit" if unit in ENERGY_UNITS else "area_unit"] = unit
    return kept


def _currency(words: str) -> Json:
    if not re.fullmatch(r"[A-Za-z]{3}", words):
        raise BadChange(f"{words!r} is no currency; give its three letters, such as GBP")
    return {"currency": words.upper()}


def _tariff(given: Mapping[str, Any]) -> Json:
    from tools.money.tariff_json import check_tariff  # few set a tariff, and it takes longer than all else here

    try:
        check_tariff(given)
    except ToolError as why:
        raise BadChange(str(why)) from why
    return {"tariff": dict(given)}


def _degrees(name: str, most: float) -> Any:
    def check(value: float) -> Json:
        if not -most <= value <= most:
            raise BadChange(f"a {name} of {value:g} cannot be; give degrees from -{most:g} to {most:g}")
        return {name: float(value)}

    return check


_CHECKS: Mapping[str, Any] = {
    "opening": lambda words: {"opening": opening_hours(words)},
    "holidays": _country,
    "subdiv": lambda words: {"holidays_subdiv": words.upper()},
    "own_holidays": _holidays,
    "units": _units,
    "currency": _currency,
    "tariff": _tariff,
    "latitude": _degrees("latitude", 90.0),
    "longitude": _degrees("longitude", 180.0),
}
