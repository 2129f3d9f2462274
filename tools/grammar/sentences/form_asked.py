"""Wishes for the form of an answer, which ask for no other figure: "in three lines", "no chart", "a percentage".

A clause is such a wish where every word of it is one of form: a carrier of figures, its parts, how short it is to be,
how it is rounded, that something is enough. One other word, as in "just the east wing", and the clause is left to be
read. A unit in it stays where figures can be told in it ("in MWh, please"); where it is only said to be enough and
names what cannot be chosen ("grams per kWh is fine"), the answer tells its own.
"""

import re
from typing import Final

from tools.grammar.clean import words
from tools.grammar.units import UNITS

CARRIERS: Final = frozenset(
    """
    table tables chart charts graph graphs plot plots list lists bullet bullets bulleted point points line lines row
    rows column columns cell cells sentence sentences word words paragraph paragraphs page pages number numbers figure
    figures digit digits decimal decimals integer integers dp sf csv json excel spreadsheet sheet markdown html pdf text
    prose answer answers reply result results value values summary breakdown headline one-liner one-word two-line
    wording slide caption picture diagram visual visuals snippet paste format layout order english terms working
    workings maths math explanation detail details caveat caveats jargon waffle essay preamble fluff padding small-print
    commentary background context fuss frills blurb lecture apology apologies story
    """.split()
)
SAYS_HOW: Final = frozenset(
    """
    in as on to with without no not any a an the just only simply it that this them those me us please pls thanks thank
    you ta kindly and or for if by of nothing else more than is are be would will do does fine ok okay alright enough
    great good nice lovely ideal perfect best better welcome handy useful suffice suffices sufficient works work keep
    make give show put say tell write present lay set spare skip drop leave need needed want wanted bother don't dont
    i'd id like i don't we us have short brief simple plain snappy concise crisp tidy neat clean small big quick rough
    compact long detailed full bare raw clear layman's laymans round rounded whole nearest significant places place
    oldest first chronological order per each every single one two three four five six ten couple few hundred thousand
    million can could ready copy easy read fancy up down out possible my your own at all too much there required about
    must should ought shall rather prefer preferably either way happy content
    """.split()
)
STYLE: Final = frozenset(
    "short brief simple plain snappy concise crisp tidy neat fancy compact oldest chronological round rounded whole "
    "layman's laymans".split()
)
PER_CENT: Final = frozenset("percent percentage percentages %".split())
_UNIT_WORDS: Final = frozenset(w for unit in UNITS for w in words(unit)) | frozenset(
    "per cent square m2 sqm unit units metric imperial si kilos grammes kilogrammes pence hour metres meters feet foot "
    "metre meter sq ft gram gramme".split()
)
_N: Final = r"(?:an?|one|two|three|four|five|six|seven|eight|ten|a couple of|a few|\d{1,2})"
_THING: Final = (
    r"(?:lines?|sentences?|words?|bullets?(?: points?)?|paragraphs?|pages?|rows?|columns?|slides?|figures|digits|"
    r"(?:decimals?|decimal|significant)(?: (?:places?|points?|figures?|digits))?|d\.?p\.?|s\.?f\.?)"
)
INSIDE: Final = re.compile(  # "in three lines", "to one decimal place", "rounded to the nearest thousand"
    rf",?\s*\b(?:in|to|with|on|using|as) {_N}(?: (?:or|to|and) {_N})? (?:short |plain |simple |small )?{_THING}"
    rf"(?: or (?:two|so|three))?(?!\w)"
    r"|,?\s*\b(?:rounded|round(?:ing)?)(?: (?:it|them|that|up|down|off))? to (?:the )?(?:nearest )?(?:whole number|"
    r"unit|"
    r"integer|ten|hundred|thousand|million|1,?000|100|10|kwh|mwh|percent|per cent|%|pound|penny|tonne|kilo)s?\b"
    r"|,?\s*(?:and )?\b(?:nothing (?:else|more)|that'?s (?:it|all)|no more,? no less)\W*$"
    r"|,?\s*\b(?:to|in) (?:the nearest|nearest) (?:whole number|ten|hundred|thousand|million|1,?000|100|10)\b"
    r"|,?\s*\bin (?:plain|simple|layman'?s|everyday) (?:english|terms|words|language)\b"
    r"|,?\s*\b(?:as|in) (?:an? )(?:small|short|simple|plain|quick|neat|tidy|compact|little|basic|nice|two-column) "
    r"(?=(?:tables?|lists?|charts?|graphs?|plots?)\b)"
)
ALL_OF_THEM: Final = re.compile(  # as many as a day, week or year has of its parts; a carrier of a list, no choice
    r",?\s*\b(?:all|each|every one) (?:of the |of )?(?:the )?(?:24|twenty-four|12|twelve|7|seven|4|four|28|29|30|31|52|"
    r"365|366)(?: (?:of them|hours|months|days|weeks|quarters|values|readings|rows|figures|numbers|points))?"
    r"(?=(?:,? (?:please|pls|thanks))?\W*$)"
)
PICKS: Final = re.compile(
    r"\b(?:first|last|top|best|worst) (?:few|couple|two|three|four|five|six|seven|eight|nine|ten|\d+)\b"
)
"""How many of a list are wanted is no form: 'the first ten rows'."""
GRANTED: Final = re.compile(r"\b(?:fine|ok|okay|enough|will do|suffices?|works?|good|alright)\b")
ASKS: Final = re.compile(r"(?:what|how|which)\b")
FENCE: Final = re.compile(r"\s*(?:,| - |\(|;|:(?!\d))\s*(?:and |but )?(?=\w)")


def is_of_form(clause: str) -> bool:
    """Tell whether a lower-case clause says only how the answer is to look."""
    found = words(clause)
    if PICKS.search(clause):
        return False
    return (_has_core(found) or any(w in PER_CENT or w in _UNIT_WORDS for w in found)) and all(map(_of_form, found))


def _has_core(found: list[str]) -> bool:
    return any(w in CARRIERS or w in STYLE for w in found)


def _of_form(word: str) -> bool:
    return word in CARRIERS or word in SAYS_HOW or word in PER_CENT or word in _UNIT_WORDS or word in {"1", "2", "3"}


def without_form(text: str) -> str:
    """Return a lower-case sentence without its wishes for form, a unit kept; empty where it is nothing else."""
    if is_of_form(text) and not ASKS.match(text):
        return ""
    text = ALL_OF_THEM.sub("", INSIDE.sub(" ", text))
    while fences := list(FENCE.finditer(text)):
        clause = text[fences[-1].end() :]
        if not _drops(clause):
            break
        text = text[: fences[-1].start()] + wished_unit(clause)
        if wished_unit(clause):
            break
    return re.sub(r"\s+", " ", text).strip(" ,")


def _drops(clause: str) -> bool:
    """Tell whether a clause behind a fence is of form; a unit alone is left to the sentence: '(kWh)'."""
    return is_of_form(clause) and (_has_core(words(clause)) or bool(GRANTED.search(clause)))


def wished_unit(clause: str) -> str:
    """Return the unit that a wish for form asks for, as ', in mwh', or nothing where it leaves the unit open."""
    plain = " ".join(words(clause))
    if "%" in clause or set(plain.split()) & PER_CENT or "per cent" in plain:
        return ", in percent"
    said = [u for u in UNITS if len(u) > 1 and re.search(rf"(?<![\w/]){re.escape(u)}(?! per\b|/)(?!\w)", clause)]
    return f", in {max(said, key=len)}" if said and not GRANTED.search(clause) else ""
