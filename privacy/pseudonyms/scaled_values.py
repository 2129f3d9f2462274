"""Figures with a unit of energy, power, emissions or money, multiplied and divided again without loss."""

import re
from decimal import ROUND_HALF_EVEN, Decimal

_UNIT = (
    r"(?:[kMGT]?Wh|[kMGT]?W|[kMGT]?J|MMBtu|kBtu|therms?|tonnes?\sCO2e?|(?:kg|g|t)\s?CO2e?"
    r"|(?:kilo|mega|giga)watt(?:[ -]?hour)?s?|GBP|EUR|USD|INR|pounds|euros?|dollars|€|£|\$)"
)
_NOT_PER_ENERGY = r"(?!\s?(?:/|per\s)\s?[kMG]?Wh?(?![A-Za-z]))"
_RANGE = rf"(?=\s?(?:[-\u2013]|to|and|or)\s?\d[\d.,]{{0,20}}[\s-]?{_UNIT}(?![A-Za-z]))"
FIGURE = re.compile(
    rf"(?<![\w.,:/])(?P<money>(?:[€£$]|(?:GBP|EUR|USD|INR)\s)\s?)?(?P<figure>\d{{1,12}}(?:[.,]\d{{1,6}}){{0,4}})"
    rf"(?:(?(money)(?:\s?(?:k|m|bn|thousand|million)(?![A-Za-z]))?|(?:[\s-]?{_UNIT}|{_RANGE}))(?![A-Za-z\d]){_NOT_PER_ENERGY}"
    rf"|(?(money)(?!)|(?P<lone>(?!\w|[.,]\d|\s?[%°]))))",
    re.IGNORECASE,
)
"""A figure that is scaled: with a unit that is not per kWh. `lone` has none, and is only looked up, never divided."""

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\.\d{3})+,\d+|\d+,\d+")
_LONE_DIGITS = 4


def rescaled(match: re.Match[str], scale: float, sent: dict[str, str]) -> str:
    """Return the match with its figure multiplied, with one digit more, so that no two originals become one."""
    figure = match["figure"]
    if match["lone"] is not None or (value := _value(figure)) is None:
        return match[0]
    decimals = _decimals(figure) + 1
    written = _written(value * Decimal(str(scale)), decimals, figure)
    sent.setdefault(_looked_up(written), figure)
    return _with(match, written)


def unscaled(match: re.Match[str], scale: float, sent: dict[str, str]) -> str:
    """Return the match with the original figure, or with its own divided where it never was sent."""
    figure = match["figure"]
    digits = sum(c.isdigit() for c in figure)
    if match["lone"] is not None and ("." not in figure or digits < _LONE_DIGITS):
        return match[0]
    if original := sent.get(_looked_up(figure)):
        return _with(match, original)
    value = None if match["lone"] is not None else _value(figure)
    return match[0] if value is None else _with(match, _divided(value, scale, figure))


def _divided(value: Decimal, scale: float, figure: str) -> str:
    """Divide, and keep as many digits as the figure shows: a model that rounded to two does not know four."""
    if not value:
        return figure
    exact = value / Decimal(str(scale))
    shown = value.as_tuple().digits
    significant = max(2, len(shown) if _decimals(figure) else len(str(int(value)).rstrip("0")))
    decimals = significant - 1 - exact.adjusted()
    return _written(round(exact, decimals), max(0, decimals), figure)


def _with(match: re.Match[str], figure: str) -> str:
    start, end = (place - match.start() for place in match.span("figure"))
    return match[0][:start] + figure + match[0][end:]


def _value(figure: str) -> Decimal | None:
    """Read a figure in English or continental notation; None where it is neither ("1,2,3")."""
    if _GROUPED.fullmatch(figure):
        return Decimal(figure.replace(",", ""))
    if _CONTINENTAL.fullmatch(figure):
        return Decimal(figure.replace(".", "").replace(",", "."))
    return Decimal(figure) if figure.count(".") <= 1 and "," not in figure else None


def _looked_up(figure: str) -> str:
    value = _value(figure)
    return figure if value is None else f"{value.normalize():f}"


def _decimals(figure: str) -> int:
    value = _value(figure)
    exponent = value.as_tuple().exponent if value is not None else 0
    return -exponent if isinstance(exponent, int) else 0


def _written(value: Decimal, decimals: int, like: str) -> str:
    """Write a value in the notation of another figure."""
    plain = f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN):{',' if _is_grouped(like) else ''}f}"
    return (
        plain.translate(str.maketrans(",.", ".,"))
        if _CONTINENTAL.fullmatch(like) and not _GROUPED.fullmatch(like)
        else plain
    )


def _is_grouped(figure: str) -> bool:
    return bool(_GROUPED.fullmatch(figure)) or figure.count(".") > 1 or ("." in figure and "," in figure)
