"""Nouns for a figure, for what carries or shows it, and for the form of an answer: tally, logger, readout, bullet list.

A meter's reading is the figure whichever of these it is called, so they are harmless, unless the thing itself is
counted or cut by: "how many loggers", "per meter", "by gauge", or another thing's quantity is asked for: "gauge
pressure". Parts of a supply that are metered apart (phase, circuit, sub-meter, riser) are in no list.
"""

from typing import Final

_CARRIER: Final = """
    ami amr analyser analyzer apparatus bms clock counter datalogger dial diary gadget gauge gauges incomer
    instrument instrumentation ledger log logbook logger loggers logs mains metering monitoring printout readout
    readouts recorder recorders register scada smartmeter telemetry ticker tracker trace traces
"""
_FIGURE: Final = """
    amount amounts answer appetite arithmetic ballpark calculation calculations computation consumption count
    counting diet digit digits estimate estimation extent figure figures gist guesstimate haul hunger intake integer
    magnitude math maths numeral numerals number numbers offtake outcome output outturn picture quantities quantity
    quantum reading readings requirement requirements result results score stat statistic statistics stats story sum
    sums tallies tally tab takeup thirst throughput total totals upshot uptake usages value values verdict volume
    volumes worth whereabouts ballparks approximation approximations trend handle habit habits routine tale
    trajectory course shape pattern patterns contour silhouette footing standing steer dent position positions
    performance draw drawdown guzzle spree tendency takings
"""
_FORM: Final = """
    bullet bullets bulleted csv tsv xls xlsx xml json pdf excel ascii markdown tabular tabulated tabulation row rows
    columns line lines pie infographic plaintext prose headline headlines takeaway takeaways oneliner paragraph
    pointwise point points rounding decimals dp sf significant layman laymans plain english jargon lingo glance
    recap rundown rough ready fine neat tidy legible readable concise terse succinct verbose longhand shorthand
    copyable pasteable formatted formatting format formats sorted unsorted ordered numbered labelled labeled
"""
_TRUE: Final = """
    actual accurate authoritative believable bona certified checkable correct cosy definite definitive dependable
    detailed exact factual fair genuine honest indicative informed known likely literal official ok precise proper
    provisional quoted quotable realistic reasonable rough sane sensible simple solid sound straight straightforward
    tentative true trusty truthful unadorned unvarnished usable valid verified copy copies screenshot printed
    breakdown
"""
CARRIERS: Final = frozenset(_CARRIER.split())
FIGURES: Final = frozenset(f"{_FIGURE} {_FORM} {_TRUE}".split())
WHOLE: Final = frozenset("mains utility fiscal incomer revenue grid".split())  # before "electricity": all of it
