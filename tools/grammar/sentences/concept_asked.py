"""What a question of a word asks, in the plain form 'what does x mean': behind a remark, for whom, and with its why.

"My advisor keeps saying 'baseload'. How is that defined, and how does it differ from peak load?" and "for a layman,
what is meant by baseload and why should I care" ask for the word and nothing of a meter.
"""

import re
from typing import Final

_FOR_WHOM: Final = re.compile(
    r"^(?:(?:hey|hi|ok|so|sorry|right|please|just)[ ,]+)*(?:(?:for|to|as|speaking as) (?:an? |the |us )?[a-z -]{3,30}|"
    r"in (?:plain|simple|layman'?s|everyday)(?: [a-z]+)?)[,:] (?=(?:what|how|why|can|could|explain)\b)"
)
_X: Final = r"(?P<x>[a-z][a-z()&-]*(?: [a-z()&-]+){0,3}?)"
DEFINES: Final = re.compile(
    rf"^(?:what (?:does|do) (?:an? |the (?:word|term|phrase) )?{_X} (?:actually |really |even )?(?:mean|stand for)"
    rf"|what(?:'s| is) (?:actually |really )?(?:meant by|the (?:meaning|definition) of)"
    rf" (?:an? |the (?:word|term|phrase) )?{_X.replace('<x>', '<y>')}"
    rf"|what(?:'s| is| are) (?:an? )?{_X.replace('<x>', '<z>')})"
    r"(?P<more>,? (?:and|&) (?:why|how|what for)\b[^\d]*)?$"
)
NOT_A_WORD: Final = re.compile(r"\b(?:the|our|my|its|their|your|this|that|it|they|of|in|at|happening|wrong|up)\b")
OF_THE_WORD: Final = re.compile(  # of a word told before: 'what does he mean by that', 'can you explain the term'
    r"^(?:so |and |but |please |sorry )*(?:how (?:is|are|would you) (?:that|it|this|they|one|those)?\s?"
    r"(?:defined?|explain\w*|"
    r"it|that)?"
    r"|what(?:'s| is| are| does| do| did)? (?:that|it|this|they|those|he|she|the (?:word|term))"
    r"(?: (?:actually|really|even))?(?: means?(?: by (?:that|it|this))?| is| are| stands? for)?"
    r"|(?:(?:can|could|would) (?:you|someone) )?(?:please )?(?:explain|define|describe|clarify)"
    r" (?:it|that|this|them|the (?:term|word|phrase|concept|idea))(?: (?:to|for) me)?)"
    r"(?P<more>,? (?:and|&) (?:why|how|what)\b[^\d]*)?$"
)
_SAYS: Final = (
    r"(?:keeps? (?:saying|mentioning|using|talking about|banging on about|going on about|bringing up)|talks? about|"
    r"talked about|mention(?:s|ed)|uses?|used|says?|said|brought up|wrote|writes|refers? to|referred to|"
    r"going on about)"
)
QUOTED: Final = re.compile(r"['\"](?P<x>[a-z][a-z ()&-]{1,30})['\"]")
SAID: Final = re.compile(
    rf"\b{_SAYS} (?:(?:the|an?) (?:word|term|phrase|idea|concept)(?: of)? )?{_X}(?: (?:all the time|a lot|constantly|"
    r"every (?:day|week|meeting)|yesterday|today|in (?:the|our|my|every) \w+))?$"
)


def concept_asked(sentences: list[str]) -> str:
    """Return the plain form of a question of a word, given its lower-case sentences, or nothing.

    >>> concept_asked(["my advisor keeps saying 'baseload'", "how is that defined"])
    'what does baseload mean'
    """
    if not sentences:
        return ""
    asked = _FOR_WHOM.sub("", sentences[-1])
    if len(sentences) == 1:
        match = DEFINES.match(asked)
        word = match and (match["x"] or match["y"] or match["z"])
        wanted = match and (match["more"] or asked != sentences[-1])
        return f"what does {word} mean" if word and wanted and not NOT_A_WORD.search(word) else ""
    told = sentences[-2]
    said = QUOTED.search(told) or SAID.search(told)
    if len(sentences) == 2 and said and OF_THE_WORD.match(asked):
        return f"what does {said['x'].strip()} mean"
    return ""
