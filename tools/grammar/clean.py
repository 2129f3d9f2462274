"""The question as the grammar reads it: plain characters, one space between words.

Hostile or careless input ends here. Control and bidirectional marks would let a text look different from what it
says, so they go; compatibility forms (full-width digits, ligatures) become the plain ones.
"""

import re
import unicodedata

from tools.errors import BadQuestion

SPEAKABLE = {
    "\u2019": "'",
    "\u2018": "'",
    "\u02bc": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2013": "-",
    "\u2014": " - ",
    "\u2212": "-",
}
WORD = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*'?")


def clean(question: str, max_chars: int = 4_000) -> str:
    """Return the question in plain characters. Raises `BadQuestion` where nothing is left, or it is too long."""
    if len(question) > max_chars:
        raise BadQuestion(f"the question has {len(question):,} characters; ask in at most {max_chars:,}")
    text = unicodedata.normalize("NFKC", "".join(SPEAKABLE.get(c, c) for c in question))
    text = "".join(_visible(c) for c in text)
    text = re.sub(r"\s+", " ", text).strip()
    if not re.search(r"\w", text):
        raise BadQuestion('the question is empty; ask for example: "How much electricity did b4 use in March 2019?"')
    return text


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Co", "Cs", "Cn") else char


def words(text: str) -> list[str]:
    """Split a cleaned text into lower-case words; an apostrophe does not make another word: girls' is girls."""
    return [w.lower().replace("'", "") for w in WORD.findall(text)]
