"""Hours of the clock as people write them: '10pm till 6am', '00:00-05:00', 'between 5 and 7 pm', 'in the mornings'."""

import re
from typing import Final

from tools.errors import BadQuestion

Span = tuple[int, int]
HOURS_OF: Final[dict[str, Span]] = {"morning": (6, 12), "afternoon": (12, 18), "evening": (18, 22)}
_NOT_AFTER: Final = r"(?<!\bthis )(?<!yesterday )(?<!early )(?<!late )(?<!mid)(?<!mid-)(?<!good )"
PARTS: Final = tuple(
    (
        re.compile(
            rf"{_NOT_AFTER}\b(?:(?:in|during|of|every|each|over) (?:the |an? )?{name}s?|{name}s|(?<=day ){name}|"
            rf"(?:on )?the {name}(?= of\b))\b"
        ),
        span,
    )
    for name, span in HOURS_OF.items()
)
_WORD: Final = "noon|midday|midnight"
_HALF: Final = r"\s*(?P<{0}>a\.?m\b\.?|p\.?m\b\.?)"
_O_CLOCK: Final = r"(?:\s*(?:o'?clock|hrs?|hours|h)\b)"
_TIME: Final = (
    r"(?:(?P<h{0}>\d{{1,2}})(?:[:.](?P<min{0}>\d\d))?(?:"
    + _HALF.format("half{0}")
    + rf")?(?P<mark{{0}}>{_O_CLOCK.replace('{', '{{').replace('}', '}}')})?|(?P<w{{0}}>{_WORD})\b)"
)
_TO: Final = r"\s*(?:to|and|until|till?|through|up to|-|&)\s*"
_NO_DATE: Final = (
    r"(?!\s*(?:st|nd|rd|th)\b)(?!\s*(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))(?![\d/]|[.:]\d)"
)
SPAN: Final = re.compile(
    rf"(?:\b(?:between|from|during|the hours of|hours)\s+)?(?<![\w/.,£$-])(?<!\d[:.])"
    rf"{_TIME.format(1)}{_TO}{_TIME.format(2)}{_NO_DATE}"
)
MILITARY: Final = re.compile(
    r"(?<![\w/.-])(?P<a>[012]\d)00\s*(?:-|to|until|till)\s*(?P<b>[012]\d)00\s*(?:hrs?|hours|h)\b"
)
NINE_TO_FIVE: Final = re.compile(
    r"(?<![\w/.,-])(?:9\s?(?:-|to)\s?5|nine[ -]to[ -]five)\b(?!\s*(?:%|kwh|kw|°|deg|k\b))"
    r"(?!\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)
OPEN: Final = re.compile(
    rf"\b(?P<side>after|before|until|till|from|past|later than|earlier than)\s+{_TIME.format(1)}"
    rf"(?P<on>\s+(?:onwards?|on)\b(?!\s+\d))?{_NO_DATE}"
)
AT: Final = re.compile(rf"\b(?:at|around)\s+{_TIME.format(1)}{_NO_DATE}")
IN_THE: Final = re.compile(r"(?<![\w/.,-])(\d{1,2}(?::\d\d)?) in the (morning|afternoon|evening)\b")
OUTSIDE: Final = re.compile(
    r"\b(?:outside(?: of)?|out of|except(?:ing)?(?: for)?|excluding|excl|not|other than|apart from|without)\s+"
    r"(?:the\s+)?(?:hours\s+)?(?:of\s+|from\s+|between\s+)?$"
)


def clock_spans(text: str) -> list[tuple[int, int, Span]]:
    """Return where a lower-case text names hours of the clock, and which, as [from, to) whole hours.

    Raises `BadQuestion` for half hours, which hourly readings do not have.
    """
    text = IN_THE.sub(lambda m: m[1] + ("am" if m[2] == "morning" else "pm").rjust(len(m[0]) - len(m[1])), text)
    spans = ((m, _span(m)) for m in SPAN.finditer(text) if _is_clock(m))
    found = [(*_outside(text, m), span) for m, span in spans]
    military = ((m, _whole(int(m["a"]), int(m["b"]), m.group(0))) for m in MILITARY.finditer(text))
    found += [(*_outside(text, m), span) for m, span in military]
    found += [(*_outside(text, m), (9, 17)) for m in NINE_TO_FIVE.finditer(text)]
    for pattern in (OPEN, AT):
        for match in pattern.finditer(text):
            if _free(match, found) and (span := _one_ended(match)):
                found.append((*match.span(), span))
    found += [(*m.span(), span) for pattern, span in PARTS for m in pattern.finditer(text) if _free(m, found)]
    return sorted((a, b, _turned(text, a, span)) for a, b, span in found)


def _free(match: re.Match[str], found: list[tuple[int, int, Span]]) -> bool:
    return all(match.end() <= a or match.start() >= b for a, b, _ in found)


def _outside(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Return the characters of a span, with the 'outside' that leads it."""
    before = OUTSIDE.search(text[: match.start()])
    return (before.start() if before else match.start()), match.end()


def _turned(text: str, at: int, span: Span) -> Span:
    """Return the other hours of the day where the span is led by 'outside'."""
    leads = OUTSIDE.match(re.split(r"\d|noon|mid|nine", text[at:], maxsplit=1)[0])
    return (span[1] % 24, span[0] or 24) if leads else span


def _is_clock(match: re.Match[str]) -> bool:
    """Tell a span of hours from one of days or amounts: one of its ends must be written as a time of day."""
    leads = re.match(r"between|from|during|the hours|hours", match.group(0))
    ends = [match[f"{name}{n}"] for n in (1, 2) for name in ("half", "w")]
    marks = [mark for n in (1, 2) if (mark := match[f"mark{n}"]) and (leads or "clock" in mark)]
    colons = [f"{match[f'h{n}']}:{match[f'min{n}']}" in match.group(0) for n in (1, 2)]
    dotted = leads and match["min1"] == match["min2"] == "00"
    return any(ends) or any(marks) or any(colons) or bool(dotted)


def _span(match: re.Match[str]) -> Span:
    (one, half), (other, end_half) = _end(match, 1), _end(match, 2)
    if half is None and end_half:
        one = _half_before(one, other, end_half)
    if end_half is None and half and other <= 12 and not match["w2"]:
        other = min((other % 12, other % 12 + 12), key=lambda h: (h - one) % 24 or 24)
    return _whole(one, other, match.group(0).strip())


def _half_before(one: int, end: int, half: str) -> int:
    """Read the 5 of '5-7pm' as 17, the 10 of '10-2pm' as 10."""
    if one > 12:
        return one
    same = one % 12 + (12 if half.startswith("p") else 0)
    return same if same < end or half.startswith("a") else one % 12


def _end(match: re.Match[str], n: int) -> tuple[int, str | None]:
    """Return an end as an hour, 0 to 24, and its half of the day. Raises `BadQuestion` for minutes."""
    if word := match[f"w{n}"]:
        return (12 if word != "midnight" else 24 * (n - 1)), "set"
    if int(match[f"min{n}"] or 0):
        raise BadQuestion(
            f"the readings are hourly, so {match.group(0).strip()!r} cannot be cut out; ask for whole hours, such as "
            "08:00 to 18:00"
        )
    hour, half = int(match[f"h{n}"]), match[f"half{n}"]
    return (hour % 12 + (12 if half.startswith("p") else 0) if half and hour <= 12 else hour), half


def _whole(one: int, other: int, words: str) -> Span:
    if one > 24 or other > 24:
        raise BadQuestion(f"{words!r} is no span of the clock; hours go from 0:00 to 24:00")
    if one % 24 == other % 24:
        raise BadQuestion(
            f"{words!r} has no hour between its ends; ask for all hours, or a span such as 08:00 to 18:00"
        )
    return one % 24, other or 24


def _one_ended(match: re.Match[str]) -> Span | None:
    written = match["half1"] or match["w1"] or match["min1"] or (match["mark1"] and "clock" in match["mark1"])
    if not written:
        return None
    hour, _ = _end(match, 1)
    side = match.groupdict().get("side")
    if side is None:
        return hour % 24, hour % 24 + 1
    if side in ("before", "until", "till", "earlier than"):
        return (0, hour) if hour else None
    if side == "from" and not match["on"]:
        return None
    return (hour, 24) if hour < 24 else None
