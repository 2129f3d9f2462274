"""Follow-ups that change what an analysis is asked with: "and 20 %?", "base 18?", "only spikes", "and Seattle?"."""

import re
from collections.abc import Callable
from typing import Any, Final

from tools.energy_query import EnergyQuery, Period, Terms
from tools.grammar.analysis_words import MEASURE
from tools.grammar.changes import EARLIER
from tools.grammar.quantities import HOURS, Quantities, base_degc, degrees_k, number, percent_of
from tools.grammar.terms_slot import KINDS, terms_of

Values = dict[str, Any]
OF_MEASURE: Final = re.compile(rf"\b{MEASURE}\b|\b(?:since|as of|installed|fitted|completed|finished)\b")
LATER: Final = re.compile(r"\blater\b")
TERM_WORDS: Final = re.compile(
    r"\b(?:heating|cooling|hdds?|cdds?|degrees?(?: days?)?|spikes?|stuck|missing|gaps?|zeros?|drifts?|"
    r"unusual days?|level shifts?|"
    r"seattle|cbecs|energy ?star|peers?|site|source|primary|energy|earlier|later|base)\b"
)


def changed_terms(text: str, before: EnergyQuery) -> Terms | None:
    """Return the terms of an analysis with what a lower-case fragment changes of them, None where it is nothing."""
    terms = before.terms or Terms()
    own = _OWN_TERMS[before.statistic](text, terms) if before.statistic in _OWN_TERMS else {}
    return terms.model_copy(update=own) if own else None


def since_terms(text: str, named: Period, before: EnergyQuery) -> Terms | None:
    """Return the terms of savings whose measure is said to be of another day, None where no measure is spoken of."""
    if not OF_MEASURE.search(text):
        return None
    return (before.terms or Terms()).model_copy(update={"since": named.start})


def _of_what_if(text: str, terms: Terms) -> Values:
    if terms.change is None or terms.change.kind == "close_weekends":
        return {}
    read = {"set_back": degrees_k, "cut_baseload": percent_of, "shift": _hours_moved}[terms.change.kind]
    amount = read(text)
    if amount and terms.change.kind == "shift":
        amount = (
            -amount if EARLIER.search(text) or (not LATER.search(text) and (terms.change.amount or 0) < 0) else amount
        )
    return {"change": terms.change.model_copy(update={"amount": amount})} if amount else {}


def _hours_moved(text: str) -> float | None:
    return number(match.group("n")) if (match := HOURS.search(text)) else None


def _of_degree_days(text: str, _terms: Terms) -> Values:
    base = base_degc(text)
    own: Values = {"base_degc": base} if base is not None else {}
    if re.search(r"\b(?:cooling|cdds?|heating|hdds?)\b", text):
        own |= {"cooling": bool(re.search(r"\b(?:cooling|cdds?)\b", text)), "base_degc": base}
    return own


def _of_anomalies(text: str, _terms: Terms) -> Values:
    kinds = tuple(kind for kind, pattern in KINDS if pattern.search(text))
    return {"kinds": kinds} if kinds else {}


def _of_peers(text: str, _terms: Terms) -> Values:
    own = terms_of("peer_rank", text, Quantities(), None)
    return own.model_dump(exclude_defaults=True) if own else {}


_OWN_TERMS: Final[dict[str, Callable[[str, Terms], Values]]] = {
    "what_if": _of_what_if,
    "payback": _of_what_if,
    "degree_days": _of_degree_days,
    "anomalies": _of_anomalies,
    "peer_rank": _of_peers,
}
