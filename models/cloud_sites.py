"""The cloud models that there are, and where each is asked."""

import re
from dataclasses import dataclass, field
from functools import partial

from pydantic import SecretStr

from models.endpoint import Endpoint
from models.errors import CredentialRejected
from models.roles import Role
from privacy.egress import Door
from privacy.wire_forms import Protocol

KEY = re.compile(r"[\x21-\x7e]{1,512}")


@dataclass(frozen=True, slots=True)
class CloudSite:
    """One model of a cloud, or of a private endpoint that speaks the protocol of one.

    Use `dataclasses.replace` for another address, model or key.
    """

    destination: str
    """Its name in the policy."""
    protocol: Protocol
    base_url: str
    """Without a slash at the end; plain http only to a loopback address."""
    model: str
    context_tokens: int
    """Prompt and answer together, tokens."""
    api_key: SecretStr | None = field(default=None, repr=False)
    thinking_budget: int | None = None
    """Tokens that Gemini may think before it answers, part of the longest answer; None leaves it to the provider."""

    def __post_init__(self) -> None:
        _ = self.door  # raises where the address or the model's name is wrong
        if self.api_key is not None and KEY.fullmatch(self.api_key.get_secret_value()) is None:
            raise ValueError(f"the key of {self.destination} is empty or has characters that no key has")

    @property
    def id(self) -> str:
        """Return the name of its endpoint, for receipts and errors."""
        return f"cloud:{self.destination}"

    @property
    def door(self) -> Door:
        """Return what its transport lets through."""
        return Door(self.destination, self.protocol, self.base_url, self.model, self.thinking_budget)

    def endpoint(self, role: Role) -> Endpoint:
        """Return it as an endpoint of a role; without a key it fails at once when asked."""
        refusal = partial(CredentialRejected, self.id, None) if self.api_key is None else None
        return Endpoint(
            self.id, role, "cloud", self.model, self.base_url, self.context_tokens, local=False, refusal=refusal
        )


SITES = {
    site.destination: site
    for site in (
        CloudSite("gpt-4o", "openai", "https://api.openai.com/v1", "gpt-4o", 128_000),
        CloudSite("deepseek-v3", "deepseek", "https://api.deepseek.com/v1", "deepseek-chat", 64_000),
        # Thinking is off: it would come out of the longest answer, and the facts are computed already.
        CloudSite(
            "gemini",
            "gemini",
            "https://generativelanguage.googleapis.com",
            "gemini-2.5-flash",
            1_048_576,
            thinking_budget=0,
        ),
    )
}
"""The three with their official addresses, by destination; keys are added by whoever has them."""
