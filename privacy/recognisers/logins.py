"""Logins as they are typed and sent: user with password, headers, cookies, command lines, connection strings."""

import re

from privacy.recognisers.finding import Recogniser
from privacy.recognisers.forms import VALUE, Form, recogniser
from privacy.recognisers.passwords import DESCRIBES, PROSE, SIGN, is_random, is_said
from privacy.recognisers.placeholders import is_stand_in

SNMP = re.compile(
    rf"(?i)\b(?:(?:snmp|read|write|ro|rw|public|private)[\w-]{{0,8}}\W{{1,3}})?community(?:[- "
    rf"_]?(?:string|name|ro|rw)){{0,2}}(?:\s(?:is|ist|set to|of|now|still|was)(?=\s))?"
    rf"(?:{SIGN}|(?i:{PROSE})\s?|\s[\"'`]?)(?P<{VALUE}>(?!strings?\b)[^\s\"'`,;<>?]{{3,60}})"
)

COMMAND = re.compile(
    rf"(?i)(?:\bsnmp\w{{2,8}}\s[^\n]{{0,60}}?-c|\bsshpass\s-p|\b(?:curl|wget|http)"
    rf"\s[^\n]{{0,200}}?(?:-u|--user)|--(?:password|pass|passwd|token|api-key|secret)|\b(?:mysql|psql|"
    rf"mosquitto_\w{{3}}|sqlcmd|isql|ldapsearch|rdesktop|xfreerdp|net use)\s[^\n]{{0,120}}?\s[-/](?:p|"
    rf"P|w))"
    rf"[\s=:]?[\"']?(?P<{VALUE}>[^\s\"'<>]{{4,120}})"
)

CONNECTION = re.compile(
    rf"(?<![\w;])(?P<{VALUE}>(?:[A-Za-z][\w ]{{1,30}}=[^;\"'\n]{{0,300}};\s?){{1,14}}(?:[A-Za-z][\w "
    rf"]{{1,30}}=[^;\"'\s]{{1,300}})?)"
)

CONNECTION_SECRET = re.compile(
    r"(?i)(?:password|pwd|accountkey|accesskey|signature|secret)\s?=\s?(?P<secret>[^;]{3,300})"
)

HEADER = re.compile(rf"(?i)\b(?:bearer|basic|digest|apikey|token)\s+(?P<{VALUE}>[A-Za-z0-9+/=_.~-]{{12,2000}})")

COOKIE = re.compile(
    rf"(?i)\b(?:set-)?cookie:\s?(?P<{VALUE}>[\w.-]{{1,60}}=[^\s;]{{6,500}}(?:;\s?[\w.-]{{1,60}}=[^\s;]{{"
    rf"1,500}}){{0,12}})"
)

PAIR = re.compile(
    r"(?i)\b(?:log(?:ged)?[- ]?(?:in|on)s?|sign(?:ed)? in|credentials?|creds|user(?:name)?|account|"
    r"logins?|anmeldung|anmelden|zugang(?:sdaten)?|"
    r"identifiants?|credenciales|credenziali|inloggen|inloggning|usuario|utilisateur|benutzer|ssh|ftp|"
    r"telnet|rdp|vnc|vpn)\b"
    r"[^\n/:]{0,40}?[\s:=(\"'`]{1,4}"
    rf"(?P<{VALUE}>(?P<user>[A-Za-z][\w.@-]{{1,40}})\s?[/:|]\s?(?P<secret>[^\s\"'`,;/<>()]{{3,60}}))(?!\S*/)"
)

USER_PASS = re.compile(
    r"(?i)\b(?:user(?:name)?|login|usr|uid|user id|benutzer(?:name)?|utilisateur|usuario|gebruiker|"
    r"account|as|is|with)[\s:=\"'`]{1,4}"
    rf"(?P<{VALUE}>[\w.@%\\-]{{2,60}}[\"'`]?[,;&\s]{{1,3}}(?:and |with |und |et |y )?(?:the )"
    rf"?(?:pass(?:word|wort|wd)?|pw|pwd|kennwort|mdp|clave|pin)[\s:=\"'`]{{1,4}}"
    r"(?:is )?(?P<secret>[^\s\"'`,;<>]{3,60}))"
)


def is_login(match: re.Match[str]) -> bool:
    """Tell whether the second half of a login is a secret: "admin/hunter2", not "and/or" or "http://"."""
    secret, user = match["secret"].rstrip(".!?"), match["user"] if "user" in match.re.groupindex else ""
    if is_stand_in(secret) or secret.lower() in DESCRIBES or user.lower() in DESCRIBES | {"http", "https", "e.g"}:
        return False
    default = user.lower() in {
        "admin",
        "administrator",
        "root",
        "user",
        "operator",
        "service",
        "bms",
        "engineer",
        "guest",
        "tridium",
        "station",
    }
    return default or re.search(r"[\d_@#$%&*+=!^~]|[a-z][A-Z]", secret) is not None


def is_connection(match: re.Match[str]) -> bool:
    """Tell whether settings in a row ("Server=..;Pwd=..") hold a secret that is written out."""
    secret = CONNECTION_SECRET.search(match[VALUE])
    return secret is not None and not is_stand_in(secret["secret"])


def is_typed(match: re.Match[str]) -> bool:
    """Tell whether the secret on a command line is written out."""
    return not is_stand_in(match[VALUE])


FORMS = (
    Form("CREDENTIAL", SNMP, ("community",), is_said),
    Form("CREDENTIAL", HEADER, ("bearer", "basic", "digest", "apikey", "token"), is_random),
    Form("CREDENTIAL", COOKIE, ("cookie:",)),
    Form("CREDENTIAL", COMMAND, ("snmp", "sshpass", "-u", "--", "-p", "/p", "-w"), is_typed),
    Form("CREDENTIAL", CONNECTION, ("=",), is_connection),
    Form(
        "CREDENTIAL",
        PAIR,
        tuple(
            (
                "log|sign|cred|user|account|anmeld|zugang|identifiant|usuario|utilisat|benutz|inlogg|ssh|ftp|telnet|"
                "rdp|vnc|vpn"
            ).split("|")
        ),
        is_login,
    ),
    Form("CREDENTIAL", USER_PASS, ("pass", "pw", "kennwort", "mdp", "clave", "pin"), is_login),
)

RECOGNISERS: tuple[Recogniser, ...] = (recogniser("logins", FORMS),)
