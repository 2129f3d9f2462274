"""What a building uses for heating, for cooling, and whatever the weather, by its baseline."""

from dataclasses import dataclass

import numpy as np

from tools.baseline.change_point import DailyModel
from tools.baseline.days import Days
from tools.baseline.shapes import HAS_HIGH, HAS_LOW
from tools.errors import NoData


@dataclass(frozen=True, slots=True)
class Parts:
    """Modelled use over the days that have a temperature, in three parts."""

    base_kwh: float
    heating_kwh: float
    cooling_kwh: float
    days: int


def parts(model: DailyModel, days: Days) -> Parts:
    """Return the base, heating and cooling parts of the modelled use; days off lower or raise the base.

    Raises `NoData` for a baseline whose slopes have no base load between them: a straight line, or two slopes one way.
    """
    line = model.line
    bends_one_way = line.shape in HAS_LOW and line.shape in HAS_HIGH and not (line.has_heating and line.has_cooling)
    if line.shape == "2P" or bends_one_way:
        raise NoData(
            f"a {line.shape} baseline answers the weather at every temperature, so heating or cooling cannot be told "
            "from base load; a period with both cold and mild days may show where they begin"
        )
    known = np.isfinite(line.use_kwh(days))
    heating = float(line.heating_kwh(days)[known].sum()) if line.has_heating else 0.0
    cooling = float(line.cooling_kwh(days)[known].sum()) if line.has_cooling else 0.0
    return Parts(float(line.use_kwh(days)[known].sum()) - heating - cooling, heating, cooling, int(known.sum()))
