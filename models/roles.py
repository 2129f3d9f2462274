"""What a model is asked to be, and how it writes for each kind of task."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["coordinator", "analyst", "embedder"]


@dataclass(frozen=True, slots=True)
class Sampling:
    """How a model writes. The context length is not here: it is one for all calls, or Ollama reloads between them."""

    temperature: float
    """0.0 always takes the likeliest token; 1.0 and more wander."""
    max_tokens: int
    """Longest answer, tokens. Reaching it is no error; the last chunk says so."""
    top_p: float | None = None
    """Share of likely tokens that is drawn from; the server's own default where it is None."""


CLASSIFICATION = Sampling(temperature=0.0, max_tokens=256)
ANALYSIS = Sampling(temperature=0.2, max_tokens=400)
PROBE = Sampling(temperature=0.0, max_tokens=1)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a stream may be silent; the deadline of the call ends both waits sooner."""

    first_token_s: float = 15.0
    """From the request to the first text, seconds; a model that Ollama has to load first takes most of it."""
    next_token_s: float = 4.0
    """From one token to the next, seconds. Local models on a busy CPU write 5 tokens/s and more."""


PATIENCE = Patience()
CLOUD_PATIENCE = Patience(first_token_s=8.0)
"""A cloud that is silent for long is not worth the wait: the next rung answers sooner."""
