"""Plain remarks on what an analysis found: what it means, what it does not say, and what to look at next.

They give no figures; those stand in the facts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from tools.evidence import Evidence

Found = Sequence[Evidence]
Rule = Callable[[Found], Iterator[str]]
FEW_HOURS = 0.01
HARDLY_LESS = 0.85


def analysis_remarks(evidence: Found) -> list[str]:
    """Return up to three sentences on the findings of an analysis, none where the facts are of no analysis."""
    rule = RULES.get(evidence[0].query.statistic) if evidence else None
    return list(rule(evidence))[:3] if rule else []


def named(evidence: Found, *words: str, unit: str | None = None) -> Evidence | None:
    """Return the first finding that has all words in its name, and the unit where one is given."""
    return next(
        (e for e in evidence if all(w in e.name for w in words) and (unit is None or e.unit == unit)),
        None,
    )


def _peer_rank(evidence: Found) -> Iterator[str]:
    lead = evidence[0]
    middle = 100.0 if "median" in lead.name else 50.0
    if lead.value > middle:
        yield "Most peers use less for the same floor area: look first at the baseload, the nights and the weekends."
    else:
        yield "Most peers use more for the same floor area; what is left to save is in its own hours and plant."
    yield "A rank does not know what goes on inside: laboratories, servers and kitchens set buildings of one use apart."


def _waste(evidence: Found) -> Iterator[str]:
    nights = named(evidence, "avoidable overnight", unit="kWh")
    free = named(evidence, "avoidable on closed days", unit="kWh")
    if nights and free and nights is not free:
        when = "nights of working days" if nights.value > free.value else "days on which it is closed"
        yield f"Most of it falls on the {when}: check what is left on then, and the timers of plant and lighting."
    else:
        yield "Check what is left on then, and the timers of plant and lighting."
    yield "It is measured against the building's own quiet hours, so what never goes off is not in it."


def _day_types(evidence: Found) -> Iterator[str]:
    kinds = {e.group or e.name.rsplit(", ", 1)[-1]: e for e in evidence if "use per day" in e.name}
    working, sunday = kinds.get("working day"), kinds.get("Sunday")
    if working and sunday and working.value > 0:
        if sunday.value > HARDLY_LESS * working.value:
            yield "A Sunday takes nearly what a working day does: something, or somebody, goes on then."
        else:
            yield "It does fall on Sundays, so much of the use follows the working day."


def _day_kinds(_evidence: Found) -> Iterator[str]:
    yield "Days are put together by their shape alone; what makes them alike is for people to say."
    yield "The rarest kind is the first to look at: it holds holidays, faults and events."


def _schedule(_evidence: Found) -> Iterator[str]:
    yield "These are the hours of the load, not of the people: plant starts before them and stops after."
    yield "Where they are longer than the opening hours, a timer can be shortened."


def _load_duration(evidence: Found) -> Iterator[str]:
    lead = evidence[0]
    hours = (lead.period.end - lead.period.start).total_seconds() / 3600
    if lead.unit == "h" and lead.value < FEW_HOURS * hours:
        yield "Few hours make the peak: moving load out of them lowers a demand charge and hardly touches the use."
    elif lead.unit == "h":
        yield "The load is near its peak for long, so a lower peak takes less use and not only another time of use."


def _peak_driver(evidence: Found) -> Iterator[str]:
    part = named(evidence, "peak part", unit="kW")
    if part:
        what = (part.group or part.name.rsplit(", ", 1)[-1]).removeprefix("the ")
        if "nothing" in what:
            yield "Neither the hour, the type of day nor the weather explains most of it: look for an event or a fault."
        else:
            yield f"Most of it goes with the {what}; that is what such hours usually take, and no proof of a cause."


def _degree_days(evidence: Found) -> Iterator[str]:
    kind = "cooling" if evidence[0].name.startswith("cooling") else "heating"
    yield f"Degree days tell what the weather asked for; {kind} energy over them compares years of different weather."


def _beside_zero(evidence: Found, *words: str) -> bool | None:
    """Tell whether the interval of a finding includes zero; None where there is no interval."""
    low, high = named(evidence, *words, "low"), named(evidence, *words, "up") or named(evidence, *words, "high")
    return None if low is None or high is None or low is high else low.value <= 0 <= high.value


def _baseline(evidence: Found) -> Iterator[str]:
    lead = evidence[0]
    if "above baseline" not in lead.name:
        yield "The baseline is what such weather took then; what was used later is measured against it."
    elif _beside_zero(evidence, "above baseline"):
        yield "The interval includes zero, so the difference may be chance."
    else:
        way = "more" if lead.value > 0 else "less"
        yield f"This is {way} than the weather explains: ask about hours of operation, equipment and the meter itself."


def _savings(evidence: Found) -> Iterator[str]:
    if _beside_zero(evidence, "savings"):
        yield "The interval includes zero, so no saving is shown; a longer time after the measure may tell."
    elif evidence[0].value > 0:
        yield "The saving is larger than its uncertainty."
    else:
        yield "More was used than the baseline expects: whatever was meant to save was outweighed, or the use changed."
    yield "It is the difference to a building that had gone on as before; other changes since then are in it too."


def _anomalies(evidence: Found) -> Iterator[str]:
    if evidence[0].value == 0:
        yield "Nothing stood out from what is usual for this building; what has always been wrong does not stand out."
    else:
        yield "Check the meter first (`eaio data check`), then what ran at those times."


def _level_changes(evidence: Found) -> Iterator[str]:
    if evidence[0].unit == "count":
        yield "No lasting change of level shows; changes that come and go within two weeks are not looked for."
    else:
        yield "A level that stays adds up day by day: find out what was switched on, off or set anew at that time."


def _causes(evidence: Found) -> Iterator[str]:
    cause = named(evidence, "use by ", unit="kWh")
    if cause:
        yield f"The largest part goes with {cause.name.split('use by ', 1)[1]}."
    yield "These are parts that go with a difference; what caused them is for people who know the building to say."


def _forecast(evidence: Found) -> Iterator[str]:
    ours, naive = named(evidence, " MASE"), named(evidence, "naive MASE")
    if ours and naive and ours is not naive:
        if ours.value < naive.value:
            yield "On this building's past it was better than repeating the same hours of last week."
        else:
            yield "On this building's past it was no better than repeating last week, which is then the simpler choice."
    yield "It knows the building's own past and no plans: an event or a closure is not in it."


def _what_if(evidence: Found) -> Iterator[str]:
    lead = evidence[0]
    if lead.value <= 0:
        yield "On these readings the change would not have paid, so there is no reason to make it for this."
    else:
        yield "It is what the readings allow at most if the assumption holds; try it in one building and measure it."
    change = lead.query.terms.change if lead.query.terms else None
    if change and change.kind == "set_back":
        yield "Comfort and damp set the limit of a set-back, and neither is in these readings."
    elif change and change.kind == "close_weekends":
        yield "Servers, laboratories and frost protection may have to stay on, so ask who needs the weekends."


def _payback(evidence: Found) -> Iterator[str]:
    worth = named(evidence, "net present value")
    if worth is not None:
        yield (
            "At this rate it is worth more than it costs."
            if worth.value > 0
            else "At this rate it does not earn its cost."
        )
    yield "Prices, upkeep and how long it lasts decide as much as the saving: put the supplier's own figures in."


def _emissions(evidence: Found) -> Iterator[str]:
    if named(evidence, "market-based") and named(evidence, "location-based"):
        yield "Report both figures, each by its name; they are not to be mixed or added."
    if named(evidence, "marginal"):
        yield "A marginal figure is for a decision about a change, and not for a report of what was emitted."
    elif named(evidence, "location-based") and evidence[0].query.group == "none":
        yield "Moving use into cleaner hours lowers this figure without saving energy."


def _tariff_cost(evidence: Found) -> Iterator[str]:
    lines = [e for e in evidence if " cost of " in e.name and e.buildings == evidence[0].buildings]
    if lines:
        largest = max(lines, key=lambda e: e.value)
        yield f"The largest line of the bill is that of {largest.name.split(' cost of ', 1)[1]!r}."
    if named(evidence, "negative prices"):
        yield "Some hours had prices below zero; use that can be moved into them is paid for."


def _alike(evidence: Found) -> Iterator[str]:
    if "to its own history" in evidence[0].name:
        yield "A strange day may be a fault, a holiday or an event: compare it with what people remember of it."
        return
    yield "What behaves alike is a fair comparison: what one does better, the other may copy."
    yield "Likeness is of the load alone; what goes on inside may still differ."


def _hours_figure(evidence: Found) -> Iterator[str]:
    if named(evidence, "share of the baseload"):
        yield "What never goes off is the cheapest to look for: walk the building at night."
    if named(evidence, "largest rise"):
        yield "A step of one hour is a start-up: staggering what starts at once lowers it."


def _fuel_share(_evidence: Found) -> Iterator[str]:
    yield "A share of energy is none of carbon or cost: a kWh of either fuel weighs differently there."


def _trend(_evidence: Found) -> Iterator[str]:
    yield "The weather, the occupation and new plant are all in a trend: ask why, year against year, for their parts."


def _unit_rate(evidence: Found) -> Iterator[str]:
    yield "Set it beside the plain mean of the hours: below that, the load lies in the better hours."
    if named(evidence, "carbon"):
        yield "It is the grid's average, not what one kWh less would have avoided."


def _peer_median(_evidence: Found) -> Iterator[str]:
    yield "Half of the peers take more and half less; a median is a yardstick and no target."


def _nothing(_evidence: Found) -> Iterator[str]:
    yield from ()


RULES: Mapping[str, Rule] = {
    "peer_rank": _peer_rank,
    "waste": _waste,
    "day_types": _day_types,
    "day_kinds": _day_kinds,
    "schedule": _schedule,
    "load_duration": _load_duration,
    "peak_driver": _peak_driver,
    "degree_days": _degree_days,
    "baseline": _baseline,
    "savings": _savings,
    "anomalies": _anomalies,
    "level_changes": _level_changes,
    "causes": _causes,
    "forecast": _forecast,
    "what_if": _what_if,
    "payback": _payback,
    "emissions": _emissions,
    "tariff_cost": _tariff_cost,
    "alike": _alike,
    "site_series": _nothing,
    "catalogue": _nothing,
    "hours_figure": _hours_figure,
    "fuel_share": _fuel_share,
    "picked_days": _nothing,
    "trend": _trend,
    "unit_rate": _unit_rate,
    "peer_median": _peer_median,
}
