"""The words by which a sentence tells a direction, an order or a likeness: none of them is let through unjudged."""

import re

_RISEN = "risen|increased|grown|climbed|jumped|surged|soared|gone up|edged up"
_FALLEN = "fallen|decreased|dropped|declined|shrunk|slipped|plunged|plummeted|dipped|gone down|been reduced|been cut"
_UP = r"(?<!make )(?<!makes )(?<!made )(?<!set )(?<!start )(?<!starts )(?<!warm )(?<!add )(?<!adds )up"
_DOWN = r"(?<!shut )(?<!shuts )(?<!turned )(?<!switched )(?<!broken )down"
UP = (
    "rose|rises?|rising|increases?|increasing|grew|grows?|growing|growth|climbs?|climbing|jumps?|surges?|soars?|"
    rf"(?:went|goes|go) up|uptick|upturn|upwards?|spikes?|spiked|{_RISEN}|{_UP}"
)
DOWN = (
    "fell|falls?|falling|decreases?|decreasing|drops?|dropping|declines?|declining|shrank|shrinks?|"
    "reduced|reduces|reductions?|saved|savings?|slips?|slid|plunges?|dips?|tumbled|sank|eased|downturn|downwards?|"
    rf"(?:went|goes|go) down|{_FALLEN}|{_DOWN}"
)
TREND = re.compile(rf"\b(?:(?P<up>{UP})|(?P<down>{DOWN}))\b")
FINITE = re.compile(
    rf"\b(?:rose|fell|grew|sank|slid|shrank|went up|went down|(?:has|have|had) (?:{_RISEN}|{_FALLEN})|"
    rf"(?<!be )(?<!been )(?:{_RISEN}|{_FALLEN})(?=\s*(?:in|by|from|to|since|during|over|at|between|compared|[,.?!]|$)))"
)
CHANGES = (
    "drops?|falls?|decreases?|declines?|reductions?|savings?|rises?|increases?|growth|"
    "differences?|changes?|gaps?|margin"
)
MORE = "more|higher|greater|larger|bigger|heavier|above|exceed(?:s|ed|ing)?|surpass(?:es|ed)|ahead of|high"
LESS = "less|lower|smaller|fewer|lighter|below|behind|follow(?:s|ed)(?! by)|low"
COMPARATIVE = re.compile(rf"\b(?:(?P<up>{MORE})|(?P<down>{LESS}))\b")
THAN = re.compile(
    r"\b(?:than|compared (?:to|with)|versus|vs|against|relative to|exceed(?:s|ed|ing)?|surpass(?:es|ed)|above|below|"
    r"ahead of|behind|follow(?:s|ed|ing)?(?! by))\b"
)
MOST = "highest|most|largest|biggest|greatest|maximum|heaviest|top|main|leads|leading|led|dominates|peak|peaks|peaked"
LEAST = "lowest|least|smallest|fewest|minimum|lightest|bottom"
SUPERLATIVE = re.compile(rf"\b(?:(?P<up>{MOST})|(?P<down>{LEAST}))\b")
ORDER_WORDS = frozenset(["highest", "lowest", "maximum", "minimum"])  # of an order where no fact is a peak
PLACES = {
    word: place
    for place, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
ORDINAL = re.compile(
    rf"\b(?P<place>{'|'.join(PLACES)}|last(?! but)|\d{{1,2}}(?:st|nd|rd|th))\b"
    rf"(?:[\s-](?:(?P<up>{MOST})|(?P<down>{LEAST}))\b)?"
)
FOLLOWED = re.compile(r"\b(?:followed by|follow(?:s|ed|ing)?|and then|then|order|rank(?:s|ed|ing|ings)?)\b")
SAME = re.compile(
    r"\b(?:the same|same|equal(?:s|led)?|identical|unchanged|constant|flat|match(?:es|ed)|"
    r"as (?:much|little|high|low) as|no (?:difference|change)|nothing changed)\b"
)
SIMILAR = re.compile(
    r"\b(?:similar|comparable|alike|stable|steady|steadily|level|even|consistent|"
    r"close(?: to (?:each other|one another))?|(?:little|small) difference|"
    r"(?:differ|differs|differed|vary|varies|varied|changed) (?:only )?(?:little|slightly))\b"
)
DIFFERENT = re.compile(r"\b(?:differ(?:s|ed|ent)?|var(?:y|ies|ied)|uneven|changed)\b")
MUCH = re.compile(
    r"\b(?:(?:significant|marked|sharp|steep|strong|huge|large|clear|wide)(?:ly)?|considerabl[ey]|substantial(?:ly)?|"
    r"notabl[ey]|noticeabl[ey]|dramatic(?:ally)?|big|major|far|much|pronounced)\b"
)
LITTLE = re.compile(
    r"\b(?:(?:slight|marginal|modest|minimal)(?:ly)?|small|minor|little|tiny|negligible|somewhat|a bit)\b"
)
IDIOM = re.compile(
    r"\b(?:most (?:likely|probably|important(?:ly)?|notable|noticeable|striking)|at first|more or less|even load|"
    r"close(?:r)? (?:look|attention|check)|at (?:least|most))\b"
)
SIGNALS = (TREND, COMPARATIVE, THAN, SUPERLATIVE, ORDINAL, FOLLOWED, SAME, SIMILAR, DIFFERENT, MUCH, LITTLE, IDIOM)


def without(pattern: re.Pattern[str], text: str) -> str:
    """Return a text with spaces where a pattern matches, so that positions stay."""
    return pattern.sub(lambda m: " " * len(m.group(0)), text)
