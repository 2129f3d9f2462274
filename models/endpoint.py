"""One model at one place."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from models.errors import ModelError
from models.price import Price
from models.roles import Role

Place = Literal["ollama", "embedded", "cloud"]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One model at one place, for one role. What a receipt shows of it are plain values."""

    id: str
    """Unique and readable: `ollama:qwen2.5:7b`."""
    role: Role
    place: Place
    model: str
    """The name that its server knows it by."""
    base_url: str | None
    """Where it is asked; None for the embedded model, whose server is started when it is first asked."""
    context_tokens: int
    """Prompt and answer together, pinned for every call, tokens."""
    name: str = ""
    """Its name in the routing document; endpoints of one name are one model at several hosts."""
    concurrency: int = 1
    """Calls at once."""
    queue: int = 32
    """Calls that may wait."""
    quality: float | None = None
    """Its score in the routing document; None where nobody knows."""
    price: Price | None = None
    """None where it costs nothing."""
    price_version: str = ""
    """Where the price is from: `genai-prices 0.2.3`."""
    price_known: bool = True
    """False where the dearest price stands in for one that nobody knows."""
    capabilities: tuple[str, ...] = ("chat", "form")
    """`chat` writes, `form` fills a JSON schema, `embed` embeds."""
    region: str = ""
    """Where a cloud works on what it is sent; nothing where nobody knows."""
    local: bool = True
    """Whether its address is proven to be on this machine or in this network."""
    refusal: Callable[[], ModelError] | None = field(default=None, compare=False, repr=False)
    """Makes the error that a call gives, where it is known beforehand that no call can succeed."""

    @property
    def usable(self) -> bool:
        """Tell whether a call may succeed as far as is known."""
        return self.refusal is None

    def require_usable(self) -> None:
        """Raise the error of a call that cannot succeed, before anything is sent."""
        if self.refusal is not None:
            raise self.refusal()
