"""Addresses on field buses: KNX, LonWorks, M-Bus, DALI, OPC UA, MQTT and their kin.

The name of a protocol opens its looser forms in the text in which it stands. Versions ("KNX 2.1.0") and dates stay
harmless.
"""

# ruff: noqa: RUF001 - quotes, dashes and letters of many scripts are what is looked for

import re

from privacy.recognisers.finding import Recogniser
from privacy.recognisers.forms import AND, VALUE, Form, at_start, recogniser, small

IS = (
    r"[\s:=#,(\[\"'-]{0,4}(?:(?:no|nr|number|num|id|ids|address|addr|adresse|instance|inst|is|are|at|"
    r"ist|of|n°)\b\.?[\s:=#\"'-]{0,3}){0,3}"
)
NUMBER = r"(?:0x[0-9a-fA-F]{1,8}|\d{1,7})"
UNIT = (
    r"(?!\w|[.,:]\d|[ \u00a0]?(?:k?W|kWh|MWh|kVA|°|%|K\b|Hz|bar|Pa|ppm|m[²³23]|min|minutes?|hours?|"
    r"years?|days?|times|points|devices|registers|objects))"
)
LIST = rf"{NUMBER}(?:(?:{AND}|\s?[-–]\s?|\.\.){NUMBER}){{0,12}}"


def bus(protocols: str, words: str, value: str = LIST) -> re.Pattern[str]:
    """Return the pattern of a cue and its number, with the name of the protocol before it where it stands there."""
    return re.compile(rf"(?i)(?<!\w)(?P<{VALUE}>(?:(?:{protocols})[\s/:-]{{1,3}})?(?:{words}){IS}{value}){UNIT}")


KNX_CUE = re.compile(
    r"(?i)\b(?:knx|eib|ets\d?|group addr\w*|gruppenadressen?|adresses? de groupe|physical addr\w*|"
    r"physikalische adress\w*|individual addr\w*|GA)\b"
)
KNX_GROUP = re.compile(
    rf"(?<![\d/.])(?P<{VALUE}>(?P<main>\d{{1,2}})/(?P<middle>\d{{1,2}})/(?P<sub>\d{{1,3}}))(?![\d/]|\.\d)"
)
KNX_GROUP_2 = re.compile(
    rf"(?i)\b(?:group addr\w*|gruppenadressen?|knx address|GA|adresses? de groupe)[\s:=#]{{1,3}}(?:is |"
    rf"ist )?(?P<{VALUE}>\d{{1,2}}/\d{{1,4}})(?![\d/])"
)
KNX_DEVICE = re.compile(
    rf"(?<![\w./])(?P<{VALUE}>(?P<area>\d{{1,2}})\.(?P<line>\d{{1,2}})\.(?P<device>\d{{1,3}}))(?!\w|\.\d|/)"
)
VERSION_BEFORE = re.compile(r"(?i)(?:\b(?:version|v|ver|ets|release|firmware|fw|knx|spec\w*|standard|stack)\.?\s?)$")

NEURON = re.compile(
    rf"(?i)\b(?P<{VALUE}>neuron[- _]?(?:id|nummer|number)?{IS}(?:[0-9a-f]{{12}}|(?:[0-9a-f]{{2}}[:\s-])"
    rf"{{5}}[0-9a-f]{{2}}))\b"
)
LON_WORDS = r"(?:subnet|node|domain|channel|nv|network variable|Knoten|Subnetz)(?:[- _/]?(?:id|index|number))?"
SUBNET_NODE = re.compile(
    rf"(?i)\b(?P<{VALUE}>(?:lon(?:works|talk|mark)?\s)?(?:subnet|s)[/ ,]{{1,2}}(?:node|n)"
    rf"{IS}\d{{1,3}}[/,. -]\d{{1,3}}|subnet\s?\d{{1,3}}[ ,/]{{1,3}}(?:and )?node\s?\d{{1,3}})\b"
)

MBUS = r"(?:wireless |w)?M-?Bus"
MBUS_WORDS = (
    r"(?:primary|secondary|primär|sekundär|primäre|sekundäre|slave|device|meter)?[- ]?(?:addresse?s?|"
    r"addr|adressen?|id|identification number|ID-?Nummer)|(?:primary|secondary|device|slave|meter)(?: "
    r"id)?"
)
MBUS_SECONDARY = re.compile(
    rf"(?i)\b(?P<{VALUE}>(?:secondary|primary)[- ](?:id|address)"
    rf"{IS}(?:\d{{8}}(?:-?[0-9A-F]{{4}}-?[0-9A-F]{{2}}-?[0-9A-F]{{2}})?|[0-9A-F]{{16}}))(?!\w)"
)
DALI = r"DALI(?:-?2)?"
DALI_WORDS = (
    r"(?:short|group|long|random|device|control gear|ballast|gear|line|bus|scene|Kurz|Gruppen)?[- "
    r"]?(?:addresse?s?|addr|adressen?)|(?:line|bus|loop|channel|group|scene|ballast|gateway|controller|"
    r"short|device|subnet|universe|fixture|driver|luminaire|EVG|Linie|Gruppe)"
)
DALI_SHORT = re.compile(rf"(?<!\w)(?P<{VALUE}>[AGS]\d{{1,2}}|DALI[- ]?\d{{1,2}}[.:/-]\d{{1,2}}){UNIT}")

OPC = re.compile(
    rf"(?i)(?<!\w)(?P<{VALUE}>(?:nsu?=[^\s;]{{1,120}};\s?)?(?:ns=\d{{1,5}};)"
    rf"?[sigb]=(?:\"[^\"\n]{{1,120}}\"|[^\s,;\"'<>)]{{1,160}}))"
)
OPC_SHORT = re.compile(rf"(?i)\b(?P<{VALUE}>(?:node[- ]?id|namespace(?: index)?){IS}(?:i=)?\d{{1,8}})\b")
TOPIC = re.compile(
    rf"(?<![\w:/.<])(?P<{VALUE}>/?(?=[^\s/]{{0,60}}[A-Za-z$+])[\w$+#.-]{{1,60}}(?:/[\w$+#.:-]{{1,60}})"
    rf"{{1,12}})(?![\w/])"
)
TOPIC_CUE = re.compile(r"(?i)\b(?:mqtt|topics?|subscribe\w*|publish\w*|broker|sparkplug|retained)\b")
KNOWN_TOPIC = re.compile(
    r"(?<![\w/.])(?:spBv1\.0|zigbee2mqtt|homeassistant|tele|cmnd|stat|shellies|tasmota|\$SYS|\$aws)/[\w./+#$-]{2,200}"
)

OTHER = (
    r"N2|N2 bus|P1|P2|FLN|BLN|MLN|LIN|C-?Bus|S-?Bus|P-?Bus|PPL|Profibus|Profinet|MS/TP|MSTP|SA bus|FC "
    r"bus|LINKnet|ARCNET|RS-?485|RS485|EnOcean|Zigbee|"
    r"Z-Wave|LoRa(?:WAN)?|SMI|CAN(?:open)?|S7|Trend|OSnet|IQ[- ]?net|Sauter|Crestron|Lutron|Dynalite|"
    r"SMI|Thread|6LoWPAN|DLMS|IEC ?104|DNP3"
)
OTHER_WORDS = (
    r"(?:device |node |bus |slave |station |outstation |controller |sensor |source )?(?:address|addr|"
    r"adresse|adr|outstation|out-station|drop|node|station|slave|"
    r"unit|device|OS|MAC(?: address)?|DSAP|short address|id|CNC|LAN)"
)
OTHER_CUE = re.compile(rf"(?<!\w)(?=[^\W_])(?:{small(OTHER)})(?!\w)")
OTHER_BUS = re.compile(
    rf"(?i)(?P<{VALUE}>[\s/:-]{{1,3}}(?:{OTHER_WORDS}){IS}(?:0x)?(?:[0-9A-F]{{8,16}}|\d{{1,6}})"
    rf"(?:(?:{AND}|\s?[-–.]\s?)\d{{1,6}}){{0,8}}){UNIT}"
)
RADIO = re.compile(
    rf"(?i)\b(?P<{VALUE}>(?:Dev|App|Join|Gateway )?EUI(?:-?64)?{IS}(?:[0-9a-f]{{16}}|"
    rf"(?:[0-9a-f]{{2}}[:-]){{7}}[0-9a-f]{{2}})|"
    rf"(?:DevAddr|EnOcean(?: id)?|sender id|PAN ?ID|Zigbee(?: address)?|IEEE address){IS}(?:0x)"
    rf"?(?=[0-9a-f]{{0,15}}\d)[0-9a-f]{{4,16}})\b"
)
TREND = re.compile(
    rf"(?i)\b(?P<{VALUE}>(?:outstation|out-station|LAN){IS}\d{{1,3}}(?:[ ,/]{{1,3}}(?:OS|outstation|"
    rf"LAN)\s?\d{{1,3}})?){UNIT}"
)
METASYS = re.compile(
    rf"(?<!\w)(?P<{VALUE}>[\w-]{{2,40}}:[\w-]{{2,40}}/(?:[\w -]{{1,40}}\.)?(?:[\w-]{{1,40}}[./])"
    rf"{{1,8}}[\w-]{{1,40}})(?!\w)"
)


def is_group_address(match: re.Match[str]) -> bool:
    """Tell whether three numbers can be a KNX group address, as a date cannot, in a text about KNX."""
    fits = int(match["main"]) <= 31 and int(match["middle"]) <= 7 and int(match["sub"]) <= 255
    return fits and KNX_CUE.search(match.string[:20_000]) is not None


def is_individual_address(match: re.Match[str]) -> bool:
    """Tell whether three numbers can be the address of a KNX device, and are not the version of something."""
    fits = int(match["area"]) <= 15 and int(match["line"]) <= 15 and int(match["device"]) <= 255
    before = match.string[max(0, match.start() - 14) : match.start()]
    return fits and not VERSION_BEFORE.search(before) and KNX_CUE.search(match.string[:20_000]) is not None


def is_topic(match: re.Match[str]) -> bool:
    """Tell whether a path is an MQTT topic: the text says so, and it is no "and/or"."""
    value = match[VALUE]
    deep = value.count("/") >= 2 or any(c in value for c in "0123456789_+#$")
    return (
        deep
        and TOPIC_CUE.search(match.string[:20_000]) is not None
        and not re.match(r"(?i)(?:opc|bacnet|tcp|udp|and|pub)/", value)
    )


OT = "OT_ADDRESS"
FORMS = (
    Form(OT, KNX_GROUP, ("knx", "eib", "ets", "ga", "group", "gruppe", "groupe"), is_group_address),
    Form(OT, KNX_GROUP_2, ("group", "gruppen", "knx", "ga", "groupe")),
    Form(OT, KNX_DEVICE, ("knx", "eib", "ets", "physical", "physikalisch", "individual"), is_individual_address),
    Form(OT, NEURON, ("neuron",)),
    Form(
        OT,
        bus(r"LON(?:Works|Talk|Mark)?", LON_WORDS),
        ("lon",),
        lambda m: re.search(r"(?i)\blon(?:works|talk|mark)?\b", m.string[:20_000]) is not None,
    ),
    Form(OT, SUBNET_NODE, ("subnet", "s/n")),
    Form(OT, bus(MBUS, MBUS_WORDS), ("m-bus", "mbus")),
    Form(OT, MBUS_SECONDARY, ("secondary", "primary")),
    Form(OT, bus(DALI, DALI_WORDS), ("dali",)),
    Form(OT, DALI_SHORT, ("dali",)),
    Form(OT, OPC, ("ns=", "nsu=")),
    Form(OT, OPC_SHORT, ("opc",)),
    Form(
        OT,
        KNOWN_TOPIC,
        ("spbv1.0", "zigbee2mqtt", "homeassistant", "tele/", "cmnd/", "stat/", "shellies", "tasmota", "$sys", "$aws"),
    ),
    Form(OT, TOPIC, ("mqtt", "topic", "subscri", "publish", "broker", "sparkplug", "retained"), is_topic),
    Form(
        OT,
        OTHER_BUS,
        cue=OTHER_CUE,
        keeps=20,
        needs=at_start(
            "n2 p1 p2 fln bln mln lin c-bus cbus s-bus sbus p-bus pbus ppl profi ms/tp mstp sa fc link arcnet "
            "rs-485 rs485 rs enocean zigbee z-wave lora smi can s7 trend osnet iq sauter crestron lutron "
            "dynalite thread 6lowpan dlms iec dnp3"
        ),
    ),
    Form(OT, RADIO, ("eui", "devaddr", "enocean", "sender id", "pan id", "panid", "zigbee", "ieee")),
    Form(OT, TREND, ("outstation", "out-station")),
    Form(OT, METASYS, ("/",)),
)

RECOGNISERS: tuple[Recogniser, ...] = (recogniser("field_buses", FORMS),)
