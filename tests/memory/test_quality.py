"""Faults are found from the hours alone, with a date, a size and a note that anyone understands."""

from datetime import UTC, datetime

import numpy as np

from memory.quality import clock_fault, conversion_fault, find_faults, loading_faults, successive_fault
from memory.treatment import Floats, Hours, Ints, treat
from tools.readings import Fault, Meter, MeterKind

YEAR_H = 8760
T2018 = int(datetime(2018, 1, 1, tzinfo=UTC).timestamp())
GAS = Meter("x/gas", "s", "gas", "kWh", datetime(2018, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC), "x")
POWER = Meter("x/electricity", "s", "electricity", "kWh", GAS.first, GAS.last_end, "x")


def treated(kind: MeterKind, values: Floats, at: Ints | None = None) -> Hours:
    """Treat hourly values from 2018 on, or at given times."""
    at = T2018 + 3600 * np.arange(len(values)) if at is None else at
    return treat(kind, "kWh", at, values, offset_s=int(at[0]) % 3600 if len(at) else 0)


def by_kind(faults: list[Fault]) -> dict[str, Fault]:
    return {fault.kind: fault for fault in faults}


def test_sound_meter_has_no_fault() -> None:
    assert find_faults(POWER, "Europe/London", treated("electricity", np.full(2 * YEAR_H, 5.0))) == []


def test_meter_without_hours_has_no_fault() -> None:
    assert find_faults(POWER, "Europe/London", treated("electricity", np.empty(0))) == []


def test_missing_hours_are_counted_from_first_to_last() -> None:
    values = np.full(1000, 5.0)
    values[[10, 20]] = 0.0
    values[30] = np.nan
    at = np.delete(T2018 + 3600 * np.arange(1000), [40, 41])
    found = by_kind(find_faults(POWER, "UTC", treated("electricity", np.delete(values, [40, 41]), at)))
    assert found["missing_as_zero"].hours == 2
    assert found["missing_as_zero"].note.startswith("Left out: 2 hours at 0")
    assert found["missing_as_zero"].start == datetime(2018, 1, 1, 10, tzinfo=UTC)
    assert found["missing_as_zero"].end == datetime(2018, 1, 1, 21, tzinfo=UTC)
    assert found["absent"].hours == 3
    assert not any(fault.open for fault in found.values())


def test_month_without_readings_is_a_long_gap() -> None:
    values = np.full(3000, 5.0)
    values[1000:1800] = np.nan
    gap = by_kind(find_faults(POWER, "UTC", treated("electricity", values)))["long_gap"]
    assert gap.hours == 800
    assert gap.note == "There are no readings from 11 Feb 2018 to 16 Mar 2018."


def test_mostly_missing_meter_is_an_open_fault() -> None:
    values = np.zeros(1000)
    values[::5] = 3.0
    fault = by_kind(find_faults(POWER, "UTC", treated("electricity", values)))["mostly_missing"]
    assert fault.open
    assert fault.note.startswith("Only 20% of this meter's hours")


def test_week_of_zero_gas_is_history_and_six_days_are_nothing() -> None:
    values = np.full(2000, 5.0)
    values[100 : 100 + 168] = 0.0
    values[1000 : 1000 + 167] = 0.0
    runs = [fault for fault in find_faults(GAS, "UTC", treated("gas", values)) if fault.kind == "zero_run"]
    assert [(run.hours, run.open) for run in runs] == [(168, False)]


def test_gas_step_is_open_and_lies_where_the_level_is_too_high() -> None:
    values = np.full(2 * YEAR_H, 10.0)
    values[24 * 50 : 24 * 150] = 1000.0
    step = by_kind(find_faults(GAS, "UTC", treated("gas", values)))["level_step"]
    assert step.open
    assert (step.start, step.end) == (datetime(2018, 2, 20, tzinfo=UTC), datetime(2018, 5, 31, tzinfo=UTC))
    assert "28 times its 2019 level" in step.note


def test_warm_year_is_no_gas_step() -> None:
    values = np.concatenate([np.full(YEAR_H, 25.0), np.full(YEAR_H, 10.0)])
    assert find_faults(GAS, "UTC", treated("gas", values)) == []


def test_change_of_electricity_is_history_with_its_size() -> None:
    values = np.concatenate([np.full(YEAR_H, 10.0), np.full(YEAR_H, 13.3)])
    change = by_kind(find_faults(POWER, "UTC", treated("electricity", values)))["level_change"]
    assert not change.open
    assert "rose by 33% from 2018 to 2019" in change.note
    assert change.start == datetime(2019, 1, 1, tzinfo=UTC)


def test_year_with_too_few_hours_says_nothing_of_its_level() -> None:
    values = np.concatenate([np.full(YEAR_H, 10.0), np.full(YEAR_H // 2, 20.0)])
    assert find_faults(POWER, "UTC", treated("electricity", values)) == []


def test_years_are_those_of_the_site() -> None:
    at = T2018 - 5 * 3600 - 1800 + 3600 * np.arange(2 * YEAR_H)  # from midnight in Delhi
    values = np.concatenate([np.full(YEAR_H, 10.0), np.full(YEAR_H, 20.0)])
    change = by_kind(find_faults(POWER, "Asia/Kolkata", treated("electricity", values, at)))
    assert "rose by 100%" in change["level_change"].note
    assert change["level_change"].start == datetime(2018, 12, 31, 18, 30, tzinfo=UTC)


def test_what_loading_met_is_recorded() -> None:
    at = T2018 + np.array([0, 900, 900, 1800, 2700, 3600], np.int64)
    hours = treat("temperature", "degC", at, np.array([1.0, 2.0, 3.0, -9999.0, 2.0, 2.0]))
    found = by_kind(loading_faults(GAS, "UTC", hours, at))
    assert found["sentinel"].note == (
        "Left out: 1 reading of -9999 or the like, which stands for no value. On 1 Jan 2018."
    )
    assert (found["duplicate"].hours, found["duplicate"].start) == (1, datetime(2018, 1, 1, tzinfo=UTC))
    partial = treat("gas", "kWh", at[:2], np.array([1.0, 2.0]), interval_s=900)
    assert by_kind(loading_faults(GAS, "UTC", partial, at[:2]))["partial_hour"].hours == 1


def test_change_of_meter_is_open_over_the_gap_or_around_the_moment() -> None:
    later = Meter("x/gas/2", "s", "gas", "kWh", datetime(2020, 6, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC), "x")
    fault = successive_fault("The Hall", "UTC", GAS, later)
    assert fault.open
    assert (fault.start, fault.end) == (GAS.last_end, later.first)
    assert fault.note.startswith("The meter of The Hall changed on 1 Jan 2020, with no readings until 1 Jun 2020")
    at_once = Meter("x/gas/2", "s", "gas", "kWh", GAS.last_end, later.last_end, "x")
    fault = successive_fault("The Hall", "UTC", GAS, at_once)
    assert fault.start < GAS.last_end < fault.end


def test_doubled_hour_and_converted_unit_are_recorded() -> None:
    hours = treated("gas", np.ones(24))
    assert clock_fault(GAS, "Europe/London", hours, np.array([T2018 - 7200])) == []
    (fault,) = clock_fault(GAS, "Europe/London", hours, np.array([T2018 + 3600, T2018 + 4500]))
    assert (fault.hours, fault.note[:36]) == (1, "The clocks went back (1 Jan 2018): t")
    assert conversion_fault(GAS, "kWh", hours) == []
    (fault,) = conversion_fault(GAS, "m3", hours)
    assert fault.open
