"""What the analyst is told: its task, then the facts, then the question. The parts that repeat come first.

The order is stable so that a server can reuse the longest prefix. Facts are written in the words that the reader
sees. What people and files wrote is data between marks, and the marks cannot be forged in it.
"""

import re
from collections.abc import Sequence

from tools.evidence import Evidence
from tools.readings import Inventory
from tools.wording import HOURS_WORDS, amount, local_hour, place, timezone_of, when

MAX_FACTS = 12
MAX_RECALLED_CHARS = 600
TASK = (
    "You are an energy engineer. Explain the facts to a building manager in two to four short plain sentences: "
    "what stands out, a likely reason, and one thing to check. Use only numbers that stand in the facts, with their "
    "units, exactly as written. Do not calculate. Do not invent numbers, dates, buildings or causes. No lists, no headings."
)


def messages(question: str, evidence: Sequence[Evidence], recalled: Sequence[str], inventory: Inventory) -> list[tuple[str, str]]:
    """Return the messages of one attempt."""
    lines = [fact_line(e, inventory) for e in evidence[:MAX_FACTS]]
    if len(evidence) > MAX_FACTS:
        lines.append(f"- ({len(evidence) - MAX_FACTS} further facts are left out here)")
    parts = ["<facts>", *lines, "</facts>"]
    if recalled:
        earlier = " ".join(recalled)[:MAX_RECALLED_CHARS]
        parts += ["<earlier>", defused(earlier), "</earlier>"]
    parts += ["<question>", defused(question), "</question>", "Explain the facts now."]
    return [("system", TASK), ("user", "\n".join(parts))]


def fact_line(evidence: Evidence, inventory: Inventory) -> str:
    """Write one fact with its caveats: a fault travels with its number."""
    query = evidence.query
    if evidence.name.endswith(" hour"):
        return f"- that was in the hour from {local_hour(evidence.period.start, timezone_of(evidence.buildings, inventory))}"
    time = f"in {evidence.group}" if evidence.group else when(query)
    if evidence.name.endswith("reference") and query.against_period:
        time = f"in {query.against_period.words}"
    kind = "change" if "difference" in evidence.name or "change" in evidence.name else ""
    against = f" against {query.against_period.words}" if kind and query.against_period else ""
    what = evidence.name.split(",")[0] + (f", {kind}{against}" if kind else "")
    line = f"- {place(evidence.buildings, inventory)}, {what}{HOURS_WORDS[query.hours] if not kind else ''} {time}: {signed(evidence, kind)}"
    return line + "".join(f" [{c}]" for c in evidence.caveats)


def signed(evidence: Evidence, kind: str) -> str:
    """Write a value; a change says its direction in a word, which small models copy better than a sign."""
    if not kind:
        return amount(evidence.value, evidence.unit)
    return f"{amount(abs(evidence.value), evidence.unit)} {'more' if evidence.value > 0 else 'less'}"


def defused(text: str) -> str:
    """Return a text that cannot close or open the marks around it."""
    return re.sub(r"[<>]", " ", text)
