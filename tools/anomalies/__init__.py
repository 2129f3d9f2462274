"""What is not as it should be in an hourly record: faults of the meter and unusual doings of the building."""

from tools.anomalies.event import KINDS, Event, Kind
from tools.anomalies.find import Anomalies, anomalies

__all__ = ["KINDS", "Anomalies", "Event", "Kind", "anomalies"]
