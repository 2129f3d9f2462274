"""What the words of a column header say: building, kind of meter, unit."""

import re
from typing import NamedTuple

from memory.units import UNITS
from tools.readings import MeterKind


class HeaderWords(NamedTuple):
    """What a header says; empty or None where it is silent."""

    building: str
    kind: MeterKind | None
    unit: str | None


_UNIT_SPELLINGS: dict[str, str] = {
    **{name.lower(): name for name in UNITS if name not in ("W", "MW")},
    "w": "W", "watt": "W", "watts": "W", "megawatt": "MW", "mw": "MW",
    "kilowatt hours": "kWh", "kilowatt-hours": "kWh", "kwhr": "kWh", "kw-hr": "kWh", "kw h": "kWh", "kw.h": "kWh",
    "m^3": "m3", "m³": "m3", "cubic metres": "m3", "cubic meters": "m3", "nm3": "m3",
    "cf": "ft3", "ft^3": "ft3", "ft³": "ft3", "cubic feet": "ft3", "therms": "therm", "thm": "therm", "btus": "Btu",
    "million btu": "MMBtu", "megajoule": "MJ", "megajoules": "MJ", "gigajoule": "GJ", "gigajoules": "GJ",
    "c": "degC", "°c": "degC", "ºc": "degC", "deg c": "degC", "celsius": "degC",
    "f": "degF", "°f": "degF", "deg f": "degF", "fahrenheit": "degF",
    "%": "percent", "%rh": "percent", "w/m2": "W_per_m2", "w/m²": "W_per_m2", "w/m^2": "W_per_m2",
    **{f"{gas}/kwh": "kgCO2e_per_kWh" for gas in ("kg", "kgco2", "kgco2e", "kg_co2", "kg co2")},
    **{f"{gas}/kwh": "gCO2e_per_kWh" for gas in ("g", "gco2", "gco2e", "gco2eq", "g co2")},
    "£/kwh": "GBP_per_kWh", "gbp/kwh": "GBP_per_kWh", "€/kwh": "EUR_per_kWh", "eur/kwh": "EUR_per_kWh",
    "$/kwh": "USD_per_kWh", "usd/kwh": "USD_per_kWh", "₹/kwh": "INR_per_kWh", "inr/kwh": "INR_per_kWh",
}  # fmt: skip

_KIND_WORDS: tuple[tuple[MeterKind, str], ...] = (
    ("gas", r"natural gas|gas|heating load"),
    ("temperature", r"air_temperature|outdoor temperature|temperature|temp|tempc|drybulb"),
    ("humidity", r"relative humidity|humidity|rltv_hum|rh"),
    ("irradiance", r"irradiance|irradiation|solar radiation|ghi|glbl_irad_amt"),
    ("carbon", r"carbon intensity|carbon|co2"),
    ("price", r"price|pricing|tariff"),
    ("electricity", r"electricity|electric|electrical|elec|power|equipment load|energy"),
)

_NOISE = r"consumption|usage|demand|readings?|values?|import|outdoor"
_BRACKETS = re.compile(r"[\[(]([^\])]*)[\])]")


def unit_named(text: str) -> str | None:
    """Return the unit that a text spells, or None. Capitals matter only between mW and MW, and mW is taken as MW."""
    plain = " ".join(text.split()).lower()
    return _UNIT_SPELLINGS.get(plain) or _UNIT_SPELLINGS.get(plain.replace(" ", ""))


def kind_named(text: str) -> MeterKind | None:
    """Return the kind of meter that a text names, or None."""
    return next((kind for kind, words in _KIND_WORDS if _word(words).search(text)), None)


def read_header(header: str) -> HeaderWords:
    """Take a header apart: 'Library electricity [kWh]' is building 'Library', electricity, in kWh."""
    unit, rest = _take_unit(header)
    kind = kind_named(rest)
    if kind is not None:
        rest = _word(dict(_KIND_WORDS)[kind]).sub(" ", rest)
    if kind is None and unit is not None and len(UNITS[unit].kinds) == 1:
        kind = UNITS[unit].kinds[0]
    if kind is not None or unit is not None:
        rest = _word(_NOISE).sub(" ", rest)
    return HeaderWords(" ".join(rest.split()).strip(" -_.:/,;#|"), kind, unit)


def _take_unit(header: str) -> tuple[str | None, str]:
    """Return the unit in brackets, or else the last words of the header that spell one; and the rest."""
    for found in _BRACKETS.finditer(header):
        if (unit := unit_named(found[1])) is not None:
            return unit, header[: found.start()] + " " + header[found.end() :]
    words = re.split(r"([\s_,]+)", header)
    for tail in (3, 1):
        # One letter is more often a name than a unit: "Block C".
        spelled = "".join(words[-tail:])
        if len(words) >= tail and (len(spelled) > 1 or spelled == "%") and (unit := unit_named(spelled)) is not None:
            return unit, "".join(words[:-tail])
    return None, header


def _word(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE)
