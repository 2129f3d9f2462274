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
    **dict.fromkeys(["kw", "kilowatts", "kilowatt"], ("power", "kW")),
    **dict.fromkeys(["mw", "megawatts", "megawatt"], ("power", "MW")),
    **dict.fromkeys(["w", "watts"], ("power", "W")),
    **dict.fromkeys(["kg", "kgco2e", "kgco2", "kilograms", "kilos"], ("carbon", "kgCO2e")),
    **dict.fromkeys(["tonnes", "tons", "t", "tco2e", "tco2"], ("carbon", "tCO2e")),
    **dict.fromkeys(["gbp", "pounds", "£", "sterling"], ("money", "GBP")),
    **dict.fromkeys(["euros", "euro", "eur", "dollars", "usd", "rupees", "inr", "yen"], ("other money", "")),
    **dict.fromkeys(["percent", "per cent", "percentage", "a percentage", "%"], ("share", "percent")),
    **dict.fromkeys(["kwh/m2", "kwh/m²", "kwh per m2", "kwh_per_m2"], ("intensity", "kWh_per_m2")),
    **dict.fromkeys(["kwh per square metre", "kwh per square meter"], ("intensity", "kWh_per_m2")),
    **dict.fromkeys(["lux", "lumens", "lumen", "candela"], ("light", "")),
    **dict.fromkeys(["litres", "liters", "gallons", "m3"], ("volume", "")),
    **dict.fromkeys(["cubic metres", "cubic meters", "cubic feet"], ("volume", "")),
    **dict.fromkeys(["celsius", "fahrenheit", "kelvin", "degrees"], ("temperature", "")),
    **dict.fromkeys(["metres", "meters", "miles", "kilometres", "feet"], ("length", "")),
    **dict.fromkeys(["hours", "minutes", "seconds"], ("time", "")),
    **dict.fromkeys(["volts", "amps", "amperes", "ohms", "hertz", "decibels"], ("another quantity", "")),
    **dict.fromkeys(["pascals", "bar", "psi", "ppm", "newtons"], ("another quantity", "")),
}
_UNIT_WORDS = "|".join(re.escape(u) for u in sorted(UNITS, key=len, reverse=True))
IN_UNIT: Final = re.compile(rf"\b(?:in|as|measured in|expressed in|expressed as|how many)\s+({_UNIT_WORDS})(?![\w/])")
WRONG_QUANTITY: Final = re.compile(
    r"\b(lux|lumens?|candela|volts?|amps?|amperes?|ohms?|hertz|decibels?|pascals?|psi|ppm|newtons?)\b"
)
