"""The cloud models that there are, and where each is asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from pydantic import SecretStr

from models.endpoint import Endpoint
from models.errors import CredentialRejected, ModelError
from models.key_sources import TOKEN, Provider
from models.keys import KeyRing
from models.price import Price
from models.prices import Priced, priced
from models.roles import Role
from models.routing import EndpointPart, RoutingDocument
from privacy.egress import Door
from privacy.wire_forms import Protocol

MAKERS: dict[Protocol, Provider] = {"openai": "openai", "deepseek": "deepseek", "gemini": "google"}


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
    """A key of its own, for what is asked with one key that never changes."""
    keys: KeyRing | None = field(default=None, repr=False, compare=False)
    """The keys of its provider; they come before a key of its own."""
    concurrency: int = 16
    """Calls at once."""
    quality: float | None = None
    """Its score in the routing document; None where nobody knows."""
    price: Priced | None = None
    """What a call costs; looked up where None."""
    capabilities: tuple[str, ...] = ("chat", "form")
    region: str = ""
    """Where it works on what it is sent."""
    key_of: Provider | None = None
    """Whose keys it is asked with; None for those of its protocol's maker."""
    thinking_budget: int | None = None
    """Tokens that Gemini may think before it answers, part of the longest answer; None leaves it to the provider."""

    def __post_init__(self) -> None:
        _ = self.door  # raises where the address or the model's name is wrong
        if self.api_key is not None and TOKEN.fullmatch(self.api_key.get_secret_value()) is None:
            raise ValueError(f"the key of {self.destination} is empty or has characters that no key has")

    @property
    def id(self) -> str:
        """Return the name of its endpoint, for receipts and errors."""
        return f"cloud:{self.destination}"

    @property
    def provider(self) -> Provider:
        """Return whose keys it is asked with."""
        return self.key_of or MAKERS[self.protocol]

    @property
    def door(self) -> Door:
        """Return what its transport lets through."""
        return Door(self.destination, self.protocol, self.base_url, self.model, self.thinking_budget)

    @property
    def priced(self) -> Priced:
        """Return what a call costs, and whose word that is."""
        return self.price or priced(self.provider, self.base_url, self.model, self.context_tokens)

    def endpoint(self, role: Role) -> Endpoint:
        """Return it as an endpoint of a role; without a key it fails at once when asked."""
        found = self.priced
        return Endpoint(
            self.id,
            role,
            "cloud",
            self.model,
            self.base_url,
            self.context_tokens,
            name=self.destination,
            concurrency=self.concurrency,
            quality=self.quality,
            price=found.price,
            price_version=found.version,
            price_known=found.known,
            capabilities=self.capabilities,
            region=self.region,
            local=False,
            refusal=self._refusal(),
        )

    def _refusal(self) -> Callable[[], ModelError] | None:
        """Return what makes the error of a call where there is no key at all."""
        if self.keys is not None:
            return None if self.keys.keys else partial(self.keys.refusal, self.id)
        return partial(CredentialRejected, self.id, None) if self.api_key is None else None


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


def site_of(name: str, part: EndpointPart, stated: Iterable[Price] = ()) -> CloudSite:
    """Return a cloud endpoint of the routing document as a site; what it leaves out is as in `SITES`.

    Where nobody knows its price, it is the dearest that its provider takes, and of those `stated` in the document.
    Raises `ValueError` where the name is none of those and something is left out.
    """
    known = SITES.get(name)
    protocol = part.protocol or (known.protocol if known else None)
    base_url, model = part.base_url or (known.base_url if known else ""), part.model or (known.model if known else "")
    if protocol is None or not base_url or not model:
        raise ValueError(
            f"endpoint {name} needs `protocol`, `base_url` and `model`; they are known of {', '.join(SITES)}"
        )
    site = CloudSite(
        name,
        protocol,
        base_url,
        model,
        part.context_tokens,
        concurrency=part.concurrency,
        quality=part.quality.score if part.quality else None,
        price=Priced(part.price.price(), f"llm_routing.yaml: {part.price.source}") if part.price else None,
        capabilities=part.capabilities,
        region=part.region,
        key_of=part.key,
        thinking_budget=known.thinking_budget if known and protocol == known.protocol else None,
    )
    return replace(site, price=site.price or priced(site.provider, base_url, model, part.context_tokens, tuple(stated)))


def sites_of(document: RoutingDocument, names: Iterable[str]) -> list[CloudSite]:
    """Return the cloud endpoints of `production` that are named, in their order there.

    Raises `ValueError` for a name that is none of them.
    """
    routed = [n for n in document.environments["production"]["analyst"] if document.endpoints[n].place == "cloud"]
    if unknown := [name for name in names if name not in routed]:
        has = ", ".join(routed) or "none"
        raise ValueError(
            f"EAIO_CLOUD names {', '.join(unknown)}; the cloud endpoints of production's analyst are {has}"
        )
    stated = [part.price.price() for part in document.endpoints.values() if part.price]
    return [site_of(name, document.endpoints[name], stated) for name in routed if name in set(names)]
