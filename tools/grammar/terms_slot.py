"""What an analysis needs beyond buildings and periods, as the question states it."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from tools.energy_query import Statistic, Terms
from tools.errors import BadQuestion
from tools.grammar.ahead import A_WEEK
from tools.grammar.changes import ASKS_WHAT_IF, COOLING, change_of
from tools.grammar.model_words import model_terms
from tools.grammar.quantities import Quantities, base_degc

KINDS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(rf"\b(?:{words})\b"))
    for kind, words in (
        ("schedule_drift", r"schedule drifts?|drift(?:s|ed|ing)?"),
        ("level_shift", r"level shifts?|shifts? of level|level anomal\w*"),
        ("spike", r"spikes?|spiky"),
        ("stuck", r"stuck|flat-?lin\w*|frozen|constant readings?"),
        ("zero_run", r"zero(?:s|es)?"),
        ("missing", r"missing|gaps?|absent"),
        ("unusual_day", r"(?:unusual|odd|strange|abnormal|weird|anomalous|irregular) days?"),
    )
)
PEERS: Final = (
    ("energy_star", re.compile(r"\benergy ?star\b|\bnational medians?\b")),
    (
        "cbecs",
        re.compile(r"\bcbecs\b|\bcommercial buildings? energy consumption survey\b|\bnational (?:stock|survey)\b"),
    ),
    ("seattle", re.compile(r"\bseattle\b")),
    (
        "own",
        re.compile(
            r"\b(?:our|my) (?:own |other )?\w*\s?(?:buildings?|portfolio|estate|stock)\b|\bown (?:peers|portfolio)\b"
        ),
    ),
)
SCOPE2: Final = (
    ("marginal", re.compile(r"\bmarginal\b")),
    (
        "market",
        re.compile(
            r"\bmarket[ -]based\b|\bresidual mix\b|\bgreen (?:tariff|electricity|power|supply|contract)|"
            r"\bcontracts?\b|\bregos?\b"
        ),
    ),
    ("location", re.compile(r"\blocation[ -]based\b|\bgrid average\b")),
)
NORMALISED: Final = re.compile(
    r"\bnormali[sz]ed (?:annual |yearly )(?:consumption|use|usage)\b|\bweather (?:is |was )?(?:taken out|removed|"
    r"excluded)\b"
    r"|\b(?:excluding|without|allowing for|accounting for|removing|strip\w*(?: out)?|tak\w* out|tak\w* away|tak\w* off|"
    r"leav\w* out|factor\w* out|net of|controlling for|discounting|ignoring|setting aside|adjusting for|correcting for|"
    r"knock\w* out|disregarding) (?:the |any )?(?:(?:effects?|influence|impact) of )?(?:the )?weather(?: effects?)?\b|"
    r"\bdegree[ -]?day[ -](?:adjusted|corrected|normali[sz]ed|compensated)\b|"
    r"\bweather (?:is |was |has been )?(?:stripped|factored|allowed|corrected|adjusted|accounted) (?:out|for)\b|"
    r"\bnormali[sz]e\b.*\bfor (?:the )?weather\b|\bweather[ -](?:normali[sz]ed|adjusted|corrected|normal)\b|"
    r"\bnormali[sz]ed (?:for|by|"
    r"to) (?:the )?(?:normal )?(?:weather|degree|year)"
    r"|\b(?:corrected|adjusted|correcting|adjusting|normali[sz]ing) (?:for|to) (?:the )?(?:normal )?(?:weather|"
    r"degree|temperature)"
    r"|\b(?:in|at|of|to|with) (?:a )?(?:normal|typical|average) (?:weather|year)\b"
)
_KIND: Final = r"(?:energy|eui|intensity|basis|use|consumption|kwh|figures?|terms|level)"
_ALSO: Final = r"(?: ?\((?:primary|source)\)| or (?:primary|source)|/(?:primary|source))?"
SOURCE: Final = re.compile(
    rf"\b(?:source|primary){_ALSO}[ -]{_KIND}\b|\bat (?:the )?source\b|"
    rf"\b(?:source|primary){_ALSO}[ ,]+(?:rather than|instead of|and not|not|as opposed to) (?:the |at the |at )?"
    rf"(?:site|meter|delivered|final|secondary)(?: {_KIND})?\b|"
    rf"\b(?:rather than|instead of|not) (?:the |at the |at )?(?:site|meter)(?: {_KIND})?,? but (?:source|primary)\b"
)
SITE: Final = re.compile(r"\bsite[ -](?:eui|intensity|basis|energy (?:use )?intensity|energy per)\b|\bat the meter\b")


def basis_terms(text: str) -> Terms | None:
    """Return what a plain figure may be asked on: source or site energy, in normal weather; None where nothing is."""
    values: dict[str, Any] = {}
    if SOURCE.search(text) or SITE.search(text):
        values["basis"] = "source" if SOURCE.search(text) else "site"
    if NORMALISED.search(text):
        values["weather_normalised"] = True
    return Terms(**values) if values else None


def terms_of(analysis: Statistic, text: str, stated: Quantities, since: datetime | None) -> Terms | None:
    """Return the terms of an analysis, None where the question states none. Raises `BadQuestion` for half a change."""
    values = _READ[analysis](text, stated) if analysis in _READ else {}
    if analysis == "savings" and since:
        values["since"] = since
    given = {name: value for name, value in values.items() if value is not None and value is not False and value != ()}
    return Terms(**given) if given else None


def _first(table: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> str | None:
    return next((name for name, pattern in table if pattern.search(text)), None)


def _peer_rank(text: str, _stated: Quantities) -> dict[str, Any]:
    basis = basis_terms(text)
    own = "site" if re.search(r"\bsite energy\b", text) else None
    return {"peers": _first(PEERS, text), "basis": basis.basis if basis and basis.basis else own}


def _degree_days(text: str, _stated: Quantities) -> dict[str, Any]:
    cooling = re.search(r"\bcdds?\b|\bcooling\b", text) and not re.search(r"\bheating\b|\bhdds?\b", text)
    return {"base_degc": base_degc(text), "cooling": bool(cooling)}


def _forecast(text: str, _stated: Quantities) -> dict[str, Any]:
    return {"horizon": "week" if A_WEEK.search(text) else "day"}


def _anomalies(text: str, _stated: Quantities) -> dict[str, Any]:
    return {"kinds": tuple(kind for kind, pattern in KINDS if pattern.search(text))}


def _emissions(text: str, stated: Quantities) -> dict[str, Any]:
    both = re.search(r"\blocation\b", text) and re.search(r"\bmarket\b", text)
    return {"scope2": None if both else _first(SCOPE2, text), "factor_kgco2e_per_kwh": stated.factor_kgco2e_per_kwh}


def _tariff_cost(_text: str, stated: Quantities) -> dict[str, Any]:
    return {"price_per_kwh": stated.price_per_kwh}


def _what_if(text: str, stated: Quantities) -> dict[str, Any]:
    change = change_of(text)
    if change is None and not ASKS_WHAT_IF.search(text):
        return _tariff_cost(text, stated)  # "what would that save?": the change is that of the turn before
    if change is None:
        raise BadQuestion(
            'a what-if can be a set-back ("2 K lower"), a shift ("2 hours later"), closed weekends, or a smaller '
            'baseload ("10 % less baseload"); say which'
        )
    if change.kind != "close_weekends" and not change.amount:
        percents = dict.fromkeys(("cut_baseload", "cut_use"), "by what percent")
        needs = {"set_back": "by how many K", "shift": "by how many hours", **percents}
        raise BadQuestion(f"the question does not say {needs[change.kind]}; name a number")
    return {
        "change": change,
        "cooling": change.kind == "set_back"
        and bool(COOLING.search(text))
        and not re.search(r"\bheat\w*|\bwinter", text),
        "price_per_kwh": stated.price_per_kwh,
        "factor_kgco2e_per_kwh": stated.factor_kgco2e_per_kwh,
    }


def _payback(text: str, stated: Quantities) -> dict[str, Any]:
    saving = stated.saving_a_year
    if saving is None and stated.saved_kwh is not None:
        if stated.price_per_kwh is None:
            raise BadQuestion(
                f"a saving of {stated.saved_kwh:,.0f} kWh a year has no price; say what it is worth a year, or the "
                "price of a kWh"
            )
        saving = stated.saved_kwh * stated.price_per_kwh
    change = change_of(text) if saving is None else None
    values = _what_if(text, stated) if change else {"price_per_kwh": stated.price_per_kwh}
    return values | {"investment": stated.investment, "saving_a_year": saving}


_READ: Final[Mapping[str, Any]] = {
    "peer_rank": _peer_rank,
    "degree_days": _degree_days,
    "forecast": _forecast,
    "anomalies": _anomalies,
    "emissions": _emissions,
    "tariff_cost": _tariff_cost,
    "what_if": _what_if,
    "payback": _payback,
    "baseline": lambda text, _stated: model_terms(text),
}
