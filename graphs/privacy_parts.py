"""What the live privacy gate is made of: the policy's file, scanners for the names there are, the cloud's models."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from config.settings import Settings
from graphs.live_data import LiveData
from graphs.live_privacy import LivePrivacy
from graphs.money import budgets_of
from graphs.tracing import Traces, tracing_client
from memory.audit_store import audit_of
from models.budget import Purse
from models.cloud_chat import open_cloud_models
from models.cloud_sites import CloudSite, sites_of
from models.key_sources import Provider, sources_of
from models.keys import KeyRing
from models.pooled import Pooled
from models.routing import DocumentError, load_routing
from models.routing.manner import routed_manner
from privacy.names import names_of
from privacy.names.inventory import NameInventory
from privacy.names.snapshot import known, models_folder, save, snapshot_path
from privacy.policy import Policy
from privacy.policy.file import SHIPPED, PolicyFile
from privacy.pseudonyms.vault import PseudonymVault
from privacy.redaction import Redactor
from privacy.scanner import Scanner
from privacy.spans import Scan
from telemetry.log import log
from tools.readings import Inventory


@asynccontextmanager
async def open_privacy(
    settings: Settings,
    policy: Callable[[], Policy],
    data: LiveData,
    conversation: Callable[[], str],
    sites: Iterable[CloudSite] | None = None,
    pooled: Pooled | None = None,
    purse: Purse | None = None,
) -> AsyncIterator[LivePrivacy]:
    """Open the gate over the data's names and audit log, and the cloud models that the settings name.

    What these cost comes out of `purse`, the installation's budgets if none is given.
    """
    in_force = cloud_sites(settings, sites)
    manner = routed_manner(settings.routing)
    async with open_cloud_models(
        in_force,
        policy_hash=lambda: policy().hash,
        patience=manner.cloud_patience,
        pooled=pooled,
        analysis=manner.tasks["analysis"],
        purse=purse or budgets_of(settings, data),
    ) as cloud:
        audit, make = audit_of(settings, data.pool), scanners(settings.home, policy)
        yield LivePrivacy(policy, make, audit, PseudonymVault(), cloud, data, conversation)


def policy_of(settings: Settings) -> PolicyFile:
    """Return the policy's file that the settings name."""
    return PolicyFile(settings.privacy_policy or SHIPPED)


def scanners(home: Path, policy: Callable[[], Policy]) -> Callable[[Inventory | None], Callable[[str, int], Scan]]:
    """Return what makes a scan for the names of an inventory, and keeps them in `home` for scans without a service.

    Without an inventory, the names of the last time count.
    """

    def scan_for(inventory: Inventory | None) -> Callable[[str, int], Scan]:
        names = known(home) if inventory is None else _kept(inventory, home)
        in_force = policy()
        return Scanner(names, in_force.types, in_force.combinations, cache=models_folder(home)).scan

    return scan_for


def _kept(inventory: Inventory, home: Path) -> NameInventory:
    found = names_of(
        sites=inventory.sites.values(), buildings=inventory.buildings.values(), meters=inventory.meters.keys()
    )
    try:
        save(found, snapshot_path(home))
    except OSError as fault:
        log.warning("the names could not be kept for scans without a service: %s", fault.strerror)
    return NameInventory.build(found)


def traces_of(settings: Settings, scan: Callable[[str], Scan], policy: Callable[[], Policy]) -> Traces:
    """Return the way to LangSmith, opened when a trace is first sent: everything goes through a redactor."""
    key = settings.langsmith_api_key
    redactor = Redactor(scan, policy, "langsmith")
    return Traces(
        lambda: tracing_client(
            redactor,
            policy,
            settings.langsmith_endpoint,
            key.get_secret_value() if key else None,
            settings.langsmith_project,
        )
    )


def cloud_sites(settings: Settings, sites: Iterable[CloudSite] | None = None) -> list[CloudSite]:
    """Return the cloud models that the settings name, each with its key, in their order."""
    rings: dict[Provider, KeyRing] = {}
    there = _routed(settings) if sites is None else list(sites)
    named = [site for site in there if site.destination in settings.cloud]
    for provider in {site.provider for site in named if site.api_key is None}:
        rings[provider] = KeyRing(sources_of(settings, provider))
    return [site if site.api_key else replace(site, keys=rings[site.provider]) for site in named]


def _routed(settings: Settings) -> list[CloudSite]:
    """Return the sites that are routed and named; none where the routing document does not hold, and say so."""
    try:
        return sites_of(load_routing(settings.routing).document, settings.cloud)
    except (DocumentError, ValueError) as fault:
        log.error("no cloud is asked: %s", fault)
        return []
