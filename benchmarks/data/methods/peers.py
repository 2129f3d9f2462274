"""A building among its peers: percentiles, medians, and their intervals."""

from collections.abc import Iterator

import numpy as np

from benchmarks.data.methods.asked import answer, year
from benchmarks.data.methods.beside import Row, by
from benchmarks.data.methods.hours import benchmark, series
from benchmarks.data.methods.load import ACB_M2, FT2, KBTU_J, KWH_J, SOURCE_OF_ELECTRICITY
from tools.peers import cbecs_peers, kbtu_per_ft2, match_use, peer_rank

KWH_PER_M2 = KBTU_J / KWH_J / FT2
ASKED_KWH_PER_M2 = 500.0
SETS = {"office": "Office", "k12school": "K-12 School", "hotel": "Hotel", "warehouse": "Non-Refrigerated Warehouse"}
USES = {"office": "office", "k12school": "school", "hotel": "hotel", "warehouse": "warehouse"}


def rows() -> Iterator[Row]:
    """Yield the rows of the peers."""
    yield from _among_offices()
    yield from _among_seattle()
    yield from _medians()


def _among_offices() -> Iterator[Row]:
    """Place an office of 500 kWh/m2 of source energy among those of the survey."""
    table = benchmark("cbecs_2012")
    offices = table[(table["set"] == "office") & table.pbaplus.isin((2, 4))]
    values, weight = offices.source_kbtu_per_ft2 * KWH_PER_M2, offices.weight
    rank = peer_rank(ASKED_KWH_PER_M2, cbecs_peers(match_use("office")), "source")
    below = 100.0 * weight[values < ASKED_KWH_PER_M2].sum() / weight.sum()
    what = f"office of {ASKED_KWH_PER_M2:g} kWh/m2 in CBECS"
    yield Row("peer percentile", what, "%", rank.percent_using_less, "pandas", below)
    effective = weight.sum() ** 2 / (weight**2).sum()

    def median() -> float:
        from statsmodels.stats.weightstats import DescrStatsW  # type: ignore[import-not-found]

        return float(DescrStatsW(values, weight).quantile([0.5], return_pandas=False)[0])

    def low() -> float:
        from statsmodels.stats.proportion import proportion_confint  # type: ignore[import-not-found]

        return 100.0 * float(proportion_confint(below / 100.0 * effective, effective, method="wilson")[0])

    theirs = by("statsmodels", median)
    yield Row("peer percentile", "offices in CBECS, median", "kWh/m2", rank.median_kwh_per_m2, "statsmodels", theirs)
    yield Row("peer percentile", f"{what}, lower end", "%", rank.low, "statsmodels, Wilson", by("statsmodels", low))


def _among_seattle() -> Iterator[Row]:
    """Place the academic building of Delhi among Seattle's colleges, by source energy."""
    table = benchmark("seattle_2016")
    peers = table[table.property_type == "College/University"].source_kbtu_per_ft2.dropna() * KWH_PER_M2
    kwh = series("acb/electricity", 2015, "iiitd")
    own = SOURCE_OF_ELECTRICITY * kwh.mean() * 8760 / ACB_M2
    ours = answer("peer_rank", building="acb", period=year(2015))
    yield Row("peer percentile", "acb 2015 among Seattle's colleges", "%", ours, "numpy", 100.0 * np.mean(peers < own))


def _medians() -> Iterator[Row]:
    """Compare the survey's weighted medians with those that EPA published from the same survey."""
    epa = benchmark("energy_star_medians_2018").set_index("property_type").source_kbtu_per_ft2
    for name, kind in SETS.items():
        median = peer_rank(ASKED_KWH_PER_M2, cbecs_peers(match_use(USES[name])), "source").median_kwh_per_m2
        what = f"median of {kind} in CBECS, source"
        yield Row("peer medians", what, "kBtu/ft2", kbtu_per_ft2(median), "EPA's table", epa[kind], None)
