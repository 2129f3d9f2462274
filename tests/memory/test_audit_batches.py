"""Entries are written together; whatever breaks, nobody waits for one that is not written."""

import pytest

from memory.audit_batches import Batches, Pending
from privacy.audit import AuditEntry, AuditRecord
from privacy.errors import AuditUnavailable
from privacy.labels import Label

RECORD = AuditRecord("policy_changed", "policy_file", Label.PUBLIC, policy_hash="aaaa00000002")


@pytest.mark.parametrize("fault", [AssertionError("a driver's own"), KeyError("odd"), OSError("gone")])
async def test_a_fault_that_nobody_knows_is_told_to_who_waits_and_the_next_entry_is_tried_again(
    fault: Exception,
) -> None:
    tried = 0

    async def write(_batch: list[Pending]) -> list[AuditEntry]:
        nonlocal tried
        tried += 1
        raise fault

    batches = Batches(write, 5.0)
    for _ in range(2):
        with pytest.raises(AuditUnavailable, match="does not answer"):
            await batches.add(RECORD)
    assert tried == 2
