"""An answer as it is kept: its facts query by query, the words about them, and what it rests on."""

import json
import zlib
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from privacy.labels import Label
from tools.chart import Chart
from tools.energy_query import EnergyQuery
from tools.evidence import Evidence, Span

FORM = b"1"
LEVEL = 1  # of zlib: a tenth larger than at 6, in a quarter of the time


class KeptFacts(BaseModel):
    """The facts of one query, as `tools.computed.Facts` has them, under their final labels."""

    model_config = ConfigDict(frozen=True)

    query: EnergyQuery
    evidence: tuple[Evidence, ...]
    chart: Chart | None
    notes: tuple[str, ...]
    words: str | None


class KeptAnswer(BaseModel):
    """A whole answer. `label` is that of the run, `most` that of all that is kept of it, charts too; times in UTC.

    `series` and `data_version`: it holds as long as none of the series has changed since that version. `took_s`,
    `tokens_in`, `tokens_out`, `cost_usd`: what making it took. `by`: whose words the analysis are.
    """

    model_config = ConfigDict(frozen=True)

    asked: tuple[dict[str, Any], ...]
    facts: tuple[KeptFacts, ...]
    analysis: tuple[str, ...]
    by: str
    label: Label
    most: Label
    data_version: int
    series: tuple[str, ...]
    made_at: datetime
    took_s: float
    tokens_in: int
    tokens_out: int
    cost_usd: float


class _PlainEvidence(BaseModel):
    """A fact as it is written down: with its query only where that is not the one of its part."""

    id: str
    name: str
    value: float
    unit: str
    buildings: tuple[str, ...]
    period: Span
    method: str
    coverage: float
    label: Label
    caveats: tuple[str, ...]
    group: str | None
    query: EnergyQuery | None

    def fact(self, query: EnergyQuery) -> Evidence:
        """Return it whole. What is written down was checked when it was computed."""
        return Evidence.model_construct(**{**self.__dict__, "query": self.query or query})


class _PlainFacts(BaseModel):
    query: EnergyQuery
    evidence: tuple[_PlainEvidence, ...]
    chart: Chart | None
    notes: tuple[str, ...]
    words: str | None

    def facts(self) -> KeptFacts:
        """Return them whole."""
        evidence = tuple(one.fact(self.query) for one in self.evidence)
        return KeptFacts.model_construct(**{**self.__dict__, "evidence": evidence})


class _PlainAnswer(KeptAnswer):
    facts: tuple[_PlainFacts, ...]  # type: ignore[assignment]

    def answer(self) -> KeptAnswer:
        """Return it whole."""
        return KeptAnswer.model_construct(**{**self.__dict__, "facts": tuple(part.facts() for part in self.facts)})


_ADAPTER = TypeAdapter(_PlainAnswer)


def packed(answer: KeptAnswer) -> bytes:
    """Return an answer as compressed JSON; no figure is rounded."""
    plain = answer.model_dump(mode="json", exclude={"facts", "label", "most"})
    plain |= {"label": int(answer.label), "most": int(answer.most)}
    plain["facts"] = [_plain_facts(part) for part in answer.facts]
    return FORM + zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), LEVEL)


def _plain_facts(part: KeptFacts) -> dict[str, Any]:
    return {
        "query": part.query.model_dump(mode="json"),
        "evidence": [_plain_evidence(one, part.query) for one in part.evidence],
        "chart": part.chart and asdict(part.chart),
        "notes": part.notes,
        "words": part.words,
    }


def _plain_evidence(one: Evidence, query: EnergyQuery) -> dict[str, Any]:
    own = None if one.query == query else one.query.model_dump(mode="json")
    return one.model_dump(mode="json", exclude={"query"}) | {"label": int(one.label), "query": own}


def unpacked(data: bytes | None) -> KeptAnswer | None:
    """Return an answer that was packed; None for what is none, or of another form."""
    if not data or data[:1] != FORM:
        return None
    try:
        return _ADAPTER.validate_json(zlib.decompress(data[1:])).answer()
    except (zlib.error, ValidationError):
        return None
