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
from tools.grammar.analysis_words import HEAT, asking_spans
from tools.grammar.beyond import beyond, tolerated
from tools.grammar.clean import words
from tools.grammar.doubt import N_OF_THEM, Doubt, doubt_of, reject_conflicts, reject_in_analysis, said_by_period
from tools.grammar.filler import LOADED, is_filler
from tools.grammar.follow_up import follow_up
from tools.grammar.group_slot import asks_buildings
from tools.grammar.hours_slot import ALL_BUT_HOURS, CLOCK_WINDOW
from tools.grammar.known_words import FIELD_WORDS, STOPWORDS, USE_WORDS
from tools.grammar.names import Named, find, index_of, nearest
from tools.grammar.quantities import Quantities, quantities
from tools.grammar.reading import Reading
from tools.grammar.since_slot import Since, since_note, since_of
from tools.grammar.slots import fill
from tools.grammar.spelling import respelled, spelled_out
from tools.grammar.terms_slot import NORMALISED, SITE, SOURCE, basis_terms
from tools.grammar.timeline import Timeline, timeline
from tools.grammar.units import BARE_UNIT, IN_UNIT, LEADING, TRAILING
from tools.grammar.unused import reject_unused
from tools.readings import Inventory

COMPANION = re.compile(r"\s*(?:,|and|or|&|plus)\s+the\s+([\w-]+)")
ALONE = re.compile(r"\bfrom\b(?!.*\b(?:to|until|till|through|up to)\b|.*\d\s?-)")
SIZE = re.compile(r"\bhow (?:big|large|old|tall|far|long|wide|deep|new|noisy|loud|nice|safe|modern)\b")
SPAN = re.compile(r"\bfrom\b.*\b(?:to|until|till|through)\b|\bbetween\b.*\band\b")
AGAINST = re.compile(r"\b(?:against|compar\w*|versus|vs|relative|than|baseline|before)\b")
BEGINS = re.compile(r"\b(?:starting|beginning)\b")
PRONOUN = re.compile(r"\b(?:would|could|did|does|will|has) (?:it|that|this) ")
INSIDE = re.compile(r"^(?!.*\b(?:outdoor|outside|ambient|external|weather)\b).*\btemperatures?\b")
_MORE = r"(?:more|less|higher|lower|better|worse|bigger|smaller|cheaper|warmer|colder|milder|hotter)"
_OR = r"(?:19|20)\d\d,? or (?:in |during )?(?:the year )?(?:\w+ )?(?:19|20)\d\d"
EITHER = re.compile(rf"\b{_MORE}\b.*\b{_OR}\b|\b{_OR}\b.*\b{_MORE}\b")  # "more gas in 2018 or in 2019"
MORE = re.compile(r"\b(?:more|less|higher|lower|up|down|fewer|bigger|smaller|worse|better)\b")

READ = (
    *(p for table in v.ALL_TABLES for p, _ in table),
    *(v.LOWEST, v.HIGHEST, v.CHANGE, IN_UNIT, LEADING, TRAILING, BARE_UNIT, v.ENERGY_WORD, v.TOP_N, v.PERCENT),
    *(CLOCK_WINDOW, ALL_BUT_HOURS, N_OF_THEM, NORMALISED, SOURCE, SITE, HEAT),
)


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
        if self.analysis == "savings" and SPAN.search(self.rest) and not AGAINST.search(self.rest):
            self.comparing = False  # "savings from March to May 2019" are of that time
        self.comparing = self.comparing or bool(EITHER.search(self.rest))
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
            self.rest = BEGINS.sub(
                "        ", ALONE.sub("    ", self.rest)
            )  # "infer the hours from September 2016" is of that month
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
        if SIZE.search(self.rest) and not (v.ENERGY_WORD.search(self.rest) or v.first(v.STATISTICS, self.rest)):
            return False
        if self.named.buildings or self.named.ambiguous:
            says = v.ENERGY_WORD.search(self.rest) or v.first(v.STATISTICS, self.rest) or self.line.period
            return bool(says or not self.doubt_words())
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
            if leaning := self.follow_up():
                return leaning
            reject_conflicts(self.reading(), self.unread)
            found = fill(self.reading())
            reject_unused(found[0], self.reading())
            return found
        reject_in_analysis(self.reading())
        query, notes = fill_analysis(self.analysis, self.reading(), self.stated, self.since.day if self.since else None)
        return query, [*notes, since_note(self.since)] if self.since and self.since.vague else notes

    def doubt_words(self) -> tuple[str, ...]:
        """Return the words that no rule used and that are more than filler."""
        return tuple(w for w in self.leftover if not is_filler(w, STOPWORDS))

    def doubt(self) -> Doubt:
        """Return the words that no rule used and that may matter."""
        if self.follow_up():
            return Doubt()
        known = self._known() if self.analysis else STOPWORDS
        return doubt_of(self.leftover, self.reading(), known, is_plain=self.analysis is None)

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
        self._reject_part_of_name()
        for word in self.doubt_words():
            placed = re.search(rf"\b(?:of|in|at|for|did|does|do|inside|by) (?:the )?{re.escape(word)}\b", self.rest)
            leads = self.rest.strip().startswith(word) and not self.named.sites
            if placed or leads:
                raise UnknownName(word, nearest(word, index_of(self.inventory)))

    def _reject_part_of_name(self) -> None:
        """Take 'lib' for the beginning of a name, where nothing else is named: which one is the person's to say."""
        index = index_of(self.inventory)
        for word in self.doubt_words() if not self.named.sites else ():
            if len(word) >= 3 and any(name.startswith(word) for name in index.words):
                raise UnknownName(word, nearest(word, index))

    def _reject_unknown_companion(self) -> None:
        """Refuse 'b4 and the moon': what stands beside a building like another one must be one."""
        for _, end, _ in self.named.spans:
            match = COMPANION.match(self.text[end:])
            if match and match.group(1) in self.leftover:
                raise UnknownName(match.group(1), nearest(match.group(1), index_of(self.inventory)))

    def _reject_unknown_thing(self) -> None:
        """Take 'the sports centre', where an analysis is asked of it, for a name that does not exist."""
        for word in self.doubt_words() if not self.named.sites else ():
            if re.search(rf"\b(?:the|our|my|closed?|shut) (?:\w+ )?{re.escape(word)}\b", self.rest):
                raise UnknownName(word, nearest(word, index_of(self.inventory)))

    def _known(self) -> frozenset[str]:
        """Return the words that need no explaining beside what is asked."""
        if self.analysis == "peer_rank" and self.named.buildings:
            return STOPWORDS | FIELD_WORDS | USE_WORDS
        plain = self.analysis is None and basis_terms(self.said) is None and not HEAT.search(self.said)
        return STOPWORDS if plain else STOPWORDS | FIELD_WORDS

    def _words_of_names(self) -> frozenset[str]:
        """Return the words of the names of what is meant: 'the girls' and the boys' hostel' says both."""
        known = [self.inventory.buildings[b] for b in self.named.buildings]
        said = [name for it in known for name in (it.name, *it.aliases)]
        return frozenset(w for name in said for w in words(name.lower()))

    def _leftover(self) -> tuple[str, ...]:
        """Return the words that no rule used; every rule reads the same text, so that none takes half of another's."""
        spans = [m.span() for pattern in READ for m in pattern.finditer(self.rest)]
        spans += asking_spans(self.analysis, self.rest)
        self.unread = _blank(self.rest, spans)
        known = self._known() - LOADED if self.analysis is None else self._known()
        said_twice = said_by_period(self.line.period, self.text) | self._words_of_names()
        left = [w for w in words(self.unread) if w not in known and not re.fullmatch(r"[\d.,]+[fckh]?|.", w)]
        first = min((at for at, _, name in self.named.spans if name in self.named.buildings), default=0)
        leaving = v.ALL_BUT.search(self.text[:first])
        said_twice |= frozenset(words(leaving.group(0))) if leaving else frozenset()
        return tuple(dict.fromkeys(w for w in left if w not in said_twice))


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Overwrite spans with marks, so that positions stay and nothing is read twice."""
    for start, end in spans:
        text = text[:start] + "_" * (end - start) + text[end:]
    return re.sub(r"_+", lambda m: " " * len(m.group(0)), text)


def _or(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
