"""Codes of doors, alarms and safes that what they do gives away: "4417 opens the plant room", "the gate takes 55190".

Four to eight digits, no year and no amount; a text that names no door, panel or safe is not looked at.
"""

import re

from privacy.recognisers.finding import Recogniser
from privacy.recognisers.forms import VALUE, Form, recogniser

LOCK = (
    r"(?:[\w-]{1,20}\s){0,3}?(?:door|gate|alarm|keypad|panel|key ?safe|safe|lock|lock ?box|barrier|entrance|"
    r"shutter|intruder (?:alarm|panel)|plant ?room|roof|hatch|lift|cabinet|substation|garage|cage)\b"
)
DIGITS = r"[*#]?(?!(?:19|20)\d\d(?!\d))\d{4,8}[*#]?(?![\w%]|[.,:/-]\d)"
NO_UNIT = r"(?!\s?(?:[kM]?(?:Wh?|VA|V|A|Hz|Pa|N)\b|kg|mm|m[²³23]?\b|lux|rpm|[€$£%]|[a-z]+s\b|euro))"
OPENS = re.compile(
    rf"(?i)(?<![\w.,:/$€£#-])(?P<{VALUE}>{DIGITS})[\"')]?,?\s"
    rf"(?:still\s|also\s|now\s|which\s|that\s|should\s|will\s){{0,2}}"
    r"(?:opens?|unlocks?|disarms?|arms?|unsets?|gets? (?:you|us|them) (?:in|into|through|past)"
    r"|lets? (?:you|us|them|me)"
    r"|works (?:on|at|for)|silences?|resets?|deactivates?|releases?)\s"
    rf"(?:the|our|my|that|this|every|all|its|both)\s{LOCK}"
)
TYPED = re.compile(
    r"(?i)\b(?:punch(?:ing|ed)?(?: in)?|key(?:ing|ed)?(?: in)?|typ(?:e|ing|ed)(?: in)?|dial(?:ling)?|enter(?:ing|ed)?|"
    r"press(?:ing|ed)?|tap(?:ping)?(?: in)?|put(?:ting)?(?: in)?)\s(?:in\s)?[\"'(]?"
    rf"(?P<{VALUE}>{DIGITS})[\"')]?\s(?:at|on|into|in|for|to open|to disarm|to get)\s(?:the|our|that|its)?\s?{LOCK}"
)
WANTS = re.compile(
    r"(?i)\b(?:door|gate|alarm|keypad|panel|key ?safe|safe|lock|lock ?box|barrier)s?(?:\s(?:there|still|now|itself))?\s"
    r"(?:wants?|needs?|takes?|expects?|asks? for|accepts?|opens? (?:with|on|at|to)|unlocks? (?:with|on)|is (?:disarmed|"
    r"opened|unlocked|unset) (?:by|with)|responds to|likes)\s(?:typing\s|the\s|code\s|still\s){0,2}[\"'(]?"
    rf"(?P<{VALUE}>{DIGITS}){NO_UNIT}"
)
THEN_HASH = re.compile(
    rf"(?i)(?<![\w.,:/$€£#-])(?P<{VALUE}>(?!(?:19|20)\d\d(?!\d))\d{{4,8}}"
    r"(?:,?\s(?:and |then |and then |followed by |plus |und )"
    r"(?:the )?(?:hash|pound|star|raute)(?: key)?"
    r"|,?\s?(?:then\s)?(?:hash|[#*])(?!\w)|,?\s(?:then|and then|followed by)\s"
    r"(?:enter|return)\b))"
)
PLACES = (
    "door",
    "gate",
    "alarm",
    "keypad",
    "panel",
    "safe",
    "lock",
    "barrier",
    "entrance",
    "shutter",
    "plant",
    "roof",
    "hatch",
    "lift",
    "cabinet",
    "substation",
    "garage",
    "cage",
)

FORMS = (
    Form("CREDENTIAL", OPENS, PLACES, shapes=("DDDD",)),
    Form("CREDENTIAL", TYPED, PLACES, shapes=("DDDD",)),
    Form("CREDENTIAL", WANTS, PLACES, shapes=("DDDD",)),
    Form("CREDENTIAL", THEN_HASH, ("hash", "#", "*", "enter", "return", "star", "pound", "raute"), shapes=("DDDD",)),
)

RECOGNISERS: tuple[Recogniser, ...] = (recogniser("door_codes", FORMS),)
