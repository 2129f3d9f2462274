"""Whether a word that is neither of people nor of papers changes nothing: by its category, else by its neighbours.

What judges or sizes a figure is harmless anywhere. A verb is, where a verb stands; a thing that measures or shows is,
unless it is counted, cut by, or stands right before a word of the field, which it then narrows ("server load").
"""

import re
from itertools import pairwise
from typing import Final

from tools.grammar.words.directions import DOWN, DOWN_LONG, UP, UP_LONG
from tools.grammar.words.doings import ALSO_NOUNS, ONLY_VERBS
from tools.grammar.words.feelings import FEELINGS
from tools.grammar.words.figures import CARRIERS, FIGURES, WHOLE
from tools.grammar.words.filler import bases, is_filler
from tools.grammar.words.noun_phrase import NAME, around, tokens_of
from tools.grammar.words.phrase_ends import AUXILIARIES, DETERMINERS, ENDS_A_PHRASE, FIELD, OPENS_A_CLAUSE

COUNTED: Final = frozenset("per by each every many which what without except only".split())
CUT_BY: Final = frozenset("per each every without except only".split())
THINGS: Final = frozenset("pressure temperature number numbers id ids serial cable battery wire room fault".split())
SIZES: Final = frozenset(f"{UP} {UP_LONG} {DOWN} {DOWN_LONG}".split())
JUDGING: Final = re.compile(r"^\w{3,}(?:ful|some|ous|tastic)$")  # wondrous, woeful, worrisome, fantabulous
PHYSICAL: Final = frozenset(  # words of these endings that tell a kind and judge nothing
    """
    previous continuous various numerous gaseous luminous porous aqueous viscous fibrous nitrous ferrous bituminous
    simultaneous synchronous asynchronous autonomous contiguous anomalous homogeneous heterogeneous indigenous igneous
    religious hazardous dangerous poisonous infectious deciduous instantaneous spontaneous unanimous intravenous
    useful chromosome handsome lawful unlawful harmful analogous erroneous extraneous miscellaneous subcutaneous
    """.split()
)
_BEFORE_A_VERB: Final = AUXILIARIES | frozenset(
    """
    to and i we they it that please just you kindly pls always normally usually typically ever actually really also
    tends tended us me then id im ill ive were weve wed well lets hows whats
    """.split()
)
_BEFORE_A_NOUN: Final = DETERMINERS | frozenset("of for with from by per in at on".split())
_PARTICLES: Final = frozenset("up out through off down away over along around at to us me".split())
_BEHIND_A_VERB: Final = _PARTICLES | ENDS_A_PHRASE | DETERMINERS | OPENS_A_CLAUSE | {NAME}


def is_harmless_word(word: str, known: frozenset[str], said: str) -> bool:
    """Tell whether a word changes nothing; `known` are further harmless words, `said` has its names blanked."""
    if _is_of(word, FEELINGS) or word in SIZES or (JUDGING.match(word) and word not in PHYSICAL):
        return True
    if is_filler(word, known):
        return not (word.endswith("ing") and _is_compound(word, said) and not _is_verb(word, said))
    if _is_of(word, CARRIERS):
        return not (_is_counted(word, said, COUNTED) or _is_compound(word, said) or _is_whose(word, said))
    if _is_of(word, FIGURES):
        return not _is_counted(word, said, CUT_BY)
    if _is_of(word, ONLY_VERBS) and not (_is_compound(word, said) or _is_named(word, said)):
        return True
    return (_is_of(word, ALSO_NOUNS) or _is_of(word, ONLY_VERBS)) and _is_verb(word, said)


def _is_of(word: str, listed: frozenset[str]) -> bool:
    return word in listed or any(base in listed for base in bases(word))


def _is_counted(word: str, said: str, cuts: frozenset[str]) -> bool:
    """Tell whether things are counted or cut by, or a thing's own quantity is asked: 'per meter', 'gauge pressure'."""
    tokens = tokens_of(said)
    numbered = (i for i, two in enumerate(pairwise(tokens)) if two in (("number", "of"), ("count", "of")))
    if any(word in tokens[i + 2 : i + 4] for i in numbered):
        return True
    return any(before in cuts or behind in THINGS for before, behind in around(word, said))


def _is_compound(word: str, said: str) -> bool:
    """Tell whether a word stands right before a word of the field, which it then narrows: 'server load'."""
    return word not in WHOLE and any(behind in FIELD for _, behind in around(word, said))


def _is_named(word: str, said: str) -> bool:
    """Tell whether a word stands where a noun does: 'electricity of the phones', 'electricity from wind'."""
    return not word.endswith("ing") and any(before in _BEFORE_A_NOUN for before, _ in around(word, said))


def _is_whose(word: str, said: str) -> bool:
    """Tell whether the figure is of the thing itself: 'the electricity of the logger', and not its reading."""
    tokens = ("", "", *(t for t in tokens_of(said) if t not in DETERMINERS))
    return any(
        tokens[i - 1] in ("of", "for") and not _is_of(tokens[i - 2], FIGURES) for i, t in enumerate(tokens) if t == word
    )


def _is_verb(word: str, said: str) -> bool:
    """Tell whether a word that may be a noun stands where a verb does, each time."""
    return all(
        (before in _BEFORE_A_VERB or (before in OPENS_A_CLAUSE | {NAME} and behind not in FIELD))
        and behind in _BEHIND_A_VERB
        for before, behind in around(word, said)
    )
