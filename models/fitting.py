"""Whether a prompt and its answer fit the context of a model."""

from models.endpoint import Endpoint
from models.errors import PromptTooLong
from models.usage import estimate_tokens


def require_fits(prompt: str, max_tokens: int, endpoint: Endpoint) -> None:
    """Refuse what would not fit: Ollama cuts a prompt that is too long, and says nothing."""
    needed = estimate_tokens(prompt) + max_tokens
    if needed > endpoint.context_tokens:
        said = f"about {needed} tokens of prompt and answer, its context has {endpoint.context_tokens}"
        raise PromptTooLong(endpoint.id, said)
