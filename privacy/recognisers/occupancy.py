"""Recognise when a place is empty or in use: who comes and goes, how many they are, shifts, closures and absences.

To a burglar "nobody in after six" is a key. A sentence counts when it ties presence to a time or a number.
"""

import re
from collections.abc import Iterator

from privacy.recognisers.clauses import Finds, Hit, clause_of, clauses, near, spans, tells
from privacy.recognisers.finding import Recogniser
from privacy.recognisers.moments import HOUR_RE, WHEN_RE
from privacy.recognisers.people import NUMBER_WORD, ROLES
from privacy.recognisers.words import Words
from privacy.spans import Span

STATE = Words(
    r"\b(?:shell|zu(?=\W*$|[,.;])|dead|dark|bare|void|uncovered|ghost town|tumbleweed|lifeless|desolate|silent|"
    r"unused|not used|out of use|in darkness|lights[- ]out|shuttered|"
    r"mothballed|packed|crowded|rammed|heaving|teeming|full house|sold out|at capacity|hired|rented out|"
    r"half[- ]full|visited|buzzing|swarming|"
    r"inhabited|abgedunkelt|verwaist|menschenleer|ausgestorben|voll|déserte?s?|désertée?s?|au ralenti|complète?|"
    r"sol[oa]|echan? el cierre|llen[oa]s?|desiert[oa]s?|baja la persiana|"
    r"idle|half[- ]empty|mostly empty|full(?!\s(?:years?|months?|weeks?|days?|load|speed|power|data|"
    r"period|seasons?))|taken|empt(?:y|ies|ied)|un-?occupied|vacant|vacated?|deserted|un-?manned|un-?staffed|"
    r"unattended|uninhabited|"
    r"occupied|in use|"
    r"staffed|manned|abandoned|closed|closes|clos(?:e|ing)|shuts?|shut ?down|closure|free|booked|reserved|"
    r"emptie[sd]|clears? out|thins? out|winds? down|stops? work\w*|no shift\w*|locks? up|locked up|opens?|opened|"
    r"reopens|"
    r"full of people|busy|busiest|quiet|in session|evacuated|"
    r"leert|leeren|gebucht|leer|leersteh\w*|unbesetzt|besetzt|geschlossen|schließt|öffnet|geöffnet|belegt|"
    r"se vident?|réservée?s?|libres?|vides?|inoccupée?s?|occupée?s?|fermée?s?|ferme|ouvre|ouverte?s?|"
    r"se vac[ií]an?|reservad[oa]s?|vac[ií][oa]s?|desocupad[oa]s?|ocupad[oa]s?|cerrad[oa]s?|cierra|abre|"
    r"abiert[oa]s?)\b"
)
MACHINE = Words(
    r"\b(?:valves?|dampers?|louvres?|breakers?|contactors?|relays?|switch(?:es)?|blinds?|circuits?|loops?|ventil|"
    r"klappe|vannes?|"
    r"tickets?|work orders?|alarms?|doors?|gates?|hatch|windows?|market|bidding|pool cover)\b"
)
NOBODY = Words(
    r"\b(?:nobody|no[- ]?one|not a (?:single )?(?:soul|person|living|human|colleague|employee|student|guest|"
    r"customer)|(?:won|don|doesn|didn|isn|aren|can)['\u2019]?t (?:\w+ ){1,3}?any(?:body|one)|"
    r"(?:no|never|not|without|hardly|scarcely|rarely|barely) any(?:body|one)|just (?:me|us|him|her|you|them)|"
    r"only (?:me|him|her|us|soul|person|one left)|(?:will|['\u2019]ll) only (?:find|see|meet)|(?:by|all by) (?:my|"
    r"him|her|your)self|on (?:my|his|her|their) own|"
    r"none of (?:us|them|the \w+)|most (?:of us|of them|of the (?:staff|team))|the bulk of|half the (?:staff|team|"
    r"desks|office)|(?:plus|pas) un chat|âme qui vive|keine (?:menschen)?seele|ni un alma|"
    r"no (?:staff|people|occupants|occupancy|employees|visitors|guests|students|"
    r"patients|workers)|"
    r"hardly any(?:one|body)|every(?:one|body)|all (?:the )?(?:staff|employees|workers|students|colleagues)|"
    r"(?:the )?(?:first|last) (?:person|people|one|employee|worker|colleague|man|member of staff|tenant|student|"
    r"pupil|arrivals?|leavers?|"
    r"staff|to leave|out|in)|only (?:one|two|three|four|five|six|\d+) (?:person|people|staff|employees?|guards?|"
    r"nurses?|workers?|of us)|"
    r"(?:i|i['\u2019]m|he|she|they|we|is|are|am|works?|guard|nurse|porter|cleaner|"
    r"watchman)\b[^.,;\n]{0,25}\balone|lone work\w*|skeleton (?:staff|crew)|niemand|keiner|alle (?:gehen|sind)|"
    r"(?:der|die) letzten?|plus personne|n['\u2019]y a (?:plus )?personne|personne n\w*|personne (?:après|avant|le|"
    r"au)|tout le monde|"
    r"le dernier|nadie|todo el mundo|todos se van|el último|no habrá nadie|kein mensch|bis auf den|"
    r"just the (?:caretaker|porter|guard|night)|kaum jemand|apenas hay|casi nadie)\b"
)
PRESENT = Words(
    r"\b(?:in|inside|there|around|here|on[- ]site|left|leav\w+|gone|goes|home|present|works?|working|comes?|"
    r"arriv\w+|enters?|"
    r"im (?:haus|gebäude|büro)|da|mehr|geht|gehen|dans|là|à l['\u2019]étage|part\w*|sale\w*|va|queda|en (?:el|la|"
    r"nuestr\w))\b"
)
MOVE = Words(
    r"\b(?:arriv(?:e|es|ed|ing|als?)|leaves?|left|leaving|depart(?:s|ed|ures?)?|(?:came|comes?|coming|gets?|got|is|"
    r"are) (?:back |usually |normally |always |never |often |mostly |only |rarely )?in(?!\s(?:the range|bar|kW))|"
    r"(?:goes?|went|go|gone|going|head(?:s|ed)?) (?:home|out|away)|gone|goes|got out|(?:came|comes?|gets?|got|is|"
    r"are|was|were|be) back|"
    r"clock(?:s|ed)? (?:in|out|off|on)|log(?:s|ged)? (?:in|out|off|on)|sign(?:s|ed)? (?:off|on|out|in)|badge(?:s|"
    r"d)? (?:in|out)|checks? (?:in|out)|checked (?:in|"
    r"out)|check-?(?:in|out)s?|"
    r"sets? foot|downs? tools|(?:flies|fly|flew) (?:out|home|back)|lands?|heads? (?:off|home|out)|drives? (?:home|"
    r"off|in)|packs? up|calls? it a day|wraps? up|"
    r"(?:roll|trickle|filter|pour|drift|stream|file|wander|pop|drop|nip|stroll|come|cycle|run)s? (?:in|out|off|by|"
    r"back)|(?:is|are) (?:over|done|through|finished|out)|ends?|lets? out|breaks? up|"
    r"vanish(?:es)?|disappears?|home by|(?:takes?|has|have|on|break for|out for) lunch|lunch break|pick-?ups?|"
    r"drop-?offs?|(?:last|first) (?:patient|customer|guest|appointment|client|visitor|"
    r"lecture|class|session|flight|train|bus)|all-nighters?|bed ?time|lights out|gets? (?:up|to bed)|asleep|"
    r"goes to bed|reach(?:es)? (?:the )?(?:office|work|home|desk)|"
    r"lässt sich|macht (?:Schluss|Feierabend|zu|auf)|schließt ab|débauch\w+|embauch\w+|s'en vont|s'en va|ficha[n]?|"
    r"echan?|cierran?|marchan?|vuelven?|"
    r"knocks? off|starts? (?:work|his|her|their|at)|finish(?:es|ed)?|finishes work|turn(?:s|ed) up|shows? up|"
    r"drops? off|stays?|stayed|"
    r"works? (?:late|until|till|from|nights)|worked (?:late|until|till)|moved? out|"
    r"kommt|kommen|kam|geht|gehen|ging|gingen|verlässt|verließ\w*|verlassen|arbeitet bis|"
    r"arrivent?|est arrivée?|part(?:ent)?|est partie?|quitt\w+|rentre|"
    r"llegan?|llegó|salen?|salió|se van?|se fue|se fueron|entran?|entró)\b"
)
THING = Words(
    r"\b(?:setback|preheat|night mode|mode|heating|lights?|lighting|plant|ventilation|schedule|cooling|water|air|"
    r"flow|gas|steam|condensate|refrigerant|glycol|brine|train|trains|bus|buses|flights?|chillers?|"
    r"boilers?|pumps?|fans?|"
    r"ahus?|compressors?|data|messages?|packets?|readings?|meter|signals?|bill|invoice|degrees)\s(?:\w+\s){0,4}?"
    r"(?:arriv|leav|left|depart|comes|goes|starts?|gets|finish|stay|is in|are in)"
)
CREW = Words(
    r"\b(?:shifts?|rotas?|rosters?|opening (?:hours|times)|office hours|working hours|business hours|core hours|"
    r"visiting hours|hours|"
    r"lectures?|lessons?|classes|class|exams?|services?|mass|prayers?|rehearsals?|performances?|matinees?|meetings?|"
    r"board|"
    r"cleaners?|cleaning (?:staff|crew|team|company|contractor|starts|is|takes)|cleaning|janitors?|caretakers?|"
    r"porters?|concierge|"
    r"receptionists?|reception|front desk|canteen|kitchen staff|night staff|day staff|night nurse|nurses?|"
    r"maintenance (?:crew|team|staff)|"
    r"contractors?|deliver(?:y|ies)|couriers?|post ?man|school run|pupils|students|staff|employees|tenants|"
    r"residents|guests|"
    rf"{ROLES}|bookings?|timetable|rehearsals|judo|yoga|bingo|choir practice|evensong|matins|surger(?:y|ies)|"
    rf"clinics?|theatre list|assembly|breakfast club|"
    r"after-?school club|seminars?|tutorials?|workshops?|banquets?|weddings?|funerals?|matches?|training|practice|"
    r"appointments?|check-in|vorstellung|gottesdienst|sprechstunden?|messe|cérémonie|répétitions?|ensayos?|misa|"
    r"consultas?|"
    r"occupants?|workers?|colleagues|the team|crew|director|manager|dean|professor|boss|ceo|headteacher|owner|family|"
    r"Schicht\w*|Frühschicht|Spätschicht|Nachtschicht|Öffnungszeiten|Bürozeiten|Arbeitszeit\w*|Reinigung\w*|Putz\w+|"
    r"Hausmeister|"
    r"Pförtner|Empfang|Mitarbeiter\w*|Belegschaft|Unterricht|"
    r"équipe|horaires|ménage|agents? d['\u2019]entretien|nettoyage|gardien\w*|concierge|salariés|employés|personnel|"
    r"cours|"
    r"turnos?|horario|limpieza|limpiador\w*|conserje|empleados|personal|trabajadores|clases)\b"
)
AWAY = Words(
    r"\b(?:(?:on|takes?|taking|annual|parental|maternity|paternity|sick|back from) (?:annual |sick |"
    r"parental )?(?:leave|holidays?|vacation)|"
    r"(?:flies|fly|flew|flying) (?:out|home|back)|lands (?:back|again)|honeymoon|in hospital|at a conference|"
    r"on a course|skiing|secondment|jury service|on strike|furlough\w*|on call|"
    r"off until|(?:is|are|be|i['\u2019]m|comes?) back (?:on|at|from)|retir(?:es|ed|ing)|on tour|on site (?:only|"
    r"just)|moved? to (?:floor|level|unit|building|the \w+ floor)|moves? (?:out|in)|moved (?:out|in)|moving (?:out|"
    r"in)|(?:aus|ein)gezogen|emménag\w+|déménag\w+|se muda\w*|"
    r"off sick|day off|days off|off work|out of (?:the )?(?:office|town|country)|abroad|travell?ing(?! to)|away|absent|"
    r"sabbatical|not in|"
    r"(?:work(?:s|ing|ed)?|days?) (?:from|at) home|wfh|home ?office|home-?working|remote(?:ly)?|hybrid|"
    r"in the office|in office|"
    r"anchor days?|at (?:her|his|their) desk|office days?|"
    r"im Urlaub|in Urlaub|Betriebsferien|Betriebsurlaub|zu Hause|von zuhause|daheim|im Homeoffice|verreist|abwesend|"
    r"krank|"
    r"en (?:congés?|vacances|télétravail|déplacement)|absente?s?|de vacaciones|de baja|teletrabaj\w+|ausentes?|"
    r"fuera)\b"
)
HEADS = Words(
    rf"\b(?:\d[\d,. ]{{0,8}}|{NUMBER_WORD})\s?(?:or so\s|full-time\s|night\s|of us\b|(?:of|out of) (?:the )?\d+\s|"
    rf"\w+\s)?"
    rf"(?:{ROLES}|people|persons?|occupants?|employees|staff|students|pupils|visitors|guests|patients|children|kids|"
    rf"workers|"
    r"colleagues|heads|"
    r"desks?|attendees|residents|prisoners|inmates|nurses|members of staff|researchers|agents|customers|shoppers|"
    r"delegates|bodies|"
    r"seats|chairs|beds|bookings|Personen|Leute|Mitarbeiter\w*|Menschen|Besucher|Schüler|personnes|salariés|"
    r"employés|élèves|"
    r"visiteurs|personas|empleados|trabajadores|alumnos|visitantes)\b"
)
THERE = Words(
    r"\b(?:in|inside|present|on[- ]site|there|at|attend\w*|work\w*|were|was|are|is|booked|taken|occupied|used|came|"
    r"come|on|left|stay\w*|"
    r"sit|sat|sleep|live|waren|sind|arbeiten|im|présent\w*|sont|étaient|dans|travaillent|hay|había|están|trabajan|"
    r"en)\b"
)
COUNT = Words(
    r"\b(?:head ?-?counts?|badge counts?|attendance|foot ?fall|occupancy|occupancies|occupant (?:count|number)s?|"
    r"number of (?:people|occupants|visitors)|"
    r"people[- ]count\w*|visitor numbers|utili[sz]ation|turnout|presence|bed occupancy|desk use|space use|"
    r"Belegung\w*|Anwesenheit\w*|Besucherzahl\w*|Auslastung|effectifs?|fréquentation|taux d['\u2019]occupation|"
    r"ocupación|aforo|asistencia)\b"
)
NUMBER = Words(
    r"(?<![\w.])(?!(?:19|20)\d\d\b)\d{1,3}(?:[,. ]\d{3}){0,3}(?:\.\d+)?\b(?!\s?(?:°|kW|W\b|m2|m²|l/s|ppm|lux|Pa\b|"
    r"EUR|€|:\d|(?:sensor|zone|node)))"
    rf"|\b(?:{NUMBER_WORD}|zero|none|nobody|no one|noone)\b"
)
SENSOR = Words(
    r"\b(?:occupancy|presence|motion|PIR|people|desk|CO2|Präsenz\w*|Bewegungs\w*|présence|presencia)[- ]?(?:sensor|"
    r"detector|counter|melder|"
    r"logger|data|count|log)?s?\b"
)
SEEN = Words(
    r"\b(?:nobody|no one|no (?:motion|movement|presence|people)|last (?:saw|seen|detected|trigger\w*|motion|"
    r"movement)|saw|sees|detected|"
    r"triggered|shows?|showed|counted|counts|registered|went quiet|dropped|drops|fell|falls|flat)\b"
)
FLOW = Words(
    r"\b\d{1,3}(?:[.,]\d)?\s?(?:%|per ?cent|prozent|pour cent|por ciento)\s(?:full|occupied|taken|booked|in use|"
    r"staffed|belegt|"
    r"besetzt|occupée?s?|ocupad[oa]s?)\b|\b\d{1,4}\s(?:hotel |guest |meeting )?(?:rooms?|desks?|beds?|seats?|"
    r"tables?|parking spaces|spaces|flats|"
    r"apartments|zimmer|betten|plätze|chambres|lits|places|habitaciones|camas|plazas)\s(?:\w+\s){0,2}?(?:taken|"
    r"occupied|booked|full|in use|free|empty|"
    r"belegt|frei|occupée?s?|libres?|ocupad[oa]s?)\b|"
    r"\bin\s\d{1,6},?\s(?:and\s)?out\s\d{1,6}\b|\b\d{1,6}\s(?:in|entered|entries),?\s(?:and\s)?\d{1,6}\s(?:out|left|"
    r"exits)\b"
)
SERIES = Words(
    r"\"occ\w*\"\s?:\s?\[[^\]\n]{4,2000}\]|\b(?:occupancy|people|head ?count|occupants|count|Belegung|"
    r"presence)\b[^.\n]{0,12}?[:=]\s*[\[\"']?[^.\n]{0,160}\d"
)


PLACE = Words(
    r"\b(?:shop|store|hall|stand|stadium|arena|gallery|museum|hq|head office|office|offices|studios?|gym|pool|"
    r"library|school|nursery|kindergarten|church|chapel|mosque|synagogue|temple|theatre|cinema|foyer|lobby|"
    r"penthouse|boardroom|canteen|kitchen|cafe|café|restaurant|bar|pub|club|hotel|hostel|ward|clinic|surgery|"
    r"practice|pharmacy|lab|workshop|warehouse|depot|factory|plant|yard|site|premises|campus|building|block|wing|"
    r"floor|"
    r"level|storey|mezzanine|annexe?|suite|unit|flat|apartment|house|home|room|classroom|salon|showroom|bank|branch|"
    r"station|terminal|court|courtroom|town hall|council|embassy|consulate|villa|place|desk|counter|front desk|"
    r"büro|haus|halle|laden|werkstatt|schule|kita|praxis|filiale|etage|rathaus|bureaux?|magasin|atelier|école|"
    r"crèche|usine|immeuble|étage|oficinas?|tienda|nave|taller|colegio|guardería|edificio|planta|piso|despacho)\b"
)
COMMS = Words(r"\b(?:network|trunk|offline|packets?|token|comms|router|gateway|ping|modem|wi-?fi)\b")
PLANT = Words(
    r"\b(?:cold|warm|hot|stuffy|draughts?|draughty|comfort\w*|chilly|noisy|kalt|froid|chaud|frío|calor|chillers?|"
    r"ahus?|boilers?|pumps?|fans?|fcus?|vavs?|heating|cooling|heat|hvac|air|ventilation|lights?|"
    r"lighting|lamps?|k?wh?|mwh?|kva|amps|loads?|power|energy|electricity|gas|water|steam|meters?|readings?|"
    r"setpoints?|set ?points?|temperatures?|degrees|humidity|co2|sensors?|controllers?|bms|schedules?|timers?|"
    r"time ?switch|clock|data|trend|peaks?|demand|consumption|usage|use[sd]?|device|network|server|alarms?|faults?|"
    r"trips?|"
    r"compressors?|valves?|dampers?|plant ?rooms?|preheat|setback|optimi\w+|start-?up|tariffs?|rates?|price|pence|"
    r"p/kwh|kosten|heizung|lüftung|kühlung|strom|wärme|chauffage|climatisation|calefacción|clima|luces|"
    r"solar|pv|battery|charg\w+|ev|generator|ups|lease|rent|contract|invoice|bill|report|email|meeting about|"
    r"deliver|call me|deadline|°|%)(?!\w)|°"
)
"""What a clause is about when it is not about people: a place and a clock time then tell of plant."""


VACANT = Words(
    r"\b(?:empty|un-?occupied|vacant|deserted|un-?manned|un-?staffed|unattended|leer|unbesetzt|vides?|"
    r"inoccupée?s?|vac[ií][oa]s?)\b"
)
UNTIL = Words(
    r"\b(?:until|till|while|as long as|except|apart from|besides|bis|solange|außer|jusqu|tant que|sauf|hasta|"
    r"mientras|salvo)\b\s?\w+"
)
WORKING = Words(
    r"\b(?:works?|working|shifts?|hours|open|opens|staffed|manned|occupied|in|team|techs?|staff|arbeitet|arbeiten|"
    r"geöffnet|travaillent?|"
    r"ouvert\w*|trabajan?|abiert[oa])\b"
)
RANGE = Words(
    r"(?<![\w.,:/-])\d{1,2}\s?(?:to|-|\u2013|till|until|bis|à|a)\s?\d{1,2}(?![\w.,:/-]|\s?(?:%|°|km|kw|degrees|"
    r"people|persons|years|months|"
    r"weeks|days|hours|minutes|m\b|floors|pa\b|l/s))"
)


def presence(text: str) -> Iterator[Span]:
    """Yield the clauses that say when a place is empty, used, opened or closed, and by whom."""
    when, hour = Finds(WHEN_RE, text), Finds(HOUR_RE, text)
    hits = [
        *(h for h in near(text, STATE, when) if not MACHINE.within(text, max(0, h[0] - 30), h[1])),
        *near(text, NOBODY, when),
        *(h for h in near(text, NOBODY, PRESENT, 25) if not re.match(r"(?i)every|all", text[h[0] : h[0] + 5])),
        *(h for h in near(text, MOVE, hour, 45) if not _is_of_a_thing(text, h)),
        *near(text, AWAY, when),
        *near(text, VACANT, UNTIL, 20),
    ]
    return clauses("OCCUPANCY", text, hits, "occupancy", _is_told)


def rhythm(text: str) -> Iterator[Span]:
    """Yield the clauses that give shifts, hours of crews, head counts and what occupancy sensors saw."""
    hour = Finds(HOUR_RE, text)
    hits = [
        *(h for h in near(text, CREW, hour) if not _is_of_plant(text, h)),
        *(h for h in near(text, PLACE, hour) if not _is_of_plant(text, h)),
        *near(text, WORKING, RANGE, 12),
        *near(text, HEADS, THERE, 25),
        *near(text, HEADS, WHEN_RE),
        *near(text, COUNT, NUMBER, 40),
        *(h for h in near(text, SENSOR, SEEN, 40) if HOUR_RE.within(text, h[0], min(len(text), h[1] + 60))),
        *spans(SERIES, text),
        *spans(FLOW, text),
    ]
    return clauses("OCCUPANCY", text, hits, "occupancy", _is_told)


def _is_of_a_thing(text: str, hit: Hit) -> bool:
    return THING.within(text, max(0, hit[0] - 40), hit[1]) or COMMS.within(text, *clause_of(text, *hit))


def _is_of_plant(text: str, hit: Hit) -> bool:
    start, end = clause_of(text, *hit)
    comma = text.find(",", hit[1], end)
    return PLANT.within(text, start, end if comma < 0 else comma)


ASKS_FOR_NUMBER = Words(
    r"^\W*(?:how (?:much|many)|which|what (?:was|is|were|are) the|compare|rank|list|show|"
    r"plot)\b|^\W*(?:please\s)?(?:draft|write|compose|prepare)\b[^:]*$"
)


def _is_told(sentence: str) -> bool:
    """Tell whether the sentence says it; one that asks for an amount in "the weekend nights" does not."""
    return tells(sentence) and not ASKS_FOR_NUMBER.within(sentence)


RECOGNISERS: tuple[Recogniser, ...] = (presence, rhythm)
