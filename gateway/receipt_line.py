"""One line about an answer: how sensitive, who explained it or why nobody did, what it took, how to check it."""

from collections.abc import Mapping
from typing import Any

from gateway.safe_text import shortened

Answer = Mapping[str, Any]

REASON_CHARS = 120


def receipt_line(answer: Answer) -> str:
    """Return the receipt of an answer on one line."""
    facts = answer["evidence"]
    parts = [answer["receipt"]["label"], _who(answer), _tokens(answer), _seconds(answer)]
    if facts:
        parts += [f"coverage {100 * facts[0]['coverage']:.1f} %", f"`eaio evidence {facts[0]['id']}`"]
    return " · ".join(filter(None, parts))


def _who(answer: Answer) -> str:
    receipt, verified = answer["receipt"], answer["verification"]
    chosen = receipt.get("chosen")
    if chosen is None:
        return "not explained"
    if before := receipt.get("cached"):
        return f"answered at {before['at'][:16]}Z, and its data have not changed since"
    if chosen == "cache":
        return "explained before, from the cache"
    if chosen == "report":
        begun = [a["endpoint"] for a in receipt.get("attempts", []) if a.get("kept")]
        by = f"begun by {' and '.join(begun)}, completed by rule" if begun else "report by rule, no model"
        return f"{by}: {_why_not(receipt)}"
    dropped = verified["checked"] - verified["kept"]
    stopped = ", stopped at its longest" if receipt["attempts"][-1].get("stopped") else ""
    held = f", {dropped} of {verified['checked']} sentences held back" if dropped else ""
    return f"explained by {chosen}{stopped}{held}"


def _why_not(receipt: Mapping[str, Any]) -> str:
    """Return why the last model that was asked did not explain."""
    tried = [a for a in receipt.get("attempts", []) if a["outcome"] != "verified"]
    return shortened(
        f"{tried[-1]['endpoint']}: {tried[-1]['reason']}" if tried else receipt.get("reason") or "none was asked",
        REASON_CHARS,
    )


def _tokens(answer: Answer) -> str:
    usage = answer["usage"]
    if not usage["tokens_in"] + usage["tokens_out"]:
        return ""
    return f"{'about ' if usage['estimated'] else ''}{usage['tokens_in']:,} + {usage['tokens_out']:,} tokens"


def _seconds(answer: Answer) -> str:
    total = answer["timings_ms"].get("total")
    return f"{total / 1000:.1f} s" if total is not None else ""
