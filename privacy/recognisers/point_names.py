"""Recognise the names of points in building control systems: `AHU3.SAT`, `VAV-2-14_ZN-T`, `/Drivers/BacnetNetwork/...`.

A tag is one word of several parts with equipment or a measured quantity among them. "AHU 2" is speech, not a tag.
"""

import re
from collections.abc import Iterator

from privacy.recognisers.finding import Recogniser, found
from privacy.recognisers.words import Cased
from privacy.spans import Span

TAG = re.compile(r"(?<![\w@./:|+-])[A-Za-z@/#$][\w.:/|~+%$#-]{3,118}[\w)](?![\w@])")
EQUIPMENT = re.compile(
    r"(?i)(?:^|[^a-z])(?:AHU|VAV|FCU|RTU|CAV|CHLR?|CHIL?LER|CWC|CWP|HWP|CHWP|SCHWP|PCHWP|PMP|PUMP|BLR|BOILER|CT|EF|"
    r"SF|RF|MAU|DOAS|HRU|ERV|ERU|UPS|MCC|ELEC|EM|MTR|METER|NAE|NCE|NIE|JACE|FEC|FX|DDC|PLC|HX|HEX|AC|AHS|CRAC|CRAH|"
    r"FPB|VRF|GEN|PDU|ATS|HP|BMS|CHW|HHW|HW|LTHW|CDW|DHW|ZONE|RM|ROOM|L|B|BLDG|LAB|FH|SUB|MSB|DB|PV|GAS|WTR|SITE|"
    r"FCB|LGR|RLT|LVL|FLR)[-_.]?\d*(?=[^a-z]|$)"
)
QUANTITY = re.compile(
    r"(?:^|[\W_]|(?<=[a-z0-9]))(?:SAT|RAT|MAT|OAT|EAT|DAT|ZNT|ZN-?T|DA-?T|RA-?T|MA-?T|OA-?T|CHWST|CHWRT|HWST|HWRT|"
    r"CWST|CWRT|CHWS|CHWR|LWT|EWT|SP|STPT|SetPt|Set[Pp]oint|SPT|CMD|Cmd|STS|STAT|Sts|Status|ALM|Alarm|SPD|Speed|VLV|"
    r"Valve|DMPR|DPR|Damper|FLOW|Flow|TEMP|Temp|Temperature|PRESS|Pressure|DP|HUM|Hum|Humidity|RH|CO2|"
    r"KWH?|kWh?|Kwh?|KVA|PowerInput|Power|Energy|OCC|Occ|EFF-OCC|VFD|HZ|Enable|ENA|EN|SS|FDBK|Fdbk|FB|POS|Pos|PV|CV|AV|"
    r"BV|AI|AO|BI|BO|DI|DO|Sensor|Tonnage|RoomTemp|SpaceTemp|FREQ|AMPS|RUN|Mode|MODE|Fault|FLT|CLG|HTG|O|T|P|Q|"
    r"present[Vv]alue)\d*(?=$|[\W_])"
)
PATH = Cased(
    r"(?:station:\|?)?(?:slot:)?/(?:Drivers|Config|Services|Logic|Points?|points|BacnetNetwork|NiagaraNetwork|"
    r"ModbusTcpNetwork|Network)(?:/[\w$.%-]{1,60}){1,12}"
    r"|\bstation:\|slot:[\w/$.%-]{1,200}|\b(?:slot|ord|history):/?/?[\w/$.%-]{4,200}|\bnspace:[\w/.:-]{3,100}|"
    r"\bns=\d;[si]=[\w./:-]{2,100}"
)
HAYSTACK = re.compile(
    r"(?<![\w.])@(?:[prn]:[\w:.~-]{3,80}|[0-9a-f]{6,8}-[0-9a-f]{6,8}|[A-Za-z]\w*(?:[.-]\w+){2,8})|\b(?:ex|"
    r"bldg\w{0,12}|brick_?\w{0,8}|urn:bldg\w{0,8}|unit\d|site\d*):[A-Z]\w*(?:_|\d)\w*"
)
INSTANCE = re.compile(r"\d")
OTHER = re.compile(
    r"\.(?i:csv|json|py|txt|xlsx?|pdf|ya?ml|md|ttl|xml|html?|com|org|net|io|log|docx?|png|zip|parquet|toml|sh|ifc|"
    r"idf|epw)\b|^(?i:https?|www|ftp|data/|/tmp|/home|/var|/etc|/usr)|^(?i:ISO|EN|DIN|IEC|ASHRAE|NFPA|BS|VDI|COVID|"
    r"CO2|IP|UTF|SHA|RFC|R|LEED|PM|MERV|F|G|H)[-:/. ]?\d[\w.:-]*$"
    r"|^\d{4}-\d{2}|^[a-z0-9]*[a-z]+(?:_[a-z]+){2,}$|^[a-z]+(?:-[a-z]+)+$|^[A-Za-z]+/[A-Za-z]+$|"
    r"^[A-Z][A-Z_]*_(?:KEY|TOKEN|SECRET|URL|URI|HOST|PORT|PATH|HOME|DIR|ENDPOINT)$|^EAIO_[A-Z_]+$|"
    r"^(?:YOUR|MY|SOME|INSERT|REPLACE|PUT|ENTER)[-_]|[-_]HERE$|^[A-Z][a-z]+-[A-Za-z]+$|^[kMG]?W|^(?:EUR|USD|GBP|p|ct)/|^[a-z]{1,4}/[a-z]\w{0,3}$"
)
COMPOUND = re.compile(r"^[A-Z]{2,5}[-_]\w{1,4}[-_.]\w{1,6}(?:[-_.]\w+)*$")
CODED = re.compile(r"^[A-Z]{2,6}\d{2,6}[._:][A-Za-z]\w+")


OWNED = re.compile(
    r"^(?i:AHU|VAV|FCU|RTU|CAV|CHL?R?|BLR|BOILER|PMP|PUMP|UH|CTA|RLT|LTA|HRU|MAU|DOAS|CT|EF|SF|CRAC|CRAH|FPB|HX|MTR|"
    r"EM|DDC|JACE|NAE|UPS|GEN|CHW|HWS|IR|FH|FHC|LAB|RM|ZN)[-_]?\d{1,4}[A-Za-z]?[._/:][A-Za-z][\w./:-]+$"
    r"|^[A-Z]{1,6}\d{1,4}[A-Z]?(?:[_.][A-Z0-9][A-Za-z0-9]*){2,}$|^(?:[A-Z][A-Za-z]+[._]){1,4}[A-Z]\w*[._][A-Z]\w*$|"
    r"^(?=.*(?:\d|temp|pres|flow|speed|spd|kw|kva|power|status|sts|cmd|alarm|setp|humid|co2|valve|"
    r"damper))[a-z]\w{1,20}(?:[./][a-z]\w{1,24}){2,6}$|^\w+(?:[./]\w+){1,6}[._](?i:spd|sts|cmd|temp|speed|status|"
    r"flow|pos|setpoint|sp|hz|kw|alm|amps|press|hum)$"
)


NESTED = re.compile(
    r"^(?:[\w-]{1,24}[/.:]){1,6}(?:AHU|VAV|FCU|RTU|CAV|CHL?R?|CH|BLR|PMP|PUMP|CTA|RLT|LTA|HRU|MAU|DOAS|CT|EF|SF|CRAC|CRAH|HX|MTR)"
    r"[-_]?\d{1,4}[A-Za-z]?(?:[/.:][\w-]{2,30}){1,4}$",
    re.IGNORECASE,
)
"""A place, a machine with its number, and what it measures: `B14/AHU-3/SaFanKw`."""


def tags(text: str) -> Iterator[Span]:
    """Yield words of several parts that name a point of a plant."""
    for match in TAG.finditer(text):
        word = match.group().rstrip(".:")
        if re.search(r"[A-Za-z\d][._:/|-][A-Za-z\d@]", word) and not OTHER.search(word) and _names_point(word):
            whole = found("POINT_NAME", match, score=0.8, by="point_names")
            yield Span(whole.start, whole.start + len(word), whole.type, whole.label, whole.score, whole.by)


def addresses(text: str) -> Iterator[Span]:
    """Yield Niagara ords, Haystack refs, Brick instances and OPC UA node ids."""
    for pattern in (PATH, HAYSTACK):
        for match in pattern.finditer(text):
            yield found("POINT_NAME", match, score=0.9, by="point_names")


def _names_point(word: str) -> bool:
    """Tell whether a word has an instance number, or an upper-case part, beside equipment or a quantity."""
    if not (INSTANCE.search(word) or re.search(r"[A-Z]{2,}.*[._:/-].*[A-Z]{2,}|\w+\.[A-Z]", word)):
        return False
    if CODED.search(word):
        return True
    equipment, quantity = bool(EQUIPMENT.search(word)), bool(QUANTITY.search(word))
    several = len(re.findall(r"\d+", word)) > 1 and bool(COMPOUND.search(word))
    if OWNED.search(word) or NESTED.search(word):
        return True
    return (equipment and (quantity or several)) or (quantity and len(re.findall(r"[._:/-]", word)) > 1)


RECOGNISERS: tuple[Recogniser, ...] = (tags, addresses)
