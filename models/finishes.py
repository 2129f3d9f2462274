"""Why a model stopped, in the words of each protocol, and what of it is an answer.

Only a model that was done, or that was stopped at its longest, has answered. Everything else is an error, however much
text came before it: a text that was broken off must not be taken for a whole one.
"""

from models.errors import ContentFiltered, MalformedAnswer, ModelBusy, ModelError, TruncatedAnswer
from models.statuses import RETRY_AFTER_S
from models.usage import Finish

FINISHES: dict[str, Finish] = {"stop": "stop", "STOP": "stop", "length": "length", "MAX_TOKENS": "length"}

TOOL_CALL = "tool_calls"
TOOLS = {TOOL_CALL, "function_call", "UNEXPECTED_TOOL_CALL", "MALFORMED_FUNCTION_CALL", "TOO_MANY_TOOL_CALLS"}

FILTERED = "content_filter"
FILTERS = {
    FILTERED,
    *("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"),
    *("IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "MODEL_ARMOR", "JAILBREAK"),
}

NO_ROOM = "insufficient_system_resource"
"""DeepSeek's word for an answer that it breaks off because it is overloaded."""


def finish_of(word: str) -> Finish | None:
    """Return how an answer ended, or None where `word` says that it is none: see `fault_of`."""
    return FINISHES.get(word)


def fault_of(word: str, endpoint: str, *, begun: bool) -> ModelError:
    """Return the error of an answer that ended with a word of no good end; `begun` tells whether text has come."""
    if word in FILTERS:
        return ContentFiltered(endpoint, f"its filter stopped the answer ({word})")
    if word in TOOLS:
        return MalformedAnswer(endpoint, f"it calls a tool, and was given none ({word})")
    if word == NO_ROOM and not begun:
        return ModelBusy(endpoint, RETRY_AFTER_S)
    shown = word if word.isascii() and word.isidentifier() and len(word) <= 64 else "a reason that is no word"
    return TruncatedAnswer(endpoint, f"the model stopped for another reason than being done ({shown})")
