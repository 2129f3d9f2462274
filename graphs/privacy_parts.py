"""What the live privacy gate is made of: the policy's file, scanners for the names there are, the cloud's models."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from config.settings import Settings
from graphs.live_data import LiveData
from graphs.live_privacy import LivePrivacy
from graphs.tracing import Traces, tracing_client
from memory.audit_store import audit_of
from models.cloud_chat import open_cloud_models
from models.cloud_sites import SITES, CloudSite
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
) -> AsyncIterator[LivePrivacy]:
    """Open the gate over the data's names and audit log, and the cloud models that the settings name."""
    in_force = cloud_sites(settings, sites)
    async with open_cloud_models(in_force, policy_hash=lambda: policy().hash) as cloud:
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
    keys = {
        "gpt-4o": settings.openai_api_key,
        "deepseek-v3": settings.deepseek_api_key,
        "gemini": settings.google_api_key,
    }
    there = SITES if sites is None else {s.destination: s for s in sites}
    return [replace(there[d], api_key=there[d].api_key or keys[d]) for d in settings.cloud if d in there]
