"""Questions for what behaves alike: buildings like another, days like a day, days like no other."""

import re
from datetime import timedelta
from typing import Any, Final

from tools.errors import BadQuestion
from tools.grammar.order_slot import count_of
from tools.grammar.reading import Reading

_LIKE: Final = (
    r"(?:like(?! to\b)|similar(?:ly)? to|the same (?:way )?as|alike|comparably to|resembl\w+|close(?:st|r)? to|"
    r"near(?:est)? to|unlike|different(?:ly)? (?:from|to|than)|differently)"
)
_SHAPE: Final = (
    r"(?:load |daily |weekly |energy |usage |consumption )*(?:shapes?|patterns?|profiles?|curves?|behaviou?r)"
)
_DEGREE: Final = r"(?:(?:most|least|very|much|more|just|quite|so) )*"

BUILDINGS: Final = re.compile(
    rf"^\W*(?:(?:find|show|list|most|very|other) )*(?:similar|closest|nearest|comparable) to\b|"
    rf"\b(?:behav\w+|act(?:s|ed)?|perform\w*|runs?|looks?) {_DEGREE}{_LIKE}|"
    rf"\bbuildings? (?:(?:is|are|that|which|was|were|most|least|behav\w+|with|have|has|load) )*{_LIKE}|"
    rf"\b{_SHAPE} (?:(?:is|are|that|which|was|were|most|least|very) )*{_LIKE}|"
    rf"\b(?:a |the )?(?:similar|same|most similar|closest|nearest) (?:load |daily |weekly |energy )+"
    rf"(?:shapes?|patterns?|profiles?|behaviou?r)|"
    rf"\b(?:which|what|any|find|show|list|other|who(?:se)?)\b.*\bresembl\w+|\bload[ -]shape search\b|"
    rf"\bhow (?:alike|similar|different) (?:are|is|were|was)\b"
)
DAYS: Final = re.compile(
    r"\b(?:days?|weeks?)\b (?:(?:of|in|at|from|is|are|was|were|that|which|most|least|very|looks?|behav\w+|other) )*"
    r"(?:like|similar to|resembl\w+|close(?:st)? to|near(?:est)? to)\b(?! (?:christmas|holidays?|weekends?|sundays?|"
    r"saturdays?)\b)|\b(?:similar|comparable|closest|nearest|most similar) (?:days?|weeks?) to\b|"
    r"\bwhen (?:else )?did (?:it|the building)? ?behave like\b"
)
STRANGE: Final = re.compile(
    r"\bdays?\b.*\b(?:least like|unlike|most (?:different|unlike)|farthest|furthest)\b.*"
    r"\b(?:own|others?|rest|usual|normal|history|any|itself|all)\b|\bdistance to (?:its |their )?own history\b|"
    r"\b(?:least typical|most (?:atypical|unusual|abnormal|exceptional)|strangest|weirdest|oddest) days?\b|"
    r"\bdays? like no other\b"
)
UNLIKE: Final = re.compile(
    r"\b(?:least (?:\w+ )?(?:like|similar|alike)|unlike|most different(?:ly)?|different(?:ly)? from)\b"
)
WEEKS: Final = re.compile(r"\bweeks?\b")
NOT_ALIKE: Final = re.compile(
    r"\b(?:efficient|inefficient|good|bad|normal|typical) for an?\b|"
    r"\b(?:would like|i'd like|looks? like (?:a |an )?(?:fault|error|leak)|what (?:does|did|do) .*look like)\b"
)


def asks_alike(text: str) -> bool:
    """Tell whether a lower-case text without its names asks what behaves alike."""
    if NOT_ALIKE.search(text):
        return False
    return bool(BUILDINGS.search(text) or DAYS.search(text) or STRANGE.search(text))


def settle_alike(values: dict[str, Any], s: Reading, _notes: list[str]) -> None:
    """Settle whether buildings or days are compared, what is sought of them and how many.

    Raises `BadQuestion` where days are asked for without the building.
    """
    text = re.sub(r"\s+", " ", s.said)
    strange = bool(STRANGE.search(text))
    days = strange or (bool(DAYS.search(text)) and not re.search(r"\bbuildings?\b.*\blike\b", text))
    if days and not values["buildings"]:
        raise BadQuestion("days are compared within one building; name one, such as in 'days like 3 March 2019 at b4'")
    values["group"] = "day" if days else "building"
    values["order"] = "furthest" if strange or UNLIKE.search(text) else None
    values["limit"] = count_of(s.rest)
    values["hours"] = "all" if days else values["hours"]
    if days and WEEKS.search(text) and not strange:
        _whole_week(values)


def _whole_week(values: dict[str, Any]) -> None:
    """Take a day that stands for its week as seven days from it on."""
    period = values["period"]
    if period is not None and period.end - period.start <= timedelta(days=1):
        start = period.start - timedelta(days=period.start.weekday())
        words = f"the week of {start.day} {start:%B %Y}"
        values["period"] = period.model_copy(update={"start": start, "end": start + timedelta(days=7), "words": words})
