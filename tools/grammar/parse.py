"""Read a question into typed queries: names first, then periods, then the words of the field in what is left."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, UnknownName
from tools.grammar import vocabulary as v
from tools.grammar.clean import clean, words
from tools.grammar.commands import is_command
from tools.grammar.known_words import STOPWORDS
from tools.grammar.language import language_of
from tools.grammar.names import Named, find, index_of, nearest
from tools.grammar.reading import Reading
from tools.grammar.slots import fill
from tools.grammar.spelling import respelled, spelled_out
from tools.grammar.timeline import Timeline, timeline
from tools.grammar.units import IN_UNIT
from tools.readings import Inventory

Intent = Literal["ask", "command", "off_topic", "not_yet"]
MAX_PARTS = 4
SENTENCE = re.compile(r"[?;!]+\s*|\.\s+(?=[A-Z])|\n+")
FURTHER = re.compile(
    r",?\s+(?:and|also|plus|then)\s+(?=(?:also\s+)?(?:what|which|how|when|who|where|did|does|is|was|were|by how)\b)"
)
LEANS = re.compile(
    r"^(?:and|but|also|only|what about|how about|same|now|then|or|in|at|on|for|just|by)\b"
    r"|\b(?:it|its|that|those|them|they|there|this one|the same)\b"
    r"|^\W*(?:\w+\W*){1,4}$"
)
SMALL_TALK = re.compile(
    r"^(?:hi|hello|hey|thanks?|thank you|good (?:morning|afternoon|evening)|please)\b[\s,.!]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the rules made of a question.

    `queries` is empty unless the intent is `ask`. `sure` is False where a model should have a look; `because` says
    why. `ignored` are words that no rule used. `assumed` are choices the reader must be told.
    """

    intent: Intent
    queries: tuple[EnergyQuery, ...] = ()
    sure: bool = True
    because: str = ""
    language: str = "en"
    ignored: tuple[str, ...] = ()
    assumed: tuple[str, ...] = field(default=())


def parse(
    question: str, inventory: Inventory, now: datetime, max_chars: int = 4_000, before: EnergyQuery | None = None
) -> Parsed:
    """Read a question asked at `now` (aware). Raises `BadQuestion` and its kinds; never guesses a name.

    With `before`, the query of the last turn, a question that leans on it ("and in 2018?", "what about gas?") takes
    over what it leaves open.
    """
    text = clean(question, max_chars)
    language = language_of(text)
    parts = _parts(text)
    if any(is_command(p) for p in parts):
        return Parsed("command", language=language)
    if language != "en":
        return Parsed(
            "ask", sure=False, because=f"the question seems to be in another language ({language})", language=language
        )
    return _read(parts, inventory, now, before if before and LEANS.search(text.lower()) else None)


def _read(parts: list[str], inventory: Inventory, now: datetime, before: EnergyQuery | None) -> Parsed:
    queries: list[EnergyQuery] = []
    ignored: list[str] = []
    assumed: list[str] = []
    for part in parts:
        reading = _Reading(part, inventory, now, queries[-1] if queries else before)
        if not reading.has_content():
            continue
        if missing := reading.not_yet():
            return Parsed("not_yet", because=missing)
        query, notes = reading.query()
        if query not in queries:
            queries.append(query)
        ignored += [w for w in reading.leftover if w not in ignored]
        assumed += [n for n in notes if n not in assumed]
    if not queries:
        return Parsed("off_topic")
    if len(queries) > MAX_PARTS:
        raise BadQuestion(f"that is {len(queries)} questions in one; ask at most {MAX_PARTS} at a time")
    return Parsed("ask", tuple(queries), ignored=tuple(ignored), assumed=tuple(assumed))


def _parts(text: str) -> list[str]:
    sentences = [SMALL_TALK.sub("", s).strip(" ,.") for s in SENTENCE.split(text)]
    return [p.strip() for s in sentences for p in FURTHER.split(s.lower()) if p.strip()]


class _Reading:
    """One part of a question while it is read; each step blanks what it understood."""

    def __init__(self, part: str, inventory: Inventory, now: datetime, before: EnergyQuery | None) -> None:
        self.inventory, self.before = inventory, before
        self.text = respelled(spelled_out(part), inventory)
        self.named: Named = find(self.text, inventory)
        self.rest = _blank(self.text, [(a, b) for a, b, _ in self.named.spans])
        self.comparing = bool(v.CHANGE.search(self.rest))
        zone = self._zone()
        local_now = now.astimezone(zone).replace(tzinfo=None)
        first, newest = self._record(zone)
        self.line: Timeline = timeline(self.rest, local_now, first, newest, comparing=self.comparing)
        self.rest = _blank(self.rest, self.line.spans)
        self.leftover = self._leftover()

    def _sites(self) -> list[str]:
        named = [self.inventory.buildings[b].site for b in self.named.buildings] + list(self.named.sites)
        return list(dict.fromkeys(named)) or list(self.inventory.sites)

    def _zone(self) -> ZoneInfo:
        sites = self._sites()
        return ZoneInfo(self.inventory.sites[sites[0]].timezone if sites else "UTC")

    def _record(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the local span of the readings that the named buildings and sites have."""
        sites, ids = set(self._sites()), set(self.named.buildings)
        meters = [
            m
            for m in self.inventory.meters.values()
            if m.building and m.site in sites and (not ids or m.building in ids)
        ]
        first = min((m.first for m in meters), default=datetime(2000, 1, 1, tzinfo=UTC))
        last = max((m.last_end for m in meters), default=datetime(2000, 1, 2, tzinfo=UTC))
        return first.astimezone(zone).replace(tzinfo=None), last.astimezone(zone).replace(tzinfo=None)

    def has_content(self) -> bool:
        """Tell whether there is anything to ask about; "and how much?" has nothing of its own."""
        if self.named.buildings or self.named.ambiguous:
            return bool(v.ENERGY_WORD.search(self.rest) or self.line.period or not self.leftover)
        if self.named.sites or self.line.period or self.line.prior:
            return bool(self.before) or bool(v.ENERGY_WORD.search(self.rest))
        own = bool(v.first(v.STATISTICS, self.rest) or v.first(v.HOURS, self.rest))
        own = own or bool(v.LOWEST.search(self.rest) or v.HIGHEST.search(self.rest))
        if self.before:
            return bool(own or v.first(v.MEASURES[:3], self.rest)) and not self.leftover
        return bool(v.ENERGY_WORD.search(self.rest))

    def not_yet(self) -> str | None:
        """Name what is asked for and cannot be computed yet, or None."""
        return v.first(v.NOT_YET, self.rest)

    def query(self) -> tuple[EnergyQuery, list[str]]:
        """Return the query and the assumptions in it. Raises `BadQuestion` where a choice is the person's."""
        if self.named.ambiguous and not self.named.buildings:
            name, ids = self.named.ambiguous[0]
            raise BadQuestion(f"{name!r} may mean {_or(self._shown(ids))}; say which")
        self._reject_unknown_place()
        if self._leaves_building_open():
            raise BadQuestion("the question does not say which building; name one, `eaio data list` shows them")
        reading = Reading(self.text, self.rest, self.named, self.line, self.comparing, self.before, self.inventory)
        return fill(reading)

    def _leaves_building_open(self) -> bool:
        """Tell whether 'that building' stands where no building is known, nor ranked for."""
        if self.named.buildings or self.named.sites or self.before or not v.THAT_ONE.search(self.rest):
            return False
        extreme = v.HIGHEST.search(self.rest) or v.LOWEST.search(self.rest)
        return not (extreme and v.RANKING.search(self.rest))

    def _shown(self, ids: Iterable[str]) -> list[str]:
        return [f"{self.inventory.buildings[i].name} ({i})" if i in self.inventory.buildings else i for i in ids]

    def _reject_unknown_place(self) -> None:
        """Take a word that nothing explains, where a building is expected, for a name that does not exist."""
        if self.named.buildings or self.before:
            return
        for word in self.leftover:
            if re.search(rf"\b(?:of|in|at|for|did|does|do|inside|by)\s+(?:the\s+)?{re.escape(word)}\b", self.rest) or (
                self.rest.strip().startswith(word) and not self.named.sites
            ):
                raise UnknownName(word, nearest(word, index_of(self.inventory)))

    def _leftover(self) -> tuple[str, ...]:
        rest = self.rest
        tables = [p for table in v.ALL_TABLES for p, _ in table]
        for pattern in [*tables, v.LOWEST, v.HIGHEST, v.CHANGE, IN_UNIT, v.ENERGY_WORD, v.TOP_N, v.PERCENT]:
            rest = _blank(rest, [m.span() for m in pattern.finditer(rest)])
        left = [w for w in words(rest) if w not in STOPWORDS and not re.fullmatch(r"[\d.,]+|.", w)]
        return tuple(dict.fromkeys(left))


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Overwrite spans with marks, so that positions stay and nothing is read twice."""
    for start, end in spans:
        text = text[:start] + "_" * (end - start) + text[end:]
    return re.sub(r"_+", lambda m: " " * len(m.group(0)), text)


def _or(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
