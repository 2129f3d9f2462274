"""Fill the slots of the query from what the words, names and periods say together."""

import re
from typing import Any

from tools.energy_query import EnergyQuery
from tools.grammar import vocabulary as v
from tools.grammar.comparison_slot import settle_comparison, settle_period
from tools.grammar.group_slot import group_of
from tools.grammar.hours_slot import hours_of
from tools.grammar.measure_slot import measure_of, unit_of
from tools.grammar.order_slot import settle_order
from tools.grammar.reading import Reading
from tools.grammar.statistic_slot import statistic_of
from tools.grammar.timeline import shifted


def fill(s: Reading) -> tuple[EnergyQuery, list[str]]:
    """Return the query, and the assumptions that its reader must be told. Raises `BadQuestion` and `NoData`."""
    notes: list[str] = []
    measure = measure_of(s)
    unit = unit_of(s, measure)
    hours, against_hours = hours_of(s)
    statistic = statistic_of(s, measure, unit)
    group = group_of(s, statistic)
    values: dict[str, Any] = {
        "measure": measure,
        "statistic": statistic,
        "buildings": s.named.buildings,
        "sites": s.named.sites if not s.named.buildings or statistic == "share" else (),
        "period": s.line.period,
        "hours": hours,
        "group": group,
        "unit": unit,
    }
    if statistic == "mean" or group == "hour":
        values["per"] = v.first(v.PER, s.rest) if group in ("none", "building") else None
        values["statistic"] = "mean" if statistic == "total" else statistic
    _leave_out(values, s)
    _inherit(values, s)
    settle_comparison(values, s, against_hours, notes)
    settle_order(values, s)
    settle_period(values, s, notes)
    return EnergyQuery(**values), notes


def _leave_out(values: dict[str, Any], s: Reading) -> None:
    """Take 'all but b105' as every metered building of its site without it."""
    first = next((at for at, _, name in s.named.spans if name in s.named.buildings), 0)
    if not v.ALL_BUT.search(s.text[:first]):
        return
    kind = "gas" if values["measure"] == "gas" else "electricity"
    sites = {s.inventory.buildings[b].site for b in s.named.buildings}
    members = [b for b, it in s.inventory.buildings.items() if it.site in sites and s.inventory.meters_of(b, kind)]
    values["buildings"] = tuple(b for b in members if b not in s.named.buildings)
    values["sites"] = ()


def _inherit(values: dict[str, Any], s: Reading) -> None:
    """Take over from the part before what this part leaves open: 'and what was its peak?'."""
    if not s.before:
        return
    if not s.named.buildings and not s.named.sites and values["group"] != "building":
        values["buildings"], values["sites"] = s.before.buildings, s.before.sites
    if values["group"] == "building" and not s.named.sites and not s.named.buildings:
        values["sites"], values["buildings"] = s.before.sites, s.before.buildings if len(s.before.buildings) > 1 else ()
    if not s.line.period:
        moved = s.line.prior if not s.comparing else None
        values["period"] = shifted(s.before.period, moved) if moved and s.before.period else s.before.period
    if values["group"] == "none" and s.before.group == "building" and not s.named.buildings and _turns_rank(values, s):
        values["group"], values["statistic"] = "building", s.before.statistic
        values["buildings"], values["sites"] = s.before.buildings, s.before.sites


def _turns_rank(values: dict[str, Any], s: Reading) -> bool:
    """Tell whether a rank is asked for again from another end: 'and the lowest?'."""
    extreme = v.LOWEST.search(s.rest) or v.HIGHEST.search(s.rest)
    own_statistic = values["statistic"] not in ("total", "minimum", "peak") or re.search(r"\bpeak|\bmin", s.rest)
    return bool(extreme and not own_statistic)
