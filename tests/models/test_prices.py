"""What a call costs is what its provider takes; what nobody knows counts as the dearest, and is said."""

import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import Settings
from graphs.privacy_parts import cloud_sites
from models.budget import nusd_of, usd_of
from models.cloud_sites import SITES, site_of
from models.price import Price
from models.prices import BASELINE, BASELINE_VERSION, priced, saved_nusd
from models.routing import load_routing
from models.routing.document import EndpointPart

OPENAI = "https://api.openai.com/v1"
ROOT = Path(__file__).resolve().parents[2]


def test_baseline_is_what_the_package_says_of_gpt_4o() -> None:
    found = priced("openai", OPENAI, "gpt-4o", 128_000)
    assert (found.price, found.version) == (BASELINE, BASELINE_VERSION)


@pytest.mark.parametrize(
    ("name", "price"),
    [
        ("gpt-4o", Price(2.50, 10.00, 1.25)),
        # DeepSeek takes half of it by night; the dearest hour counts.
        ("deepseek-v3", Price(0.27, 1.10, 0.07)),
        ("gemini", Price(0.30, 2.50, 0.03)),
    ],
)
def test_clouds_of_the_shipped_document_have_the_price_of_the_package(name: str, price: Price) -> None:
    site = site_of(name, load_routing().document.endpoints[name])
    assert site.priced.price == price
    endpoint = site.endpoint("analyst")
    assert (endpoint.price, endpoint.price_version, endpoint.price_known) == (price, BASELINE_VERSION, True)


def test_site_that_states_no_price_looks_it_up() -> None:
    assert SITES["gpt-4o"].price is None
    assert SITES["gpt-4o"].endpoint("analyst").price == BASELINE


def cloud(**other: object) -> EndpointPart:
    """Return a cloud of the document."""
    fields = {"place": "cloud", "protocol": "openai", "base_url": "https://llm.example.com/v1", "model": "m-1"}
    return EndpointPart.model_validate(fields | other)


def test_price_of_the_document_comes_before_the_package() -> None:
    price = {"input_usd": 1, "output_usd": 2, "source": "our contract of 2026-10"}
    site = site_of("mine", cloud(model="gpt-4o", base_url=OPENAI, price=price))
    assert site.endpoint("analyst").price == Price(1, 2)
    assert site.endpoint("analyst").price_version == "llm_routing.yaml: our contract of 2026-10"


def test_provider_is_known_by_its_address_first() -> None:
    found = priced("openai", "https://api.mistral.ai/v1", "mistral-large-latest", 128_000)
    assert found.known
    assert found.price.output_usd == 6


def test_price_that_nobody_knows_is_the_dearest_of_the_provider_and_says_so() -> None:
    endpoint = site_of("mine", cloud()).endpoint("analyst")
    assert endpoint.price is not None
    assert endpoint.price.input_usd >= BASELINE.input_usd
    assert endpoint.price.cached_usd is None
    assert not endpoint.price_known
    assert endpoint.price_version == f"{BASELINE_VERSION}, dearest of openai"


def test_price_that_nobody_knows_is_at_least_the_dearest_of_the_document(tmp_path: Path) -> None:
    entries = (
        "  dear: {place: cloud, protocol: openai, base_url: 'https://a.example/v1', model: a,"
        " price: {input_usd: 9000, output_usd: 1, source: its page}}\n"
        "  mine: {place: cloud, protocol: openai, base_url: 'https://b.example/v1', model: b}\n"
    )
    text = (ROOT / "config" / "llm_routing.yaml").read_text().replace("endpoints:\n", "endpoints:\n" + entries, 1)
    path = tmp_path / "llm_routing.yaml"
    path.write_text(text.replace("gemini]", "gemini, mine]"))
    (site,) = cloud_sites(Settings(routing=path, cloud=("mine",)))
    assert site.priced.price.input_usd == 9000
    assert not site.priced.known


def test_price_with_steps_is_the_dearest_that_fits_the_context() -> None:
    small, large = (priced("google", "", "gemini-2.5-pro", tokens).price for tokens in (200_000, 1_048_576))
    assert large.input_usd == 2 * small.input_usd


def test_provider_that_the_package_does_not_know_costs_the_dearest_that_is_stated_or_gpt_4o() -> None:
    assert priced("nobody", "https://llm.example.com", "m", 1000).price == Price(2.5, 10)
    assert priced("nobody", "https://llm.example.com", "m", 1000, (Price(1, 30), Price(5, 2))).price == Price(5, 30)


def test_saving_is_what_gpt_4o_takes_less_the_cost() -> None:
    assert saved_nusd(1_000_000, 1_000_000) == nusd_of(12.5)
    assert saved_nusd(1_000_000, 0, nusd_of(4)) == nusd_of(2.5) - nusd_of(4)
    assert saved_nusd(1_000_000, 0, cached=1_000_000) == nusd_of(1.25)


@pytest.mark.parametrize(
    ("usd", "nusd"), [(0, 0), (0.1, 100_000_000), (0.1 + 0.2, 300_000_000), (1.4e-9, 2), (1, 10**9)]
)
def test_money_is_whole_and_never_rounded_down(usd: float, nusd: int) -> None:
    assert nusd_of(usd) == nusd
    assert usd_of(nusd) == pytest.approx(usd, abs=1e-9)


ALONE = """
import socket, sys
from models.prices import priced, saved_nusd
import models.cloud_chat, models.profile
saved_nusd(1, 1)
assert "genai_prices" not in sys.modules, "loaded before it is needed"
def refused(*_): raise AssertionError("the network is asked")
socket.socket.connect = socket.getaddrinfo = refused
assert priced("openai", "https://api.openai.com/v1", "gpt-4o", 1000).known
import threading
assert threading.active_count() == 1, "the updater works in a thread"
"""


@pytest.mark.slow
def test_prices_are_loaded_when_needed_and_without_the_network() -> None:
    subprocess.run([sys.executable, "-c", ALONE], check=True, cwd=ROOT)
