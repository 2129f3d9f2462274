"""Who is where and when is recognised in many wordings; talk about buildings in general is not."""

import pytest

from privacy.recognisers import occupancy
from privacy.spans import Span


def covers(marked: str, spans: list[Span], kind: str) -> bool:
    """Tell whether spans of a kind cover nine tenths of what stands between « and »."""
    text = marked.replace("«", "").replace("»", "")
    want = set(range(marked.index("«"), marked.index("»") - 1))
    got = {c for s in spans if s.type == kind and text[s.start : s.end] for c in range(s.start, s.end)}
    return len(want & got) >= 0.9 * len(want)


OCCUPANCY = [
    "The third floor is «empty after 18:05» so why is the load high?",
    "«Nobody is in after six» on Fridays, can we stop the AHU?",
    "Marie «left at 18:05» yesterday.",
    "Our office is «unoccupied from 19:00 until 06:30».",
    "«The last person leaves around 7pm» and the heating goes on until ten.",
    "«The cleaners come in at 5:30 am and leave at 7».",
    "Level 2 «had 34 people in it at 14:00».",
    "«Headcount on Tuesday was 212», on Friday 48.",
    "The building is «closed from 23 December to 3 January».",
    "«Only two people work in the lab at night».",
    "The CEO «works from home on Mondays and Fridays».",
    "Reception «is unmanned between 12:30 and 13:15».",
    "«Night shift runs from 22:00 to 06:00 with 6 staff».",
    "«Security leaves the desk at 23:30».",
    "Room 4.12 «is vacant until 3 March».",
    "«There is no one on site on Sundays».",
    "We «have 45 people in the office on average» at Hollybrook House.",
    "«Everyone goes home by half past five».",
    "Dr. Patel «is on leave from 3 to 17 August».",
    "«The school is empty during half term, 14-18 Feb».",
    "«Arrivals start at 07:15, the last one out is at 20:40».",
    "The museum «opens at 10 and closes at 17:00 on Mondays».",
    "«Attendance in hall B peaked at 310» on 4 May.",
    "«Peak occupancy of 187 at 11:30» in tower A.",
    "Is it worth it when «the gym has 0 occupants after 21:00»?",
    "«Occupancy sensor in room 214 shows nobody since 16:20».",
    "«Desk occupancy on level 5 was 23 %» last Thursday.",
    "The «caretaker does his last round at 21:15» and then locks up.",
    "The warehouse «stands empty at weekends».",
    "«Weekends nobody's there», so I'd switch off the chiller.",
    "«Staff arrive between 8 and 9» at our Leeds depot.",
    "Our team «is in the office Tue to Thu only».",
    "«b4 is deserted from Friday 15:00 to Monday 07:00».",
    "«The nursery has 62 children between 8:00 and 15:30».",
    "«The night porter is alone from 1 a.m. to 5 a.m.».",
    "CO2 shows that «the meeting room was in use until 22:45».",
    "«John comes in at nine and goes at four».",
    "«12 of 40 desks were taken on 5 June».",
    "Das Gebäude ist «ab 18 Uhr leer».",
    "«Nach 19:00 Uhr ist niemand mehr im Haus».",
    "Le bâtiment est «vide après 18h30».",
    "«Il n'y a personne après 19 h» dans nos bureaux.",
    "La oficina está «vacía a partir de las 18:00».",
    "«No hay nadie después de las siete» en el edificio.",
    "«Die Reinigung kommt um 5:30 Uhr».",
    "«Les femmes de ménage arrivent à 5h30».",
    "«swipe-outs show the last employee gone by 19:10»",
    "occupancy: «08:00 12, 09:00 45, 10:00 88»",
    "«The dean's office is not staffed on Wednesdays».",
    "«Our plant shuts down for two weeks from 29 July».",
    "«The house is empty while we are on holiday until 12 August».",
    "The store «traded until 21:00 and the last colleague went at 21:40».",
    "We «vacated floor 6 in March».",
    "«Footfall on Saturday was 3,240».",
    "«Mrs Okafor is usually in by 7.30».",
    "«Guests checked out of room 311 at 10:40».",
    "«The offices on the 5th are dead on Fridays», why cool them?",
    "«After seven there's only the security guy left in the building».",
    "«Last one out is usually Petra around 19:20».",
    "«The lab techs work 6 to 2», then it's idle.",
    "«We have 12 night-shift workers until 05:45».",
    "«Hot desks were 80% full on Wednesday».",
    "«The hotel had 43 rooms taken last night».",
    "«The house will be unoccupied from the 3rd to the 17th».",
    "«Mass is at 9 and 11, the church is locked otherwise».",
    "«Ab 17:30 ist die Kantine leer».",
    "«Zwischen Weihnachten und Neujahr arbeitet niemand».",
    "«Le magasin ferme à 19h30 et la caissière part à 20h».",
    "«El personal entra a las 7:30 y sale a las 15:00».",
    "«kids are picked up by 4pm», lights stay on",
    "«the flat above is empty until the new tenant moves in»",
    "«I'm at the office alone from 6 on Thursdays»",
]
NO_OCCUPANCY = [
    "How do I find when a building is unoccupied?",
    "Offices are usually empty at night.",
    "What occupancy schedule does ASHRAE 90.1 assume for offices?",
    "How should I set optimum start for an office that opens at 8?",
    "Which buildings use most at weekends?",
    "How much electricity did b8 use on weekend nights?",
    "Does occupancy-based control save energy?",
    "What is the typical occupant density of a classroom?",
    "Should night setback start two hours after people leave?",
    "Explain unoccupied mode of an AHU.",
    "What is the difference between occupied and standby setpoints?",
    "How does CO2 relate to the number of people in a room?",
    "When a building is empty at night, what should the fresh air damper do?",
    "Compare the base load with the peak in March 2019.",
]


@pytest.mark.parametrize("marked", OCCUPANCY)
def test_presence_of_one_place_is_found(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    assert covers(marked, [s for recognise in occupancy.RECOGNISERS for s in recognise(text)], "OCCUPANCY")


@pytest.mark.parametrize("text", NO_OCCUPANCY)
def test_talk_without_presence_is_left_alone(text: str) -> None:
    assert not [s for recognise in occupancy.RECOGNISERS for s in recognise(text)]
