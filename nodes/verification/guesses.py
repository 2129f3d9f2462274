"""Tell what a sentence only supposes or advises from what it states.

"The drop may come from milder weather" states the drop and supposes its cause. What is supposed may be said in any
words; its numbers, names and times are judged all the same.
"""

import re

from nodes.verification.signals import DOWN, UP

CHECKED = (
    "analy[sz]e|ask|assess|audit|check|compare|confirm|consider|determine|discuss|evaluate|examine|explore|find|identify|"
    "inspect|investigate|look|monitor|review|study|track|understand|verify"
)
ADVISED = CHECKED + (
    "|adjust|ensure|focus|install|keep|make|optimi[sz]e|plan|prioriti[sz]e|reduce|schedule|see|start|switch|try|turn|"
    "upgrade|walk"
)
HEDGE = re.compile(
    r"\b(?:(?<!^)may|might|could|can|should|possibly|perhaps|probably|likely|potentially|potential|possible|"
    r"suggest(?:s|ing)?|seems?|appears?|whether|worth|recommend(?:ed|s)?|consider(?:ing)?|advisable|"
    r"would (?:be (?:worth|useful|helpful|good|wise|sensible)|help)|needs? to|(?:important|useful|helpful|sensible) to|"
    rf"(?:is|be|want|wants|like|how|what|order|manager) to (?=\w+)|to (?:{ADVISED})|"
    r"(?:deserves?|warrants?|merits?|requires?|calls? for|needs?)"
    r"(?= (?:an?|further|some|more|closer|attention|investigation|explanation|checking|review)\b))\b"
)
OPENING = r"(?:please |next,? |first,? |then,? |also |finally,? |secondly,? |so )*"
IMPERATIVE = re.compile(rf"(?:^\W*|[;:,.]\s*(?:and |or )?){OPENING}(?:{ADVISED})\b")
END = re.compile(
    r"[;:?!]|(?<!\d)\.|\.(?!\d)|,? \b(?:but|while|whereas|since|given)\b"
    r"|,? (?<!be )(?<!be partly )(?<!possibly )(?<!perhaps )(?<!probably )(?<!likely )\bbecause\b"
    r"|, (?:which|so|it|this|they|there|has|have|had|is|are|was|were|used|uses|draws|drew)\b|,(?=  )"
    r"|(?<!such)(?<!same) as (?=(?:it|this|that|the|its|use|consumption|electricity)\b|  )"
    r"| and (?=(?:it|this|use|consumption)\b|  )"
)
CUT = re.compile(r"[;:,.?!]|\b(?:but|while|whereas|because|since|so|and)\b")
MAX_SUPPOSED = 6  # words
VERB = "is|are|was|were|has|have|had|did|which|who"
STATED = re.compile(
    rf"\d|\b(?:{VERB}|the|this|that(?! \w+s\b)|these|those|its?|their|they|there|not|no|use|used|uses|usage|"
    rf"consumption|electricity|gas|demand|load|costs?|emissions|peak|{UP}|{DOWN})\b"
)
DOING = re.compile(rf"^\s*(?!during|according|including|following|being)[a-z]+ing\b(?!.*(?:\d|\b(?:{VERB})\b))")
ACTED = re.compile(r"\w\s+\w+ed\b")
SAYS = re.compile(r"\s*(?!(?:and|or|with|in|for|at|on|during|by|from|to|of)\b)[a-z]")  # a name that is a subject
FACT_FOLLOWS = re.compile(r"\b(?:is|are|was|were) that\b")
POSSIBLE = re.compile(r"(?:possible|possibly|likely|probable|potential|could|may|might)\b[^,;]{0,35}$")
QUESTION = re.compile(
    r"^\W*(?:is|are|was|were|did|does|do|has|have|had|could|can|might|may|should|would|what|which|why|how|where|when)\b"
    r".*\?\W*$"
)


def guesses_in(text: str, places: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Return the stretches [start, end) of a lower-case text that suppose, advise or ask.

    `places` are the positions of names, which stand blanked: a name right behind 'and' begins another statement.
    """
    if QUESTION.match(text):
        return ((0, len(text)),)
    starts = sorted({m.start() for m in HEDGE.finditer(text)} | {m.start() for m in IMPERATIVE.finditer(text)})
    found: list[tuple[int, int]] = []
    for start in starts:
        if not found or start >= found[-1][1]:
            lead = max([found[-1][1] if found else 0, *(m.end() for m in CUT.finditer(text, 0, start))])
            found.append((lead if _is_supposed(text[lead:start]) else start, _end(text, start, places)))
    return tuple(found)


def _is_supposed(lead: str) -> bool:
    """Tell whether what stands before 'may' or 'could' is itself supposed: 'milder weather', 'sealing a window'."""
    if not 0 < len(lead.split()) <= MAX_SUPPOSED or "  " in lead.strip():
        return False
    return bool(DOING.match(lead)) or not (STATED.search(lead) or ACTED.search(lead))


def _end(text: str, start: int, places: tuple[int, ...]) -> int:
    """Return where a guess ends: where another statement begins."""
    facts = [m.start() for m in FACT_FOLLOWS.finditer(text, start) if not POSSIBLE.search(text[: m.start()])]
    return min([*facts, _clause_end(text, start, places)])


def _clause_end(text: str, start: int, places: tuple[int, ...]) -> int:
    for match in END.finditer(text, start + 1):
        if not match.group(0).endswith((" as ", " and ", ",")) or text[match.end() : match.end() + 2].strip():
            return match.start()
        if any(match.end() <= at <= match.end() + 4 for at in places) and SAYS.match(text, match.end()):
            return match.start()
    return len(text)
