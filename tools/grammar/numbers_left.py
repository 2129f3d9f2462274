"""Numbers in a question for an analysis that would be another one with them: a level, a base, an interval, a limit.

Those that nothing read are asked back; of other analyses they are told with the answer (`not_taken`).
"""

import re
from typing import Final

from tools.energy_query import Analysis
from tools.errors import BadQuestion
from tools.grammar.quantities import ABOVE, BARE_DEGREES, BASE, LEADS_BASE, PERCENT, YEAR_LIKE

NUMBER: Final = re.compile(r"(?<![\w.,-])[\d][\d,.]*(?:st|nd|rd|th|k|m)?(?!\w)")
NAMED: Final = re.compile(  # numbers that are part of a name, or count what there is
    r"\bco 2\b|\b24 hours\b|\b\d{1,2} (?:of )?(?:them|buildings|meters|sites)\b|\bnumber \d+\b|"
    r"\b(?:guideline|ashrae|iso) \d+\b"
)
OF_ANALYSIS: Final[dict[str, tuple[re.Pattern[str], ...]]] = {
    "degree_days": (BASE, LEADS_BASE, ABOVE, BARE_DEGREES),
    "load_duration": (re.compile(r"\b90 ?(?:%|per ?cent)|\b\d+ ?(?:%|per ?cent) of the time"),),
    "forecast": (re.compile(r"\b90 ?(?:%|per ?cent)"), re.compile(r"\b(?:7|seven)[ -]days?\b|\b24[ -]h")),
    "anomalies": (PERCENT,),
}


def reject_numbers(analysis: Analysis, said: str, unread: str) -> None:
    """Raise `BadQuestion` for a number that neither a date nor the analysis took.

    `said` is the lower-case text, `unread` what no rule used of it, blanked where one did.
    """
    if analysis not in OF_ANALYSIS:
        return
    taken = [m.span() for pattern in (NAMED, *OF_ANALYSIS[analysis]) for m in pattern.finditer(said)]
    for match in NUMBER.finditer(unread):
        number = match.group(0).strip(".,")
        if YEAR_LIKE.fullmatch(number) or any(a <= match.start() < b for a, b in taken):
            continue  # of a year that no period took, `reject_in_analysis` speaks
        raise BadQuestion(f"the number {number} was not understood; say what it is of, or leave it out")
