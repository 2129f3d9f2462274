"""The reply to a question that was asked back for a word: 'leave it out', 'ignore that', 'yes, go on'."""

import re
from collections.abc import Iterable
from typing import Final

_OPENS: Final = r"(?:(?:ok(?:ay)?|yes|yeah|yep|yup|sure|fine|alright|well|so|then|just|please|oh)[,.! ]+)*"
_THAT: Final = r"(?:it|them|that|those|these|this|(?:the|that|this|those|these) (?:words?|bits?|parts?|ones?))"
_CLOSES: Final = r"(?:[,.! ]+(?:then|please|pls|thanks?|thank you|and (?:go on|go ahead|answer|carry on|continue)))*"
_LEAVES: Final = (
    rf"(?:leave|drop|skip|ignore|forget|omit|disregard|scrap|remove|strike|cut) {_THAT}(?: (?:out|off|away|about it))?"
    rf"|leave out {_THAT}|without {_THAT}|never mind(?: {_THAT})?|"
    rf"(?:go on|go ahead|carry on|continue|proceed|answer)(?: (?:anyway|all the same|without {_THAT}))?"
)
REPLY: Final = re.compile(rf"^{_OPENS}(?:{_LEAVES}){_CLOSES}[.!]*$|^(?:yes|yeah|yep|sure|ok(?:ay)?|fine)[.!]*$")


def leaves_out(reply: str) -> bool:
    """Tell whether a reply says that the words that were not understood may be left out."""
    return bool(REPLY.match(" ".join(reply.lower().split())))


def without(question: str, words: Iterable[str]) -> str:
    """Return a question without some words, each given in lower case."""
    text = question
    for word in words:
        text = re.sub(rf"(?<![\w-]){re.escape(word)}(?:'s?)?(?![\w-])", " ", text, flags=re.IGNORECASE)
    return " ".join(text.split())
