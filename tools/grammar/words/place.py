"""Whether a word, by the place where it stands, changes what is asked.

Some words change nothing wherever they stand (see `feelings`, `doings`). Those that name people, papers or
things of measuring narrow a figure in one place and not in another: "for the auditors" tells who reads it, "per
auditor" and "the auditors' electricity" another figure. So of such a word the noun phrase is taken in which it
stands, and what stands before and behind that tells. Five places are harmless: the subject of a remark ("the bursar's
secretary wants to know"), those who are told or asked ("tell my line manager"), what a figure is for ("for the
Henderson tender"), what is being prepared ("drafting our annual report"), and a heading or a form of address. There
a word that no list has is left out and told; everywhere else it is asked back.
"""

from typing import Final, Literal

from tools.grammar.words.contrary import MADE, contrary_verbs, is_contrary, verbs_for_use
from tools.grammar.words.doings import CAUSING
from tools.grammar.words.filler import LOADED, bases
from tools.grammar.words.harmless import is_harmless_word
from tools.grammar.words.noun_phrase import NAME, Phrase, around, phrases
from tools.grammar.words.papers import ALONE, PAPER_WORDS, PAPERS
from tools.grammar.words.people import INSIDERS, PEOPLE, TOLD
from tools.grammar.words.phrase_ends import (
    ANSWERS,
    ASKED_BY,
    ASKS,
    AUXILIARIES,
    ENDS_A_PHRASE,
    FIELD,
    FOR,
    HAPPENS,
    MAKES,
    OPENS_A_CLAUSE,
    TELLS,
)
from tools.grammar.words.remarks_beside import in_remark

Kind = Literal["subject", "told", "purpose", "making", "heading", "address", ""]
QUOTING: Final = frozenset(PAPERS.split()) - frozenset(  # papers with figures of their own, of which is asked
    """
    contract invoice invoicing budget budgets quote quotation bid bids licence license plan plans target targets record
    records estimate table tables register registers
    """.split()
)
ENDS_A_HEADING: Final = frozenset((":", ",", "-", "", "?", ".", "!"))
_FIRST_PERSON: Final = frozenset("i we im ive id ill weve wed".split())
_ITSELF: Final = ("itself", "themselves")  # "how did it conduct itself"
_OF_PURPOSE: Final = ("part", "behalf", "purposes", "context", "sake")


def changes_nothing(word: str, known: frozenset[str], said: str) -> bool:
    """Tell whether a word that no rule used changes nothing.

    `known` are further harmless words, `said` is the lower-case text with its names blanked.
    """
    if word in LOADED or word in contrary_verbs(said):
        return False
    if MADE.search(said) and CAUSING & {word, *bases(word)}:
        return True
    placed = word in PEOPLE or word in PAPER_WORDS or any(b in PEOPLE or b in PAPER_WORDS for b in bases(word))
    found = phrases(word, said) if placed else ()
    return bool(found and all(_is_harmless(word, p) for p in found)) or is_harmless_word(word, known, said)


def only_told(word: str, said: str) -> bool:
    """Tell whether a word that no list has stands where nothing is narrowed, so that it is left out and told."""
    if is_contrary(word) or word in contrary_verbs(said):
        return False
    if word not in LOADED and (word in verbs_for_use(said) or _is_own_doing(word, said)):
        return True
    found = phrases(word, said)
    return in_remark(word, said) or bool(found and all(_is_remark(word, p) for p in found))


def _is_own_doing(word: str, said: str) -> bool:
    """Tell whether a word is what the person or a building does at large: "I'm swotting", 'conduct itself'."""
    doing = word.endswith("ing") and any(f"{who} {word}" in said for who in ("i am", "i was", "we are", "i have been"))
    stood = [before in _FIRST_PERSON or doing or behind in _ITSELF for before, behind in around(word, said)]
    return bool(stood) and all(stood)


def _kind(phrase: Phrase) -> Kind:
    """Tell in which place a noun phrase stands."""
    (second, first), behind, head = phrase.before, phrase.behind[0], phrase.head()
    opens = first in OPENS_A_CLAUSE
    if opens and (behind in ASKS or (head and behind in AUXILIARIES | HAPPENS)):
        return "subject"
    if first in TELLS or (first in ("to", "with", "by", "from", "behalf") and second in ASKED_BY) or _is_self(phrase):
        return "told"
    if first in FOR or (first == "of" and second in _OF_PURPOSE):
        return "purpose"
    if first in MAKES or (first in ("in", "on", "up") and (second in MAKES or _holds_figures(phrase))):
        return "making"
    if opens and behind in ENDS_A_HEADING:
        return "address" if len(phrase.words) == 1 or behind in ("", "?", ".", "!") else "heading"
    return ""


def _is_self(phrase: Phrase) -> bool:
    """Tell whether a phrase says who asks: 'I'm the treasurer', 'as facilities lead I need'."""
    second, first = phrase.before
    if first == "as":
        return phrase.behind[0] in ("i", "we", ",", "id", "im")
    return phrase.head() in PEOPLE and (first == "im" or (second, first) in (("i", "am"), ("we", "are")))


def _holds_figures(phrase: Phrase) -> bool:
    """Tell whether a phrase names a paper that is to quote a figure: 'in my thesis', not 'what is in our contract'."""
    second, first = phrase.before
    quotes = phrase.head() in QUOTING and phrase.words[-1] in QUOTING and phrase.determined
    return quotes and (first == "on" or second not in ("is", "whats", "was", ""))


def _is_harmless(word: str, phrase: Phrase) -> bool:
    """Tell whether a word of people or papers changes nothing in a phrase."""
    head, kind = phrase.head(), _kind(phrase)
    if kind == "subject":
        return True
    if kind == "purpose":
        return _is_purpose(phrase, head)
    if kind == "making":
        return head in PAPER_WORDS
    if kind == "address":
        return word in TOLD or head in PAPER_WORDS
    return kind in ("told", "heading") and bool(head)


def _is_purpose(phrase: Phrase, head: str) -> bool:
    """Tell what a figure is for from whose use is meant: 'for the trustees', and not 'for guests', 'for meetings'."""
    inside = phrase.behind[0] in ("in", "at", "inside", "of") and phrase.behind[1] == NAME
    if inside or phrase.behind[0] in FIELD or head in INSIDERS:
        return False
    if head != phrase.words[-1]:
        return head in ALONE
    bare_plural = not phrase.determined and len(phrase.words) == 1 and head.endswith("s") and head not in ALONE
    return not bare_plural


def _is_remark(word: str, phrase: Phrase) -> bool:
    """Tell whether a phrase is a remark beside the question, whatever its words are."""
    kind, head = _kind(phrase), phrase.head()
    if kind in ("purpose", "making") or (kind == "heading" and head not in PEOPLE):
        return bool(head) and _is_purpose(phrase, head)
    if word in LOADED:
        return False
    if kind == "told":
        asked = phrase.before[1] in ANSWERS and phrase.behind[0] not in ENDS_A_PHRASE - OPENS_A_CLAUSE
        return head in TOLD or asked
    if kind == "subject" and phrase.behind[0] in ASKS:
        return True
    return kind in ("subject", "heading", "address") and head in PEOPLE
