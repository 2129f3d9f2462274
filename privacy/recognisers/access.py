"""Recognise who passed which door and what watches it: badges, door events, cameras, guards, plates, key holders."""

import re
from collections.abc import Iterator

from privacy.recognisers.clauses import Hit, clauses, near, spans, tells
from privacy.recognisers.finding import Recogniser, found
from privacy.recognisers.moments import HOUR_RE, WHEN_RE
from privacy.recognisers.words import Cased, Words
from privacy.spans import Span

ID = (
    r"(?:(?:starts?|begins|ends?|no\.?|nr\.?|number|id|ending(?: in)?|ref\.?|serial|with|holder|#|:|=|n°|nº)\s?){0,2}"
    r"(?:[A-Z]{1,4}[-_ ]?)?(?!\d{12})\d[\w.-]{0,14}(?![\w-]|(?: \d{4}){2})"
)
CARD = Words(
    rf"(?<![?&_])\b(?:badges?|(?:key|access|id|staff|swipe|proximity|prox|visitor|student|entry|smart|"
    rf"tap)?[- ]?cards?|"
    rf"(?:key ?)?fobs?|tokens?|tags?|"
    rf"key ?cards?|credentials?|lanyards?|pass(?:es)?|RFID|NFC|Zutrittskarten?|Ausweis\w*|Transponder|Chip|"
    rf"Besucherausweis|"
    rf"cartes?|tarjetas?|credencial|acreditación|employee|staff id|Mitarbeiter|employé|empleado)\s{{0,2}}(?:tag\s|"
    rf"card\s|uid\s)?(?:{ID}|(?:[0-9A-F]{{2}}[: ]){{3,}}[0-9A-F]{{2}})"
)
DOOR = Words(
    r"\b(?:(?:doors?|gates?|turnstiles?|barriers?|readers?|speed ?gates?|shutters?|entrances?|lobby|airlock|mantrap|"
    r"intercom|door ?bell|exit button|bollards?|roller|fire exit|side exit|access point|"
    r"lift|"
    r"hatch|Tür|Türen|Tor|Drehkreuz|Schranke|Leser|Eingang\w*|portes?|portails?|tourniquets?|lecteurs?|entrée|"
    r"puertas?|torno|barrera|lector|entrada))\b"
)
EVENT = Words(
    r"\b(?:swip\w+|badg(?:ed|es|ing)|badged[- ](?:in|out)|tapped (?:in|out)|tailgat\w+|piggyback\w+|"
    r"access (?:denied|granted)|"
    r"(?:entry|exit) (?:event|log|record|granted|denied)s?|forced(?: open)?|held open|propped|denied|granted|"
    r"unlocked by|opened by|opened (?:at|with)|"
    r"un-?locks?|unlocked|locked|logged|released|let (?:in|out)|entered|door (?:events?|log)|opened|used|scanned|"
    r"presented|counted|recorded|"
    r"buzzed|presented|rejected|refused|pressed|rang|answered|went up|raised|slipped|open|closed|reads?|beeped|"
    r"called|relock\w*|held|triggered|activated|came (?:in|through)|went (?:in|out|through)|pass(?:ed|es)|admitted|"
    r"badge|swipe|"
    r"geschlossen|betreten|betrat|passierte|fermée?|franchi\w*|cerrad[oa]|abiert[oa]|pasó|entró|geöffnet|öffnete|"
    r"aufgebrochen|gebucht|verweigert|ouverte?|a ouvert|forcée?|badgé|refusée?|abrió|abierta|"
    r"forzada|fichó|denegad[oa])\b"
)
STRONG = Words(
    r"\b(?:swiped?|badged|buzzed (?:in|out|through)|keyed|let \w+ in|handed (?:over )?(?:pass|card|badge|key)|"
    r"gatehouse log|let (?:himself|herself|themselves|him|her) in|slipped in|sneaked in|piggy-?backed|fobbed|carded|"
    r"clocked (?:in|through)|visitor pass|"
    r"user \d+ (?:un)?set|(?:un)?set by|disarmed by|armed by|intruder event|door ajar|badging|buzzer|"
    r"badge[- ](?:in|out)s?|swipe[- ](?:in|out)s?|tapped (?:in|out)|tailgat\w+|access (?:denied|"
    r"granted)|forced open|door forced|held open|"
    r"signed (?:in|out)|visitor(?:s'|['\u2019]s)? (?:log|book|list|register|record)|access log|entry log|door log|"
    r"sign-in sheet|Besucherbuch|Besucherliste|"
    r"Zutrittsprotokoll|registre des visiteurs|registro de visitas)\b"
)
DETAIL = re.compile(
    r"\b(?:[A-Z]{1,4}[-_]?\d+[\w-]*|\d[\w.:-]*|[A-Z][a-zäöüé]+|rear|back|side|front|north|south|east|west|main|"
    r"loading|plant|service|basement|roof|car park)\b"
)
CAMERA = Words(
    r"\b(?:cameras?|cams?|CCTV|PTZ|webcams?|dome|NVR|DVR|video surveillance|Kameras?|Überwachungskamera\w*|"
    r"Videoüberwachung|caméras?|vidéosurveillance|"
    r"cámaras?|videovigilancia)\b(?!\s(?:survey|inspection)|['\u2019]s (?:power|supply))(?:[- ]?\d+)?"
)
VIEW = Words(
    r"\b(?:[A-Z]*-?\d+|pans?|panning|tilted|swivel\w*|trained on|zoom\w*|stuck|frozen|blurred|foggy|dirty|misted|"
    r"unlit|video|footage|signal|blind|miss(?:es|ing)|lost|covers?|covering|looks?|faces?|facing|points?|pointing|"
    r"monitors?|watch(?:es|ing)?|films?|"
    r"sees?|overlook\w*|views?|record\w*|aimed|angled|"
    r"mounted|installed|positioned|placed|located|hangs?|sits?|above|over|at the|by the|on the|in the|behind|"
    r"opposite|near|next to|turned|covered|taped|unplugged|moved|blocked|obstructed|masked|out of order|offline|"
    r"down|broken|dummy|"
    r"faulty|fails?|zeigt|blickt|hängt|überwacht|über|am|an der|filme|surveille|couvre|au[- ]dessus|dans|"
    r"hors service|apunta|cubre|vigila|graba|encima|en (?:el|la))\b"
)
OPTICS = Words(
    r"\b(?:thermal|infra-?red|IR|thermograph\w*|thermographic|Wärmebild\w*|thermique|"
    r"térmica)[- ]?(?:imaging )?(?:camera|cam|kamera|caméra|cámara)"
)
GUARD = Words(
    r"\b(?:guards?|guard'?s|security (?:guard|officer|staff|team|patrol|company|desk|man)s?|security|patrols?|"
    r"patrolling|watch(?:man|men)|night ?watch(?:man)?|guard tours?|guard rounds?|"
    r"rounds|Wach(?:dienst|mann|leute|schutz|personal)|Sicherheitsdienst|Streife|Rundgang|rondes?|gardiens?|vigile|"
    r"agent de sécurité|"
    r"vigilantes?|guardias?|rondas?)\b"
)
ROUND = Words(
    r"\b(?:once|twice|\w+ times|zweimal|einmal|dreimal|deux fois|trois fois|dos veces|una vez|(?:outer|inner) loop|"
    r"walkround|every (?:\d+|two|three|four|five|six|other|half|hour|ninety|thirty|sixty)\b|hourly|pass(?:es)?|"
    r"patrols?|"
    r"rounds?|walks?|checks?|route|checkpoints?|tour|toutes les|chaque|alle|cada|only (?:one|two)|miss(?:es|ed)|"
    r"skips?|skipped|unarmed|armed|"
    r"asleep|absent|missing)\b"
)
PLATE_CUE = Words(
    r"\b(?:ANPR|ALPR|LPR|(?:number|licen[cs]e|registration|vehicle|index)[- ]?plates?|plates?|regist?ration|"
    r"reg(?:\.| no\.?)?|vehicle|car|van|lorry|truck|taxi|Kennzeichen|Fahrzeug|"
    r"immatriculation|plaque|véhicule|matrícula|furgoneta|coche)\b"
)
PLATE = re.compile(
    r"\b(?:[A-Z]{2}\d{2}[ -]?[A-Z]{3}|[A-Z]{1,3}-[A-Z]{1,2}[ -]?\d{1,4}|[A-Z]{2}-\d{3}-[A-Z]{2}|\d{4}[ -]?[A-Z]{3}|"
    r"\d[A-Z]{3}\d{3}|[A-Z]{3}[ -]?\d{3,4}|[A-Z]\d{1,3}[ -]?[A-Z]{3})\b"
)
UK_PLATE = Cased(r"\b[A-HJ-Y][A-HJ-PR-Y](?:0[1-9]|[1-7]\d) [A-HJ-PR-Z]{3}\b")
KEY = Words(
    r"\b(?:(?:(?:master|spare|plant room|front door|grand master|sub-?master|site|building|roof) keys?|keys|"
    r"key(?=\s(?:to|for|is|was|of|in|at|with|from|held|no|number|\d)|[,.;]|$))|"
    r"key ?-?holders?|Schlüssel\w*|Generalschlüssel|clés?|clefs?|passe-partout|llaves?)\b"
)
HELD = re.compile(
    r"\b(?:ha(?:s|ve|d)|gave|given|handed|copy|copies|cut|signed|held by|is held|holds?|key ?-?holders?|issued to|"
    r"issued|signed (?:for|out)|has the|have the|keeps?|"
    r"carries|returned|lost|stolen|missing|with (?:Mr|Mrs|Ms|the|[A-Z][a-z]+)|"
    r"hat|liegt bei|hinterlegt|verloren|chez|détient|a les|tiene|la tiene|guarda|custodia)\b"
)
PURPOSE = Words(
    r"\b(?:missing|api|licen[cs]e|ssh|secret|public|private|primary|foreign|product|registry|encryption|wep|"
    r"wpa) keys?\b|\bkey (?:point|figure|performance|driver|metric|result|question|word|value)|\bkeys? (?:to|"
    r"of) (?:success|"
    r"saving|understanding|good|a )"
)


FIELD = re.compile(
    r"\"(?:badge|card|fob|door|reader|gate|cam(?:era)?|plate|visitor|holder|cardholder|credential|turnstile|lane|"
    r"entry|swipe|access)\w{0,10}\"\s?:\s?\"?(?P<value>[^\"{}\[\],\n]{1,60})",
    re.IGNORECASE,
)
STAMPED = re.compile(r"\"(?:ts|time|timestamp|at|when|t)\"\s?:\s?\"(?P<value>[^\"\n]{4,40})\"", re.IGNORECASE)


def fields(text: str) -> Iterator[Span]:
    """Yield the values of JSON keys of an access event, and with them its time."""
    values = list(FIELD.finditer(text))
    for match in [*values, *(STAMPED.finditer(text) if values else ())]:
        yield found("ACCESS_LOG", match, "value", by="access")


RECORD = Cased(
    r"\b(?:card|badge|fob|reader|door|gate|user|holder|event|result|status|access|cardholder|credential|lane|evt|"
    r"action)\s?=\s?[^\s,;|]+"
    r"(?:[\s,;|]{1,3}\w{1,16}\s?=\s?[^\s,;|]+){1,12}",
    re.IGNORECASE,
)


def passages(text: str) -> Iterator[Span]:
    """Yield the clauses of badges, doors with their events, visitors and plates."""
    hits = [
        *spans(CARD, text),
        *near(text, STRONG, DETAIL, 40),
        *(h for h in near(text, DOOR, EVENT, 45) if HOUR_RE.within(text, max(0, h[0] - 30), min(len(text), h[1] + 40))),
        *near(text, PLATE_CUE, PLATE, 40),
        *spans(UK_PLATE, text),
        *spans(RECORD, text),
    ]
    return clauses("ACCESS_LOG", text, hits, "access", tells)


def watchers(text: str) -> Iterator[Span]:
    """Yield the clauses of cameras and what they see, of guards and their rounds, and of who holds the keys."""
    hits: list[Hit] = [
        *(h for h in near(text, CAMERA, VIEW, 40) if not OPTICS.within(text, max(0, h[0] - 20), h[1])),
        *near(text, GUARD, WHEN_RE),
        *near(text, GUARD, ROUND, 30),
        *(h for h in near(text, KEY, HELD, 40) if not PURPOSE.within(text, h[0], min(len(text), h[1] + 15))),
    ]
    return clauses("ACCESS_LOG", text, hits, "access", tells)


RECOGNISERS: tuple[Recogniser, ...] = (passages, watchers, fields)
