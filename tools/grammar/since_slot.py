"""From which day a measure is in force: 'the retrofit of 1 March 2019', 'since June 2019'."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tools.grammar import dates
from tools.grammar.analysis_words import MEASURE
from tools.grammar.periods import Mention, mentions
from tools.grammar.timeline import RANGE

_DONE: Final = (
    r"(?:was|were|been|being|that|which|we|had|have|has|is|are|made|done|carried|out|completed|complete|finished|"
    r"fitted|installed|works?|project|programme|took|place|taking|effect|effective|in|of|the|lighting|lights|heating|"
    r"at|for|to|by|taken|happened|occurred|implemented|retrofitted|upgraded|windows?|boilers?|replacement|replaced|"
    r"controls?|insulation|went|live|started|commissioned|"
    r"dated|put|both|roof|loft|led)"
)
LEADS: Final = re.compile(
    rf"\b{MEASURE}(?:\s+{_DONE}){{0,6}}?\s*,?\s*(?:on|in|of|at|from|since|dated|around|during|after|as of|"
    rf"by)?\s*(?:the\s+)?$"
    r"|\b(?:since|after|as of|as from|starting|effective|in force (?:since|from)|before and after|following)"
    r"\s+(?:on|in|from)?\s*(?:the\s+)?(?:end of\s+|start of\s+)?$"
    r"|\b(?:installed|fitted|completed|finished|commissioned|replaced|done|went live|took place|took effect)"
    r"(?:\s+(?:at|in|of|for|to))?\s+(?:on|in|at|from|during)\s+(?:the\s+)?$"
)
FOLLOWS: Final = re.compile(rf"\s+(?:led |lighting |boiler |deep )?{MEASURE}\b")  # "the 2019 retrofit"
AFTER_END: Final = re.compile(r"\b(?:after|following)\s+(?:the\s+)?(?:end of\s+)?$")


@dataclass(frozen=True, slots=True)
class Since:
    """The local day from which a measure is in force, the characters that said so, and whether they were vague."""

    day: datetime
    at: int
    to: int
    vague: bool


def since_of(text: str, now: datetime, newest: datetime) -> Since | None:
    """Return since when a measure is in force in a lower-case text, or None. `now` and `newest` are local."""
    for mention in mentions(text, now, newest):
        named = LEADS.search(text[: mention.at]) or FOLLOWS.match(text[mention.to :])
        if not mention.prior and named and not RANGE.match(text[mention.to :][:6]):
            return _since(text, mention)
    dated = [m for m in mentions(text, now, newest) if not m.prior]
    if len(dated) == 1 and dated[0].period.end - dated[0].period.start <= timedelta(days=1):
        return _since(text, dated[0])  # nothing is saved in one day: it is the day of the measure
    return None


def _since(text: str, mention: Mention) -> Since:
    one_day = mention.period.end - mention.period.start <= timedelta(days=1)
    passed = AFTER_END.search(text[: mention.at]) and not one_day
    day = mention.period.end if passed else mention.period.start
    return Since(day.replace(hour=0, minute=0), mention.at, mention.to, vague=not one_day)


def since_note(since: Since) -> str:
    """Write what a month or a year was taken to mean."""
    return f"the measure counts from {dates.day_words(since.day)}, the first day of what was named"
