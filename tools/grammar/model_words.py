"""Questions about a fitted model itself: how well it fits, and where heating or cooling sets in.

"R2 and CV(RMSE)", "how closely does the model follow", "regress gas on outdoor temperature", "at what temperature does
the heating kick in", "how does gas vary with the weather": each is told of the model of the very time that is named,
and not of that time beside the year before.
"""

import re
from typing import Any, Final

_OUTDOOR: Final = r"(?:(?:outdoor|outside|external|ambient|air|mean|daily|average|dry[ -]bulb|local|the|how|what) )*"
_WEATHER: Final = rf"{_OUTDOOR}(?:temperatures?|temps?|weather|degree[ -]?days?|cold it is|hdds?)"
_STARTS: Final = (
    r"(?:starts?|begins?|kicks?|comes?|cuts?|sets?|bites?|fires?|switch(?:es)?|turns?|clicks?|takes? hold|picks? up|"
    r"needs?|goes)"
)
_PLANT: Final = r"(?:heating|heat|heated|cooling|cooled|boilers?|gas|burning|chillers?|air[ -]con\w*|it)"
HOURLY: Final = (
    r"time[ -]of[ -](?:the )?week(?:[ -]and[ -]|[ -&+/]+)?(?:temperature)?(?: (?:baseline|model|regression))?|towt|"
    r"hourly (?:baseline|regression|weather) model"
)
_FIGURE_OF_FIT: Final = (
    r"r ?2|r\^2|r[ -]?squared?|r[ -]?sq|coefficient of determination|cv ?\(? ?(?:of )?(?:the )?rmsd?e?\)?|cv-rmse|"
    r"cvrmse|rmse|nmbe|mean bias(?: error)?|goodness[ -]of[ -](?:the )?fit|quality of (?:the )?fit"
)
_HOW_WELL: Final = (
    r"how (?:well|good|bad|poor|closely|tight(?:ly)?|accurate(?:ly)?|reliable|badly|poorly) (?:\w+ ){0,6}?(?:model|"
    r"fits?|fitted|regression|baseline fit|line)\w*"
)
_REGRESS: Final = (
    rf"regress\w*|(?:fit|fitted|fitting|plot|plotted|set|draw|drawn|relat\w*|graph|chart|model\w*|"
    rf"explain\w*|scatter\w*|line|curve)\b(?: \w+){{0,6}}? (?:against|on|onto|to|versus|vs|with|by|as a function of) "
    rf"{_WEATHER}"
)
_VARIES: Final = (
    r"(?:vary|varies|varied|depends?|changes?|responds?|reacts?|moves?|tracks?|scales?|goes up|rises?|related|linked|"
    rf"tied|sensitive|sensitivity)\b(?: \w+){{0,2}}? (?:with|on|to) {_WEATHER}"
)
_SETS_IN: Final = (
    rf"(?:at|below|above|under|over|from|beneath|once|what|which)\b(?: \w+){{0,2}}? {_OUTDOOR}temperatures?\b"
    rf"[^?]*\b{_PLANT}\b[^?]*\b{_STARTS}\b|temperatures? (?:at|below|above|under) which\b[^?]*\b{_PLANT}\b|"
    rf"temperatures?\b[^?]*\b{_STARTS} {_PLANT}"
)
OF_A_MODEL: Final = (HOURLY, _FIGURE_OF_FIT, _HOW_WELL, _REGRESS, _VARIES, _SETS_IN)
NOT_OF_A_MODEL: Final = (
    r"\b(?:indoor|inside|rooms?|internal|supply|flow|return|space|set[ -]?points?|thermostats?|forecast\w*|predict\w*|"
    r"sav\w+|why|degree[ -]?days? (?:for|in|at)|warmer|colder than)\b"
)
_HOURLY: Final = re.compile(rf"\b(?:{HOURLY})(?!\w)")
_OF_FIT: Final = re.compile(rf"(?<![\w-])(?:{'|'.join(OF_A_MODEL)})(?!\w)")
_NONE_OF_FIT: Final = re.compile(NOT_OF_A_MODEL)
WORDS: Final = re.compile(
    rf"(?<![\w-])(?:{_FIGURE_OF_FIT}|{HOURLY}|{_WEATHER}|{_STARTS}(?: (?:in|on|up|to))?|{_PLANT}|regress\w*|fits?|"
    r"fitted|fitting|model(?:l?ed|l?ing|s)?|closely|well|follows?|kink|bend|knee|elbow|function|relationship|"
    r"correlation|scatter\w*|curve|line|against|var(?:y|ies)|depends?|outside|outdoors?|change[ -]?point|bite)(?!\w)"
)


def asks_of_model(text: str) -> bool:
    """Tell whether a lower-case text asks for the fit of a model, or for what it says of the weather."""
    text = re.sub(r"\s+", " ", text)
    return bool(_OF_FIT.search(text)) and not _NONE_OF_FIT.search(text)


def model_terms(text: str) -> dict[str, Any]:
    """Return which model of the time itself is asked for, nothing where a comparison with a baseline is."""
    if not asks_of_model(text):
        return {}
    return {"model": "hourly" if _HOURLY.search(text) else "daily"}
