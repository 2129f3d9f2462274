"""Readings of single intervals are recognised as speech, rows, lists and JSON; totals and capacities are none."""

import pytest

from privacy.recognisers import interval_load
from privacy.spans import Span


def covers(marked: str, spans: list[Span], kind: str) -> bool:
    """Tell whether spans of a kind cover nine tenths of what stands between « and »."""
    text = marked.replace("«", "").replace("»", "")
    want = set(range(marked.index("«"), marked.index("»") - 1))
    got = {c for s in spans if s.type == kind and text[s.start : s.end] for c in range(s.start, s.end)}
    return len(want & got) >= 0.9 * len(want)


INTERVAL_LOAD = [
    "«At 03:00 it drew 42 kW», is that high?",
    "«00:00 12.1, 00:30 11.8, 01:00 11.5»",
    "The half-hourly readings were «12.1, 11.8, 11.5, 12.0 kWh».",
    "«2024-01-08T03:00,41.7»",
    '«"kW": [41.2, 40.8, 43.0, 55.1]»',
    "«Demand hit 412 kW at 09:30» on Monday.",
    "Load «fell to 38 kW at 2 am».",
    "«It idles at 55 kW between 1 and 4 in the morning».",
    "«The night minimum is 41 kW at 03:15».",
    "«peak of 230 kW at 11:45 on 8 January»",
    "«between 22:00 and 06:00 the load never drops below 60 kW»",
    "«03:00 -> 41.2 kW; 03:15 -> 40.9 kW»",
    "«timestamp,kwh\n2024-01-08 00:00,12.1\n2024-01-08 00:30,11.8\n2024-01-08 01:00,11.6»",
    '«{"t":"2024-01-08T00:00Z","kw":12.1},{"t":"2024-01-08T00:15Z","kw":12.4}»',
    "The meter «read 4.2 kWh in the half hour to 18:30».",
    "«Um 3 Uhr zog das Gebäude 42 kW».",
    "«À 3 h du matin il tirait 42 kW».",
    "«A las 03:00 consumía 42 kW».",
    "«The 07:30 interval was 18.6 kWh», the next one 22.4.",
    "«0300: 42kW, 0330: 41kW, 0400: 43kW»",
    "b4's base load at night «was 17 kW around three o'clock».",
    "«Consumption jumped from 30 to 95 kW at 06:10».",
    "«Gas flow at 04:00 was 12 m3/h».",
    "«08/01/2024 03:00\t42.1\n08/01/2024 03:30\t41.8\n08/01/2024 04:00\t41.5»",
    "«41 kW at midnight, 39 kW at 2, 60 kW by 7»",
    "«Maximum demand was 318 kVA on 14 Nov at 17:30».",
    "«2 am reading: 38.4 kW»",
    "«load at noon 210kW, at midnight 60kW»",
    "«Between 1 and 2 am we used 44 kWh»",
    "«HH48 = 23.1 kWh»",
    "«half-hours 1 to 6: 20.1 19.8 19.7 20.3 22.8 31.0»",
    "«Monday 08:15 - 312.6 kW»",
    '«{"ts":1718000000,"kW":41.2},{"ts":1718000900,"kW":40.8}»',
    "«der Zähler zeigte um 04:15 Uhr 51,3 kW»",
    "«the chiller pulled 180 kW from 14:00 to 16:00»",
]
NO_INTERVAL_LOAD = [
    "What was the peak of b4 in March 2019?",
    "how much electricity did b8 use on weekend nights",
    "Which building had the highest load at 3 am?",
    "Set the supply air to 18 °C at 06:00.",
    "The chiller has 350 kW of cooling capacity.",
    "The school used 132,010 kWh in 2019.",
    "January 12000 kWh, February 11500 kWh, March 10900 kWh",
    "Off-peak runs from 00:30 to 07:30 at 7.5 p/kWh.",
    "Is 5 W/m2 of lighting good?",
    "Does a 100 kW heat pump run at 3 am?",
    "What share of the load is at night?",
]


@pytest.mark.parametrize("marked", INTERVAL_LOAD)
def test_load_of_one_place_is_found(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    assert covers(marked, [s for recognise in interval_load.RECOGNISERS for s in recognise(text)], "INTERVAL_LOAD")


@pytest.mark.parametrize("text", NO_INTERVAL_LOAD)
def test_talk_without_load_is_left_alone(text: str) -> None:
    assert not [s for recognise in interval_load.RECOGNISERS for s in recognise(text)]
