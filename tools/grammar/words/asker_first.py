"""Who asks, at the head of a sentence, and the number of the paper that a figure is for: both said short.

"A student journalist wants to know b36's carbon" asks nothing of students: those who ask are written as 'someone'
before anything is read, so that no rule takes a word of theirs for what is asked ("our carbon accountant needs ...").
"Query no. 4" and "slide 3" are numbers of papers and no amounts. "Anything dodgy" is what is called unusual here.
"""

import re
from typing import Final

from tools.grammar.words.papers import ALONE
from tools.grammar.words.people import PEOPLE

_VERB: Final = (
    r"(?:wants?|wanted|(?:is|are|was|were|has been|have been|keeps?) (?:asking|wondering|nagging|chasing|pestering|"
    r"wanting)|asks?|asked|(?:has|have|had) (?:asked|requested|queried)|wonders?|wondered|requests|requested|queried|"
    r"reckons?|insists?|claims|swears|needs? to know|would (?:like|love) to (?:know|see|have)|grumbles?|moans?|"
    r"grumbled|moaned|says?|said|thinks?|suspects?|mentioned|rang|called|emailed|phoned|"
    r"(?:is|are) (?:after|keen|curious|interested|looking)|(?:needs?|requires?)(?! how| what| more| less| to(?! know)))"
)
ASKER: Final = re.compile(
    r"^(?:(?:so|well|hi|hello|hey|ok|okay|right|fyi)[,!]? )?"
    r"(?P<who>(?:(?!(?:what|which|how|why|when|where|who|did|does|is|are|was|do|many|that|b\d+)\b)[a-z][\w'&/-]*\s){1,9}?)"
    rf"(?={_VERB}\b)"
)
AFTER: Final = re.compile(r"^someone (?:is|are) (?:after|keen on|interested in|looking (?:for|at)|curious about) ")
THEIRS: Final = re.compile(r"\b(?:its|their|his|her)\b")
NUMBERED: Final = re.compile(
    r"\b(?P<paper>query|queries|slide|item|question|ticket|section|page|chapter|appendix|annex|exercise|task|clause|action|"
    rf"agenda item|bullet|footnote|exhibit|schedule|{'|'.join(sorted(ALONE))})s?"
    r"(?: ?(?:no\.?|number|nr\.?|ref\.?) ?| ?[#-] ?| )"
    r"(?!(?:19|20)\d\d\b)\d{1,4}[a-z]?(?=\s*(?:[,:;.)?]|$|-|needs?|wants?|asks?|is\b|for\b|of\b|in\b|please))"
)
_ODD: Final = (
    r"(?:dodgy|iffy|bizarre|weird|wacky|crazy|daft|suspect|rum|wonky|barmy|mad|bonkers|haywire|spooky|nutty|kooky|naff|"
    r"bad|silly|stupid|ropey|questionable|doubtful|dubious|untoward|amiss|awry|surprising)"
)
ODD: Final = re.compile(
    r"\b(?P<any>anything|something|nothing|(?:any|list|find|spot|show|flag)(?: the| any| all)?)"
    rf"(?: (?:that )?(?:looks?|seems?|is|was|went|goes))? (?:a bit |rather |really |very )?{_ODD}\b"
    r"(?! (?:gas|electric\w*|energy|bill|cost|total|peak))"
)
OUTGOINGS: Final = re.compile(r"\b(?:outgoings|expenses|expenditures)\b")


def with_asker_first(text: str) -> str:
    """Return a lower-case text with who asks as 'someone', and without the numbers of papers.

    >>> with_asker_first("our carbon accountant wants b4's total")
    "someone wants b4's total"
    """
    match = ASKER.match(text)
    named = match and any(word.removesuffix("'s") in PEOPLE for word in match["who"].split())
    if match and named and not THEIRS.search(text):  # "the tenants' association wants its electricity"
        text = AFTER.sub("someone wants ", f"someone {text[match.end('who') :]}")
    text = ODD.sub(r"\g<any> unusual", NUMBERED.sub(r"\g<paper>", text))
    return OUTGOINGS.sub("cost", text)
