"""Digits and signs in the place of letters: `H0llybr00k H0u53`, `th3 pl4ce iz 3mpty`.

One word with a digit in it is usually a model or an id. A text is read so where at least two words, or one word in two
places, have digits for letters between letters.
"""

import re
from collections.abc import Iterator

from privacy.disguise.view import Edit
from privacy.names.common_words import likeness

LETTERS = str.maketrans("0134578@$!|+69", "oleastbasiltgg")
AT = r"@(?![\w-]+\.\w)"  # not that of an e-mail address
WORD = re.compile(rf"(?<![\w@$!|+])(?:[A-Za-z0-9$!|+]|{AT})*[A-Za-z](?:[A-Za-z0-9$!|+]|{AT})*(?![\w@$])")
CLEAR = re.compile(rf"[A-Za-z](?:[013457$!|+]|{AT}){{1,3}}(?=[A-Za-z])|(?<![\w.])[34](?=[a-z]{{3}})")
HINT = re.compile(r"[013457$!|+@](?=[A-Za-z013457$!|+@])")  # what every such text holds; looked for much faster
UNIT_OR_MODEL = re.compile(
    r"[A-Z]{1,5}-?\d+[A-Z]{0,3}|\d+(?:st|nd|rd|th|kw|kwh|mw|kva|v|w|a|m2|m3|hz|pm|am|h|s|c|f|k|x|d)|co2|h2o|pm\d+|m[23]"
    r"|[a-z]{1,4}\d+|\d+[a-z]{1,2}\d*",
    re.IGNORECASE,
)
SURE = 2
LEAST_LIKENESS = 0.6
SURE_LIKENESS = 0.9


def leetspeak(text: str) -> Iterator[Edit]:
    """Yield words that read as English with letters for their digits, if the text is written so."""
    if not HINT.search(text) or sum(1 for _ in CLEAR.finditer(text)) < SURE:
        return
    found = [(match, read_leet(match[0])) for match in WORD.finditer(text)]
    changed = [(match, plain) for match, plain in found if plain != match[0]]
    if sum(len(CLEAR.findall(" " + match[0])) for match, _ in changed) >= SURE:
        for match, plain in changed:
            yield Edit(*match.span(), plain)


def read_leet(word: str) -> str:
    """Return a word with letters for its digits; the word itself where that is no likelier to be one."""
    core = word.rstrip("!")
    if core.isalpha():
        return word
    best = max((core.replace("1", one).translate(LETTERS) for one in "il"), key=likeness)
    is_model = UNIT_OR_MODEL.fullmatch(word) and not CLEAR.search(word)
    return best + word[len(core) :] if likeness(best) >= (SURE_LIKENESS if is_model else LEAST_LIKENESS) else word
