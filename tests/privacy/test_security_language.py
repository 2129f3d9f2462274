"""Codes, blind spots, weak doors, ways in and weak points are recognised."""

import pytest

from privacy.recognisers import security_plan
from privacy.spans import Span


def covers(marked: str, spans: list[Span], kind: str) -> bool:
    """Tell whether spans of a kind cover nine tenths of what stands between « and »."""
    text = marked.replace("«", "").replace("»", "")
    want = set(range(marked.index("«"), marked.index("»") - 1))
    got = {c for s in spans if s.type == kind and text[s.start : s.end] for c in range(s.start, s.end)}
    return len(want & got) >= 0.9 * len(want)


PLAN_SECURITY = [
    "«The alarm code is 4471»",
    "alarm PIN «4471#»",
    "«The key safe by the back door opens with 1937».",
    "«There is a blind spot behind the loading dock».",
    "«Camera 3 does not see the east stair».",
    "«The plant room door is left unlocked»",
    "«The riser on level 3 can be reached through the cleaner's cupboard».",
    "«Gap in the fence on the canal side»",
    "«Alarm zone 4 is isolated until Friday».",
    "«The server room is in the basement, room B-014».",
    "«The fire exit at the back doesn't latch»",
    "«all UPS feed from one board in room 0.12»",
    "«the generator is a single point of failure» for the data hall at our site",
    "«The intruder alarm is off from 17:00 to 19:00».",
    "«roof hatch is not alarmed»",
    "«spare key under the mat at the rear door»",
    "«door code for the comms room: 2580*»",
    "«Der Alarmcode ist 4471».",
    "«Le code de l'alarme est 4471».",
    "«El código de la alarma es 4471».",
    "«the lock on gate 2 is broken»",
    "«burglars could come in through the duct above room 12»",
    "«The main switchroom is behind the bike store on level -1».",
    "«The safe is in the finance office»",
    "«Badge readers fail open when the power goes».",
    "«Der Schlüssel liegt unter der Fußmatte».",
    "«la porte de service ne ferme pas à clé»",
    "«la puerta trasera no cierra»",
    "«panic alarm in reception is disconnected»",
    "«the motion sensors in corridor 2 are masked»",
    "«code for the gate is 9913»",
    "«the back-up link shares the same duct as the main fibre»",
    "«window in the ladies' toilet can be pushed open from outside»",
    "«alarm is set at 22:30 and unset at 06:00»",
    "«master key lives in the plant room drawer»",
    "«the transformer is the only feed to the hospital»",
    "«Der Serverraum liegt hinter der Küche im Erdgeschoss»",
    "«lift 2 goes straight to the vault level without a card»",
]
NO_PLAN_SECURITY = [
    "What is a single point of failure?",
    "How do I size a UPS for a server room?",
    "Do alarm codes of chillers follow a standard?",
    "Chiller fault code 4471 means low pressure",
    "Where should a plant room be in a new building?",
    "Is the fire alarm part of the BMS?",
    "Alarm limit of the supply air is 30 °C",
]


@pytest.mark.parametrize("marked", PLAN_SECURITY)
def test_weakness_of_one_place_is_found(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    assert covers(marked, [s for recognise in security_plan.RECOGNISERS for s in recognise(text)], "PLAN_SECURITY")


@pytest.mark.parametrize("text", NO_PLAN_SECURITY)
def test_talk_without_weakness_is_left_alone(text: str) -> None:
    assert not [s for recognise in security_plan.RECOGNISERS for s in recognise(text)]
