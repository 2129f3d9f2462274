"""Set phrases that carry no question, such as 'no rush' and 'off the top of your head', and the same thing said short.

They are taken out before a question is read, because their words, one by one, would say something else: the thumb of
'rule of thumb', the Friday of 'I need it by Friday', the 50001 of 'ISO 50001', the energy of 'our energy manager'.
Nothing is taken out that could pick a figure: a day goes only where it belongs to a meeting or a deadline.
"""

import re
from typing import Final

from tools.grammar.words.papers import EVENTS, NAMES_OF, PAPERS, SCHEMES, STANDARD
from tools.grammar.words.people import PEOPLE, TOLD

_ROWS: Final = r"""
    (?:is|was) (?:there any truth in (?:the )?\w+|it (?:true|right|correct|the case|fair to say|a fact)) that
    (?:rumour|rumor|word|legend) has it(?: that)?|they say(?: that)?|chapter and verse(?: on)?
    (?:give|lay) it (?:to|on) me|(?:cut|cutting|to cut) to the chase|all in(?=\W*$)
    be (?:straight|honest|frank) with me|just between us|between you and me
    (?:writing |asking |calling |i am |i'm |we are |we're )*on behalf of [^,:;?]{3,50}?(?=[,:;]| we | i )
    any (?:joy|luck|news|word|info|movement|progress) (?:with|on|about|for|from|regarding)
    (?:to )?spare (?:me )?(?:a|five|two|one|some|half a) (?:moment|minutes?|secs?|seconds?|time)(?: (?:to|and))?
    (?:would|is|was) it (?:be )?(?:too |very )?\w+ (?:to|if i|of me to) (?:ask|asked|request)(?: you)?(?: for)?
    in (?:a|the) (?:spirit|vein|interests?|name|cause) of \w+(?: \w+)?(?=,)
    heads[- ]up|in (?:my|our|his|her) (?:capacity|role|job|position)(?= as)|speaking(?= as)|aside from that
    no (?:great |real |particular )?(?:rush|hurry|worries|probs?|problem|biggie|pressure|panic)(?: at all)?
    when(?:ever)? (?:you|u) (?:get|have|can spare|find|grab)(?: yourself)? an? (?:sec|second|min|mo|moment|chance)
    when(?:ever)? (?:you|u) (?:get|have|can spare|find|grab)(?: yourself)? an? (?:free|spare|quiet) (?:moment|minute)
    (?:at|in) your (?:earliest )?(?:convenience|leisure|own time)
    if (?:it(?:'s| is) not|that(?:'s| is) not) too much (?:trouble|bother|hassle)
    if (?:you|u) (?:don't|dont|wouldn't|do not) mind(?: me asking)?
    (?:if|would) you(?:'d| would)? be so (?:kind|good)(?: as to)?
    if (?:at all )?possible|if (?:you|u) (?:can|could|please)(?=\W*$)|if i may|if i might ask|if poss
    ta (?:muchly|very much|ever so)|many thanks|thanks (?:a (?:lot|bunch|million|ton)|in advance|ever so|heaps|awfully)
    much obliged|(?:kind(?:est)?|best|warm(?:est)?) (?:regards|wishes)|yours (?:sincerely|faithfully|truly)
    (?:please )?do the needful|(?:kindly )?revert (?:back )?(?:at the earliest|asap|soonest|please)|at the earliest
    do me a (?:favour|favor|solid)(?: and)?|be a (?:love|dear|darling|star|legend|pal|sport)(?: and)?
    off the top of (?:your|my) head|(?:as a )?rule of thumb|back[ -]of[ -](?:the|an)[ -]envelope
    in a nutshell|in a word|in short|in brief|in plain (?:english|language|terms)|in (?:simple|layman'?s|lay) terms
    (?:to cut a )?long story short|when all(?:'s| is) said and done
    for what it(?:'s| is) worth|fwiw|imho|imo|afaik|iirc|tbh|ngl|to be (?:fair|honest|frank|clear|sure)|in all honesty
    (?:just )?out of (?:pure |sheer |idle )?(?:interest|curiosity|nosiness)|(?:just )?idle (?:nosiness|curiosity)
    (?:just )?(?:being )?nosy|curiosity killed the cat|asking for a friend|penny for your thoughts
    bog[ -]standard|run[ -]of[ -]the[ -]mill|(?:eye|jaw)[ -]?(?:watering|popping|dropping)(?:ly)?
    mind[ -]?(?:boggling|blowing|numbing)(?:ly)?|hair[ -]?raising|head[ -]?scratching|sky[ -]high|top[ -]notch
    first[ -](?:class|rate)|second to none|out of this world|off the (?:charts?|scale|hook)
    (?<=went )through the roof|(?<=gone )through the roof|(?<=is )through the roof
    over the top|beyond the pale|(?:not )?up to scratch|nothing to write home about
    the (?:nitty[ -]gritty|bottom line|lowdown|skinny|gist|full monty|whole shebang|nuts and bolts)(?: of| on| about)?
    nitty[ -]gritty|for (?:the|my|our) own? ?(?:sake|peace of mind|records?|information|reference|purposes|sanity)
    for (?:the )?(?:record|avoidance of doubt)|for (?:heaven|goodness|pete|god|christ)'?s'? sake
    as far as (?:you|we|i) (?:know|can tell)|to the best of your knowledge|if memory serves|if i(?:'m| am) not mistaken
    let me (?:see|think)|let's see|come to think of it|as (?:it|things) happens?|i(?:'m| am) told|from memory
    it goes without saying|needless to say|believe it or not|like it or not|rightly or wrongly|for better or worse
    quick as a flash|in a (?:jiffy|mo|sec|tick)|chop chop|pronto|toot sweet|post[ -]haste
    on (?:my|our|his|her|their) (?:back|case)|breathing down (?:my|our) necks?|up in arms|in a (?:flap|panic|tizzy|huff)
    touch wood|fingers crossed|knock on wood|god willing|inshallah|please god|hand on heart|scout's honour
    over a (?:brew|cuppa|coffee)|give or take|warts and all|all told|all in all|lock,? stock and barrel
    hook,? line and sinker|by any chance|perchance|any (?:idea|clue)|(?:do|pray) tell|riddle me this|hit me
"""
_DAY: Final = (
    r"(?:(?:next |this |last |the following )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|tonight|"
    r"(?:this|tomorrow) (?:morning|afternoon|evening)|next (?:week|month|term|year)|this (?:week|month)|later today|"
    r"the day after tomorrow)"
)
_NO_DATE: Final = r"(?!'s| \d| (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|s\b)"
_CLOCK: Final = r"(?:,? (?:at|by|from) \d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?| (?:morning|afternoon|evening|lunchtime))?"
_MEETING: Final = rf"(?:{'|'.join(sorted({*EVENTS.split(), *'board committee governors council'.split()}))})"
_HEAD: Final = rf"(?:{'|'.join(sorted({*EVENTS.split(), *PAPERS.split(), *TOLD}, key=len, reverse=True))})"
_UNIT: Final = r"(?:energy|carbon|electricity|electrical|gas|power|emissions|cost|costs|utilities|utility)"
_TEAM: Final = (
    r"(?:managers?|officers?|teams?|engineers?|consultants?|analysts?|lead(?! to)|auditors?|advis[eo]rs?|brokers?|"
    r"committees?|boards?|coordinators?|directors?|accountants?|experts?|working groups?|steering groups?|"
    r"bureau|department|dept|people|folks?|guys?)"
)
_DEADLINE: Final = (
    rf"(?:{_DAY}{_CLOCK}|cop|eod|eob|close of (?:play|business)|(?:the )?end of (?:the |this |next )?(?:day|week|play|"
    r"business))"
)

PHRASES: Final = re.compile(rf"(?<![\w-])(?:{re.sub(chr(10) + '    ', '|', _ROWS.strip())})(?![\w-])")
ISO: Final = re.compile(rf"{STANDARD}[ -]?(?:[1-9]\d{{3,4}})(?:-\d{{1,2}})?(?::(?:19|20)\d\d)?\b(?![,.]?\d)")
_TO: Final = (
    r"preparation|readiness|support|aid|connection|relation|respect|anticipation|accordance|keeping|conjunction|"
    r"compliance|fulfilment|pursuit|response|reply|answer"
)
_GOING: Final = (
    r"compliance|use|inclusion|submission|presentation|publication|reporting|circulation|upload|entry|consideration|"
    r"discussion|sign-?off|approval|onward transmission"
)
LEADING_TO: Final = re.compile(  # "in preparation for our visit": for it
    rf"\bin (?:{_TO}) (?:for|of|with|to)\b|\bfor (?:{_GOING}) (?:with|in|to|under|by|into|at|on)\b|"
    r"\bfor the (?:purposes?|sake|needs|benefit) of\b|\bwith a view to\b|\bby way of\b|\bdestined for\b|\btowards?\b|"
    r"\bas (?:part of|input (?:to|for)|evidence for|backup for)\b"
)
PHASE: Final = re.compile(
    rf"\b(?P<s>{'|'.join(SCHEMES.split())}) (?:phase|stage|round|tier|wave|version|v|part) ?\d(?:\.\d)?\b"
)
ASKERS: Final = re.compile(  # "the insurance people are asking": not how many people there are
    r"\b(?P<who>[a-z]\w+) (?:people|lot|folks?|guys|gang|bods?)"
    r"(?= (?:(?:are|is|have|has|were|was|keep|keeps) (?:been |on )?)?"
    r"(?:asking|asked|wanting|wants?|needs?|chasing|after|request\w*|nagging|saying|wondering|say|says)\b)"
)
THOSE_TOLD: Final = re.compile(  # "for the grant people"
    r"\b(?P<to>(?:for|to|from|tell|told) (?:the|our|my|those) [a-z]\w+) (?:people|lot|folks?|guys|bods?)\b"
    r"(?! (?:in|who|at|use|used|using|of|living|working)\b)"
)
IS_DOING: Final = re.compile(  # "the regulator's on our back"
    r"\b(?P<who>[a-z]{3,})'s (?=(?:on|been|after|keen|due|\w{2,}ing)\b)"
)
ASKED_WHEN: Final = re.compile(  # "asked me yesterday": when it was asked, not of when
    r"\b(?P<ask>(?:asked|rang|phoned|called|emailed|texted|requested|wanted|told|said|mentioned|messaged|wrote|queried)"
    r"(?: to)?(?: (?:me|us|him|her|them|the \w+|my \w+|our \w+))?) "
    r"(?:yesterday|today|just now|earlier(?: today)?|recently|the other day|this (?:morning|afternoon|week)|"
    r"last (?:night|week)|(?:on |last )?(?:mon|tues|wednes|thurs|fri)day)\b(?! \d)"
)
MEETS: Final = re.compile(
    rf"\b(?P<who>{_HEAD}) (?:meets?|meeting|(?:is|are) (?:in|due|due in|round|back|here|visiting|coming(?: in)?)|sits?|"
    rf"visits?|arrives?|comes?|convenes?|is|are|takes place|starts?|closes?|lands?) "
    rf"(?:again )?(?:on )?{_DAY}{_CLOCK}\b{_NO_DATE}"
)
LONG_NAMES: Final = re.compile(rf"\b(?:{'|'.join(NAMES_OF)})\b")
DAY_OF_MEETING: Final = re.compile(  # "for Monday's board", "for our Friday catch-up"
    rf"\b(?P<to>(?:for|to|at|in|before|ahead of) (?:the |our |my |a |an )?){_DAY}(?:'s)? "
    rf"(?=(?:\w+ ){{0,2}}?{_MEETING}\b)"
)
MEETING_OF_DAY: Final = re.compile(  # "explain to the governors on Thursday", "for the meeting tomorrow"
    rf"\b(?P<for>(?:for|to|tell|see|meet|meeting|brief|with) (?:the |our |my |a |an )?(?:\w+ ){{0,2}}?{_HEAD}) "
    rf"(?:on |is on )?{_DAY}{_CLOCK}\b{_NO_DATE}"
)
DEADLINE: Final = re.compile(
    rf"^(?!.*\b(?:forecast\w*|expect\w*|predict\w*|will)\b)(?P<need>.*\b(?:i|we|he|she|they|it's|due|send|sent|asap|"
    rf"please|ready|{_HEAD})\b[^.?;]*?),? by {_DEADLINE}(?: at the latest| latest)?(?=\s*(?:[,.;:?!-]|$| please| if))"
)
THEIR_FIELD: Final = re.compile(  # "the energy manager", "our carbon and energy team"
    rf"\b(?:{_UNIT}(?: (?:and|&) {_UNIT})? |(?:facilities|sustainability|estates) (?:and|&) {_UNIT} )(?={_TEAM}\b)"
)
_OF_TIME: Final = r"(?:annual|yearly|half-yearly|monthly|weekly|quarterly|daily|year-end|month-end)"
THEIR_PAPER: Final = re.compile(  # "for our monthly carbon report": neither the month nor the carbon is asked
    rf"\b(?P<for>(?:for|into) (?:the|our|my|a|an|this|their|his|her) (?:(?!(?:{_OF_TIME}|{_UNIT})\b)\w+ )?)"
    rf"(?:{_OF_TIME} )?(?:{_UNIT} )?(?:(?:and|&) {_UNIT} )?(?={_HEAD}\b)"
)
NAMES_MEASURE: Final = re.compile(rf"\b(?:{_UNIT}|kwh|mwh|kw|co2e?|peak|baseload|load)\b")


def _without_their_paper(text: str) -> str:
    """Leave out of what kind a paper is, where what is asked is named besides."""
    bare = THEIR_PAPER.sub(r"\g<for>", text)
    return bare if NAMES_MEASURE.search(bare) else text


def _is_doing(match: re.Match[str]) -> str:
    """Read "my flatmate's doing" as 'is doing', and leave "the library's heating" alone."""
    return f"{match['who']} is " if match["who"] in PEOPLE else match.group(0)


def without_set_phrases(text: str) -> str:
    """Return a lower-case text without its set phrases, and with long names of schemes and standards said short.

    >>> without_set_phrases("no rush: b4's total for monday's board")
    ": b4's total for board"
    """
    text = LEADING_TO.sub("for", PHRASES.sub(" ", IS_DOING.sub(_is_doing, text)))
    text = ISO.sub("iso", LONG_NAMES.sub("secr", text))
    text = THOSE_TOLD.sub(r"\g<to> team", text)
    text = ASKERS.sub(r"\g<who> team", PHASE.sub(r"\g<s>", text))
    text = ASKED_WHEN.sub(r"\g<ask>", text)
    text = MEETS.sub(r"\g<who> is", text)
    text = MEETING_OF_DAY.sub(r"\g<for>", DAY_OF_MEETING.sub(r"\g<to>", text))
    text = DEADLINE.sub(r"\g<need>", text)
    text = _without_their_paper(THEIR_FIELD.sub("", text))
    return re.sub(r"  +", " ", text).strip(" ,")
