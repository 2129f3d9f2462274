"""Values and overrides of critical plant are recognised; a textbook value is not."""

import pytest

from privacy.recognisers import critical_setpoints
from privacy.spans import Span


def covers(marked: str, spans: list[Span], kind: str) -> bool:
    """Tell whether spans of a kind cover nine tenths of what stands between « and »."""
    text = marked.replace("«", "").replace("»", "")
    want = set(range(marked.index("«"), marked.index("»") - 1))
    got = {c for s in spans if s.type == kind and text[s.start : s.end] for c in range(s.start, s.end)}
    return len(want & got) >= 0.9 * len(want)


CRITICAL_SETPOINT = [
    "«The isolation room is held at -15 Pa».",
    "«Fume hood face velocity is set to 0.4 m/s» in lab 3.",
    "«vaccine fridge alarm at 8 °C»",
    "«The server room setpoint was raised to 27 °C».",
    "«Lab 2.07 runs at -30 Pa relative to the corridor».",
    "«the BSL-3 suite exhaust is overridden to 60 %»",
    "«pharmacy fridge 2 is set at 4.5 °C»",
    "«smoke damper SD-12 is forced open»",
    "«DHW flow at our clinic is only 48 °C»",
    "«medical oxygen is supplied at 4.1 bar» at St Mary's",
    "«Data hall 2 supply air limit 24 °C»",
    "«animal house humidity setpoint 55 %»",
    "«Blood bank freezer alarm limit is -25 °C».",
    "«OR 4 runs at 25 air changes per hour and +8 Pa».",
    "«cleanroom B cascade 45/30/15 Pa»",
    "«Serverraum-Sollwert 24 °C»",
    "«La salle blanche est à +30 Pa».",
    "«el laboratorio está a -20 Pa»",
    "«smoke extract fan 3 is in manual»",
    "«fire damper FD-7 override is on»",
    "«the morgue is kept at 3 °C»",
    "«incubator setpoint 36.8 °C»",
    "«UPS room cooling trips at 32 °C»",
    "«stairwell pressurisation set to 50 Pa»",
    "«theatre 3 humidity is set to 45 %»",
    "«our hot water leaves the calorifier at 52 degrees»",
    "«negative pressure in room 12 lost, now +3 Pa»",
    "«the vaccine fridge drifted to 9.5 °C last night»",
    "«we disabled the high limit on boiler 2»",
    "«Kühlraum 4 steht auf -18 °C»",
    "«cold aisle runs at 29 °C» in DC2",
    "«gas detection in the ammonia room is off»",
]
NO_CRITICAL_SETPOINT = [
    "What is a usual supply air setpoint?",
    "Is 21 °C right for offices?",
    "What temperature should a server room have?",
    "ASHRAE recommends 18 to 27 °C for data centres.",
    "Hot water should be stored at 60 °C against legionella.",
    "What is the recommended face velocity of a fume hood?",
    "Isolation rooms are usually held at -15 Pa.",
    "Raise the chilled water setpoint from 6 to 8 °C.",
]


@pytest.mark.parametrize("marked", CRITICAL_SETPOINT)
def test_setpoint_of_one_place_is_found(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    assert covers(
        marked, [s for recognise in critical_setpoints.RECOGNISERS for s in recognise(text)], "CRITICAL_SETPOINT"
    )


@pytest.mark.parametrize("text", NO_CRITICAL_SETPOINT)
def test_talk_without_setpoint_is_left_alone(text: str) -> None:
    assert not [s for recognise in critical_setpoints.RECOGNISERS for s in recognise(text)]
