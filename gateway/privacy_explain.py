"""`eaio privacy explain`: what would become of a text bound for a destination, and why. Nothing is sent or kept."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from config.settings import Settings
from gateway.errors import BadUsage
from gateway.exits import ANSWERED
from gateway.grid import Grid
from gateway.json_out import write_json
from gateway.screen import Screen, open_screen

if TYPE_CHECKING:
    from privacy.policy import Destination, Policy
    from privacy.preview import Preview

SOURCE = "question"
CONVERSATION = "explain"


def explain(options: Namespace) -> int:
    """Print the spans, the labels, the rule that decided, and the exact text that would be sent; return 0.

    The pseudonyms are those of a conversation of its own: other codes each time.
    """
    text = sys.stdin.read() if options.text == "-" else options.text
    found, policy = decide(text, options.to, Settings())
    if options.json:
        write_json(options, as_json(text, found, policy.destinations[options.to]))
    else:
        _print(open_screen(), text, found, policy.destinations[options.to])
    return ANSWERED


def decide(text: str, to: str, settings: Settings) -> tuple["Preview", "Policy"]:
    """Return the decision on a text, as the gate would make it for a question, and the policy it was made under.

    Raises `PolicyError` where the policy's file is broken, and `BadUsage` for a destination that it does not name.
    """
    from gateway.quick_start import importing_much

    with importing_much():
        from privacy.labels import Label
        from privacy.names.snapshot import known, models_folder
        from privacy.pieces import Message, Outgoing, Piece
        from privacy.policy.file import SHIPPED, load_policy
        from privacy.preview import preview
        from privacy.pseudonyms import Pseudonyms
        from privacy.scanner import Scanner

        policy = load_policy(settings.privacy_policy or SHIPPED)
        if to not in policy.destinations:
            raise BadUsage(f"the policy names no {to!r}; it names {', '.join(policy.destinations)}")
        scanner = Scanner(known(settings.home), policy.types, policy.combinations, cache=models_folder(settings.home))
        asked = Outgoing((Message("user", (Piece(text, SOURCE),)),), Label.PUBLIC, to, CONVERSATION)
        return preview(asked, policy, scanner.scan, Pseudonyms(CONVERSATION, "local"), lambda _: None), policy


def as_json(text: str, found: "Preview", to: "Destination") -> dict[str, Any]:
    """Return the decision as plain JSON."""
    return {
        "to": to.name,
        "decision": found.rule.action if found.allowed else "deny",
        "label": found.label.name,
        "rule": found.rule.name,
        "reason": found.reason,
        "provenance": {"source": SOURCE, "label": found.provenance.name},
        "spans": [
            {"start": s.start, "end": s.end, "text": text[s.start : s.end], "type": s.type, "label": s.label.name}
            for spans in found.found
            for s in spans
        ],
        "sent": [content for _, content in found.sent],
        "faults": list(found.faults),
        "policy": found.policy_hash,
        "residency": to.residency,
        "retention": to.retention,
    }


def _print(screen: Screen, text: str, found: "Preview", to: "Destination") -> None:
    rows = [(text[s.start : s.end], s.type, s.label.name, s.by) for spans in found.found for s in spans]
    if rows:
        screen.grid(Grid(("found", "type", "label", "by"), rows, wide=frozenset({"found"})))
    else:
        screen.say("nothing sensitive was found in the text")
    screen.say(f"label     {found.label.name} (a {SOURCE} is {found.provenance.name} by where it comes from)")
    screen.say(f"rule      {found.rule.name}: {found.rule.action}")
    screen.say(f"decision  {found.reason}", "bold")
    screen.say(f"sent to {to.name}:" if found.allowed else f"nothing is sent to {to.name}")
    for _, content in found.sent:
        screen.say(content)
    screen.say(f"{to.residency}; kept: {to.retention}; policy {found.policy_hash}", "dim")
