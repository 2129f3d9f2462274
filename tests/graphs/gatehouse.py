"""The real privacy gate for tests: the shipped policy, an audit log in memory, and detectors of the first stage."""

from collections.abc import Callable
from typing import Any

from graphs.live_privacy import LivePrivacy
from models.cloud_chat import CloudModels
from privacy.audit import Audit
from privacy.audit.in_memory import MemoryAudit
from privacy.names import names_of
from privacy.names.inventory import NameInventory
from privacy.policy import Policy
from privacy.policy.file import load_policy
from privacy.pseudonyms.vault import PseudonymVault
from privacy.scanner import Scanner
from privacy.spans import Scan
from tools.readings import Inventory

Scan_ = Callable[[str, int], Scan]
POLICY = load_policy()


def quick_scanners(inventory: Inventory | None) -> Scan_:
    """Return a scan with the detectors of stage 1 for both stages: no model is loaded."""
    names = names_of(
        sites=inventory.sites.values() if inventory else (),
        buildings=inventory.buildings.values() if inventory else (),
        meters=inventory.meters if inventory else (),
    )
    scanner = Scanner(NameInventory.build(names), POLICY.types, POLICY.combinations)
    return lambda text, _stage: scanner.scan(text, 1)


def gatehouse(
    names: Any,
    *,
    policy: Callable[[], Policy] = lambda: POLICY,
    audit: Audit | None = None,
    cloud: CloudModels | None = None,
    scanners: Callable[[Inventory | None], Scan_] = quick_scanners,
    vault: PseudonymVault | None = None,
    conversation: str = "one",
) -> LivePrivacy:
    """Return the three privacy ports over one gate. Whoever gives `cloud` closes it."""
    return LivePrivacy(
        policy,
        scanners,
        audit or MemoryAudit(),
        PseudonymVault() if vault is None else vault,
        cloud or CloudModels(()),
        names,
        lambda: conversation,
    )
