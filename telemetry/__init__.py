"""What is counted and logged: the log on stderr, and the time that each step took."""

from telemetry.log import configure_log, log
from telemetry.timing import timed

__all__ = ["configure_log", "log", "timed"]
