"""What a call may cost, and what it did cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Planned:
    """A call that is about to be sent."""

    endpoint: str
    """Id of the endpoint: `cloud:gpt-4o`."""
    model: str
    """The name that it is asked for by."""
    most_nusd: int
    """What it costs at most, nano-dollars."""
    price_version: str
    """Where the price is from: `genai-prices 0.2.3`."""
    label: str = ""
    """Name of the label of what is sent."""
    task: str = "analysis"


@dataclass(frozen=True, slots=True)
class Spent:
    """A call that ended, however it ended."""

    tokens_in: int = 0
    tokens_out: int = 0
    cached: int = 0
    """Of `tokens_in`, those that the provider had read before."""
    estimated: bool = False
    """Whether the counts come from characters instead of from the server."""
    cost_nusd: int = 0
    saved_nusd: int = 0
    """What the same tokens cost at GPT-4o's price, less the cost. It counts only where the words stood."""
    outcome: str = "answered"
    """`answered`; `failed` where an error ended it; `left` where nobody waited for its end."""
    reason: str = ""
    """Name of the error, nothing where there was none."""
    ms: float = 0.0
    ttft_ms: float | None = None
    model: str | None = None
    """The name under which the server answered; None where it gave none."""
