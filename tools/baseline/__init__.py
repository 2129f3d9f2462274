"""Baselines: what a building would have used, and what was saved against that.

Hours become whole local days (`days_of`) or hours of the week (`week_hours`). A daily baseline (`daily_model`, ASHRAE's
one to five parameter models) or an hourly one (`hourly_model`, TOWT) is fitted to them; `avoided_use` and
`avoided_use_hourly` measure savings with it, `normal_use` and `normalised_savings` put it into a typical year, `parts`
tells heating from base load, and `degree_days` counts what the weather asked for.
"""

from tools.baseline.change_point import DailyModel, Parameter, daily_model
from tools.baseline.days import DateSpan, Days, days_of
from tools.baseline.degree_days import DegreeDays, degree_days, degree_days_hourly
from tools.baseline.goodness import Goodness, goodness
from tools.baseline.guideline14 import FractionalUncertainty, fractional_uncertainty
from tools.baseline.normal import NormalisedSavings, NormalUse, normal_use, normalised_savings, typical_year
from tools.baseline.parts import Parts, parts
from tools.baseline.profile import Interval
from tools.baseline.savings import (
    Adjustment,
    Avoided,
    AvoidedHourly,
    Month,
    Savings,
    avoided_use,
    avoided_use_hourly,
    together,
)
from tools.baseline.shapes import HEATING_SHAPES, SHAPES, Line, Shape
from tools.baseline.towt import HourlyModel, hourly_model
from tools.baseline.week_hours import WeekHours, week_hours

__all__ = [
    "HEATING_SHAPES",
    "SHAPES",
    "Adjustment",
    "Avoided",
    "AvoidedHourly",
    "DailyModel",
    "DateSpan",
    "Days",
    "DegreeDays",
    "FractionalUncertainty",
    "Goodness",
    "HourlyModel",
    "Interval",
    "Line",
    "Month",
    "NormalUse",
    "NormalisedSavings",
    "Parameter",
    "Parts",
    "Savings",
    "Shape",
    "WeekHours",
    "avoided_use",
    "avoided_use_hourly",
    "daily_model",
    "days_of",
    "degree_days",
    "degree_days_hourly",
    "fractional_uncertainty",
    "goodness",
    "hourly_model",
    "normal_use",
    "normalised_savings",
    "parts",
    "together",
    "typical_year",
    "week_hours",
]
