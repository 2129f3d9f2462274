"""One part of a question while it is read: names are found first, then periods, and the rest is left to the slots."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, UnknownName
from tools.grammar import vocabulary as v
from tools.grammar.clean import words
from tools.grammar.known_words import STOPWORDS
from tools.grammar.names import Named, find, index_of, nearest
from tools.grammar.reading import Reading
from tools.grammar.slots import fill
from tools.grammar.spelling import respelled, spelled_out
from tools.grammar.timeline import Timeline, timeline
from tools.grammar.units import IN_UNIT
from tools.readings import Inventory


class Part:
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
        self.line: Timeline = timeline(
            self.rest, local_now, first, newest, comparing=self.comparing, leaning=before is not None
        )
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
        return fill(Reading(self.text, self.rest, self.named, self.line, self.comparing, self.before, self.inventory))

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
            placed = re.search(rf"\b(?:of|in|at|for|did|does|do|inside|by)\s+(?:the\s+)?{re.escape(word)}\b", self.rest)
            leads = self.rest.strip().startswith(word) and not self.named.sites
            if placed or leads:
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
