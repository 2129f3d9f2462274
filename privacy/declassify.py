"""The only way down: named rules by which a label may be lowered.

Source of the 15/15 rule: the aggregation standard of US utility commissions (California D.97-10-031, Illinois,
Colorado): a sum may be shown when at least 15 customers are in it and none is more than 15 % of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from privacy.labels import Label

DAYLIGHT_SAVING = timedelta(hours=1)  # a local month may lack an hour in UTC


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a rule may look at: where a figure comes from and how much it can show of one building."""

    source: str
    start: datetime
    end: datetime
    buildings: tuple[str, ...] = ()
    shows_hours: bool = True
    """Whether it shows a single hour or day, or a daily pattern."""
    whole_months: bool = False
    """Whether it covers calendar months of the site, from the first to the last day: else two figures that differ by a
    day would tell that day."""
    contributors: int = 0
    """How many buildings have a part in a sum; 0 where it is not a sum."""
    largest_share: float = 1.0
    """The largest part of one building in the sum, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Coarsening:
    """Amounts over calendar months, of `at_least_days` or more, without a pattern of hours or days."""

    at_least_days: int = 28
    to: Label = Label.INTERNAL

    def allows(self, grounds: Grounds) -> bool:
        """Tell whether the figure is coarse enough."""
        long_enough = grounds.end - grounds.start >= timedelta(days=self.at_least_days) - DAYLIGHT_SAVING
        return not grounds.shows_hours and grounds.whole_months and long_enough


@dataclass(frozen=True, slots=True)
class Aggregation:
    """Sums of many buildings of which none stands out."""

    at_least_buildings: int = 15
    largest_share: float = 0.15
    at_least_days: int = 28
    to: Label = Label.PUBLIC

    def allows(self, grounds: Grounds) -> bool:
        """Tell whether no building shows in the sum."""
        return (
            not grounds.shows_hours
            and grounds.whole_months
            and grounds.contributors >= self.at_least_buildings
            and grounds.largest_share <= self.largest_share
            and grounds.end - grounds.start >= timedelta(days=self.at_least_days) - DAYLIGHT_SAVING
        )


@dataclass(frozen=True, slots=True)
class Published:
    """What anybody can read."""

    sources: tuple[str, ...] = ()
    to: Label = Label.PUBLIC

    def allows(self, grounds: Grounds) -> bool:
        """Tell whether the figure is from such a source."""
        return any(matches(pattern, grounds.source) for pattern in self.sources)


@dataclass(frozen=True, slots=True)
class Consent:
    """The owner's written consent for one building and period [start, until), by UTC days."""

    building: str
    start: date
    until: date
    to: Label
    by: str
    reference: str

    def covers(self, building: str, grounds: Grounds) -> bool:
        """Tell whether a building's part of the figure is consented to."""
        first, end = (datetime(d.year, d.month, d.day, tzinfo=UTC) for d in (self.start, self.until))
        return self.building == building and first <= grounds.start and grounds.end <= end


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force."""

    coarsening: Coarsening | None = None
    aggregation: Aggregation | None = None
    published: Published | None = None
    consent: tuple[Consent, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Lowered:
    """A label, and the rule that lowered to it; no rule where it stayed."""

    label: Label
    rule: str | None = None


def declassify(label: Label, grounds: Grounds, rules: Rules) -> Lowered:
    """Return the lowest label that a rule allows for a figure; never one above `label`.

    The caller writes each use to the audit log, and keeps `label` where that cannot be done.
    """
    return min(_ways_down(label, grounds, rules), key=lambda way: way.label)


def _ways_down(label: Label, grounds: Grounds, rules: Rules) -> Iterable[Lowered]:
    yield Lowered(label)
    named = {"coarsening": rules.coarsening, "aggregation": rules.aggregation, "published": rules.published}
    for name, rule in named.items():
        if rule and rule.to < label and rule.allows(grounds):
            yield Lowered(rule.to, name)
    consented = consented_label(grounds, rules.consent)
    if consented is not None and consented < label:
        yield Lowered(consented, "consent")


def consented_label(grounds: Grounds, consents: Iterable[Consent]) -> Label | None:
    """Return the label that the owners of all buildings of a figure agreed to, or None where one of them did not."""
    given = list(consents)
    each = [[c.to for c in given if c.covers(b, grounds)] for b in grounds.buildings]
    return max(min(labels) for labels in each) if each and all(each) else None


def matches(pattern: str, source: str) -> bool:
    """Tell whether a source is meant by a pattern: itself, or with a `*` at the end any that begins so."""
    return source.startswith(pattern[:-1]) if pattern.endswith("*") else source == pattern
