"""Find the quantities in a sentence: numbers with their unit, sign and bound, in digits or in words up to twenty."""

import re
from dataclasses import dataclass, replace
from typing import Literal

Bound = Literal["about", "over", "least", "under", "most", "nearly"]
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
    "kwh_per_m2": ("kWh_per_m2", 1.0),
    "kgco2e": ("kgCO2e", 1.0),
    "kg co2e": ("kgCO2e", 1.0),
    "kgco2": ("kgCO2e", 1.0),
    "kg co2": ("kgCO2e", 1.0),
    "kg of co2e": ("kgCO2e", 1.0),
    "kg of co2": ("kgCO2e", 1.0),
    "kg": ("kgCO2e", 1.0),
    "kilograms of co2e": ("kgCO2e", 1.0),
    "kilograms": ("kgCO2e", 1.0),
    "tonnes of co2e": ("kgCO2e", 1e3),
    "tonnes of co2": ("kgCO2e", 1e3),
    "tonnes co2e": ("kgCO2e", 1e3),
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
    "square metres": ("m2", 1.0),
    "square meters": ("m2", 1.0),
    "m2": ("m2", 1.0),
}
TIMES = "hour|day|night|weekday|weekend|week|month|quarter|year"
_UNITS = "|".join(re.escape(u) for u in sorted(UNIT_FORMS, key=len, reverse=True))
_UNIT = rf"(?:\s?-?\s?(?P<unit>{_UNITS})(?!\w))?"
_RATE = (
    rf"(?P<rate>\s?/\s?\w+|\s(?:per|(?:an?|each|every)(?=\s(?:{TIMES}|m2|square|annum|head|person)\b))\s\w+(?:\s(?:metres?|meters?|foot))?\b"
    r"|\s(?:hourly|daily|nightly|weekly|monthly|quarterly|yearly|annually)\b)?"
)
_WORDS = "|".join(sorted(WORD_NUMBERS, key=len, reverse=True))
_TENS = (
    "thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?|billions?|trillions?|scores?"
)
QUANTITY = re.compile(
    r"(?P<money>[£$€])?\s?(?P<sign>(?<![\w)])[-+])?(?P<money2>[£$€])?"
    r"(?<![\w.,])(?P<digits>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)(?P<exp>e[+-]?\d+)?"
    rf"(?:\s?-?(?P<mag>hundred|thousand|million|billion|bn|k|m)\b)?{_UNIT}{_RATE}"
)
WORDED = re.compile(
    rf"\b(?P<word>{_WORDS})\b(?:[\s-](?P<mag>hundred|thousand|million|billion)\b)?{_UNIT}{_RATE}",
)
BOUNDS: dict[Bound, str] = {
    "about": r"about|around|roughly|approximately|some|circa|ca\.",
    "least": r"at least|no less than|not less than|upwards of",
    "most": r"at most|no more than|not more than|up to|a maximum of",
    "nearly": r"nearly|almost|just under|just below|close to|approaching|not quite",
    "over": r"(?:just |slightly )?(?:over|above|exceed(?:s|ed|ing)?|(?:more|greater|higher|larger) than)",
    "under": r"(?:slightly )?(?:under|below|(?:less|fewer|lower|smaller) than)",
}
BOUND = re.compile(
    rf"(?<!wh )(?<!kw )(?<!% )(?<!percent )(?<!cent )\b(?:{'|'.join(rf'(?P<{n}>{w})' for n, w in BOUNDS.items())})\s+$"
)
MERELY = re.compile(r"\b(?:only|just|all)\s+$")
UNCOUNTABLE = re.compile(
    rf"\b(?:{_TENS}|half|halved|halves|doubl\w*|tripl\w*|quadrupl\w*|twice|thrice|times|"
    r"two-thirds|one-third|a third|a quarter|three-quarters|\w+fold|roman|[ivx]{2,})\b"
)
OTHER_DIGIT = re.compile(r"[^\W\d_]*\d[\w.]*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written at [at, to): its value in `unit` (None where it has none).

    `digits` are as written, without separators; `one` is what the last of them before a point counts. `signed` tells
    that a plus or minus was written, `worded` that the number came from words. `per` is what a rate is of: a span of
    time, or whatever the sentence divides by. `scale` turned what was written into the unit.
    """

    at: int
    to: int
    value: float
    digits: str
    one: float
    unit: str | None
    signed: bool = False
    worded: bool = False
    text: str = ""
    bound: Bound | None = None
    per: str | None = None
    scale: float = 1.0

    def step(self, figures: int) -> float:
        """Return how coarse the number is: trailing zeros may be a rounding, behind that many significant figures."""
        decimals = len(self.digits.partition(".")[2])
        if decimals:
            return 10.0**-decimals * self.one
        zeros = len(self.digits) - len(self.digits.rstrip("0"))
        return 10.0 ** max(min(zeros, len(self.digits) - figures), 0) * self.one


def quantities(sentence: str) -> list[Quantity]:
    """Return the quantities of a lower-case sentence in order, digits and words. A list shares its last unit."""
    found = [_digits(m) for m in QUANTITY.finditer(sentence)]
    taken = [range(q.at, q.to) for q in found]
    words = [_worded(m) for m in WORDED.finditer(sentence) if not any(m.start() in span for span in taken)]
    ordered = sorted(found + [w for w in words if w], key=lambda q: q.at)
    return [_bounded(q, sentence) for q in _sharing_units(ordered, sentence)]


def _digits(match: re.Match[str]) -> Quantity:
    text = match.group("digits").replace(" ", "")
    if re.fullmatch(r"\d+,\d{1,2}|\d+,\d{4,}", text):
        text = text.replace(",", ".")
    plain = text.replace(",", "")
    factor = MAGNITUDES.get(match.group("mag") or "", 1.0)
    if match.group("exp"):
        factor *= 10.0 ** int(match.group("exp")[1:])
    unit, scale, per = _unit(match)
    sign = match.group("sign")
    value = float(plain) * factor * scale * (-1.0 if sign == "-" else 1.0)
    start = match.start() + len(match.group(0)) - len(match.group(0).lstrip())
    return Quantity(
        start,
        match.end(),
        value,
        plain,
        factor * scale,
        unit,
        signed=bool(sign),
        text=match.group(0).strip(),
        per=per,
        scale=scale,
    )


def _unit(match: re.Match[str]) -> tuple[str | None, float, str | None]:
    """Return the unit, how many of it one is, and what it is divided by."""
    unit, scale = UNIT_FORMS.get(match.group("unit") or "", (None, 1.0))
    groups = match.groupdict()
    if money := groups.get("money") or groups.get("money2"):
        unit = "GBP" if money == "£" else "other money"
    rate = re.sub(r"^(?:/\s?|(?:per|an?)\s)", "", (match.group("rate") or "").strip())
    if re.fullmatch(r"m2|square met(?:re|er)s?", rate):
        return f"{unit}_per_m2", scale, None
    per = {"daily": "day", "hourly": "hour", "nightly": "night", "annum": "year", "annually": "year"}.get(rate)
    return unit, scale, per or rate.removesuffix("ly") or None


def _worded(match: re.Match[str]) -> Quantity | None:
    word = match.group("word")
    if word == "one" and not match.group("unit") and not match.group("mag"):
        return None  # "one of them" counts nothing
    factor = MAGNITUDES.get(match.group("mag") or "", 1.0)
    unit, scale, per = _unit(match)
    number, one = WORD_NUMBERS[word], factor * scale
    text = match.group(0)
    return Quantity(
        match.start(), match.end(), number * one, str(number), one, unit, worded=True, text=text, per=per, scale=scale
    )


def _sharing_units(found: list[Quantity], sentence: str) -> list[Quantity]:
    """Give '1,486, 1,440 and 1,488 kWh' one unit: the next one's in a list or range, else the one before."""
    for i in reversed(range(len(found) - 1)):
        one, other = found[i], found[i + 1]
        listed = re.fullmatch(r"\s*(?:,|,? ?(?:and|or|to)\b|-)\s*", sentence[one.to : other.at])
        if one.unit is None and not one.worded and other.unit and listed:
            found[i] = _with_unit(one, other)
    for i in range(1, len(found)):
        if found[i].unit is None and not found[i].worded and found[i - 1].unit:
            found[i] = _with_unit(found[i], found[i - 1])
    return found


def _with_unit(one: Quantity, other: Quantity) -> Quantity:
    scale = other.scale
    return replace(one, unit=other.unit, value=one.value * scale, one=one.one * scale, scale=scale, per=other.per)


def _bounded(quantity: Quantity, sentence: str) -> Quantity:
    """Take in the words before a number that make it a bound: 'over', 'at most', 'nearly'."""
    if merely := MERELY.search(sentence[: quantity.at]):
        return replace(quantity, at=merely.start())
    match = BOUND.search(sentence[: quantity.at])
    if not match:
        return quantity
    return replace(quantity, at=match.start(), bound=next(n for n in BOUNDS if match.group(n)))
