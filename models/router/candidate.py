"""An endpoint as the router sees it at one moment."""

from dataclasses import dataclass
from typing import Literal

from models.router.figures import require_figure

FIGURES = (
    "context_tokens", "input_usd", "output_usd", "opens_again_in_s", "slots", "in_flight", "waiting", "queue", "wait_s",
    "ttft_s", "total_s",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """One endpoint, what it can do and how it is; plain values, so that a receipt holds all of it."""

    id: str
    name: str
    """In the routing document; endpoints of one name are one model at several hosts."""
    place: Literal["ollama", "embedded", "cloud"]
    local: bool
    """Whether its address is proven to be on this machine or in this network."""
    context_tokens: int
    capabilities: tuple[str, ...] = ("chat", "form")
    region: str = ""
    """Where a cloud works on what it is sent, as the document says; nothing where nobody knows."""
    quality: float | None = None
    """Percent of a public measure; None where nobody knows."""
    input_usd: float = 0.0
    """US dollars for a million tokens of the prompt."""
    output_usd: float = 0.0
    price_version: str = ""
    """Where the price is from; nothing for what costs nothing."""
    price_known: bool = True
    """False where the dearest price stands in for one that nobody knows."""
    outside: str = ""
    """Why the environment or the settings leave it out, in words; nothing where they do not."""
    unusable: str = ""
    """Why no call can succeed: no key, a model that is missing, with the remedy; nothing where one may."""
    max_label: str | None = None
    """Name of the highest label that the policy lets go there; None for a local one, `NONE` where nothing may."""
    breaker: Literal["closed", "open", "half_open"] = "closed"
    opens_again_in_s: float = 0.0
    slots: int = 1
    in_flight: int = 0
    waiting: int = 0
    queue: int = 32
    """Calls that may wait."""
    wait_s: float = 0.0
    """Until a new call has a slot, about."""
    ttft_s: float = 0.0
    """From its slot to the first text, predicted."""
    total_s: float = 0.0
    """From its slot to the end, predicted."""
    measured: bool = False
    """Whether the prediction is made of calls that ended, and not of a guess."""
    note: str = ""
    """What a reader should know of it: that it was not there when the rest was seen; nothing where all is as usual."""

    def __post_init__(self) -> None:
        for name in FIGURES:
            require_figure(self.id, name, getattr(self, name))
        if self.quality is not None:
            require_figure(self.id, "quality", self.quality, 100.0)

    @property
    def away(self) -> bool:
        """Tell whether a call leaves this machine and its network, so that all that guards a cloud counts."""
        return self.place == "cloud" or not self.local
