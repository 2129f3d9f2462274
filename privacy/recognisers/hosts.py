"""Names of machines inside, and the URLs, station paths and shares that hold them.

A name counts by its domain (`.local`, `.bms`), by the kind of machine in it (`jace-07`) or by a cue; a model
("JACE-8000") does not.
"""

import re

from privacy.recognisers.finding import Recogniser
from privacy.recognisers.forms import VALUE, Form, recogniser
from privacy.recognisers.ip_addresses import OCTET

LABEL = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"

INTERNAL = (
    r"local|lan|internal|intern|corp|intra|intranet|localdomain|home|home\.arpa|private|priv|bms|bas|"
    r"bems|ot|scada|ics|plc|ad|dmz|mgmt|site|campus|fm|"
    r"facilities|building|gebaeude|glt|svc\.cluster\.local|test\.lan"
)

INTERNAL_HOST = re.compile(
    rf"(?<![\w@.-])(?:{LABEL}\.){{1,6}}(?:{INTERNAL})(?::\d{{2,5}})?(?:/[\w./~%?=&#:|+-]{{0,200}})?(?![\w-]|\.[a-z])",
    re.IGNORECASE,
)

SURE_DOMAINS = frozenset({"local", "lan", "corp", "bms", "bas", "intranet", "localdomain", "scada"})
MACHINE = (
    r"jace|bms|bas|bems|scada|plc|hmi|supervisor|niagara|nae|nce|nie|snc|sne|ncm|adx|ebi|desigo|"
    r"metasys|historian|ddc|rtu|vav|ahu|bacnet|bbmd|modbus|"
    r"knx|lon|opc|mqtt|broker|gateway|gw|ctrl|controller|ctl|srv|server|sql|db|web|app|dc|ad|vpn|fw|sw|"
    r"switch|rtr|router|ap|wlc|nvr|dvr|cam|cctv|acs|"
    r"access|fep|ews|ows|eng|workstation|ws|pc|nas|backup|proxy|jump|jumphost|bastion|host|meter|emon|"
    r"ems|glt|sps|edge|iot|node|panel|tridium|xl|ups|pi|pdu|ipmi|ilo|idrac"
)

MACHINE_NAME = re.compile(
    rf"(?i)(?<![\w@./-])(?=[a-z0-9_-]{{0,50}}\d)(?:[a-z0-9]{{1,20}}[-_]){{0,4}}(?:{MACHINE})"
    rf"\d{{0,3}}(?:[-_][a-z0-9]{{1,16}}){{1,5}}(?::\d{{2,5}})?(?![\w-]|\.\w)"
)

HOST_CUE = re.compile(
    r"(?i)\b(?:host ?names?|(?:host|server|supervisor|jace|controller|workstation|machine|pc|gateway|"
    r"vm|node|fqdn|dns name|netbios name|rechner|servername|hôte|station(?: name)?)"
    r" (?:is |named |called |name |name is |= ?|: ?)|hostname ?[:=] ?|ssh (?:-\S{1,10} ){0,3}|ping |"
    r"telnet |rdp (?:to |into )?|nslookup |traceroute )"
    rf"[\"'`]?(?P<{VALUE}>(?:\w{{1,30}}@)?(?=[\w.-]{{0,60}}[\d_-])[a-z][\w-]{{2,60}}(?:\.[\w-]{{1,60}})"
    rf"{{0,6}}(?::\d{{2,5}})?)(?!\w)"
)

MODEL = re.compile(
    r"(?i)^(?:jace|nae|nce|snc|sne|xl|plc|ups|sw|rtu|fw|pc|ap|ddc|ahu|vav|chiller|edge|n4|pi|ems|cam)"
    r"[-_]?(?:\d{1,5}[a-z]{0,2}|[a-z]{1,2})$"
)

URL_INTERNAL = re.compile(
    r"(?i)\b(?:https?|wss?|ftp|sftp|ssh|rdp|vnc|rtsp|telnet|tcp|udp|ldaps?|smb|nfs|redis|mongodb|amqps?)://"
    rf"(?:[^\s/@]{{1,80}}@)?(?:{OCTET}(?:\.{OCTET}){{3}}|\[[0-9a-f:]{{2,45}}\]|(?:{LABEL}\.)"
    rf"{{0,5}}(?:{INTERNAL})|{LABEL})(?::\d{{2,5}})?(?![\w.-])(?:/[^\s\"'<>)]{{0,300}})?"
)

LOOPBACK_URL = re.compile(r"(?i)//(?:localhost|127\.|0\.0\.0\.0|\[::1?\])")

FOX = re.compile(
    r"(?i)\b(?:foxs?|foxwss|niagara|bacnet|modbus|knx|opc\.tcp|opc\.wss?|opcda|mqtts?|coaps?|lon|mbus|"
    r"dlms|iec104|s7|enip|sip)://[^\s\"'<>),]{2,300}"
)

ORD = re.compile(
    r"(?i)(?<!\w)(?:(?:local|ip|host|foxs?|station|slot|history|hierarchy|alarm|file|view):[^\s|"
    r"\"'<>,;]{0,120}\|){1,5}[a-z]{2,10}:[^\s\"'<>,;]{0,200}"
)

SLOT = re.compile(
    r"(?<![\w/.])/?(?:Drivers|Services)/[\w$-]{1,60}(?:/[\w$-]{1,60}){1,8}|(?<![\w/.])/Config/[\w$-]{1,60}(?:/[\w$-]{1,60}){0,8}"
)
SLOT_ORD = re.compile(r"(?i)\b(?:slot|history|hierarchy|station):/?[\w$][\w$.-]{1,60}(?:/[\w$.-]{1,60}){1,10}")

UNC = re.compile(r"(?<![\\\w])\\\\{1,2}[A-Za-z0-9][\w.-]{1,60}(?:\\{1,2}[\w$ .-]{1,60}){1,10}")


def is_inside(match: re.Match[str]) -> bool:
    """Tell whether a dotted name is a host's and not an attribute's of a program (`Label.INTERNAL`, `page.site`)."""
    name = re.split(r"[:/]", match[0])[0]
    head, _, domain = name.rpartition(".")
    return domain.islower() and (domain in SURE_DOMAINS or re.search(r"[\d.-]", head) is not None)


def is_machine(match: re.Match[str]) -> bool:
    """Tell whether a name with a hyphen is a host's and not a model's ("JACE-8000") or a plain compound's."""
    name = match[0].partition(":")[0]
    return not MODEL.match(name) and not re.search(
        r"(?i)(?:^|[-_])(?:to|of|and|the|in|out|per|on|off|by|day|week|hour|year|based|level|side)(?:[-_]|$)", name
    )


def is_internal_url(match: re.Match[str]) -> bool:
    """Tell whether a URL leads to a machine inside: a private address or domain, or a name without domain."""
    return not LOOPBACK_URL.search(match[0]) and not re.match(
        r"(?i)\w+://(?:example|hostname|server|host|your)\b", match[0]
    )


NAMES = tuple(kind + mark for kind in MACHINE.split("|") for mark in "-_0123456789")
DOMAINS = tuple("." + domain.replace("\\", "") for domain in INTERNAL.split("|"))

FORMS = (
    Form("OT_ADDRESS", FOX, ("://",), lambda match: not LOOPBACK_URL.search(match[0])),
    Form("OT_ADDRESS", ORD, ("|",)),
    Form("OT_ADDRESS", SLOT, ("drivers/", "services/", "config/")),
    Form("OT_ADDRESS", SLOT_ORD, ("slot:", "history:", "hierarchy:", "station:")),
    Form("OT_ADDRESS", URL_INTERNAL, ("://",), is_internal_url),
    Form("OT_ADDRESS", INTERNAL_HOST, DOMAINS, is_inside),
    Form("OT_ADDRESS", MACHINE_NAME, NAMES, is_machine),
    Form(
        "OT_ADDRESS",
        HOST_CUE,
        tuple(
            (
                "host|server|supervisor|jace|controller|workstation|machine|pc |gateway|vm |fqdn|dns|rechner|hôte|"
                "station|ssh |ping |telnet|rdp|nslookup|traceroute"
            ).split("|")
        ),
        is_machine,
    ),
    Form("OT_ADDRESS", UNC, ("\\\\",)),
)

RECOGNISERS: tuple[Recogniser, ...] = (recogniser("hosts", FORMS),)
