"""Forecasts of hourly use: tomorrow and the week to come, with intervals, the peak, and what they were worth so far."""

from tools.forecast.ahead import CONFIDENCE, MOST_AHEAD_HOURS, Forecast, forecast
from tools.forecast.paths import Peak, Spread
from tools.forecast.skill import Skill

__all__ = [
    "CONFIDENCE",
    "MOST_AHEAD_HOURS",
    "Forecast",
    "Peak",
    "Skill",
    "Spread",
    "forecast",
]
