"""The types of what a text may hold, and how sensitive each is unless the policy document says otherwise."""

from collections.abc import Mapping
from types import MappingProxyType

from privacy.labels import Label

TYPES: Mapping[str, Label] = MappingProxyType(
    dict.fromkeys(("STANDARD", "PUBLISHED_BENCHMARK"), Label.PUBLIC)
    | dict.fromkeys(("BUILDING_NAME", "POINT_NAME", "AGGREGATE_USE", "PLACE", "ORGANISATION"), Label.INTERNAL)
    | dict.fromkeys(
        (
            "PERSON",
            "CONTACT",
            "ADDRESS",
            "COORDINATES",
            "METER_ACCOUNT",
            "FINANCIAL_ID",
            "NATIONAL_ID",
            "TENANT_LEASE",
            "TARIFF_CONTRACT",
        ),
        Label.CONFIDENTIAL,
    )
    | dict.fromkeys(
        (
            "CREDENTIAL",
            "OT_ADDRESS",
            "OCCUPANCY",
            "INTERVAL_LOAD",
            "ACCESS_LOG",
            "PLAN_SECURITY",
            "CRITICAL_SETPOINT",
        ),
        Label.RESTRICTED,
    )
)


def label_of_type(kind: str, labels: Mapping[str, Label] = TYPES) -> Label:
    """Return the label of a type; one that nobody has placed is RESTRICTED."""
    return labels.get(kind, Label.RESTRICTED)
