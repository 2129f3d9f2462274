"""One part of a question while it is read: names are found first, then periods, and the rest is left to the slots."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, UnknownName
from tools.grammar import vocabulary as v
from tools.grammar.ahead import FAR, timeline_ahead
from tools.grammar.analysis_query import fill_analysis
from tools.grammar.analysis_slot import WHAT_CHANGED, analysis_of
from tools.grammar.analysis_words import HEAT
from tools.grammar.beyond import beyond, tolerated
from tools.grammar.clean import words
from tools.grammar.follow_up import follow_up
from tools.grammar.group_slot import asks_buildings
from tools.grammar.known_words import FIELD_WORDS, STOPWORDS, USE_WORDS
from tools.grammar.names import Named, find, index_of, nearest
from tools.grammar.quantities import Quantities, quantities
from tools.grammar.reading import Reading
from tools.grammar.since_slot import Since, since_note, since_of
from tools.grammar.slots import fill
from tools.grammar.spelling import respelled, spelled_out
from tools.grammar.terms_slot import basis_terms
from tools.grammar.timeline import Timeline, timeline
from tools.grammar.units import IN_UNIT, LEADING
from tools.readings import Inventory

COMPANION = re.compile(r"\s*(?:,|and|or|&|plus)\s+the\s+([\w-]+)")
ALONE = re.compile(r"\bfrom\b(?!.*\b(?:to|until|till|through|up to)\b|.*\d\s?-)")
PRONOUN = re.compile(r"\b(?:would|could|did|does|will|has) (?:it|that|this) ")
INSIDE = re.compile(r"^(?!.*\b(?:outdoor|outside|ambient|external|weather)\b).*\btemperatures?\b")
MORE = re.compile(r"\b(?:more|less|higher|lower|up|down|fewer|bigger|smaller|worse|better)\b")


class Part:
    """One part of a question while it is read; each step blanks what it understood."""

    def __init__(self, part: str, inventory: Inventory, now: datetime, before: EnergyQuery | None) -> None:
        self.inventory, self.before = inventory, before
        self.text = respelled(spelled_out(part), inventory)
        self.named: Named = find(self.text, inventory)
        self.said = _blank(self.text, [(a, b) for a, b, _ in self.named.spans])
        self.analysis = analysis_of(self.said, before, names_building=bool(self.named.buildings or self.named.sites))
        self.stated = quantities(self.said) if self.analysis else Quantities()
        self.rest = _blank(self.said, self.stated.spans)
        self.comparing = bool(v.CHANGE.search(self.rest)) or (
            self.analysis == "causes" and bool(MORE.search(self.rest))
        )
        self._read_periods(now)
        self.leftover = self._leftover()

    def _read_periods(self, now: datetime) -> None:
        zone = self._zone()
        local_now = now.astimezone(zone).replace(tzinfo=None)
        first, newest = self._record(zone)
        self.since: Since | None = since_of(self.rest, local_now, newest) if self.analysis == "savings" else None
        self.rest = _blank(self.rest, [(self.since.at, self.since.to)] if self.since else [])
        self.line: Timeline = self._timeline(local_now, first, newest)
        self.rest = _blank(self.rest, self.line.spans)

    def _timeline(self, now: datetime, first: datetime, newest: datetime) -> Timeline:
        if self.analysis == "forecast":
            return timeline_ahead(self.rest, now, newest)
        if self.analysis and self.analysis not in ("causes", "savings"):
            self.rest = ALONE.sub("    ", self.rest)  # "infer the hours from September 2016" is of that month
        period, leaning = self.before.period if self.before else None, self.before is not None
        year = period.start.year if period else None
        return timeline(self.rest, now, first, newest, comparing=self.comparing, leaning=leaning, year=year)

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
        if self.analysis or WHAT_CHANGED.search(self.said) or self.follow_up():
            return True
        if beyond(self.said) and (self.named.buildings or self.named.sites or v.ENERGY_WORD.search(self.said)):
            return True
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
        """Name what is asked for and no reading tells, or None."""
        found = beyond(self.said)
        if found == "weather itself" and self.analysis is None and self.named.buildings and INSIDE.search(self.said):
            found = "indoor temperature"
        if self.analysis == "forecast" and FAR.search(self.said) and not found:
            return "far future"
        return found if found not in tolerated(self.analysis, self.said) else None

    def reading(self) -> Reading:
        """Return what has been read so far."""
        return Reading(
            self.text, self.said, self.rest, self.named, self.line, self.comparing, self.before, self.inventory
        )

    def follow_up(self) -> tuple[EnergyQuery, list[str]] | None:
        """Return the query before with what this part changes of it, None where it is more than such a fragment."""
        return follow_up(self.reading(), self.before) if self.before and not self.analysis else None

    def query(self) -> tuple[EnergyQuery, list[str]]:
        """Return the query and the assumptions in it. Raises `BadQuestion` where a choice is the person's."""
        if self.named.ambiguous and not self.named.buildings:
            name, ids = self.named.ambiguous[0]
            raise BadQuestion(f"{name!r} may mean {_or(self._shown(ids))}; say which")
        self._reject_unknown_place()
        if self._leaves_building_open():
            raise BadQuestion("the question does not say which building; name one, `eaio data list` shows them")
        if self.analysis is None:
            return self.follow_up() or fill(self.reading())
        query, notes = fill_analysis(self.analysis, self.reading(), self.stated, self.since.day if self.since else None)
        return query, [*notes, since_note(self.since)] if self.since and self.since.vague else notes

    def ignored(self) -> tuple[str, ...]:
        """Return the words that no rule used."""
        return () if self.follow_up() else self.leftover

    def _leaves_building_open(self) -> bool:
        """Tell whether 'that building' stands where no building is known, nor ranked for."""
        if self.named.buildings or self.named.sites or self.before:
            return False
        if self.analysis in ("waste", "savings") and PRONOUN.search(self.rest):
            return True
        if not v.THAT_ONE.search(self.rest):
            return False
        extreme = v.HIGHEST.search(self.rest) or v.LOWEST.search(self.rest)
        return not (extreme and v.RANKING.search(self.rest))

    def _shown(self, ids: Iterable[str]) -> list[str]:
        return [f"{self.inventory.buildings[i].name} ({i})" if i in self.inventory.buildings else i for i in ids]

    def _reject_unknown_place(self) -> None:
        """Take a word that nothing explains, where a building is expected, for a name that does not exist."""
        self._reject_unknown_companion()
        if self.named.buildings or self.before:
            return
        if self.analysis and not asks_buildings(self.reading()):
            self._reject_unknown_thing()
        for word in self.leftover:
            placed = re.search(rf"\b(?:of|in|at|for|did|does|do|inside|by) (?:the )?{re.escape(word)}\b", self.rest)
            leads = self.rest.strip().startswith(word) and not self.named.sites
            if placed or leads:
                raise UnknownName(word, nearest(word, index_of(self.inventory)))

    def _reject_unknown_companion(self) -> None:
        """Refuse 'b4 and the moon': what stands beside a building like another one must be one."""
        for _, end, _ in self.named.spans:
            match = COMPANION.match(self.text[end:])
            if match and match.group(1) in self.leftover:
                raise UnknownName(match.group(1), nearest(match.group(1), index_of(self.inventory)))

    def _reject_unknown_thing(self) -> None:
        """Take 'the sports centre', where an analysis is asked of it, for a name that does not exist."""
        for word in self.leftover if not self.named.sites else ():
            if re.search(rf"\b(?:the|our|my|closed?|shut) (?:\w+ )?{re.escape(word)}\b", self.rest):
                raise UnknownName(word, nearest(word, index_of(self.inventory)))

    def _known(self) -> frozenset[str]:
        """Return the words that need no explaining beside what is asked."""
        if self.analysis == "peer_rank" and self.named.buildings:
            return STOPWORDS | FIELD_WORDS | USE_WORDS
        plain = self.analysis is None and basis_terms(self.said) is None and not HEAT.search(self.said)
        return STOPWORDS if plain else STOPWORDS | FIELD_WORDS

    def _leftover(self) -> tuple[str, ...]:
        rest = self.rest
        tables = [p for table in v.ALL_TABLES for p, _ in table]
        for pattern in [*tables, v.LOWEST, v.HIGHEST, v.CHANGE, IN_UNIT, LEADING, v.ENERGY_WORD, v.TOP_N, v.PERCENT]:
            rest = _blank(rest, [m.span() for m in pattern.finditer(rest)])
        known = self._known()
        left = [w for w in words(rest) if w not in known and not re.fullmatch(r"[\d.,]+[fckh]?|.", w)]
        return tuple(dict.fromkeys(left))


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Overwrite spans with marks, so that positions stay and nothing is read twice."""
    for start, end in spans:
        text = text[:start] + "_" * (end - start) + text[end:]
    return re.sub(r"_+", lambda m: " " * len(m.group(0)), text)


def _or(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
