"""What a clause tells of a building: its use, area, floors, year, opening hours, an event, no meter, or a figure.

A clause is understood whole or not at all, so that a question is never taken for a statement for some of its words.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tools.grammar.quantities import number
from tools.peers.uses import TABLE
from tools.statements.opening_words import opening_rule
from tools.statements.statement import ROUGH, ClaimKind
from tools.told import OF_THE_BUILDING
from tools.wording import FT2_PER_M2

_N = r"(?P<n>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?P<k>k(?=\s?(?:m|sq|ft)))?"
_ROUGHLY = r"(?P<rough>(?:about|around|roughly|approximately|approx\.?|some|nearly|almost|circa|c\.)\s+)?"
_BE = r"(?:is|was|are|were|'s|it is|it's|they are|has been|became|turned into)"
_ADVERBS = r"(?:(?:now|actually|really|mainly|mostly|also|just|only|all|currently|today|in fact)\s+)*"
_M2 = r"m2|m²|sqm|sq\.?\s?m(?:et(?:er|re)s?)?|square\s?(?:met(?:er|re)s?|m)|m\^2"
_FT2 = r"ft2|ft²|sq\.?\s?ft|sqft|square\s?(?:feet|foot|ft)|sf"
_SPACE = r"(?:gross |total |net |internal |usable |treated |conditioned )*(?:floor )?(?:area|space)"
_USES = "|".join(
    re.escape(n) for n in sorted((n for row in TABLE for n in row.names.split("|")), key=len, reverse=True)
)
_PLAIN_WORD = (
    r"(?!\w+est\b|of\b|mix\b|mixture\b|kind\b|good\b|bad\b|worse\b|better\b|big\b|large\b|small\b|typical\b|"
    r"normal\b|former\b)[a-z-]+"
)

AREA = re.compile(
    rf"(?:(?:has|have|had|with|covers|measures|got|{_BE})\s+)?{_ADVERBS}(?:an?\s+|the\s+)?(?:{_SPACE}\s+(?:of|is)\s+)?{_ROUGHLY}{_N}\s?"
    rf"(?:(?P<m2>{_M2})|(?P<ft2>{_FT2}))(?:\s+(?:of\s+)?(?:{_SPACE}|floor)|\s+(?:in size|in area|big|large))?"
)
USE = re.compile(
    rf"(?:{_BE}\s+|used as\s+)?{_ADVERBS}(?:used (?:as|for)\s+)?(?:(?:an?|the|our)\s+(?:{_PLAIN_WORD} ){{0,2}})?"
    rf"(?P<use>{_USES})(?:\s+(?:building|block|space))?"
)
ANY_USE = re.compile(rf"(?:{_BE}\s+)?{_ADVERBS}used (?:as|for)\s+(?:an?\s+|the\s+)?(?P<use>[a-z][a-z /&-]{{2,40}})")
ARTICLE = re.compile(r"\b(?:an?|our|used as|used for|are|were)\b")
FLOORS = re.compile(
    rf"(?:(?:has got|has|have|with|{_BE})\s+)?{_ADVERBS}(?P<n>\d{{1,3}}|[a-z]+) (?:floors|storeys|stories|levels)"
    r"(?: high| tall)?"
)
BUILT = re.compile(
    rf"(?:(?:{_BE}\s+)?(?:built|finished|completed|constructed)(?: in)?|dates (?:from|back to))\s+"
    r"(?P<n>1\d{3}|20\d\d)"
)
_WORKS = (
    r"(?:(?:fully|partly|partially|completely|thoroughly)\s+)?(?:refurbished|retrofitted|retro-fitted|renovated|re-?insulated|insulated|"
    r"modernised|modernized|overhauled|re-?lamped|re-?glazed|re-?roofed|upgraded)"
)
_NEW = (
    r"(?:new\s+|led\s+|some\s+|a\s+|its\s+)*(?:leds?|led lighting|lights|lighting|boilers?|chillers?|heat pumps?|"
    r"windows|glazing|insulation|roof|controls|bms|"
    r"ventilation|heating|cooling|ahus?|air handling units?|lamps|pumps|fans|solar panels|pv)"
)
EVENTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "retrofit",
        re.compile(
            rf"(?:(?:{_BE}|got|has been|had been|were)\s+)?{_WORKS}"
            rf"|(?:got|had|received)\s+{_NEW}(?:\s+(?:installed|fitted|replaced|put in|upgraded))?"
            r"|(?:had|got|has had|underwent|went through)\s+(?:an?\s+)?(?:deep\s+|full\s+|energy\s+|lighting\s+)*"
            r"(?:retrofit|refurbishment|renovation|upgrade|refit)"
        ),
    ),
    ("extension", re.compile(rf"(?:(?:{_BE}|has been)\s+)?(?:extended|enlarged)|(?:got|had) an extension")),
    ("recommissioning", re.compile(rf"(?:(?:{_BE}|has been)\s+)?(?:re-?commissioned|retro-?commissioned)")),
    ("change of tenant", re.compile(r"(?:got|had|has)\s+(?:a\s+)?new (?:tenants?|occupants?|occupiers?)")),
    ("reopening", re.compile(rf"(?:{_BE}\s+)?(?:re-?opened)")),
)
NO_METER = re.compile(
    r"(?:has|have|had|got|uses?|used|with)\s+no\s+(?P<a>gas|electricity)(?: (?:meter|supply|connection|at all))?"
    r"|(?:does not|doesn't|do not|don't|did not)\s+(?:have|use|burn)\s+(?:any\s+)?(?P<b>gas|electricity)(?: at all)?"
    rf"|{_BE}\s+(?P<all>all[- ]electric)(?:\s+only)?"
)
FIGURE = re.compile(
    rf"(?:has |have )?(?:used|uses|use|consumed|consumes|took|takes|burned|burnt|burns)\s+(?:only\s+)?{_ROUGHLY}"
    rf"(?P<n>\d{{1,3}}(?:[, ]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?P<unit>kwh|mwh|gwh)(?: of)?\s*"
    r"(?P<what>electricity|power|energy|gas)?"
)
CORRECTS = re.compile(r",? (?:and )?not (?:an? )?[\w.,]+(?: (?:m2|m²|sqm|floors|storeys))?$")
INSTEAD = re.compile(r"^(?:is|was) not an? [\w ]+?,? (?:but|it is|it's)(?: an?)? ")
MOST_CHARS, MOST_CLAUSES = 300, 5
"""Of what is told of a building in one sentence; more is none that a person typed."""
SCALE = {"kwh": 1.0, "mwh": 1e3, "gwh": 1e6}
JOINT = re.compile(r"^(?:\s*[,;]\s*(?:and |but |which |that )?|\s+(?:and|but|with)\s+)(?:it\s+)?")


@dataclass(frozen=True, slots=True)
class Clause:
    """What one clause tells."""

    kind: ClaimKind
    value: Mapping[str, Any] = field(hash=False)
    confidence: float = 1.0


def clauses(text: str, *, dated: bool) -> tuple[Clause, ...] | None:
    """Return what a lower-case predicate tells, clause by clause; None where a word of it is not understood.

    `dated`: whether days were named beside it.
    """
    text = INSTEAD.sub("is a ", CORRECTS.sub("", text.strip(" ,;.")))
    if not text or len(text) > MOST_CHARS:
        return None
    found = _parted(text, dated=dated, most=MOST_CLAUSES)
    single = [clause.kind for clause in found or () if clause.kind in OF_THE_BUILDING]
    return None if len(set(single)) < len(single) else found  # "offices and labs": which of them is it


def _parted(text: str, *, dated: bool, most: int) -> tuple[Clause, ...] | None:
    """Read a text as one clause, else as its first and at most `most` less one others."""
    for read in _READERS:
        if whole := read(text, dated):
            return (whole,)
    if most == 1:
        return None
    for joint in re.finditer(r"[,;]|\s(?:and|but|with)\s", text):
        head, tail = text[: joint.start()], text[joint.start() :]
        match = JOINT.match(tail)
        first = next((found for read in _READERS if (found := read(head, dated))), None)
        if match and first and (others := _parted(tail[match.end() :].strip(" ,;."), dated=dated, most=most - 1)):
            return (first, *others)
    return None


def _area(text: str, _dated: bool) -> Clause | None:
    if (match := AREA.fullmatch(text)) is None:
        return None
    amount = number(match.group("n").replace(" ", "")) * (1000.0 if match.group("k") else 1.0)
    area_m2 = round(amount / FT2_PER_M2, 1) if match.group("ft2") else amount
    return Clause("area_m2", {"area_m2": area_m2}, ROUGH if match.group("rough") else 1.0)


def _use(text: str, _dated: bool) -> Clause | None:
    if match := USE.fullmatch(text):
        plain = match.group("use")
        if ARTICLE.search(text[: match.start("use")]):
            return Clause("use", {"use": plain})
    if match := ANY_USE.fullmatch(text):
        return Clause("use", {"use": match.group("use").strip()})
    return None


def _floors(text: str, _dated: bool) -> Clause | None:
    match = FLOORS.fullmatch(text)
    if match is None or not (match.group("n").isdecimal() or match.group("n") in _COUNTS):
        return None
    return Clause("floors", {"floors": int(number(match.group("n")))})


_COUNTS = "one two three four five six seven eight nine ten twelve".split()


def _built(text: str, _dated: bool) -> Clause | None:
    return Clause("year_built", {"year_built": int(m.group("n"))}) if (m := BUILT.fullmatch(text)) else None


def _opening(text: str, dated: bool) -> Clause | None:
    rule = opening_rule(text, dated=dated)
    return Clause("opening", rule) if rule else None


def _event(text: str, _dated: bool) -> Clause | None:
    kind = next((kind for kind, pattern in EVENTS if pattern.fullmatch(text)), None)
    return Clause("event", {"kind": kind}) if kind else None


def _no_meter(text: str, _dated: bool) -> Clause | None:
    if (match := NO_METER.fullmatch(text)) is None:
        return None
    return Clause("no_meter", {"measure": "gas" if match.group("all") else match.group("a") or match.group("b")})


def _figure(text: str, _dated: bool) -> Clause | None:
    if (match := FIGURE.fullmatch(text)) is None:
        return None
    kwh = number(match.group("n").replace(" ", "")) * SCALE[match.group("unit")]
    measure = "gas" if match.group("what") == "gas" or text.startswith("burn") else "electricity"
    return Clause("figure", {"measure": measure, "kwh": kwh})


_READERS: tuple[Callable[[str, bool], Clause | None], ...] = (
    _area,
    _built,
    _floors,
    _no_meter,
    _figure,
    _event,
    _opening,
    _use,
)
