"""Tell a sentence that states something from one that asks: 'the bursar keeps muttering' from 'what did b4 use'.

English states by a subject before its verb and asks by a question word, a verb before its subject, or an order to
tell ('give me', 'i need to know what'). So a sentence is a statement where it begins with a subject (a pronoun, or
words and then a finite verb) and holds none of the forms of asking. Words of both kinds are closed sets, but for the
verbs behind a noun, of which the irregular ones and endings tell.
"""

import re
from typing import Final

_ADVERB: Final = (
    r"(?:and|but|so|also|well|ok|okay|right|now|hi|hello|look|oh|um+|uh|er|anyway|honestly|frankly|apparently|"
    r"again|still|yes|no|hmm+|sadly|luckily|maybe|perhaps|as you (?:may |will |probably )?(?:know|remember|recall)|"
    r"by the way|btw|fyi|to be (?:fair|honest|clear)|in fact|of course|at the moment|last (?:week|month)|today|"
    r"yesterday|this (?:week|morning|afternoon)|(?!early\b|only\b|family\b|monthly\b|yearly\b|daily\b|hourly\b|"
    r"weekly\b)"
    r"[a-z]{3,}ly)"
)
_SOURCE: Final = (
    r"(?:(?:if you ask|it seems to|to|for) me\b|according to (?:the |my |our |their )?(?:\w+ ){0,2}?\w+(?=,| \w)|"
    r"in my (?:view|opinion)|as far as i (?:know|can (?:see|tell))|from what i (?:hear|gather|see|can see)|"
    r"for what it'?s worth|i'm afraid|if i remember (?:right|rightly|correctly))"
)
LEAD: Final = re.compile(rf"^(?:(?:{_ADVERB}\b|{_SOURCE})[\s,.-]*)+")
_BE: Final = (
    r"(?:is|are|was|were|am|has|have|had|will|would|can|could|(?<!\d )(?<!in )may(?! \d)|might|must|should|does|did|do|"
    r"isn't|aren't|wasn't|weren't|hasn't|haven't|hadn't|won't|wouldn't|can't|couldn't|shouldn't|doesn't|didn't|don't)"
)
_ONE: Final = (
    r"(?:i|we|you|he|she|they|it|there|every(?:one|body)|some(?:one|body)|no(?:body| one)|people|everything|nothing|"
    r"something|most of (?:us|them)|some of (?:us|them)|one of (?:us|them|my|our|the) ?\w*|half (?:of us|the \w+))"
)
PRONOUN: Final = re.compile(
    rf"^{_ONE}(?:'(?:m|ve|re|s|d|ll)\s+[a-z\d]|\s+(?!19|20|in\b|of\b|at\b|on\b|for\b|by\b|used\b|uses\b)[a-z])"
)
DEMONSTRATIVE: Final = re.compile(rf"^(?:this|that|these|those)(?:'s| {_BE})\b")
STATED: Final = re.compile(rf"^(?P<np>(?:[\w'&/.-]+,?\s+){{1,7}}?){_BE}\b(?! (?:by|of)\b)")
CONTRACTED: Final = re.compile(
    r"^(?:the|my|our|his|her|their|[a-z]?\d+) ?(?:\w+ )?\w+'s (?:been|got|just|a|on|in|gone|not)\b"
)
PAST: Final = (
    r"(?:left|went|came|got|told|said|put|took|made|gave|found|thought|felt|ran|fell|rose|grew|cut|lost|saw|sent|"
    r"bought|burnt|broke|began|wrote|swore|met|kept|held|shut|let|hit|spent|led|brought|won|drew|chose|spoke|moved|"
    r"turned|asked|wanted|needed|looked|seemed|shot|stood|sat|flew|dropped|halved|doubled|jumped|soared|crept)"
)
_OBJECT: Final = (
    r"(?:me|us|them|him|her|it|the|a|an|my|our|their|his|that|this|no|about|to|into|up|down|off|on|out|over|through|"
    r"with|for|like|more|less|far|too|by|at|in|from|better|worse|bad|odd|wrong|all|some|what|how|who|why|whether)"
)
_NOUN: Final = r"(?:the|my|our|his|her|their|a|an|some|every|each|all|both|several|many|most|another|one)"
VERBAL: Final = re.compile(
    rf"^(?P<np>(?:{_NOUN} )?(?:[\w'-]+ ){{1,4}}?)(?:{PAST}|(?!needs\b)[a-z]{{3,}}(?<!s)s)\s+(?:\w+ly )?{_OBJECT}\b"
)
REGULAR: Final = re.compile(  # 'the students cleared off', but not 'the gas used by b4'
    rf"^(?P<np>(?:{_NOUN} )?(?:[\w'-]+ ){{1,4}}?)[a-z]{{3,}}ed\s+(?!by\b|at\b|in\b|on\b|for\b|from\b|with\b|during\b|"
    rf"per\b|of\b|"
    rf"over\b|between\b|to\b)(?:\w+ly )?{_OBJECT}\b"
)
TURNED_OUT: Final = re.compile(  # 'the gas went daft'
    r"^(?P<np>(?:[\w'-]+ ){1,4}?)(?:uses|eats|burns|guzzles|wastes|takes|draws|consumes|costs|leaks|peaks|smells|gets|"
    r"comes|makes|gives|has|had|lacks|beats|"
    r"went|got|became|turned|looks?|looked|seems?|seemed|feels?|felt|stayed|remained|"
    r"fell|"
    r"rose|shot|came|goes|keeps|kept|ran|dropped|jumped|doubled|halved)\s+(?!by\b|at\b|in\b|on\b|for\b|from\b)[a-z]+"
)
VERBAL_ALONE: Final = re.compile(
    rf"^{_NOUN} (?:[\w'-]+ ){{1,5}}[a-z]+ (?:me|us|them)\b|"
    r"^(?:[\w'-]+ ){1,3}(?:puzzles?|worries|worry|bothers?|blames?|wants?|thinks?|reckons?|says?|claims?|swears?|"
    r"insists?|complains?|moans?|keeps?|looms?|beckons?|arrives?|turns? up|is due|visits?|expects?|wonders?|hates?|"
    r"loves?|likes?|doubts?|suspects?|believes?|fears?|hopes?|asks?|grumbles?|mutters?|argues?|disagrees?|agrees?)\b"
)
_WH: Final = r"(?:what|how|which|who|whose|whom|when|where|why|whether|if)"
WH: Final = re.compile(rf"\b{_WH}\b")
QUESTION: Final = re.compile(
    rf"^(?:(?:and|but|so|or|then|please|also|in \w+|for \w+)[ ,]+)*(?:{_WH}(?:'s|'re|'d)?|{_BE}|shall)\b(?! (?:for|"
    rf"as) )"
)
_TELLING: Final = (
    r"(?:give|show|tell|list|rank|compare|compute|calculate|plot|draw|graph|chart|find|estimate|forecast|predict|sort|"
    r"name|identify|work out|figure out|check|display|provide|send|get|fetch|pull|report|summari[sz]e|explain|"
    r"describe|convert|split|break|express|count|say|let|take|use|put|add|sum|total|fit|regress|cluster|group|produce|"
    r"make|print|quote|state|confirm|remind|look|see|set|suppose|imagine|assume|pretend|picture|consider|drop|"
    r"only|just|not|leave|ignore|include|exclude|skip|count|except|without)"
)
ASKS_LATER: Final = re.compile(
    r": (?:did|does|do|is|was|are|were|has|have|will|would)\b|(?:[,:;]| -) (?:and |but |so )?(?:what|how (?:much|many|"
    r"high|big|far)|when did|where|why|who|which \w+)\b"
    r"(?!,? (?:is|was|are|were|has|had) (?:\w+ )?(?:odd|why|how|what|fine|good|bad|wrong))"
)
ORDER: Final = re.compile(rf"^(?:please |kindly |now |then |and |also |just )*{_TELLING}\b")
_KNOWING: Final = (
    r"(?:know|see|find out|understand|learn|tell|say|work out|ask(?:ed|ing|s)?|wonder(?:ed|ing|s)?|check|establish|"
    r"figure out|settle|explain|show|report|state|decide|hear)"
)
EMBEDDED: Final = re.compile(rf"\b{_KNOWING}\b(?: (?!that\b)[\w']+){{0,4}}? {_WH}\b")
_WANT: Final = (
    r"\b(?:i|we)(?:'?d| would| also| just| really| only)* (?:like|love|need|want|require|appreciate|prefer)"
    rf"(?! to (?!(?:be|get|have|look|hear|calculate|compute|quote|compare|plot|rank|list|{_KNOWING})\b))"
    r"|\b(?:i'?m|we'?re|i am|we are) (?:after|looking for|interested in|trying to (?:find|get|work))"
    r"|\bcan i (?:get|have|see)|\bplease\b|\b(?:can|could|would|will) you\b|\b(?:tell|give|show) me\b|\blet me know\b"
)
AN_ORDER: Final = re.compile(  # a verb and its object, 'switch the chillers off': no subject begins so
    r"^(?:then |now |please |just |and |also )*(?!(?:all|both|half|most|many|one|with|on|in|at|of|for|after|before|"
    r"since|even|not|only|like|unlike|besides|despite|during|if|when|as|because|while)\b)[a-z]+ "
    r"(?:the|an?|my|our|this|these|those|his|her|their|your|every|each) "
)
MEANS: Final = re.compile(  # an order in the form of a statement: 'i want it without the server room'
    r"^(?:i|we) (?:only |just |do |really )*(?:mean|meant|care|count|include|exclude)\b"
    r"|^(?:i|we)(?:'d)? (?:only |just |would |do |really )*(?:want|need|like|prefer) (?:it|them|that|this)\b.*"
    r"\b(?:without|only|excluding|except\w*|per|net of|minus|less|split|adjusted|corrected|normali[sz]ed|broken)\b"
)
WANTS: Final = re.compile(rf"(?:{_WANT})(?! (?:it|this|that|them|these|those)\b(?! (?:in|as|by|per)\b))")


def asks(sentence: str) -> bool:
    """Tell whether a lower-case sentence without its end mark asks or orders to tell, by its form."""
    text = LEAD.sub("", sentence)
    forms = (EMBEDDED, WANTS, ASKS_LATER)
    return bool(QUESTION.match(text) or ORDER.match(text) or any(p.search(text) for p in forms))


def states(sentence: str) -> bool:
    """Tell whether a lower-case sentence states something and asks nothing."""
    text = LEAD.sub("", sentence)
    if asks(sentence) or MEANS.match(text):
        return False
    if PRONOUN.match(text) or DEMONSTRATIVE.match(text) or VERBAL_ALONE.match(text) or CONTRACTED.match(text):
        return True
    if AN_ORDER.match(text):
        return False
    return any((found := p.match(text)) and not WH.search(found["np"]) for p in (STATED, VERBAL, REGULAR, TURNED_OUT))
