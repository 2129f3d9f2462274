"""Long lists of alternatives made quick: those of one first letter are tried together.

Python's `re` tries the alternatives of a group one by one. `(?:alarm|alert|badge)` becomes `(?:a(?:larm|lert)|badge)`:
what matches is the same, since alternatives of different first letters never match at one place, and of two hundred
words only those of the right letter are tried.
"""

import re
from collections.abc import Iterator

LEAST = 6
"""Shorter lists stay as they are."""

_PART = re.compile(
    r"\\.|\[\^?\]?(?:\\.|"
    r"[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|P<\w+>|[a-z]+:))?|[^\\\[()|]|[|)]",
    re.DOTALL,
)
_QUANTIFIED = ("?", "*", "+", "{")


def grouped(source: str) -> str:
    """Return a pattern that matches the same, with the alternatives of its plain groups sorted by first letter."""
    parts = [m.group() for m in _PART.finditer(source)]
    text, at = _alternatives(parts, 0, is_group=False)
    return text if at == len(parts) and "".join(parts) == source else source


def _alternatives(parts: list[str], at: int, *, is_group: bool) -> tuple[str, int]:
    """Return what stands up to the closing bracket as a pattern, and where that bracket is."""
    options: list[list[str]] = [[]]
    while at < len(parts) and parts[at] != ")":
        part = parts[at]
        at += 1
        if part == "|":
            options.append([])
        elif part[0] == "(":
            body, end = _alternatives(parts, at, is_group=part == "(?:")
            options[-1].append(f"{part}{body})")
            at = end + 1
        else:
            options[-1].append(part)
    return "|".join(_sorted(options) if is_group and len(options) >= LEAST else map("".join, options)), at


def _sorted(options: list[list[str]]) -> Iterator[str]:
    """Yield the alternatives, those that begin with one plain letter as one."""
    by_letter: dict[str, list[str]] = {}
    others: list[str] = []
    for option in options:
        is_plain = bool(option) and option[0].isalpha() and not (len(option) > 1 and option[1] in _QUANTIFIED)
        if is_plain:
            by_letter.setdefault(option[0], []).append("".join(option[1:]))
        else:
            others.append("".join(option))
    for letter, rests in by_letter.items():
        yield letter + (rests[0] if len(rests) == 1 else f"(?:{'|'.join(rests)})")
    yield from others
