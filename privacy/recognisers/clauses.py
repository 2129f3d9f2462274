"""Find the clause that tells something about one place, and leave general talk alone.

What a building does has no fixed form: a cue ("empty", "badge") tells nothing until a value ("after 18:05", "44812")
stands near it in the same sentence, and until the sentence speaks of a place and not of places in general. A
recogniser gives cues and values; what comes out are clauses.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from privacy.labels import Label
from privacy.recognisers.words import Cased, Words
from privacy.spans import Span
from privacy.taxonomy import label_of_type

Hit = tuple[int, int]
Judge = Callable[[str], bool]
Pattern = re.Pattern[str] | Cased

REACH = 300
"""How far a sentence is followed to either side, in characters: a bound on the work for texts without full stops."""

STOP = (
    r"(?<!\b[A-Za-z])(?<!\bDr)(?<!\bMrs)(?<!\bM[rs])(?<!\bSt)(?<!\b[Nn]o)(?<!\bNr)(?<!\bInc)(?<!\bLtd)(?<!\bapprox)[.!?…]+"
    r"(?=\s|$)(?!\s(?:OG|UG|EG|DG|Stock|Etage|Obergeschoss|Januar|Februar|März|April|Mai|Juni|Juli|August|September|"
    r"Oktober|"
    r"November|Dezember)\b)|[\n¿¡]"
)
SENTENCE = re.compile(
    STOP + r"|[;,]\s(?=(?i:could|can|should|may|shall|would|how|what|why|where|do|does|is|are|will)\s(?i:we|i|you|"
    r"it|the|this|that|my|our|"
    r"there|an?|early|late|much|many|long|often|high|big|do|does|can|should|would|could|is|are)\b)"
)
BEFORE = Words(
    STOP + r"|[;{}]|(?<!\d),\s|:\s|\s[-\u2013\u2014/]+\s|\"[,:]\s?\"?|"
    r"\s(?:but|so|because|while|whereas|although|though|when|"
    r"whenever|which|given|if|why|how|what|(?:can|could|should) (?:we|i|you|it|this|that|the|my|our|one)|please|"
    r"is that|does that|aber|weil|denn|obwohl|"
    r"wenn|warum|mais|donc|"
    r"alors que|quand|"
    r"pourquoi|pero|porque|cuando)\s|\s(?:and|und|et|y)\s(?![^.;\n]{0,25}\d)"
)
"""What a clause begins after."""
AFTER = Words(
    STOP + r"|,?\s(?:and|but|while|y|et|und)\s(?:\w+\s){0,3}?(?:lighting|lights?|heating|ahus?|fans?|exhaust|"
    r"consumption|temperature|co2|chillers?|boilers?|"
    r"pumps?|ventilation|air handlers?|load|base load|energy|savings?)\s(?:is|are|was|were|stay\w*|started|starts|"
    r"runs?|ran|goes|go|went|came|keeps?|rose|rises|fell|falls|does|did|still|should|by)\b|[;{}]|"
    r"\s[-\u2013\u2014/]+\s|\"[,:]\s?\"|[,:]?\s(?:and\s|then\s)?(?:so|but|because|whereas|whenever|although|"
    r"though|given|why|how|what|can|could|should|please|is (?:that|it|this)|does that|against our|according to|"
    r"aber|weil|warum|kann|wie|"
    r"trotzdem|mais|"
    r"donc|quel\w*|faut-il|peut-on|comment|pourquoi|pero|porque|qué|cómo)\b|,\s(?:link|compare|explain|tell me|show|"
    r"suggest|help|draft|advise|any|ok|okay|worth|thoughts|good|bad|normal|fault|still no|yet|they ask|is|are|do|"
    r"does|did|has|would|will|"
    r"shall|who|"
    r"where|which|while|if|when|yet|dann|wo|wer|ist|darf|on peut|qui|puedo|es|il faudrait)\s"
)
"""What a clause ends before: a comma alone ends none, for what follows it mostly tells more of the same."""
FILLER = re.compile(
    r"(?:\s|[-\"'(*>•]|(?:please|note|that|fyi|given|since|because|as|so|and|but|also|btw|hi|hello|ok|well|now|if|"
    r"we know|"
    r"i know|i see|it seems|apparently|und|et|y|dass|que)\b)+",
    re.IGNORECASE,
)

ADVICE = Words(
    r"\b(?:should|recommend\w*|ideal\w*|typical\w*|usual(?:ly)?|generally|in general|common(?:ly)?|best practices?|"
    r"good practice|design (?:occupancy|values?|conditions?)|occupant density|HSE|EPA|advice|advises?|regulations?|"
    r"must be (?:kept|stored|held)|"
    r"rules? of thumb|guidelines?|guidance|standards?|ASHRAE|CIBSE|HTM|WHO|CDC|assum(?:e|es|ing)|suppose|"
    r"for example|e\.g\.|"
    r"for instance|hypothetical\w*|imagine|what if|by default|defaults?|most (?:offices|buildings|schools|labs|"
    r"sites|tenants)|"
    r"benchmarks?|textbook|in theory|normally|often|sollte\w*|üblich\w*|typisch\w*|normalerweise|"
    r"habituel\w*|généralement|typique\w*|recommandé\w*|normalmente|habitual\w*|recomendad\w*|típic\w*)\b"
    r"|^\W*(?:buildings|offices|schools|hospitals|shops|laboratories|labs|people|occupants|cleanrooms|"
    r"data cent(?:re|er)s|"
    r"server rooms|operating theatres|theatres|isolation rooms|batteries|vaccines|medicines|panels|chillers|boilers|"
    r"fridges|freezers|windows|doors|gates|locks|lifts|pumps|fans|classrooms|hotels|museums|libraries|warehouses|"
    r"factories|homes|households|flats|tenants|landlords|utilities|suppliers|guards|cameras|bürogebäude|büros|"
    r"les bureaux|"
    r"las oficinas)\s(?:are|is|of|do|need|require|should|must|waste|lose|keep|tend|can|have|use|in|with|that|sind|"
    r"sont|son)\b"
    r"|^\W*(?:if|when|once|while|say|suppose|unless)\s(?:an?|no|some|any|your)\b|^\W*(?:do (?!we\b|our\b|the\b)|"
    r"how (?:do|can|does|should|would|to) (?:i|you|one|an?)?\b|what (?:is|"
    r"are) an?\b|where should|why do\b|can an?\b)"
)
ASKS = Words(
    r"^\W*(?:how|what|which|when|where|who|whose|why|is|are|was|were|do|does|did|can|could|should|would|will|has|"
    r"have|"
    r"explain|describe|compare|define|list|show|give|tell|find|calculate|estimate|suggest|wie|was|welche\w*|wann|wo|"
    r"warum|"
    r"ist|sind|sollte\w*|kann|comment|quel\w*|quand|où|pourquoi|est-ce|cómo|qué|cuál\w*|cuándo|dónde|por qué|es|"
    r"son)\b|\?\W*$"
)
ANCHOR = re.compile(
    r"\b(?i:our|ours|my|here|unser\w*|meine?\w*|bei uns|notre|nos|mon|chez nous|nuestr\w+|mis?)\b"
    r"|\b(?<!should )(?<!can )(?<!do )(?<!could )(?i:we|i|wir|nous|on)\b(?='|\u2019|\s+(?i:have|had|are|were|keep|"
    r"kept|run|ran|hold|held|"
    r"set|pay|paid|use|used|left|leave|found|see|saw|lock|rent|lease|signed|store|stored|put|moved|vacated|close|"
    r"closed|open|"
    r"just|only|also|all|both|had|got|know|haben|zahlen|payons|avons|sommes))"
    r"|\b(?i:levels?|floors?|rooms?|blocks?|wings?|suites?|units?|halls?|labs?|offices?|zones?|buildings?|bldg|"
    r"theatres?|wards?|"
    r"bays?|gates?|doors?|stairs?|sites?|plots?|raum|etage|haus|gebäude|salle|étage|bâtiment|sala|planta|edificio)\s?"
    r"(?:[A-Z]\b|[A-Z]{0,3}-?\d)"
    r"|\b(?i:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|top|ground|\d+(?:st|nd|rd|"
    r"th))[- ]floor\b"
    r"|\b[bB]\d{1,4}\b|\b[A-Z]{2,4}-?\d{2,}\b"
    r"|(?<![.!?:]\s)(?<!^)\b(?!(?:I|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|"
    r"April|May|June|"
    r"July|August|September|October|November|December|Pa|Part|Class|Type|"
    r"Annex)\b)[A-Z][a-zäöüéèáíóúñ]+(?:['\u2019]s)?\b"
)
GENERAL = Words(
    r"^\W*what (?:is|are|was|were|would be) (?:the |an? )?(?:average|typical|usual|normal|best|recommended|standard|"
    r"ideal)\b"
    r"|\bno (?:lower|higher|less|more) than\b[^.]{0,20}[°%]|^\W*legionella (?:grows|dies|control|multiplies|is|are)\b"
)
"""What names a place, a standard or a city and still tells nothing."""
DEFINITE = Words(
    r"\b(?:the|this|that|these|it|its|his|her|he|she|they|der|die|das|im|am|dem|den|le|la|les|l['\u2019]|il|elle|el|"
    r"los|las)\b"
)


class Finds:
    """Where a pattern occurs in a text: looked for once, and only when somebody asks."""

    def __init__(self, pattern: Pattern, text: str) -> None:
        self._pattern, self._text = pattern, text

    @cached_property
    def spans(self) -> list[Hit]:
        """The stretches of the matches, in their order."""
        return list(spans(self._pattern, self._text))


def sentence_of(text: str, start: int, end: int) -> str:
    """Return the sentence, or the 600 characters of it around the hit, that holds a hit."""
    left, right = _bounds(SENTENCE, SENTENCE, text, start, end)
    return text[left:right]


def tells(sentence: str) -> bool:
    """Tell whether a sentence speaks of one place: a named or numbered one, ours, or "the" one outside advice."""
    if GENERAL.within(sentence):
        return False
    if ANCHOR.search(sentence):
        return True
    if ADVICE.within(sentence):
        return False
    return not ASKS.within(sentence) or bool(DEFINITE.within(sentence))


def near(text: str, cue: Pattern, value: Pattern | Finds, reach: int = 60) -> Iterator[Hit]:
    """Yield for each cue the stretch from it to all values within `reach` characters and the same sentence."""
    cues = list(spans(cue, text))
    if not cues:
        return
    values = (value if isinstance(value, Finds) else Finds(value, text)).spans
    starts = [a for a, _ in values]
    for start, end in cues:
        close = [
            v
            for v in values[bisect_left(starts, start - reach) : bisect_left(starts, end + reach)]
            if v[1] > start - reach
        ]
        joined = [v for v in close if not SENTENCE.search(text, min(start, v[0]), max(end, v[1]))]
        if joined:
            yield min(start, joined[0][0]), max(end, *(b for _, b in joined))


def clauses(
    kind: str, text: str, hits: Iterable[Hit], by: str, judge: Judge = tells, *, score: float = 0.8, wide: bool = True
) -> Iterator[Span]:
    """Yield a span for each hit whose sentence passes the judge, widened to its clause; neighbours become one span."""
    label: Label = label_of_type(kind)
    open_: Hit | None = None
    verdicts: dict[str, bool] = {}
    for start, end in sorted(hits):
        if open_ and end <= open_[1]:
            continue
        sentence = sentence_of(text, start, end)
        if sentence not in verdicts:
            verdicts[sentence] = judge(sentence.strip())
        if not verdicts[sentence]:
            continue
        left, right = clause_of(text, start, end) if wide else (start, end)
        if open_ and left <= open_[1] + 2:
            open_ = (open_[0], max(open_[1], right))
            continue
        if open_:
            yield Span(*open_, kind, label, score, by)
        open_ = (left, right)
    if open_:
        yield Span(*open_, kind, label, score, by)


def clause_of(text: str, start: int, end: int) -> Hit:
    """Widen a hit to its clause, without the words that only lead in."""
    left, right = _bounds(BEFORE, AFTER, text, start, end)
    filler = FILLER.match(text, left, start)
    left = filler.end() if filler else _with_lead(text, left)
    while right > end and text[right - 1] in " \t.,;:!?\"'":
        right -= 1
    return left, right


LEAD = re.compile(
    r"(?:^|[.!?;:\n]\s?)\s*(?!(?i:please|hi|hello|hey|ok|well|also|no|yes|thanks|by the way|btw|so|"
    r"then|and|sorry)\b)([^\s.!?;:,][^.!?;:,\n]{1,28}),\s$"
)
"""A few words and a comma: `On Sundays,`, `The minimum,`."""


def _with_lead(text: str, left: int) -> int:
    """Return where the few words begin that a comma alone parts from a clause, or else where it begins."""
    lead = LEAD.search(text, max(0, left - 36), left)
    return lead.start(1) if lead else left


def spans(pattern: Pattern, text: str) -> Iterator[Hit]:
    """Yield the stretch of every match."""
    return (m.span() for m in pattern.finditer(text))


def _bounds(before: Pattern, behind: Pattern, text: str, start: int, end: int) -> Hit:
    """Return the last break before a hit and the first one behind it, or the limit of reach."""
    left = max(0, start - REACH)
    # What follows decides whether an "and" breaks, so the pattern sees a little of it.
    behind_start = start + 30
    inner = max((m.end() for m in before.finditer(text[left:behind_start]) if m.end() <= start - left), default=0)
    after = next(iter(behind.finditer(text[end : end + REACH])), None)
    return left + inner, end + after.start() if after else min(len(text), end + REACH)
