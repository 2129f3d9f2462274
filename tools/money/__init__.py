"""What energy costs, what would change it, and whether that pays.

A `Tariff` has rates of energy (`Flat`, `TimeOfUse`, `Hourly`), demand and standing charges, and dates; `cost` is what a
load costs under tariffs. `set_back`, `shift`, `close_weekends` and `cut_baseload` are changes that were not made, with
what they assume; `worth` is what one saves in money, and `appraise` whether an investment pays. `tariffs_from` reads
the JSON form of tariffs.
"""

from tools.money.appraisal import Appraisal, appraise
from tools.money.changes import close_weekends, cut_baseload, shift
from tools.money.cost import Cost, Line, MonthCost, cost
from tools.money.demand import DemandCharge
from tools.money.rates import Flat, Hourly, Rate, TimeOfUse, When
from tools.money.set_back import WeatherSlope, set_back, weather_slope
from tools.money.tariff import Tariff
from tools.money.tariff_json import check_tariff, tariffs_from
from tools.money.what_if import WhatIf
from tools.money.worth import Worth, worth

__all__ = [
    "Appraisal",
    "Cost",
    "DemandCharge",
    "Flat",
    "Hourly",
    "Line",
    "MonthCost",
    "Rate",
    "Tariff",
    "TimeOfUse",
    "WeatherSlope",
    "WhatIf",
    "When",
    "Worth",
    "appraise",
    "check_tariff",
    "close_weekends",
    "cost",
    "cut_baseload",
    "set_back",
    "shift",
    "tariffs_from",
    "weather_slope",
    "worth",
]
