"""What providers take, and whose word that is.

Prices come from the package `genai-prices`: it holds them in its files, and its updater, which would ask the network,
is never started. The routing document's `price` comes before it. A price that nobody knows counts as the dearest that
is known for the provider, so that no budget is overrun for want of a figure; and that is said.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from models.budget.money import nusd_of
from models.price import Price

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo, ModelPrice, Provider, TieredPrices

BASELINE = Price(2.50, 10.00, 1.25)
"""GPT-4o's, as genai-prices 0.2.3 has it. It stands here because every local answer is compared with it, and the whole
list takes a quarter of a second to load; a test holds it to the package."""
BASELINE_VERSION = "genai-prices 0.2.3"


@dataclass(frozen=True, slots=True)
class Priced:
    """A price, and how it is known."""

    price: Price
    version: str
    """Where it is from: `genai-prices 0.2.3`, or `llm_routing.yaml: ` and the document's source."""
    known: bool = True
    """False where the dearest price stands in for one that nobody knows."""


def saved_nusd(tokens_in: int, tokens_out: int, cost_nusd: int = 0, *, cached: int = 0) -> int:
    """Return what the same tokens cost at GPT-4o's price less what they did cost, nano-dollars."""
    return nusd_of(BASELINE.cost_usd(tokens_in, tokens_out, cached)) - cost_nusd


@lru_cache(maxsize=256)
def priced(provider: str, base_url: str, model: str, context_tokens: int, stated: tuple[Price, ...] = ()) -> Priced:
    """Return the price of a model at an address, of the day on which it is first asked for.

    Where nobody knows it, it is the dearest of `stated` and of what the provider takes for any of its models.
    """
    version = f"genai-prices {_version()}"
    for there in _providers(provider, base_url):
        found = there.find_model(model)
        if found is not None and (price := _price(found, context_tokens)) is not None:
            return Priced(price, version)
    known = [*stated, *_all(provider)]
    return Priced(_dearest(known or [BASELINE]), f"{version}, dearest of {provider}", known=False)


def _dearest(prices: Iterable[Price]) -> Price:
    listed = list(prices)
    return Price(max(p.input_usd for p in listed), max(p.output_usd for p in listed))


def _providers(provider: str, base_url: str) -> "Iterator[Provider]":
    """Yield whose prices count: first of whoever is at the address, then of whose keys it is asked with."""
    from genai_prices.data_snapshot import get_snapshot

    for asked in ({"provider_api_url": base_url}, {"provider_id": provider}):
        try:
            yield get_snapshot().find_provider(None, asked.get("provider_id"), asked.get("provider_api_url"))
        except LookupError:
            continue


@cache
def _all(provider: str) -> tuple[Price, ...]:
    """Return every price of a provider, of those that write text."""
    found = [_price(model, model.context_window or 0) for there in _providers(provider, "") for model in there.models]
    return tuple(price for price in found if price is not None)


def _price(model: "ModelInfo", context_tokens: int) -> Price | None:
    """Return the price of today, the dearest of its hours; None where it has none for tokens."""
    today = datetime.now(UTC).date()
    hours = [model.get_prices(datetime.combine(today, time(hour, tzinfo=UTC))) for hour in range(24)]
    flat = [price for price in (_flat(one, context_tokens) for one in hours) if price is not None]
    if not flat:
        return None
    cached = [price.cached_usd for price in flat if price.cached_usd is not None]
    whole = _dearest(flat)
    return Price(whole.input_usd, whole.output_usd, max(cached) if len(cached) == len(flat) else None)


def _flat(price: "ModelPrice", context_tokens: int) -> Price | None:
    if price.input_mtok is None:
        return None
    cached = None if price.cache_read_mtok is None else _rate(price.cache_read_mtok, context_tokens)
    output = 0.0 if price.output_mtok is None else _rate(price.output_mtok, context_tokens)
    return Price(_rate(price.input_mtok, context_tokens), output, cached)


def _rate(price: "Decimal | TieredPrices", context_tokens: int) -> float:
    """Return a rate; of one with steps the dearest that a prompt of the context's length can come to."""
    if isinstance(price, Decimal):
        return float(price)
    return float(max([price.base, *(tier.price for tier in price.tiers if tier.start < context_tokens)]))


def _version() -> str:
    import genai_prices

    return genai_prices.__version__
