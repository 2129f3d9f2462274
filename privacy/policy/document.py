"""The policy as a document: what may stand in `privacy.yaml`, and how it becomes a `Policy`."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from privacy import declassify
from privacy.labels import Label
from privacy.policy.policy import Action, Combination, Destination, Kind, Policy
from privacy.taxonomy import TYPES

HOST = re.compile(r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$")
NAMES = {label.name.lower(): label for label in Label}
NEVER_LESS = ("CREDENTIAL", "OT_ADDRESS", "ACCESS_LOG", "PLAN_SECURITY")
"""Types that open doors: no policy may call them less than restricted."""
RAW = ("tool.energy", "readings.*")
"""Sources whose label only `declassify` may lower."""


def _label(value: object) -> Label:
    if not isinstance(value, str) or value not in NAMES:
        raise ValueError(f"{value!r} is no label; write one of {', '.join(NAMES)}")
    return NAMES[value]


LabelWord = Annotated[Label, BeforeValidator(_label)]


class Part(BaseModel):
    """A part of the document; a key that is not known is an error, because it may be a rule misspelt."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TypesPart(Part):
    """The types under each label."""

    public: list[str] = []
    internal: list[str] = []
    confidential: list[str] = []
    restricted: list[str] = []

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        given = [*self.public, *self.internal, *self.confidential, *self.restricted]
        if twice := [t for t, n in Counter(given).items() if n > 1]:
            raise ValueError(f"{', '.join(twice)} stands under more than one label; leave the one that is meant")
        if unknown := sorted(set(given) - set(TYPES)):
            raise ValueError(f"{', '.join(unknown)}: no detector finds that; the types are {', '.join(TYPES)}")
        if lowered := [t for t in NEVER_LESS if t in given and t not in self.restricted]:
            raise ValueError(f"{', '.join(lowered)} is always restricted: it opens doors; move it there")
        return self

    def labels(self) -> dict[str, Label]:
        """Return the label of each type; one that is left out is RESTRICTED."""
        placed = {t: NAMES[name] for name in NAMES for t in getattr(self, name)}
        return {t: placed.get(t, Label.RESTRICTED) for t in TYPES}


class CombinationPart(Part):
    """Types that together take a label."""

    types: list[str] = Field(min_length=2)
    label: LabelWord

    @field_validator("types")
    @classmethod
    def _known(cls, types: list[str]) -> list[str]:
        if unknown := sorted(set(types) - set(TYPES)):
            raise ValueError(f"{', '.join(unknown)}: no detector finds that")
        return types


class CoarseningPart(Part):
    """See `declassify.Coarsening`."""

    at_least_days: int = Field(default=28, ge=28, description="Shorter spans show when a building is empty.")
    to: LabelWord = Label.INTERNAL


class AggregationPart(Part):
    """See `declassify.Aggregation`."""

    at_least_buildings: int = Field(default=15, ge=2)
    largest_share_percent: float = Field(default=15.0, gt=0, lt=100, allow_inf_nan=False)
    at_least_days: int = Field(default=28, ge=1)
    to: LabelWord = Label.PUBLIC


class PublishedPart(Part):
    """See `declassify.Published`."""

    sources: list[str] = []
    to: LabelWord = Label.PUBLIC


class ConsentPart(Part):
    """See `declassify.Consent`."""

    building: str = Field(min_length=1)
    start: date = Field(alias="from")
    until: date
    to: LabelWord
    by: str = Field(min_length=1)
    reference: str = Field(min_length=1)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.until <= self.start:
            raise ValueError(f"the consent for {self.building} ends ({self.until}) before it starts ({self.start})")
        return self

    def consent(self) -> declassify.Consent:
        """Return it as the rule reads it."""
        return declassify.Consent(self.building, self.start, self.until, self.to, self.by, self.reference)


class DeclassifyPart(Part):
    """The ways down that are open; one that is left out is closed."""

    coarsening: CoarseningPart | None = None
    aggregation: AggregationPart | None = None
    published: PublishedPart | None = None
    consent: list[ConsentPart] = []

    @field_validator("consent")
    @classmethod
    def _no_overlap(cls, given: list[ConsentPart]) -> list[ConsentPart]:
        for i, one in enumerate(given):
            for other in given[:i]:
                if one.building == other.building and one.start < other.until and other.start < one.until:
                    raise ValueError(f"two consents for {one.building} overlap from {max(one.start, other.start)}")
        return given

    def rules(self) -> declassify.Rules:
        """Return them as `declassify` reads them."""
        coarse, sums, published = self.coarsening, self.aggregation, self.published
        return declassify.Rules(
            coarsening=declassify.Coarsening(coarse.at_least_days, coarse.to) if coarse else None,
            aggregation=declassify.Aggregation(
                sums.at_least_buildings, sums.largest_share_percent / 100, sums.at_least_days, sums.to
            )
            if sums
            else None,
            published=declassify.Published(tuple(published.sources), published.to) if published else None,
            consent=tuple(c.consent() for c in self.consent),
        )


class DestinationPart(Part):
    """What one destination gets, a row a label. All four rows are written out, so that none is forgotten."""

    kind: Kind
    hosts: list[str] = []
    residency: str = Field(min_length=1)
    retention: str = Field(min_length=1)
    shift_dates: bool = False
    scale_values: bool = False
    public: Action
    internal: Action
    confidential: Action
    restricted: Action

    @field_validator("hosts")
    @classmethod
    def _are_hosts(cls, hosts: list[str]) -> list[str]:
        if wrong := [h for h in hosts if not HOST.match(h)]:
            raise ValueError(f"{', '.join(map(repr, wrong))}: write a host as `api.example.com` or `127.0.0.1:8080`")
        return hosts

    @model_validator(mode="after")
    def _restricted_stays(self) -> Self:
        if self.kind in ("cloud", "private", "trace", "log") and self.restricted != "deny":
            raise ValueError(f"restricted data never leaves: a {self.kind} destination has `restricted: deny`")
        if self.kind == "cloud" and self.confidential == "allow":
            raise ValueError("confidential data never goes to a cloud as it is: write `pseudonymise` or `deny`")
        return self

    def destination(self, name: str) -> Destination:
        """Return it as the gate reads it."""
        rows = {label: getattr(self, word) for word, label in NAMES.items()}
        return Destination(
            name,
            self.kind,
            rows,
            tuple(self.hosts),
            self.residency,
            self.retention,
            self.shift_dates,
            self.scale_values,
        )


class PolicyDocument(Part):
    """The whole file."""

    version: Literal[1]
    types: TypesPart
    combinations: list[CombinationPart] = []
    sources: dict[str, LabelWord]
    declassify: DeclassifyPart = DeclassifyPart()
    kept_values: list[str] = []
    destinations: dict[str, DestinationPart]

    @field_validator("sources")
    @classmethod
    def _raw_is_restricted(cls, sources: dict[str, Label]) -> dict[str, Label]:
        """Refuse to call readings, or figures made from them, less than restricted."""
        raw = [
            s for s, label in sources.items() if label < Label.RESTRICTED and any(declassify.matches(r, s) for r in RAW)
        ]
        if raw:
            raise ValueError(f"{', '.join(raw)} is restricted; open a way down under `declassify` instead")
        return sources

    @field_validator("combinations")
    @classmethod
    def _one_label_each(cls, given: list[CombinationPart]) -> list[CombinationPart]:
        sets = Counter(frozenset(c.types) for c in given)
        if twice := [" with ".join(sorted(s)) for s, n in sets.items() if n > 1]:
            raise ValueError(f"{', '.join(twice)} has two rules; leave the one that is meant")
        return given

    @field_validator("kept_values")
    @classmethod
    def _amounts_only(cls, kept: list[str]) -> list[str]:
        """Refuse to keep what is more than internal: a kept span would leave as it is."""
        if wrong := [t for t in kept if TYPES.get(t, Label.RESTRICTED) > Label.INTERNAL]:
            raise ValueError(f"{', '.join(wrong)} cannot be kept in a pseudonymised text")
        return kept

    def policy(self, content_hash: str) -> Policy:
        """Return the policy that this document states."""
        return Policy(
            hash=content_hash,
            types=self.types.labels(),
            combinations=tuple(Combination(frozenset(c.types), c.label) for c in self.combinations),
            sources=dict(self.sources),
            rules=self.declassify.rules(),
            kept_values=frozenset(self.kept_values),
            destinations={name: part.destination(name) for name, part in self.destinations.items()},
        )


def missing(document: PolicyDocument, needed: Iterable[str]) -> list[str]:
    """Return the destinations that the program sends to and the document does not name."""
    named: Mapping[str, DestinationPart] = document.destinations
    return [name for name in needed if name not in named]
