"""The policy: who may get what."""

from privacy.policy.policy import NOTHING_LEAVES, Action, Combination, Destination, Kind, Policy, Rule

__all__ = ["NOTHING_LEAVES", "Action", "Combination", "Destination", "Kind", "Policy", "Rule"]
