"""The measure of anomalies is fair: what is put in is what is said, and the score counts as a person would."""

import numpy as np
import pytest

from benchmarks.data.anomalies import Said, Tally, meets, real_gaps
from benchmarks.data.cambridge import BUILDINGS, HOURS, Record, clock_of, electricity, load
from benchmarks.data.injected import LENGTH_DAYS, SIZES, Fault, inject
from benchmarks.data.seasonal_z import alarms
from tests.made_load import hours_of, load_kwh

YEARS_HOURS = 17_520


@pytest.fixture(scope="module")
def record() -> Record:
    return electricity(load()["b25/electricity"])


def test_readings_are_those_of_the_source() -> None:
    """b36's electricity rose by a third from 2018 to 2019."""
    meters = load()
    assert {f"{b}/electricity" for b in BUILDINGS} <= set(meters)
    kwh = electricity(meters["b36/electricity"]).kwh
    assert np.nansum(kwh[8760:17520]) / np.nansum(kwh[:8760]) == pytest.approx(1.33, abs=0.02)


@pytest.mark.parametrize("size", range(len(SIZES)))
def test_faults_change_their_own_hours_and_no_others(record: Record, size: int) -> None:
    one = Record(record.kwh[:YEARS_HOURS], record.zero[:YEARS_HOURS])
    faulty, faults = inject(one, clock_of(0, YEARS_HOURS), size, np.random.default_rng(1))
    assert sorted(f.kind for f in faults) == sorted(list(LENGTH_DAYS) * 2)
    touched = np.zeros(YEARS_HOURS, dtype=bool)
    for fault in faults:
        assert not touched[fault.first : fault.end].any()
        touched[fault.first : fault.end] = True
    assert np.array_equal(faulty.kwh[~touched], one.kwh[~touched], equal_nan=True)
    for fault in faults:
        span = slice(fault.first, fault.end)
        assert not np.array_equal(faulty.kwh[span], one.kwh[span], equal_nan=True), fault


def test_same_seed_puts_the_same_faults(record: Record) -> None:
    clock = clock_of(0, HOURS)
    first, second = (inject(record, clock, 1, np.random.default_rng(7))[1] for _ in range(2))
    assert first == second


def test_alarm_of_the_wrong_kind_is_wrong_and_not_false() -> None:
    tally = Tally()
    fault = Fault("spike", 100, 102)
    tally.add([Said("stuck", 100, 110), Said("spike", 500, 501)], [fault], [], 0)
    assert tally.recall("spike") == 0.0
    assert tally.wrong == {"stuck": 1, "spike": 1}
    assert tally.false == 1


def test_one_of_two_found_with_one_wrong_alarm_has_an_f1_of_a_half() -> None:
    tally = Tally()
    faults = [Fault("spike", 100, 102), Fault("spike", 900, 901)]
    tally.add([Said("spike", 101, 102), Said("spike", 500, 501)], faults, [], 0)
    assert tally.f1("spike") == pytest.approx(0.5)


def test_shift_is_met_where_it_begins_or_ends_within_a_week() -> None:
    fault = Fault("level_shift", 1000, 2000)
    assert meets(Said("level_shift", 1100, 5000), fault)
    assert not meets(Said("level_shift", 1500, 5000), fault)


def test_plain_detector_finds_a_large_spike_and_a_gap() -> None:
    kwh = load_kwh(hours_of(200))
    kwh[2000] = 500.0
    kwh[3000:3010] = np.nan
    record = Record(kwh, np.zeros(len(kwh), dtype=bool))
    said = alarms(record, hours_of(200))
    assert any(a.first <= 2000 < a.end for a in said)
    assert [(g.first, g.end) for g in real_gaps(record)] == [(3000, 3010)]
