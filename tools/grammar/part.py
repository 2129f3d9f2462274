"""One part of a question while it is read: names are found first, then periods, and the rest is left to the slots."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion
from tools.grammar import vocabulary as v
from tools.grammar.ahead import FAR, timeline_ahead
from tools.grammar.analysis_query import fill_analysis
from tools.grammar.analysis_slot import WHAT_CHANGED, analysis_of
from tools.grammar.analysis_words import HEAT, MEASURE, asking_spans
from tools.grammar.beyond import beyond, tolerated
from tools.grammar.clean import words
from tools.grammar.data_query import DATA, OF_NO_METER, data_spans
from tools.grammar.data_words import data_analysis
from tools.grammar.doubt import N_OF_THEM, Doubt, doubt_of, reject_conflicts, reject_in_analysis, said_by_period
from tools.grammar.follow_up import follow_up
from tools.grammar.follow_up_period import goes_on
from tools.grammar.hours_slot import ALL_BUT_HOURS, hours_said
from tools.grammar.names import Named, find
from tools.grammar.not_asked_here import reject_not_asked_here, reject_rank_of_one, reject_two_figures
from tools.grammar.not_taken import not_taken, reject_not_taken
from tools.grammar.numbers_left import reject_numbers
from tools.grammar.part_words import ACCOUNTS, OF_A_WHOLE
from tools.grammar.quantities import Quantities, quantities
from tools.grammar.ratio_words import RATIO, SAYS_WHEN, is_ratio
from tools.grammar.reading import Reading
from tools.grammar.said_times import times_spelt
from tools.grammar.savings_times import times_about
from tools.grammar.series_slot import asks_other_end
from tools.grammar.since_slot import Since, since_note, since_of
from tools.grammar.slots import fill
from tools.grammar.spelling import mended, spelled_out
from tools.grammar.terms_slot import NORMALISED, SITE, SOURCE, basis_terms
from tools.grammar.timeline import Timeline, timeline
from tools.grammar.units import ANYWHERE, BARE_UNIT, IN_UNIT, LEADING, TRAILING
from tools.grammar.unknown_names import reject_unknown_names
from tools.grammar.unused import reject_unused
from tools.grammar.words.filler import HEAVY, LOADED
from tools.grammar.words.known import FIELD_WORDS, STOPWORDS, USE_WORDS
from tools.grammar.words.place import changes_nothing, only_told
from tools.public_holidays import country_of
from tools.readings import Inventory

ALONE = re.compile(r"\bfrom\b(?!.*\b(?:to|until|till|through|up to)\b|.*\d\s?-)")
SIZE = re.compile(
    r"\bhow (?:big|large|old|tall|far(?! (?:down|up|above|below|off|ahead|behind)\b)|long|wide|deep|new|noisy|loud|"
    r"nice|safe|modern)\b(?! (?:was|is|were|are) (?:the |"
    r"its )?"
    r"(?:drop|rise|fall|change|increase|decrease|difference|jump|growth|saving|cut|swing)s?\b)"
)
SPAN = re.compile(r"\bfrom\b.*\b(?:to|until|till|through)\b|\bbetween\b.*\band\b")
AGAINST = re.compile(r"\b(?:against|compar\w*|versus|vs|relative|than|baseline|before)\b")
BEGINS = re.compile(r"\b(?:starting|beginning)\b")
YEARS = re.compile(r"\b(?:from|between) (?:19|20)\d\d (?:to|and) (?:19|20)\d\d\b")
PRONOUN = re.compile(r"\b(?:would|could|did|does|will|has) (?:it|that|this) ")
INSIDE = re.compile(r"^(?!.*\b(?:outdoor|outside|ambient|external|weather)\b).*\btemperatures?\b")
_MORE = r"(?:more|less|higher|lower|better|worse|bigger|smaller|cheaper|warmer|colder|milder|hotter)"
_OR = r"(?:19|20)\d\d,? or (?:in |during )?(?:the year )?(?:\w+ )?(?:19|20)\d\d"
EITHER = re.compile(rf"\b{_MORE}\b.*\b{_OR}\b|\b{_OR}\b.*\b{_MORE}\b")  # "more gas in 2018 or in 2019"
PLAIN_SAVING = re.compile(
    rf"^(?!.*\b(?:baseline|{MEASURE})\b).*\b(?:carbon|co2e?|emissions?|costs?|money|spend|bill)\b"
)
NAMES_HOURS = re.compile(
    r"^(?!.*\b(?:when|what|which|start\w*|stop\w*|open\w*|clos\w*|infer\w*|schedule)\b).*\b(?:working|office|business|core|"
    r"occupied|operating) hours\b.*\d"
)
PAIRED = ("waste", "causes", "site_series", "unit_rate", "hours_figure")  # which tell of two periods that are listed
WITHIN_ONE = ("level_changes", "anomalies", "trend")  # "the step between 2018 and 2019" is looked for in both
MORE = re.compile(r"\b(?:more|less|higher|lower|up|down|fewer|bigger|smaller|worse|better)\b")

READ = (
    *(p for table in v.ALL_TABLES for p, _ in table),
    *(
        v.LOWEST,
        v.HIGHEST,
        v.CHANGE,
        ANYWHERE,
        IN_UNIT,
        LEADING,
        TRAILING,
        BARE_UNIT,
        v.ENERGY_WORD,
        v.TOP_N,
        v.PERCENT,
    ),
    *(ALL_BUT_HOURS, N_OF_THEM, NORMALISED, SOURCE, SITE, HEAT, OF_A_WHOLE, ACCOUNTS, SAYS_WHEN, RATIO),
)


class Part:
    """One part of a question while it is read; each step blanks what it understood."""

    def __init__(
        self,
        part: str,
        inventory: Inventory,
        now: datetime,
        before: EnergyQuery | None,
        earlier: EnergyQuery | None = None,
    ) -> None:
        self.inventory, self.before, self.earlier = inventory, before, earlier
        text, self.read_as = mended(spelled_out(part), inventory)
        times = times_spelt(text, lambda: _country(part, inventory))
        self.text, self.times_chosen = times.text, list(times.notes)
        self.named: Named = find(self.text, inventory)
        self.said = _blank(self.text, [(a, b) for a, b, _ in self.named.spans])
        self.goes_on = before is not None and goes_on(self.said, before.period, self._newest())
        self.analysis = data_analysis(self.said, self.named, leans=before is not None) or analysis_of(
            self.said, before, names_building=bool(self.named.buildings or self.named.sites)
        )
        if self.analysis is None and before and before.statistic == "site_series" and asks_other_end(self.said):
            self.analysis = "site_series"
        self.analysis = None if self.goes_on and self.analysis == "forecast" else self.analysis
        self.stated = quantities(self.said) if self.analysis and self.analysis not in DATA else Quantities()
        self.rest = _blank(self.said, self.stated.spans)
        self.comparing = bool(v.CHANGE.search(self.rest)) or (
            self.analysis == "causes" and bool(MORE.search(self.rest))
        )
        if self.analysis == "savings" and SPAN.search(self.rest) and not AGAINST.search(self.rest):
            self.comparing = False  # "savings from March to May 2019" are of that time
        self.comparing = self.comparing or bool(EITHER.search(self.rest))
        self.comparing = self.comparing or (len(self.named.buildings) == 2 and is_ratio(self.rest))
        self.comparing = self.comparing or bool(before and before.against_period and YEARS.search(self.rest))
        if self.analysis == "schedule" and hours_said(self.rest) and NAMES_HOURS.search(self.rest):
            self.analysis = None  # "working hours, 9am to 5pm" are hours that are told, and not asked for
        self._read_periods(now)
        if self.analysis == "savings" and self.line.reference and PLAIN_SAVING.search(self.rest) and not self.since:
            self.analysis = None  # of money or carbon between two periods, and not of a measure: a difference
        self.leftover = self._leftover()

    def _read_periods(self, now: datetime) -> None:
        zone = self._zone()
        local_now = now.astimezone(zone).replace(tzinfo=None)
        first, newest = self._record(zone)
        self.since: Since | None = since_of(self.rest, local_now, newest) if self.analysis == "savings" else None
        self.rest = _blank(self.rest, [(self.since.at, self.since.to)] if self.since else [])
        about = times_about(self.rest, self.since.day) if self.since else None
        self.rest = _blank(self.rest, about.spans if about else ())
        self.line: Timeline = self._timeline(local_now, first, newest)
        if about and about.spans:
            self.line = replace(
                self.line,
                period=about.after or self.line.period,
                reference=about.before or self.line.reference,
            )
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
        comparing = self.comparing and self.analysis not in WITHIN_ONE
        pairs = self.analysis is None or self.analysis in PAIRED
        return timeline(self.rest, now, first, newest, comparing=comparing, leaning=leaning, year=year, pairs=pairs)

    def _sites(self) -> list[str]:
        named = [self.inventory.buildings[b].site for b in self.named.buildings] + list(self.named.sites)
        return list(dict.fromkeys(named)) or list(self.inventory.sites)

    def _zone(self) -> ZoneInfo:
        sites = self._sites()
        return ZoneInfo(self.inventory.sites[sites[0]].timezone if sites else "UTC")

    def _newest(self) -> datetime:
        return self._record(self._zone())[1]

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
        if self.analysis or WHAT_CHANGED.search(self.said) or self.follow_up:
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
        own = bool(v.first(v.STATISTICS, self.rest) or v.first(v.HOURS, self.rest) or hours_said(self.rest))
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
            text=self.text,
            said=self.said,
            rest=self.rest,
            named=self.named,
            line=self.line,
            comparing=self.comparing,
            before=self.before,
            inventory=self.inventory,
            earlier=self.earlier,
        )

    @cached_property
    def follow_up(self) -> tuple[EnergyQuery, list[str]] | None:
        """The query before with what this part changes of it, None where it is more than such a fragment."""
        if self.before and self.before.statistic in OF_NO_METER and v.ENERGY_WORD.search(self.rest):
            return None  # "and b4's electricity then?", after the weather: a question of its own
        return follow_up(self.reading(), self.before) if self.before and not self.analysis else None

    def query(self) -> tuple[EnergyQuery, list[str]]:
        """Return the query and the assumptions in it. Raises `BadQuestion` where a choice is the person's."""
        query, notes = self._query()
        return query, [*self.times_chosen, *notes]

    def _query(self) -> tuple[EnergyQuery, list[str]]:
        if self.named.ambiguous:
            name, ids = self.named.ambiguous[0]
            raise BadQuestion(f"{name!r} may mean {_or(self._shown(ids))}; say which")
        reject_unknown_names(self.reading(), self.analysis, self.leftover, self.doubt_words())
        if self._leaves_building_open():
            raise BadQuestion("the question does not say which building; name one, `eaio data list` shows them")
        if self.analysis is None:
            if leaning := self.follow_up:
                return leaning
            reject_not_asked_here(
                self.rest,
                self.unread,
                names_figure=self._names_figure(),
                names_two=len(self.named.buildings) > 1,
            )
            reject_conflicts(self.reading(), self.unread)
            found = fill(self.reading())
            reject_unused(found[0], self.reading())
            reject_two_figures(found[0], self.rest)
            reject_rank_of_one(found[0], self.rest)
            reject_not_taken(found[0], self.reading(), self.stated)
            return found
        reject_in_analysis(self.reading())
        reject_numbers(self.analysis, self.said, self.unread)
        query, notes = fill_analysis(self.analysis, self.reading(), self.stated, self.since.day if self.since else None)
        reject_two_figures(query, self.rest)
        reject_not_taken(query, self.reading(), self.stated)
        return query, [*notes, since_note(self.since)] if self.since and self.since.vague else notes

    def _names_figure(self) -> bool:
        """Tell whether a measure or a statistic is named, and not only a building and a period."""
        return bool(v.first(v.MEASURES, self.rest) or v.first(v.STATISTICS, self.rest) or v.first(v.HOURS, self.rest))

    def doubt_words(self) -> tuple[str, ...]:
        """Return the words that no rule used and that are more than filler."""
        said = self.said
        return tuple(w for w in self.leftover if not (changes_nothing(w, STOPWORDS, said) or only_told(w, said)))

    def doubt(self, query: EnergyQuery) -> Doubt:
        """Return the words that no rule used, or that the query did not take up, and that may matter."""
        if self.follow_up:
            return Doubt()
        known = self._known() if self.analysis else STOPWORDS
        doubt = doubt_of(self.leftover, self.reading(), known, is_plain=self.analysis is None)
        return Doubt(doubt.asked, (*doubt.told, *not_taken(query, self.reading(), self.stated)))

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

    def _known(self) -> frozenset[str]:
        """Return the words that need no explaining beside what is asked."""
        if self.analysis == "peer_rank" and self.named.buildings:
            return (STOPWORDS | FIELD_WORDS | USE_WORDS) - HEAVY
        plain = self.analysis is None and basis_terms(self.said) is None and not HEAT.search(self.said)
        return STOPWORDS if plain else (STOPWORDS | FIELD_WORDS) - HEAVY

    def _words_of_names(self) -> frozenset[str]:
        """Return the words of the names of what is meant: 'the girls' and the boys' hostel' says both."""
        known = [self.inventory.buildings[b] for b in self.named.buildings]
        said = [name for it in known for name in (it.name, *it.aliases)]
        return frozenset(w for name in said for w in words(name.lower()))

    def _leftover(self) -> tuple[str, ...]:
        """Return the words that no rule used; every rule reads the same text, so that none takes half of another's."""
        spans = [m.span() for pattern in READ for m in pattern.finditer(self.rest)]
        spans += asking_spans(self.analysis, self.rest) + data_spans(self.analysis, self.rest)
        spans += hours_said(self.rest)
        self.unread = _blank(self.rest, spans)
        known = self._known() - LOADED if self.analysis is None else self._known()
        said_twice = said_by_period(self.line.period, self.text) | self._words_of_names()
        left = [w for w in words(self.unread) if w not in known and not re.fullmatch(r"[\d.,]+[fckh]?|.", w)]
        first = min((at for at, _, name in self.named.spans if name in self.named.buildings), default=0)
        leaving = v.ALL_BUT.search(self.text[:first])
        said_twice |= frozenset(words(leaving.group(0))) if leaving else frozenset()
        return tuple(dict.fromkeys(w for w in left if w not in said_twice))


def _country(text: str, inventory: Inventory) -> str | None:
    """Return the country (ISO 3166) of the buildings and sites that a text names, else of the first site."""
    named = find(text, inventory)
    sites = [inventory.buildings[b].site for b in named.buildings] + list(named.sites) or list(inventory.sites)
    return country_of(inventory.sites[sites[0]].timezone) if sites else None


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Overwrite spans with marks, so that positions stay and nothing is read twice."""
    for start, end in spans:
        text = text[:start] + "_" * (end - start) + text[end:]
    return re.sub(r"_+", lambda m: " " * len(m.group(0)), text)


def _or(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
