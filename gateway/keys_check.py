"""`eaio keys check`: which keys there are, told by their places and fingerprints, and what is wrong with the places."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from config.settings import Settings
from gateway.exits import ANSWERED, NO_DATA, REFUSED
from gateway.grid import Grid
from gateway.json_out import write_json
from gateway.screen import open_screen
from models.key_sources import PROVIDERS, Provider, sources_of
from models.keys import Key, KeyRing

STATUS = {ANSWERED: "answered", REFUSED: "clarify", NO_DATA: "no_data"}
COLUMNS = ("provider", "key", "from", "fingerprint")
NONE = "No keys: cloud models cannot be asked. Set OPENAI_API_KEY, DEEPSEEK_API_KEY or GOOGLE_API_KEY, or the same"
PLACES = "name with _FILE for a file of keys, or EAIO_SECRETS_DIR for a folder of such files."


@dataclass(frozen=True, slots=True)
class Found:
    """What there is of one provider."""

    provider: Provider
    variable: str
    keys: Sequence[Key]
    faults: Sequence[str]
    warnings: Sequence[str]


def check(options: Namespace) -> int:
    """Print what was found; return 0, or 2 where a place named by the settings is wrong, 3 where there is no key."""
    settings = Settings()
    found = [_found(settings, provider) for provider in PROVIDERS]
    code = _code(found)
    if options.json:
        write_json(options, {"status": STATUS[code], "providers": [_as_json(provider) for provider in found]})
    else:
        _show(found)
    return code


def _found(settings: Settings, provider: Provider) -> Found:
    sources = sources_of(settings, provider)
    ring = KeyRing(sources, tell=False)
    return Found(provider, sources.variable, ring.keys, ring.faults, ring.warnings)


def _code(found: Sequence[Found]) -> int:
    if any(provider.faults for provider in found):
        return REFUSED
    return ANSWERED if any(provider.keys for provider in found) else NO_DATA


def _as_json(found: Found) -> dict[str, Any]:
    keys = [{"number": k.number, "source": k.source, "fingerprint": k.fingerprint} for k in found.keys]
    told = {"faults": list(found.faults), "warnings": list(found.warnings)}
    return {"provider": found.provider, "variable": found.variable, "keys": keys} | told


def _show(found: Sequence[Found]) -> None:
    screen = open_screen()
    rows = [(p.provider, f"{k.number} of {k.of}", k.source, k.fingerprint) for p in found for k in p.keys]
    if rows:
        screen.grid(Grid(COLUMNS, rows))
    else:
        screen.say(f"{NONE} {PLACES}")
    for words in dict.fromkeys(words for p in found for words in p.faults):
        screen.say(f"To be mended: {words}.", "bold red")
    for words in dict.fromkeys(words for p in found for words in p.warnings):
        screen.say(f"Take care: {words}.", "yellow")
