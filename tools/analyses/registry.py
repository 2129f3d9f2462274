"""Which coroutine makes which analysis."""

from collections.abc import Awaitable, Callable, Mapping
from functools import cache

from tools.analyses.alike import alike
from tools.analyses.anomalies import anomalies
from tools.analyses.baseline import baseline
from tools.analyses.catalogue import catalogue
from tools.analyses.causes import causes
from tools.analyses.day_kinds import day_kinds
from tools.analyses.day_types import day_types
from tools.analyses.degree_days import degree_days
from tools.analyses.emissions import emissions
from tools.analyses.forecast import forecast
from tools.analyses.fuel_share import fuel_share
from tools.analyses.hours_figure import hours_figure
from tools.analyses.intensity import intensity
from tools.analyses.intensity_normal import intensity_normal
from tools.analyses.level_changes import level_changes
from tools.analyses.load_duration import load_duration
from tools.analyses.payback import payback
from tools.analyses.peak_driver import peak_driver
from tools.analyses.peer_median import peer_median
from tools.analyses.peer_rank import peer_rank
from tools.analyses.picked_days import picked_days
from tools.analyses.savings import savings
from tools.analyses.schedule import schedule
from tools.analyses.site_series import site_series
from tools.analyses.tariff_cost import tariff_cost
from tools.analyses.trend import trend
from tools.analyses.unit_rate import unit_rate
from tools.analyses.waste import waste
from tools.analyses.what_if import what_if
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import NoData
from tools.readings import Inventory, Readings

Make = Callable[[EnergyQuery, Readings, Inventory], Awaitable[Facts]]
MAKES: Mapping[str, Make] = {
    "peer_rank": peer_rank,
    "waste": waste,
    "day_types": day_types,
    "day_kinds": day_kinds,
    "schedule": schedule,
    "load_duration": load_duration,
    "peak_driver": peak_driver,
    "degree_days": degree_days,
    "intensity": intensity,
    "total": intensity_normal,  # in normal weather; any other total needs no analysis
    "savings": savings,
    "level_changes": level_changes,
    "forecast": forecast,
    "causes": causes,
    "baseline": baseline,
    "anomalies": anomalies,
    "what_if": what_if,
    "payback": payback,
    "emissions": emissions,
    "tariff_cost": tariff_cost,
    "alike": alike,
    "site_series": site_series,
    "catalogue": catalogue,
    "hours_figure": hours_figure,
    "fuel_share": fuel_share,
    "picked_days": picked_days,
    "trend": trend,
    "unit_rate": unit_rate,
    "peer_median": peer_median,
}


async def analyse(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the facts of an analysis. Raises as `tools.compute.compute` does.

    From the first one on, linear algebra keeps to one thread in this process.
    """
    _keep_to_one_thread()
    is_bill = query.measure == "cost" and query.statistic == "total"  # of a site with a tariff
    make = MAKES.get("tariff_cost" if is_bill else query.statistic)
    if make is None:
        raise NoData(f"there is no analysis {query.statistic!r}")
    return await make(query, readings, inventory)


@cache
def _keep_to_one_thread() -> None:
    """Keep BLAS from starting threads: for arrays as small as ours they wait for each other, most where cores are busy.

    Twelve baselines took four times as long with two threads as with one on two busy cores.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    threadpool_limits(1, user_api="blas")
