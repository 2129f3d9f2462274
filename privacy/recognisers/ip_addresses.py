"""IP and MAC addresses, ports, virtual networks.

A private address is RESTRICTED (OT_ADDRESS). A public one is a CONTACT, unless the text is about building systems.
Loopback, masks, versions with four parts and the general explanation of a range stay harmless.
"""

# ruff: noqa: RUF001 - quotes, dashes and letters of many scripts are what is looked for

import ipaddress
import re
from collections.abc import Iterator

from privacy.recognisers.finding import Recogniser, found
from privacy.recognisers.forms import VALUE, Form, recogniser
from privacy.spans import Span

OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
PORT = r"(?:[:,]\d{2,5}(?!\d)|,? ?\(?(?:(?:tcp|udp)[ /])?ports? ?(?:is )?\d{2,5}\)?)?"
IPV4 = re.compile(
    rf"(?<![\w.])(?P<ip>{OCTET}(?:\.{OCTET}){{3}})(?P<prefix>/\d{{1,2}})?"
    rf"(?:(?: ?[-–] ?| to )(?:{OCTET}(?:\.{OCTET}){{3}}|\.?{OCTET}(?![\w.])))?{PORT}(?![\w]|\.\d)",
    re.IGNORECASE,
)
PARTIAL = re.compile(
    rf"(?<![\w.])(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.(?:{OCTET}|[x*])){{0,2}}\.[x*](?:/\d{{1,2}})?(?!\w)",
    re.IGNORECASE,
)
IPV6 = re.compile(
    r"(?<![\w:.])(?P<ip>(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?=[0-9a-f:]{4,39})"
    r"(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?)"
    r"(?:%\w{1,15})?(?:/\d{1,3})?(?![\w:])",
    re.IGNORECASE,
)
ABOUT_OT = re.compile(
    r"(?i)\b(?:bacnet|modbus|knx|niagara|jace|bms|bas|bems|gebäudeleittechnik|glt|gtb|gtc|plc|sps|"
    r"scada|hmi|controllers?|gateways?|supervisor|station|"
    r"metasys|desigo|ahu|chiller|vav|opc|mqtt|broker|lon|dali|fox|rtu|ddc|camera|nvr|dvr|panel|switch|"
    r"vlan|firewall|vpn|jump ?host|historian|"
    r"router|bbmd|meters?|inverter|ups|thermostat)\b"
)
VERSION_BEFORE = re.compile(
    r"(?i)(?:\bversions?|\bv|\brelease|\brev(?:ision)?|\bbuild|\bfirmware|\bfw|\bsoftware|\bniagara|"
    r"\bn4|\bupdate|\bpatch|\bupgraded? (?:to|from)|(?<![\d.])v?\d+(?:\.\d+){1,2}(?: to| and|,|-)"
    r"|\b(?:versions?|from|v|builds?)\s?\d+(?:\.\d+){3}(?: to| and|,|-))[\s.:]{0,2}$"
)
SECTION_BEFORE = re.compile(
    r"(?i)(?:\b(?:sections?|chapters?|clauses?|tables?|paragraphs?|para|appendix|annex|items?|steps?|figures?|parts?|"
    r"rules?)\s|§\s?)$"
)
EXPLAINED = re.compile(
    r"(?i)^\s*(?:what|why|explain|describe|define|how|is|are|was ist|was bedeutet|warum|qu'est|"
    r"pourquoi|qué|por qué|cos'è|wat is)\b"
)
DOCUMENTATION = re.compile(r"(?i)\b(?:documentation|reserved|rfc ?\d{4}|placeholder|sample|for examples?|test-net)\b")
HEX_ADDRESS = re.compile(rf"(?i)(?<!\w)(?P<{VALUE}>0x[0-9a-f]{{8}})(?!\w)")
WHOLE_ADDRESS = re.compile(
    rf"(?i)\bip(?:v4)?(?: address)?\b[^\n.]{{0,60}}?(?<![\w.,])(?P<{VALUE}>[1-9]\d{{7,9}})(?!\w|[.,]\d)"
)
BLOCKS = frozenset(
    {
        "10.0.0.0",
        "172.16.0.0",
        "192.168.0.0",
        "169.254.0.0",
        "100.64.0.0",
        "127.0.0.0",
        "0.0.0.0",  # noqa: S104 - a name, nothing is bound
        "fc00::",
        "fe80::",
        "fd00::",
        "2001:db8::",
    }
)

PAIRS = ("DD", "DL", "LD", "LL")
MAC_NEEDS = (
    *(f"{a}{mark}{b}{mark}{c}" for mark in ":-" for a in PAIRS for b in PAIRS for c in PAIRS),
    *(f".{a}{b}." for a in PAIRS for b in PAIRS),
)
MAC = re.compile(
    (
        r"(?<![\w:-])(?:[0-9a-f]{2}(?P<sep>[:-])(?:[0-9a-f]{2}(?P=sep)){4}[0-9a-f]{2}(?:(?P=sep)"
        r"[0-9a-f]{2}){0,2}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})(?![\w:-])"
    ),
    re.IGNORECASE,
)
MAC_CUED = re.compile(
    rf"(?i)\bMAC(?:[- ]?(?:address|adresse|addr|id))?(?: is| of [^\n.:;]{{1,40}}? is|:|=|\s#)"
    rf"?\s?(?P<{VALUE}>[0-9a-f]{{12}}(?:[0-9a-f]{{4}})?)\b"
)


VLAN = re.compile(
    rf"(?i)\b(?P<{VALUE}>(?:VLAN|SSID|VNI|VRF|subnet)(?:[ -]?(?:id|tag|no\.?|number))?\s?[:=#]?\s?"
    r"\d{1,5}(?:/\d{1,5})?)\b(?!\.\d)"
)
SSID = re.compile(
    rf"(?i)\bSSID(?: is| of [^\n.]{{1,30}} is|:|=)?\s?[\"'“]?(?P<{VALUE}>(?=[\w-]{{0,30}}[\d_-])[\w-]{{4,32}})"
)
ODD_PORT = re.compile(
    rf"(?i)\b(?P<{VALUE}>(?:(?:tcp|udp)[ /:-]?){{0,2}}(?:ports?|tcp|udp)[ "
    rf":=#/]{{1,2}}(?P<port>\d{{3,5}}))\b(?!\s?(?:mm|kwh|hp|rpm))"
)
USUAL_PORTS = frozenset(
    {
        "22",
        "80",
        "443",
        "502",
        "123",
        "161",
        "162",
        "514",
        "587",
        "1883",
        "8883",
        "1911",
        "3011",
        "3389",
        "3671",
        "4840",
        "4911",
        "5011",
        "5432",
        "47808",
        "8080",
        "8443",
    }
)
OPEN_PORT = re.compile(rf"(?i)(?<![\w.])(?P<{VALUE}>\d{{2,5}}/(?:udp|tcp))(?!\w)")
LAST_OCTET = re.compile(rf"(?<![\w.,)])(?P<{VALUE}>\.{OCTET})(?![\w]|\.\d|\s?(?:kW|m|%))")
ABOUT_IP = re.compile(r"(?i)\b(?:dhcp|subnet|ip|ips|lease|static|reserve|ping|vlan|gateway)\b")
SNMP_OID = re.compile(r"(?<![\w.])\.?1\.3\.6\.1(?:\.\d{1,10}){3,20}(?!\w)")


def kind_of_address(
    text: str, match: re.Match[str], address: ipaddress.IPv4Address | ipaddress.IPv6Address
) -> str | None:
    """Return the type of an address in its text; none for what names no machine."""
    if address.is_loopback or address.is_unspecified or address.is_multicast or str(address).startswith("255."):
        return None
    if str(address) in BLOCKS and ("/" in match[0] or EXPLAINED.search(text)):
        return None
    documented = isinstance(address, ipaddress.IPv4Address) and str(address).startswith(
        ("192.0.2.", "198.51.100.", "203.0.113.")
    )
    if (documented or str(address).startswith("2001:db8:")) and DOCUMENTATION.search(text[:20_000]):
        return None
    if (address.is_private or address.is_link_local) and not documented and str(address)[:5] != "2001:":
        return "OT_ADDRESS"
    return "OT_ADDRESS" if ABOUT_OT.search(text[:20_000]) else "CONTACT"


def addresses(text: str) -> Iterator[Span]:
    """Yield IP addresses, each with the prefix, the range or the port that is written with it."""
    if "." in text:
        for match in IPV4.finditer(text):
            if VERSION_BEFORE.search(text[max(0, match.start() - 30) : match.start()]):
                continue
            kind = kind_of_match(text, match)
            is_section = kind == "CONTACT" and SECTION_BEFORE.search(text[max(0, match.start() - 14) : match.start()])
            if kind and not is_section:
                yield found(kind, match, by="ip_addresses")
    if ":" in text:
        for match in IPV6.finditer(text):
            kind = kind_of_match(text, match) if sum(c.isalnum() for c in match["ip"]) >= 3 else None
            if kind:
                yield found(kind, match, by="ip_addresses")


def kind_of_match(text: str, match: re.Match[str]) -> str | None:
    """Return the type of what looks like an IP address; none if it is a time, C++ or a number with leading zeros."""
    try:
        return kind_of_address(text, match, ipaddress.ip_address(match["ip"]))
    except ValueError:
        return None


def is_about_ot(match: re.Match[str]) -> bool:
    """Tell whether the text is about building systems or their network."""
    return ABOUT_OT.search(match.string[:20_000]) is not None


def is_odd_port(match: re.Match[str]) -> bool:
    """Tell whether a port tells of one installation: it is not a protocol's own, in a text about its network."""
    return match["port"] not in USUAL_PORTS and is_about_ot(match)


def is_hidden_address(match: re.Match[str]) -> bool:
    """Tell whether eight hexadecimal digits are a private address, in a text about addresses."""
    address = ipaddress.IPv4Address(int(match[VALUE], 16))
    return address.is_private and HEX_CUE.search(match.string[:20_000]) is not None


HEX_CUE = re.compile(r"(?i)\b(?:ip|ipv4|address|controller|gateway|host|device|bbmd|server|router|subnet|hex)\b")
FORMS = (
    Form("OT_ADDRESS", HEX_ADDRESS, ("0x",), is_hidden_address),
    Form("OT_ADDRESS", WHOLE_ADDRESS, ("integer", "decimal", "dword"), shapes=("DDDDDDDD",)),
    Form("OT_ADDRESS", PARTIAL, (".x", ".*"), lambda match: not EXPLAINED.search(match.string)),
    Form("OT_ADDRESS", MAC, MAC_NEEDS),
    Form("OT_ADDRESS", MAC_CUED, ("mac",)),
    Form("OT_ADDRESS", VLAN, ("vlan", "subnet", "vrf", "vni")),
    Form("OT_ADDRESS", SSID, ("ssid",)),
    Form("OT_ADDRESS", ODD_PORT, ("port", "tcp", "udp"), is_odd_port),
    Form("OT_ADDRESS", OPEN_PORT, ("/udp", "/tcp")),
    Form("OT_ADDRESS", LAST_OCTET, (" .",), lambda match: ABOUT_IP.search(match.string[:20_000]) is not None),
    Form("OT_ADDRESS", SNMP_OID, ("1.3.6.1",)),
)

RECOGNISERS: tuple[Recogniser, ...] = (addresses, recogniser("ip_addresses", FORMS))
