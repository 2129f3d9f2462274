"""Dates moved by a number of days, in the form in which they are written."""

import re
from datetime import date, timedelta

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = rf"(?:{'|'.join(_MONTHS)}|sept|{'|'.join(m[:3] for m in _MONTHS)})"
DATE = re.compile(
    rf"(?<![\w./-])(?:(?:19|20)\d\d-[01]\d(?:-[0-3]\d)?(?![\d-])"
    rf"|[0-3]?\d(?P<dot>[./])[01]?\d(?P=dot)(?:19|20)\d\d(?![\w/-]|\.\d)"
    rf"|[0-3]?\d(?:st|nd|rd|th)?\s{_MONTH}\.?,?\s(?:19|20)\d\d\b"
    rf"|{_MONTH}\.?\s[0-3]?\d(?:st|nd|rd|th)?,?\s(?:19|20)\d\d\b"
    rf"|\b{_MONTH}\.?\s(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
"""2024-01-15, 2024-01, 15.1.2024, 15/01/2024 (day first), 15 January 2024, Jan 15th, 2024, and January 2024."""

_PARTS = re.compile(r"\d+|[a-z]{3,}", re.IGNORECASE)


def shifted(text: str, days: int) -> str:
    """Return a match of `DATE` moved by days; a month alone by whole years; what no calendar has as it is."""
    parts = [(m[0], m.start(), m.end()) for m in _PARTS.finditer(text)]
    try:
        return _moved(text, parts, days)
    except (ValueError, OverflowError):
        return text


def _moved(text: str, parts: list[tuple[str, int, int]], days: int) -> str:
    roles = _roles([word for word, *_ in parts])
    old = {role: _number(word) for role, (word, *_) in zip(roles, parts, strict=True)}
    day = date(old["year"], old["month"], old.get("day", 15)) + timedelta(days)
    if "day" not in old:
        day = date(old["year"] + round(days / 364), old["month"], 15)
    padded = not any(_is_month(word) for word, *_ in parts)
    for role, (word, start, end) in reversed(list(zip(roles, parts, strict=True))):
        text = text[:start] + _like(word, getattr(day, role), padded=padded) + text[end:]
    return re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", _ordinal(day.day), text, flags=re.IGNORECASE)


def _roles(words: list[str]) -> list[str]:
    """Say which part is the year, the month and the day."""
    named = any(_is_month(word) for word in words)
    left = iter(("day",) if named else ("month", "day") if len(words[0]) == len("2024") else ("day", "month"))
    return ["year" if len(w) == len("2024") and w.isdigit() else "month" if _is_month(w) else next(left) for w in words]


def _is_month(word: str) -> bool:
    return any(month.startswith(word.casefold()[:3]) for month in _MONTHS)


def _number(word: str) -> int:
    return (
        int(word) if word.isdigit() else next(n for n, m in enumerate(_MONTHS, 1) if m.startswith(word.casefold()[:3]))
    )


def _like(word: str, number: int, *, padded: bool) -> str:
    """Write a number as the part that it replaces was written: "01", "1", "Jan", "JANUARY"."""
    if word.isdigit():
        return f"{number:0{len(word) if word[0] == '0' or padded else 1}d}"
    name = _MONTHS[number - 1]
    short = word.casefold() not in _MONTHS
    name = name[:3] if short else name
    return name.upper() if word.isupper() else name.capitalize() if word[0].isupper() else name


def _ordinal(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
