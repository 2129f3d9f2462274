"""BACnet and Modbus: devices, objects, instances, networks; units, registers, coils.

The cue is part of the span: "BACnet device 260001", "holding register 40112".
"""

# ruff: noqa: RUF001 - quotes, dashes and letters of many scripts are what is looked for

import re

from privacy.recognisers.field_buses import IS, LIST, OT, UNIT, bus
from privacy.recognisers.finding import Recogniser
from privacy.recognisers.forms import AND, VALUE, Form, cued, recogniser

OBJECT = (
    r"(?:analog(?:ue)?|binary|multi-?state|digital)[-_ ]?(?:input|output|value|in|out)s?|(?:large|"
    r"integer|positive|bitstring|characterstring|octetstring|date|time)[-_ ]"
    r"analog[-_ ]value|trend[-_ ]?log(?:[-_ ]multiple)?|event[-_ ]enrollment|notification[-_ ]class|"
    r"accumulator|pulse[-_ ]converter|structured[-_ ]view|"
    r"schedule[-_ ]object|calendar[-_ ]object|loop[-_ ]object|program[-_ ]object|file[-_ ]object|device[-_ ]object"
)

SHORT = r"(?:AI|AO|AV|BI|BO|BV|MSI|MSO|MSV|MI|MO|MV|TL|SCH|NC|EE|DEV|IV|PIV|LAV|OBJECT_[A-Z_]{3,30})"

BACNET = r"BACnet(?:[/ ](?:IP|SC|MSTP|MS/TP|Ethernet))?"

BACNET_WORDS = (
    r"(?:device|dev|net|object|instance|network|port|node|controller|point|router|BBMD|DNET|DADR|SNET|"
    r"SADR|UUID|VMAC|max[- ]?master|MAC)s?"
    r"(?:[- _/]?(?:object|identifier|instance|id|identification|number|no|network|address|name))?|"
    r"Gerät(?:e-?(?:ID|nummer|instanz))?|instanz(?:nummer)?|"
    r"(?:id|identifiant|numéro|instance) (?:de |d')?(?:l')?(?:appareil|objet|équipement)|dispositivo|apparaat"
)

DEVICE_ID = re.compile(
    rf"(?i)\b(?P<{VALUE}>(?:(?:{BACNET}) )?(?:device|object|controller|Geräte?)(?:[-_ ]?(?:instance|id|"
    rf"identifier|instanz)(?:[-_ ]?(?:number|no))?\.?){IS}{LIST}){UNIT}"
)

DEVICE_LONG = re.compile(
    rf"(?i)\b(?P<{VALUE}>(?:devices?|dev|instances?|ctrl dev)[\s:,#]{{1,2}}\d{{4,7}}(?:{AND}\d{{4,7}}){{0,12}}){UNIT}"
)

OBJECT_ID = re.compile(
    rf"(?i)(?<!\w)(?P<{VALUE}>\(?(?:{OBJECT})[\s:,#=-]{{1,3}}(?:(?:instance|no|number|object|id)"
    rf"\.?\s?#?)?{LIST}\)?){UNIT}"
)

OBJECT_SHORT = re.compile(
    rf"(?<!\w)(?P<{VALUE}>{SHORT}(?:[:#]| ?- ?|\s|,\s?)?{LIST}(?:\.(?:present|Present)[-_]?[Vv]alue)?){UNIT}"
)

BARE_DEVICE = re.compile(rf"(?i)\b(?P<{VALUE}>{BACNET}[\s:#-]{{1,2}}(?:id )?\d{{3,7}}){UNIT}")

MODBUS = r"Modbus(?:[ /-](?:TCP|RTU|ASCII|TCP/IP))?"

MODBUS_WORDS = (
    r"(?:unit|slave|server|device|node|station|drop|meter|esclave|esclavo|Slave|Teilnehmer)(?:[- "
    r"_]?(?:id|identifier|address|addr|no|number|adresse))?|"
    r"(?:(?:holding|input|discrete|status|output|Halte|Eingangs)[- _]?)?(?:registers?|regs?|registres?|"
    r"registros?|coils?|inputs?)(?:[- _]?(?:address|addr|no|number|offset))?|"
    r"(?:function code|FC|HR|IR|address|addr|Adresse|adresse|dirección|offset|bus address)"
)

REGISTER = re.compile(
    rf"(?i)\b(?P<{VALUE}>(?:{MODBUS}[\s,:]{{1,2}})?(?:(?:unit|slave|device|server)(?: id)?[ "
    rf"#]\d{{1,3}}[\s,:]{{1,2}})?(?:(?:holding|input|discrete|status|modbus)[- _]?)?(?:registers?|"
    rf"regs?|coils?|registres?|Halteregister|Eingangsregister|HR)"
    rf"(?:[- _]?(?:address|addr|offset))?{IS}(?:[0134]x?\d{{4,5}}|0x[0-9a-f]{{2,4}}|\d{{2,5}})"
    rf"(?:(?:{AND}|\s?[-–]\s?)\d{{2,6}}){{0,8}}){UNIT}"
)

REGISTER_X = re.compile(rf"(?<!\w)(?P<{VALUE}>[34]x\d{{4,5}}){UNIT}")

UNIT_ID = re.compile(
    rf"(?i)\b(?P<{VALUE}>(?:{MODBUS} )?(?:unit|slave)[- _]?(?:id|identifier|address|addr){IS}{LIST}){UNIT}"
)

MSTP = re.compile(
    rf"(?i)\b(?P<{VALUE}>(?:MS/?TP\s)?(?:MAC|master|token|max[- ]master)(?:[ -]?(?:address|addr|id))"
    rf"?{IS}\d{{1,3}}){UNIT}"
)

PROPERTY = re.compile(
    rf"(?i)\b(?P<{VALUE}>(?:priority(?:[- ]array)?(?: slot| level)?|BACnet priority|write priority)"
    rf"\s?(?:=|#|at|level)?\s?(?:1[0-6]|[1-9]))(?!\w|\.\d)"
)


def is_about_bacnet(match: re.Match[str]) -> bool:
    """Tell whether the abbreviation of an object stands where objects are the subject."""
    return (
        re.search(
            (
                r"(?i)\b(?:bacnet|objects?|instances?|device|write|override|overridden|present[-_ ]?value|property|"
                r"release|niagara|COV)\b"
            ),
            match.string[:20_000],
        )
        is not None
    )


SHORTS = (
    "object_",
    *(
        f"{s}{m}"
        for s in "ai ao av bi bo bv msi mso msv mi mo mv tl sch nc ee dev iv".split()
        for m in "0123456789:#,- "
    ),
)
ID_AHEAD = re.compile(
    rf"(?i)(?<![\w.,-])(?P<{VALUE}>\d{{4,7}})\b[^\n.?!]{{0,70}}?(?:\bis|\bas|'s|’s|\bbeing|\bfor|\bwere)\s(?:an?|the|its|our|my)\s"
    r"(?:bacnet|modbus|knx|lon|m-?bus|object|device|instance|controller)(?:[ -](?:bacnet|device|object|instance|"
    r"controller))?[ -](?:ids?|instance|address|number|no)\b"
)
"""An id that stands before its cue: "look up 260001, it's a BACnet id"."""
FIELD = re.compile(
    rf"(?i)[\"'](?P<{VALUE}>(?:dev(?:ice)?|obj(?:ect)?|bacnet|modbus|instance|inst|unit|slave|reg(?:ister)?|coil|net(?:work)?|"
    r"ctrl|controller|outstation|node|vlan|port)[_-]?(?:id|inst(?:ance)?|no|num(?:ber)?|addr(?:ess)?)?[\"']\s?:\s?[\"']?\d{1,7})(?![\w.])"
)
OF_WHAT = (
    r"(?:device|object|controller|bacnet|modbus|bacnet device)[ -](?:instance(?: (?:number|id))?|ids?|number|address)"
)


def is_own(match: re.Match[str]) -> bool:
    """Tell whether a number is of one installation: the port that the standard gives to all is not."""
    return re.search(r"(?i)(?:\b47808|0xBAC0)\W*$", match[VALUE]) is None


FORMS = (
    Form(OT, bus(BACNET, BACNET_WORDS), ("bacnet",), is_own),
    Form(OT, ID_AHEAD, ("DDDD",), None, shapes=(" id", "instance", "address", "number", " no")),
    Form(OT, FIELD, ("':", '":', "' :", '" :'), shapes=(": D", ":D", ':"D', ': "D', ":'D", ": 'D")),
    cued(OT, OF_WHAT, r"\d{3,7}(?!\w|[.,]\d)", ("device", "object", "controller", "bacnet", "modbus"), is_own),
    Form(OT, BARE_DEVICE, ("bacnet",)),
    Form(OT, DEVICE_ID, ("device", "object", "controller", "gerät")),
    Form(OT, DEVICE_LONG, ("dev", "instance")),
    Form(
        OT,
        OBJECT_ID,
        tuple(("analog|binary|multi|digital|trend|event|notification|accumulator|pulse|structured|object").split("|")),
    ),
    Form(
        OT,
        OBJECT_SHORT,
        SHORTS,
        is_about_bacnet,
    ),
    Form(OT, PROPERTY, ("bacnet",)),
    Form(OT, bus(MODBUS, MODBUS_WORDS), ("modbus",)),
    Form(OT, REGISTER, ("reg", "coil", "hr")),
    Form(OT, REGISTER_X, ("3x", "4x")),
    Form(OT, UNIT_ID, ("unit", "slave")),
    Form(OT, MSTP, ("ms/tp", "mstp")),
)

RECOGNISERS: tuple[Recogniser, ...] = (recogniser("bacnet", FORMS),)
