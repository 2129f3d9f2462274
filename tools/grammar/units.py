"""The units that a person may ask for: what each measures, and which of them the answer can be shown in."""

import re
from typing import Final

UNITS: Final[dict[str, tuple[str, str]]] = {  # word: (dimension, the unit shown)
    **dict.fromkeys(["kwh", "kilowatt hours", "kilowatt-hours", "kilowatt hour"], ("energy", "kWh")),
    **dict.fromkeys(["mwh", "megawatt hours", "megawatt-hours", "megawatt hour"], ("energy", "MWh")),
    **dict.fromkeys(["gwh", "gigawatt hours", "gigawatt-hours"], ("energy", "GWh")),
    **dict.fromkeys(["wh", "watt hours", "watt-hours"], ("energy", "Wh")),
    **dict.fromkeys(["mj", "megajoules"], ("energy", "MJ")),
    **dict.fromkeys(["gj", "gigajoules"], ("energy", "GJ")),
    **dict.fromkeys(["tj", "terajoules"], ("energy", "TJ")),
    **dict.fromkeys(["kbtu", "kbtus"], ("energy", "kBtu")),
    **dict.fromkeys(["btu", "btus"], ("energy", "Btu")),
    **dict.fromkeys(["mmbtu", "mmbtus"], ("energy", "MMBtu")),
    **dict.fromkeys(["therms", "therm"], ("energy", "therms")),
    **dict.fromkeys(["kw", "kilowatts", "kilowatt"], ("power", "kW")),
    **dict.fromkeys(["mw", "megawatts", "megawatt"], ("power", "MW")),
    **dict.fromkeys(["w", "watts"], ("power", "W")),
    **dict.fromkeys(["kg", "kgco2e", "kgco2", "kilograms", "kilos"], ("carbon", "kgCO2e")),
    **dict.fromkeys(["g", "grams", "gco2e", "gco2"], ("carbon", "gCO2e")),
    "lbm": ("carbon", "lbCO2e"),
    **dict.fromkeys(["tonnes", "tons", "t", "tco2e", "tco2"], ("carbon", "tCO2e")),
    **dict.fromkeys(["gbp", "pounds", "£", "sterling"], ("money", "GBP")),
    **dict.fromkeys(["euros", "euro", "eur", "dollars", "usd", "rupees", "inr", "yen"], ("other money", "")),
    **dict.fromkeys(["percent", "per cent", "percentage", "a percentage", "%"], ("share", "percent")),
    **dict.fromkeys(["kwh/m2", "kwh/m²", "kwh per m2", "kwh_per_m2"], ("intensity", "kWh_per_m2")),
    **dict.fromkeys(["kwh per square metre", "kwh per square meter"], ("intensity", "kWh_per_m2")),
    **dict.fromkeys(["kwh/ft2", "kwh/ft²", "kwh/sq ft", "kwh/sqft", "kwh per ft2"], ("intensity", "kWh_per_ft2")),
    **dict.fromkeys(["kwh per square foot", "kwh per sq ft", "kwh per sqft"], ("intensity", "kWh_per_ft2")),
    **dict.fromkeys(["kbtu/ft2", "kbtu/ft²", "kbtu/sq ft", "kbtu/sqft", "kbtu/sf"], ("intensity", "kBtu_per_ft2")),
    **dict.fromkeys(["kbtu per square foot", "kbtu per sq ft", "kbtu per ft2"], ("intensity", "kBtu_per_ft2")),
    **dict.fromkeys(["mj/m2", "mj/m²", "mj per m2", "mj per square metre"], ("intensity", "MJ_per_m2")),
    **dict.fromkeys(["lux", "lumens", "lumen", "candela"], ("light", "")),
    **dict.fromkeys(["litres", "liters", "gallons", "m3"], ("volume", "")),
    **dict.fromkeys(["cubic metres", "cubic meters", "cubic feet"], ("volume", "")),
    **dict.fromkeys(["celsius", "fahrenheit", "kelvin", "degrees"], ("temperature", "")),
    **dict.fromkeys(["metres", "meters", "miles", "kilometres", "feet"], ("length", "")),
    **dict.fromkeys(["hours", "minutes", "seconds"], ("time", "")),
    **dict.fromkeys(["volts", "amps", "amperes", "ohms", "hertz", "decibels"], ("another quantity", "")),
    **dict.fromkeys(["pascals", "bar", "psi", "ppm", "newtons"], ("another quantity", "")),
}
INTENSITY_UNITS: Final = frozenset(unit for dimension, unit in UNITS.values() if dimension == "intensity")
_UNIT_WORDS = "|".join(re.escape(u) for u in sorted(UNITS, key=len, reverse=True))
IN_UNIT: Final = re.compile(rf"\b(?:in|as|measured in|expressed in|expressed as|how many)\s+({_UNIT_WORDS})(?![\w/])")
WRONG_QUANTITY: Final = re.compile(
    r"\b(lux|lumens?|candela|volts?|amps?|amperes?|ohms?|hertz|decibels?|pascals?|psi|ppm|newtons?)\b"
)
LEADING: Final = re.compile(
    r"^\W*(mwh|gwh|wh|gj|tj|mj|kbtu|btu|mmbtu|therms?|tonnes|tons|tco2e?|kg|kgco2e?|gco2e?|kilograms|kilos|grams|g|kw|mw)"
    r"(?= (?:co2e?|carbon|of|used|from|at|in|for|by|drawn|burnt|burned|emitted)\b)"
)
TRAILING: Final = re.compile(
    r"(?<=[\s,])\(?(mwh|gwh|gj|tj|mj|kbtu|btu|mmbtu|therms?|gco2e?|tonnes|tons|tco2e?|t|kg|kgco2e?|gbp)\)?\W*$"
)
ANYWHERE: Final = re.compile(  # "Scope 2 tCO2e from electricity": no amount of them, and no rate
    r"(?<![\w/.,])(?<!\d )(?<!per )(?<!each )(?<!every )(tco2e?|kgco2e?|gco2e?|mwh|gwh|gj|tj|kbtu|mmbtu|therms?)\b"
    r"(?!\s?(?:/|per\b|a\b|each\b))"
)
_PER_FOOT: Final = re.compile(
    r"\b(?:(kbtu)\s?)?(?:per|/|for (?:each|every))\s?(?:square f(?:oo|ee)t|sq\.? ?ft|sqft|ft2|ft²)(?!\w)"
)
BARE_UNIT: Final = re.compile(
    rf"(?<![\w/])({'|'.join(re.escape(u) for u in sorted(UNITS, key=len, reverse=True) if '/' in u)})(?![\w/])"
)


def asked_unit(text: str) -> str | None:
    """Return the unit that a lower-case text wants its answer in, one of an area too ('per square foot'), or None."""
    match = unit_said(text)
    unit = UNITS[match.group(1)][1] if match else ""
    if unit in ("", "kWh", "kBtu") and (foot := _PER_FOOT.search(text)):
        return "kBtu_per_ft2" if foot.group(1) or unit == "kBtu" else "kWh_per_ft2"
    return unit or None


def unit_said(text: str) -> re.Match[str] | None:
    """Return where a lower-case text names the unit of its answer, its first group the unit's name, or None."""
    return next((m for p in (IN_UNIT, BARE_UNIT, LEADING, TRAILING, ANYWHERE) if (m := p.search(text))), None)


def dimension_asked(text: str) -> str | None:
    """Return what the unit that a lower-case text asks for measures: energy, power, carbon, money; None without one."""
    match = unit_said(text)
    return UNITS[match.group(1)][0] if match else None
