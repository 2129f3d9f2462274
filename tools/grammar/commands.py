"""Orders to equipment: EAIO reads meters and changes nothing, so they are told from questions before anything else."""

import re
from typing import Final

SETPOINT: Final = re.compile(
    r"\b(?:set[ -]?points?|sp)\b[^?]*?(?:->|=|:|\bto\b|[-+]\s?\d)"
    r"|\b(?:write|send|command|force)\b[^?]*?\b(?:set[ -]?points?|bacnet|modbus|controller|bms|valve|damper)\b"
    r"|\b(?:make|keep|hold|run|get|have|want|bring)\b[^?]*?"
    r"\b\d+(?:\.\d+)?\s*(?:°\s?c?|deg(?:rees?)?(?:\s?c)?|degc|celsius|kelvin|k|c)(?!\w)"
)
_DEVICE = (
    r"(?:set[ -]?points?|thermostats?|temperatures?|heating|heat|cooling|boilers?|chillers?|ahus?|air handl\w+|"
    r"air[ -]?con\w*|hvac|fans?|pumps?|valves?|dampers?|lights?|lighting|"
    r"bms|controls?|controllers?|schedules?|ventilation|plant|equipment|alarms?|breakers?|relays?|actuators?|vav\w*|"
    r"radiators?|compressors?|degrees?|°c?)"
)
_ACT = (
    r"(?:set|turn|switch|change|adjust|raise|lower|increase|decrease|reduce|override|disable|enable|start|stop|shut|"
    r"reset|open|close|reprogram\w*|schedule|put|move|bump|drop|"
    r"activate|deactivate|program|crank|knock|take|bring|push|nudge|dial|kill|cut)"
)
_ACTED = (
    r"(?:set|turned|switched|changed|adjusted|raised|lowered|increased|decreased|reduced|overridden|disabled|enabled|"
    r"started|stopped|shut|reset|opened|closed|put|moved|dropped|brought|taken|cut)"
)
_ASKED = (
    r"(?:^|[.!,:;-]\s*"
    r"|\b(?:please|kindly|can you|could you|would you|will you|i want you to|i need you to|i'd like (?:you )?to|"
    r"you should|you must|must|go ahead and|and|then|now|let'?s|should we|shall we|"
    r"want to|need to|time to|like to|have to|remember to)\s+)"
    r"(?:now\s+|just\s+|then\s+|also\s+|please\s+|kindly\s+|automatically\s+)*"
)
ACTION: Final = re.compile(
    rf"{_ASKED}{_ACT}\b(?:[^?]*?\b{_DEVICE}\b|\s+(?:\S+\s+){{0,4}}?(?:on|off|down|up)\b)"
    rf"|\b(?:want|need|like|have|get|make sure|ensure|see)\b[^?]*?\b{_DEVICE}\b[^?]*?\b{_ACTED}\b"
    rf"|\b{_DEVICE}\b[^?]*?\b(?:came|come|comes|go|goes|went)\s+(?:on|off|up|down)\b"
    rf"|\b{_DEVICE}\b[^?]*?\b(?:should|must|needs? to|has to|ought to)\s+(?:now\s+)?(?:be|go|come)"
    rf"\s+(?:{_ACTED}|up|down|on|off)\b"
)
ASKS: Final = re.compile(r"(?:how|what|which|why|when|who|where|did|does|do|is|was|were|are|has|have|if)\b")
THINKS: Final = re.compile(
    r"(?:(?:and|but|so|now|ok(?:ay)?|then)[ ,]+)*"
    r"(?:suppos(?:e|ing)|imagine|assum(?:e|ing)|hypothetically|simulate|say (?:we|the|you|that)|"
    r"(?:the )?(?:effect|impact|saving|savings|benefit|payback|roi|return|npv) (?:of|from|on|for|if)|payback|"
    r"(?:estimate|calculate|work out|compute|show|tell) .*\b(?:sav\w+|effect|impact|payback|if)\b|in case)\b"
)
THOUGHT: Final = re.compile(
    r"\bwith an? (?:\S+ ){0,3}(?:lower|higher|warmer|cooler|colder|smaller)\b"
    r"|(?:[:,;]| -) (?:and )?(?:what|how much) (?:would|does|will|is)\b"
    r"|(?:[:,;]| -) (?:and )?(?:what|how (?:much|many))\b[^?]*\b(?:sav\w+|avoid\w*|less|fewer|effect|impact|worth|"
    r"difference|bill|costs?|kwh)\b"
    r"|(?:[:,;]| -) (?:the |its |any |and )*(?:effect|impact|savings?|difference|result|worth|payback) (?:on|in|of|"
    r"for|to|over|per|a)\b"
    r"|(?:[:,;]| -) (?:\S+ ){0,3}(?:sav(?:ed|es?|ings?)|avoided|less|fewer|effect|impact|worth|difference|reduction)\b"
    r"|\b(?:effect|impact|saving|savings|saved|worth)\s*\??$|\bhow much (?:less|more)\b"
    r"|\bwould (?:\w+ )?have\b"  # of a time past, so nothing is ordered
)
OF_DATA: Final = re.compile(
    r"^(?:(?:please|kindly|can you|could you|would you|will you|i want you to|go ahead and|just|now)[ ,]+)*"
    r"(?:delete|remove|erase|wipe|overwrite|edit|correct|change|set|exclude|rename|update|insert|add|import|upload)\b"
    r".*\b(?:readings?|data|meters?|tariffs?|floor area|records?|tables?|prices?|unit|name)\b"
    r"|^(?:(?:please|kindly|can you|could you|just|now)[ ,]+)*(?:exclude|delete|remove|erase|wipe)\b"
    r"(?!.*\b(?:total|use|used|electricity|gas|kwh|carbon|cost|rank|sum|how|what|which|show|give)\b)"
)
ORDERS: Final = re.compile(r"\b(?:please|go ahead and|then|and now|make sure|right now|immediately)\b")


SAVING_ACTION: Final = re.compile(
    r"^(?:(?:please|kindly|can you|could you|would you|will you|i want you to|go ahead and|just|now)[ ,]+)*"
    r"(?:close|shut|shift|cut|reduce|lower|halve|curtail|delay|postpone|trim)\b"
    r".*\b(?:loads?|base[ -]?load|demand|consumption|use|usage|peak|week[ -]?ends?|overnight|at night)\b"
)


def is_command(part: str) -> bool:
    """Tell whether a part of a question, lower case, orders something to be done.

    One that asks does not, nor one that only thinks of a change ("suppose the set-point went from 21 to 19"), unless
    it also says please.
    """
    orders = any(p.search(part) for p in (ACTION, SETPOINT, SAVING_ACTION, OF_DATA)) and not ASKS.match(part)
    thinks = THINKS.match(part) or THOUGHT.search(part)
    return orders and (not thinks or bool(ORDERS.search(part)))
