"""The amounts that a question states beside its dates: money, prices, degrees, hours, percents.

They are found before the periods, so that 'an investment of 2019 pounds' is no year.
"""

import re
from dataclasses import dataclass
from typing import Final

from tools.grammar.period_patterns import COUNTS

_DIGITS: Final = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"  # a comma behind a number is no part of it
_N: Final = _DIGITS.join(("(?P<{0}>", r"|\.\d+)")).replace("{1,3}", "{{1,3}}").replace("{2,3}", "{{2,3}}")
_WORD_N: Final = _N.removesuffix(r"|\.\d+)") + r"|half|an|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_THOUSANDS: Final = r"(?:\s?(?P<{0}>k|thousand|grand|m|million|lakhs?)\b)?"
_SIGN: Final = r"(?<![a-z])(?P<sign>£|€|\$|₹|gbp|eur|usd|inr|rs\.?)"
_NAME: Final = r"(?P<name>pounds?(?: sterling)?|quid|gbp|euros?|eur|dollars?|usd|rupees?|inr|£|€|\$|₹)"
_PER_KWH: Final = r"\s?(?:/|per|a|an|each|for (?:a|each))\s?(?:kwh|kilowatt[ -]hour|unit)\b"
_PENCE: Final = r"\s?(?P<p>p|pence|cents?|c|paise)"
_WS: Final = r"\s*"

MONEY: Final = re.compile(
    rf"{_SIGN}{_WS}{_N.format('n')}{_THOUSANDS.format('k')}"
    rf"|(?<![\w.,]){_N.format('n2')}{_THOUSANDS.format('k2')}{_WS}{_NAME}(?!\w)"
    r"|(?<![\w.,])(?P<n3>\d[\d,]+(?:\.\d+)?(?=\s?k\b)|\d[\d,]*(?:\.\d+)?(?=\s?(?:grand|lakhs?)\b))\s?(?P<k3>k|"
    r"grand|lakhs?)"
)
PRICE: Final = re.compile(
    rf"(?<![\w.,])(?:(?:£|€|\$|₹|gbp|eur|usd|inr){_WS})?{_N.format('n')}"
    rf"(?:{_PENCE}|{_WS}(?:pounds?|gbp|euros?|eur|dollars?|usd|rupees?|inr|£|€|\$))?{_PER_KWH}"
)
PRICE_OF_EACH: Final = re.compile(
    rf"\b(?:each|every|a|per) kwh (?:costs?|is|was|were|at|for|priced at)\s+(?:£|€|\$|"
    rf"₹)?{_N.format('n')}(?:{_PENCE})?\b"
)
FACTOR_OF_EACH: Final = re.compile(
    rf"\b(?:each|every|a|per) kwh (?:counts?|emits?|causes?|is|at)\s+(?:as )?{_N.format('n')}\s?(?P<unit>kg|g)\w*"
)
FACTOR: Final = re.compile(
    rf"(?<![\w.,])(?P<n>{_DIGITS}|\.\d+|zero|no)\s?(?P<unit>kg|g|grams?|kilograms?)\s?(?:of\s)?(?:co2e?|"
    r"co₂e?|carbon|ghg)?"
    rf"(?:\s?equivalents?)?{_PER_KWH}"
)
ENERGY_A_YEAR: Final = re.compile(
    rf"(?<![\w.,]){_N.format('n')}\s?(?P<unit>kwh|mwh|gwh)\s?(?:a|per|/|each|every)\s?(?:year|yr|annum)\b"
)
_NOT_MONEY: Final = (
    r"(?!\s?(?:%|per ?cent|k?wh?\b|mwh|gwh|k\b|kelvin|degrees?|°|hours?|days?|weeks?|months?|"
    r"years?\b|kg|tonnes?|buildings?))"
)
BARE_COST: Final = re.compile(  # "if we invest 30,000": money with no sign
    r"\b(?:invest\w*|spend\w*|spent|outlay|capex|payback|pay|paying|costs?|costing|price|for)\s+(?:of\s+|"
    r"about\s+|around\s+|is\s+)?"
    rf"(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{3,}}){_THOUSANDS.format('k')}{_NOT_MONEY}(?!\d)"
)
BARE_SAVING: Final = re.compile(
    r"\b(?:sav(?:e[sd]?|ing|ings)|worth|earn\w*|brings?)\s+(?:of\s+|us\s+|about\s+|around\s+)?"
    rf"(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{2,}}){_THOUSANDS.format('k')}{_NOT_MONEY}(?=\s?(?:a|per|/|each|"
    rf"every)\s?(?:year|yr|annum)|"
    r"\s(?:annually|yearly|p\.?a))"
)
A_YEAR: Final = re.compile(
    r"^\s*(?:(?:saved|in savings|of savings|off the bills?)\s+)?(?:(?:a|per|each|every|/)\s?(?:year|yr|annum)|"
    r"annually|yearly|p\.?a\.?)(?!\w)"
)
SAVES: Final = re.compile(
    r"\b(?:sav(?:e[sd]?|ing|ings)|reduc\w*|cut\w*)\b(?:\s+(?:of|us|me|about|around|the bill|by|worth|bills?|"
    r"costs?)){0,3}\s*$"
)
DEGREES: Final = re.compile(
    rf"(?<![\w.,-]){_WORD_N.format('n')}\s?(?:-\s?)?"
    r"(?P<unit>kelvins?|k\b|°\s?[ck]?|degrees?(?: (?:c|celsius|kelvin|centigrade))?|deg\s?c?\b|celsius|c\b)(?!\w)"
)
FROM_TO_DEGREES: Final = re.compile(
    r"\bfrom\s+(?P<a>\d+(?:\.\d+)?)\s?(?:°\s?c?|degrees?|deg|c)?\s+(?:down |up )?to\s+(?P<b>\d+(?:\.\d+)?)"
    r"(?:\s?(?:°\s?c?|degrees?(?: c\w*)?|deg\w*|c\b))?"
)
_OF_BASE: Final = r"\s?(?:°\s?)?(?:deg(?:rees?)?\s?)?"
BASE: Final = re.compile(
    r"\b(?:base(?: temp(?:erature)?\.?)?(?:\s+(?:of|at|temperature|is|=))?|to(?: the)? base|balance point of|"
    r"threshold of)\s*"
    rf"=?\s*(?P<n>-?\d+(?:\.\d+)?){_OF_BASE}(?P<unit>f(?:ahrenheit)?\b|c(?:elsius)?\b)?"
)
LEADS_BASE: Final = re.compile(  # "18 °C base"
    rf"(?<![\w.,])(?P<n>\d+(?:\.\d+)?){_OF_BASE}(?P<unit>f(?:ahrenheit)?|c(?:elsius)?)?\s?base\b"
)
BARE_DEGREES: Final = re.compile(  # "CDD 65F Delhi"
    r"(?<![\w.,-])(?P<n>-?\d{1,3}(?:\.\d+)?)\s?(?:°\s?|deg(?:rees?)?\s?)?(?P<unit>f(?:ahrenheit)?|c(?:elsius)?)\b"
    r"|(?<![\w.,-])(?P<n2>\d{1,2}(?:\.\d+)?)\s?(?:°|deg(?:rees?)?\b)(?! days?)"
    r"|\b(?:above|below|under|over)\s+(?P<n3>\d{1,2}(?:\.\d+)?)(?![\w.,%])(?! (?:%|days?|months?|per))"
)
ABOVE: Final = re.compile(
    r"\b(?:above|below|over|under|relative to|against|from|at)\s+(?P<n>-?\d+(?:\.\d+)?)\s?"
    r"(?:(?:°|degrees?|deg)\s?(?P<unit>c|f)?(?:elsius|ahrenheit)?|(?P<unit2>c|f)\b)(?P<n2>)?"
)
HOURS: Final = re.compile(rf"(?<![\w.,:]){_WORD_N.format('n')}(?:\s+and a half)?\s?-?\s?(?:hours?|hrs?|h)\b")
TENS: Final = {"fifteen": 15, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}
_PERCENT_N: Final = rf"(?P<n>{_DIGITS}|\.\d+|{'|'.join([*COUNTS, *sorted(TENS, key=len, reverse=True)])})"
PERCENT: Final = re.compile(rf"(?<![\w.,-]){_PERCENT_N}\s?(?:%|per ?cent\b|percent\b)")
FRACTIONS: Final = {"halv": 50.0, "half": 50.0, "a third": 100.0 / 3.0, "a quarter": 25.0, "a fifth": 20.0}
YEAR_LIKE: Final = re.compile(r"(?:19|20)\d\d")
LEADS_MONEY: Final = re.compile(
    r"\b(?:invest\w*|spend\w*|spent|outlay|capex|pay\w*|paid|costs?|costing|price|budget|worth|sav\w*|earn\w*|"
    r"brings?)\s+(?:(?:of|about|around|is|was|us|me|an?|nearly|roughly)\s+)*$"
)
WARMEST_BASE_DEGC: Final = 40.0
_SCALE: Final = {"k": 1e3, "thousand": 1e3, "grand": 1e3, "m": 1e6, "million": 1e6, "lakh": 1e5, "lakhs": 1e5}
_CURRENCY: Final = {
    **dict.fromkeys(["£", "gbp", "pound", "pounds", "pounds sterling", "pound sterling", "quid"], "GBP"),
    **dict.fromkeys(["€", "eur", "euro", "euros"], "EUR"),
    **dict.fromkeys(["$", "usd", "dollar", "dollars"], "USD"),
    **dict.fromkeys(["₹", "inr", "rs", "rs.", "rupee", "rupees"], "INR"),
}


@dataclass(frozen=True, slots=True)
class Quantities:
    """What a text states: money at once and a year, a price and a carbon factor of a kWh, and where each stands.

    `currency` is that of the money where one is named. `saved_kwh`: energy that is said to be saved in a year.
    """

    investment: float | None = None
    saving_a_year: float | None = None
    price_per_kwh: float | None = None
    factor_kgco2e_per_kwh: float | None = None
    saved_kwh: float | None = None
    currency: str | None = None
    spans: tuple[tuple[int, int], ...] = ()


def quantities(text: str) -> Quantities:
    """Return the money, prices and factors of a lower-case text; a sum 'a year', or one that is saved, is a saving."""
    spans: list[tuple[int, int]] = []
    factor = next((m for p in (FACTOR, FACTOR_OF_EACH) for m in _taken(p, text, spans)), None)
    price = next((m for p in (PRICE, PRICE_OF_EACH) for m in _taken(p, text, spans)), None)
    energy = next(iter(_taken(ENERGY_A_YEAR, text, spans)), None)
    sums = list(_taken(MONEY, text, spans))
    yearly = next((m for m in sums if _is_yearly(text, m)), None)
    once = next((m for m in sums if m is not yearly), None)
    bare_yearly = next(iter(_taken(BARE_SAVING, text, spans)), None) if yearly is None else None
    bare_once = next(iter(_taken(BARE_COST, text, spans)), None) if once is None and (yearly or bare_yearly) else None
    return Quantities(
        investment=_money(once) if once else _bare(bare_once),
        saving_a_year=_money(yearly) if yearly else _bare(bare_yearly),
        price_per_kwh=_price(price) if price else None,
        factor_kgco2e_per_kwh=_factor(factor) if factor else None,
        saved_kwh=_energy(energy) if energy else None,
        currency=next((c for m in (once, yearly) if m and (c := _currency(m))), None),
        spans=tuple(spans),
    )


def number(text: str) -> float:
    """Return a number as people write it: '20,000', 'two', 'half'."""
    if text in ("a", "an", "half", "no"):
        return {"a": 1.0, "an": 1.0, "half": 0.5, "no": 0.0}[text]
    words = COUNTS | TENS
    return float(words[text]) if text in words else float(text.replace(",", ""))


def percent_of(text: str) -> float | None:
    """Return the percent that a text states, 'halved' and 'a third' too, or None."""
    if match := PERCENT.search(text):
        return number(match.group("n"))
    return next((share for word, share in FRACTIONS.items() if re.search(rf"\b{word}", text)), None)


def degrees_k(text: str) -> float | None:
    """Return by how many K something is moved: '2 K', 'two degrees', 'from 21 to 19', or None."""
    if match := FROM_TO_DEGREES.search(text):
        return abs(float(match.group("a")) - float(match.group("b")))
    return number(match.group("n")) if (match := DEGREES.search(text)) else None


def base_degc(text: str) -> float | None:
    """Return the base temperature of degree days in degC ('base 18', 'to base 65 F', '65F', 'above 24 degC'), or None.

    A number that looks like a year and has no unit is a year: 'in 2018 base 15.5'. Above 40 without a unit it is degF.
    """
    found = (m for p in (BASE, LEADS_BASE, ABOVE, BARE_DEGREES) for m in p.finditer(text))
    for match in found:
        groups = match.groupdict()
        unit = groups.get("unit") or groups.get("unit2") or ""
        written = match["n"] or groups.get("n2") or groups.get("n3") or ""
        if not unit and YEAR_LIKE.fullmatch(written):
            continue
        value = float(written)
        return (value - 32.0) / 1.8 if unit.startswith("f") or (not unit and value > WARMEST_BASE_DEGC) else value
    return None


def _taken(pattern: re.Pattern[str], text: str, spans: list[tuple[int, int]]) -> list[re.Match[str]]:
    """Return the matches that overlap none of the spans, and add theirs."""
    free = [m for m in pattern.finditer(text) if all(m.end() <= a or m.start() >= b for a, b in spans)]
    free = [m for m in free if not _is_year(text, m)]
    spans += [m.span() for m in free]
    return free


def _is_year(text: str, match: re.Match[str]) -> bool:
    """Tell 'in 2019 GBP' from 'an investment of 2019 pounds': what looks like a year is one where no money leads it."""
    groups = match.groupdict()
    written = next((n for name in ("n", "n2", "n3") if (n := groups.get(name))), "")
    if groups.get("sign") or match.group(0)[0] in "£€$₹" or not YEAR_LIKE.fullmatch(written):
        return False
    return not LEADS_MONEY.search(text[: match.start()]) or "kwh" in match.group(0)


def _is_yearly(text: str, money: re.Match[str]) -> bool:
    return bool(A_YEAR.match(text[money.end() :]) or SAVES.search(text[: money.start()]))


def _bare(match: re.Match[str] | None) -> float | None:
    return float(match.group("n").replace(",", "")) * _SCALE.get(match.group("k") or "", 1.0) if match else None


def _money(match: re.Match[str]) -> float:
    digits = match.group("n") or match.group("n2") or match.group("n3")
    scale = match.group("k") or match.group("k2") or match.group("k3") or ""
    return number(digits) * _SCALE.get(scale, 1.0)


def _currency(match: re.Match[str]) -> str | None:
    return _CURRENCY.get(match.group("sign") or match.group("name") or "")


def _price(match: re.Match[str]) -> float:
    return number(match.group("n")) / (100.0 if match.group("p") else 1.0)


def _factor(match: re.Match[str]) -> float:
    return number(match.group("n")) / (1000.0 if match.group("unit").startswith("g") else 1.0)


def _energy(match: re.Match[str]) -> float:
    return number(match.group("n")) * {"kwh": 1.0, "mwh": 1e3, "gwh": 1e6}[match.group("unit")]
