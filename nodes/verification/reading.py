"""Take a sentence apart: the buildings, times and clauses that its numbers belong to."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from nodes.verification.carried import WEEKDAYS, Carried, Local
from nodes.verification.guesses import guesses_in
from tools.clock import NIGHT_FROM, NIGHT_TO
from tools.energy_query import Hours, Period
from tools.errors import BadPeriod, UnknownName
from tools.grammar.clean import clean
from tools.grammar.names import find
from tools.grammar.periods import PRIOR, mentions

T_co = TypeVar("T_co", covariant=True)
HARD_CUT = re.compile(r"[;?!]|\b(?:while|whereas)\b|\bbut\b|\band (?=(?:it|they|this) )")
SOFT_CUT = re.compile(
    rf"{HARD_CUT.pattern}|\b(?:compared (?:to|with)|versus|vs|against|relative to|than|followed by|down from|up from)\b"
)
CLOCK = re.compile(
    r"\b(?P<h>\d{1,2}):(?P<min>\d{2})(?::\d{2})?\b(?:\s*(?P<half>am|pm)\b)?|\b(?P<h2>\d{1,2})\s?(?P<half2>am|pm)\b"
    r"|\b(?P<word>noon|midnight)\b"
)
WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})s?\b")
WINDOW = re.compile(r"\s*(?:and|to|until|till|-)\s*")
SITE = re.compile(r"\b(?:the|this) (?:whole |entire )?site\b")
SLICES: tuple[tuple[re.Pattern[str], Hours], ...] = (
    (re.compile(r"\bovernight\b|\bnights?(?:[ -]?time)?\b|\bnightly\b"), "night"),
    (
        re.compile(r"\bday[ -]?time\b|\b(?:by|than|the) day\b|\bday(?='s? | use\b| usage\b| consumption\b| load\b)"),
        "day",
    ),
    (re.compile(r"\bweekends?\b"), "weekend"),
    (re.compile(r"\bweekdays?\b|\bworking days\b"), "weekday"),
)


class Unreadable(Exception):
    """The sentence names something that cannot be: a building that is not there, a date that does not exist."""


@dataclass(frozen=True, slots=True)
class Tag(Generic[T_co]):
    """What is named at [at, to): a building or site, a period, a part of the day or week, an hour or a weekday."""

    at: int
    to: int
    value: T_co


@dataclass(frozen=True)
class Sentence:
    """A sentence taken apart; `text` is lower case with names, dates, hours and parts of the day or week blanked.

    Positions are those of the text. `guesses` are the stretches [start, end) that only suppose or advise.
    """

    text: str
    places: tuple[Tag[str], ...]
    whens: tuple[Tag[Local], ...]
    slices: tuple[Tag[Hours], ...]
    keys: tuple[Tag[str], ...]
    guesses: tuple[tuple[int, int], ...]
    sites: frozenset[str] = frozenset()
    prior: str | None = None

    @property
    def tags(self) -> tuple[tuple[Tag[object], ...], ...]:
        """Return what is named, a kind after the other."""
        return self.places, self.whens, self.slices, self.keys

    def clause(self, at: int, cut: re.Pattern[str] = HARD_CUT) -> tuple[int, int]:
        """Return the clause [start, end) that a position is in."""
        cuts = [m.start() for m in cut.finditer(self.text)]
        return max((c for c in cuts if c <= at), default=0), min((c for c in cuts if c > at), default=len(self.text))

    def statement(self, at: int) -> tuple[int, int]:
        """Return the clause that a position is in, without the guesses around it; in a guess the whole clause."""
        start, end = self.clause(at)
        if self.guessed(at):
            return start, end
        start = max([start, *(b for _, b in self.guesses if b <= at)])
        return start, min([end, *(a for a, _ in self.guesses if a > at)])

    def leads_to_guess(self, at: int) -> bool:
        """Tell whether a guess follows in the same clause: 'milder weather may explain it'."""
        end = self.clause(at)[1]
        return any(at < start < end for start, _ in self.guesses)

    def guessed(self, at: int) -> bool:
        """Tell whether a position lies in a guess or in advice."""
        return any(start <= at < end for start, end in self.guesses)


def read(sentence: str, known: Carried) -> Sentence:
    """Take a sentence apart. Raises `Unreadable` for a building, date or hour that cannot be."""
    text = clean(sentence, 10_000).lower()
    try:
        named = find(text, known.inventory)
        rest = blanked(text, [(a, b) for a, b, _ in named.spans])
        found = [m for m in mentions(rest, known.now, known.newest) if not m.prior]
    except UnknownName as why:
        raise Unreadable(f"it names {why.name!r}, which is no building here") from None
    except BadPeriod as why:
        raise Unreadable(str(why)) from None
    places = [Tag(a, b, i) for a, b, i in named.spans]
    whens = [Tag(m.at, m.to, (m.period.start, m.period.end)) for m in found]
    rest = blanked(rest, [(w.at, w.to) for w in whens])
    rest, windows, keys = _clocks(rest)
    keys += [Tag(m.start(), m.end(), m.group(1)) for m in WEEKDAY.finditer(rest)]
    rest = blanked(rest, [(k.at, k.to) for k in keys])
    slices = sorted([*windows, *_slices(rest)], key=lambda s: s.at)
    rest, whens, prior = _prior(blanked(rest, [(s.at, s.to) for s in slices]), whens, known)
    places += [Tag(m.start(), m.end(), s) for s in sorted(known.sites)[:1] for m in SITE.finditer(rest)]
    rest = SITE.sub(lambda m: " " * len(m.group(0)), rest)
    subjects = tuple(p.at for p in places)
    return Sentence(
        rest,
        _once(sorted(places, key=lambda p: p.at), text),
        tuple(sorted(whens, key=lambda w: w.at)),
        tuple(slices),
        tuple(sorted(keys, key=lambda k: k.at)),
        guesses_in(rest, subjects),
        known.sites | frozenset(named.sites),
        prior,
    )


def _once(places: list[Tag[str]], text: str) -> tuple[Tag[str], ...]:
    """Join a name with its id: 'West Hall (b3)' is one building. Raises `Unreadable` where the id is another's."""
    kept: list[Tag[str]] = []
    for place in places:
        behind = kept and text[kept[-1].to : place.at].strip() in ("", "(")
        if behind and text[place.to : place.to + 1] == ")" and kept[-1].value != place.value:
            raise Unreadable(f"{kept[-1].value} is not {place.value}")
        if not (behind and kept[-1].value == place.value):
            kept.append(place)
    return tuple(kept)


def _clocks(text: str) -> tuple[str, list[Tag[Hours]], list[Tag[str]]]:
    """Take out the clock times; a pair that bounds the night or the day is that part of the day."""
    clocks = [Tag(m.start(), m.end(), _hour(m)) for m in CLOCK.finditer(text)]
    windows: list[Tag[Hours]] = []
    for one, other in pairwise(clocks):
        part = {(NIGHT_FROM, NIGHT_TO): "night", (NIGHT_TO, NIGHT_FROM): "day"}.get((one.value, other.value))
        if part and WINDOW.fullmatch(text[one.to : other.at]):
            windows.append(Tag(one.at, other.to, "night" if part == "night" else "day"))
    inside = {t for t in clocks for w in windows if w.at <= t.at < w.to}
    return (
        blanked(text, [(c.at, c.to) for c in clocks]),
        windows,
        [Tag(c.at, c.to, f"{c.value:02d}:00") for c in clocks if c not in inside],
    )


def _hour(match: re.Match[str]) -> int:
    """Return the hour of the day. Raises `Unreadable` for one that is none, or that no hourly reading starts at."""
    if match.group("word"):
        return 12 if match.group("word") == "noon" else 0
    hour, half = int(match.group("h") or match.group("h2")), match.group("half") or match.group("half2")
    if int(match.group("min") or 0) or hour > (12 if half else 24):
        raise Unreadable(f"{match.group(0)} is not the start of an hour")
    return hour % 12 + (12 if half == "pm" else 0) if half else hour % 24


def _slices(text: str) -> list[Tag[Hours]]:
    return [Tag(m.start(), m.end(), hours) for pattern, hours in SLICES for m in pattern.finditer(text)]


def _prior(text: str, whens: list[Tag[Local]], known: Carried) -> tuple[str, list[Tag[Local]], str | None]:
    """Read 'a year before' as the period that was compared with, where it is that; else return the words."""
    unknown = None
    for match in PRIOR.finditer(text):
        unit = match.group("a") or match.group("b") or match.group("c") or "year"
        spans = [
            s for q in known.queries if q.period and q.against_period for s in _before(q.period, q.against_period, unit)
        ]
        if spans:
            whens = [*whens, Tag(match.start(), match.end(), spans[0])]
            text = blanked(text, [match.span()])
        else:
            unknown = match.group(0)
    return text, whens, unknown


def _before(period: Period, reference: Period, unit: str) -> list[Local]:
    """Return the reference period where it lies one such unit before what was asked."""
    one, other = period.start, reference.start
    months = 12 * (one.year - other.year) + one.month - other.month
    fits = unit == "period" or months == {"year": 12, "quarter": 3, "month": 1}.get(unit)
    return [(reference.start, reference.end)] if fits else []


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text with spaces where the spans were, so that positions stay."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
