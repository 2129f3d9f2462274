"""Find the quantities in a sentence: numbers with their unit and sign, in digits or in words up to twenty."""

import re
from dataclasses import dataclass

WORD_NUMBERS = {
    word: value
    for value, word in enumerate(
        """
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty
        """.split()
    )
}
MAGNITUDES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "k": 1e3, "m": 1e6, "bn": 1e9}
UNIT_FORMS = {  # as written: (unit of the evidence, how many of it one is)
    "kwh": ("kWh", 1.0),
    "kilowatt-hours": ("kWh", 1.0),
    "kilowatt hours": ("kWh", 1.0),
    "kilowatt-hour": ("kWh", 1.0),
    "mwh": ("kWh", 1e3),
    "megawatt-hours": ("kWh", 1e3),
    "megawatt hours": ("kWh", 1e3),
    "gwh": ("kWh", 1e6),
    "gigawatt-hours": ("kWh", 1e6),
    "gigawatt hours": ("kWh", 1e6),
    "wh": ("kWh", 1e-3),
    "mj": ("kWh", 1 / 3.6),
    "gj": ("kWh", 1e3 / 3.6),
    "kw": ("kW", 1.0),
    "kilowatts": ("kW", 1.0),
    "mw": ("kW", 1e3),
    "megawatts": ("kW", 1e3),
    "gw": ("kW", 1e6),
    "watts": ("kW", 1e-3),
    "w": ("kW", 1e-3),
    "kwh/m2": ("kWh_per_m2", 1.0),
    "kwh/m²": ("kWh_per_m2", 1.0),
    "kwh per m2": ("kWh_per_m2", 1.0),
    "kwh_per_m2": ("kWh_per_m2", 1.0),
    "kwh per square metre": ("kWh_per_m2", 1.0),
    "kwh per square meter": ("kWh_per_m2", 1.0),
    "kgco2e": ("kgCO2e", 1.0),
    "kg co2e": ("kgCO2e", 1.0),
    "kgco2": ("kgCO2e", 1.0),
    "kg co2": ("kgCO2e", 1.0),
    "kg of co2e": ("kgCO2e", 1.0),
    "kg of co2": ("kgCO2e", 1.0),
    "kg": ("kgCO2e", 1.0),
    "kilograms": ("kgCO2e", 1.0),
    "tonnes": ("kgCO2e", 1e3),
    "tons": ("kgCO2e", 1e3),
    "tco2e": ("kgCO2e", 1e3),
    "t": ("kgCO2e", 1e3),
    "gbp": ("GBP", 1.0),
    "pounds": ("GBP", 1.0),
    "pence": ("GBP", 0.01),
    "percent": ("percent", 1.0),
    "per cent": ("percent", 1.0),
    "percentage points": ("points", 1.0),
    "%": ("percent", 1.0),
}
_UNITS = "|".join(re.escape(u) for u in sorted(UNIT_FORMS, key=len, reverse=True))
_WORDS = "|".join(sorted(WORD_NUMBERS, key=len, reverse=True))
_TENS = (
    "thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?|billions?|trillions?|scores?"
)
QUANTITY = re.compile(
    r"(?P<money>[£$€])?\s?(?P<sign>(?<![\w)])[-+])?(?P<money2>[£$€])?"
    r"(?<![\w.,])(?P<digits>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)(?P<exp>e[+-]?\d+)?"
    rf"(?:\s?-?(?P<mag>hundred|thousand|million|billion|bn|k|m)\b)?(?:\s?-?\s?(?P<unit>{_UNITS})(?![\w/]))?",
    re.IGNORECASE,
)
WORDED = re.compile(
    rf"\b(?P<word>{_WORDS})\b(?:[\s-](?P<mag>hundred|thousand|million|billion)\b)?(?:[\s-](?P<unit>{_UNITS})(?![\w/]))?",
    re.IGNORECASE,
)
UNCOUNTABLE = re.compile(
    rf"\b(?:{_TENS}|half|halved|halves|doubl\w*|tripl\w*|quadrupl\w*|twice|thrice|"
    r"two-thirds|one-third|a third|a quarter|three-quarters|\w+fold|roman|[ivx]{2,})\b",
    re.IGNORECASE,
)
OTHER_DIGIT = re.compile(r"[^\W\d_]*\d[\w.]*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written at [at, to): its value in `unit` (None where it has none), and the step of its last digit.

    `signed` tells that a plus or minus was written. `worded` numbers come from words.
    """

    at: int
    to: int
    value: float
    step: float
    unit: str | None
    signed: bool = False
    worded: bool = False
    text: str = ""


def quantities(sentence: str) -> list[Quantity]:
    """Return the quantities of a sentence in order, digits and words."""
    found = [_digits(m) for m in QUANTITY.finditer(sentence)]
    taken = [range(q.at, q.to) for q in found]
    words = [_worded(m) for m in WORDED.finditer(sentence) if not any(m.start() in span for span in taken)]
    return sorted(found + [w for w in words if w], key=lambda q: q.at)


def _digits(match: re.Match[str]) -> Quantity:
    text = match.group("digits").replace(" ", "")
    if re.fullmatch(r"\d+,\d{1,2}|\d+,\d{4,}", text):
        text = text.replace(",", ".")
    plain = text.replace(",", "")
    factor = MAGNITUDES.get((match.group("mag") or "").lower(), 1.0)
    if match.group("exp"):
        factor *= 10.0 ** int(match.group("exp")[1:])
    decimals = len(plain.partition(".")[2])
    step = 10.0**-decimals if decimals else _integer_step(plain)
    unit, scale = UNIT_FORMS.get((match.group("unit") or "").lower(), (None, 1.0))
    money = match.group("money") or match.group("money2")
    if money:
        unit = "GBP" if money == "£" else "other money"
    sign = match.group("sign")
    value = float(plain) * factor * scale * (-1.0 if sign == "-" else 1.0)
    text = match.group(0).strip()
    return Quantity(match.start(), match.end(), value, step * factor * scale, unit, signed=bool(sign), text=text)


def _integer_step(digits: str) -> float:
    """Return how coarse an integer may be: trailing zeros may be a rounding where two digits stand before them."""
    zeros = len(digits) - len(digits.rstrip("0"))
    return 10.0 ** max(min(zeros, len(digits) - 2), 0)


def _worded(match: re.Match[str]) -> Quantity | None:
    word, unit_word = match.group("word").lower(), (match.group("unit") or "").lower()
    if word == "one" and not unit_word and not match.group("mag"):
        return None  # "one of them" counts nothing
    factor = MAGNITUDES.get((match.group("mag") or "").lower(), 1.0)
    unit, scale = UNIT_FORMS.get(unit_word, (None, 1.0))
    value = WORD_NUMBERS[word] * factor * scale
    return Quantity(match.start(), match.end(), value, scale, unit, worded=True, text=match.group(0))
