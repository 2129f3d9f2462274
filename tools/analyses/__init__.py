"""Analyses: from a typed query over readings to evidence with its headline, by the methods of the packages beside.

Each file has one coroutine that takes the query, the readings and the inventory, and returns `Facts`.
"""

from tools.analyses.registry import analyse

__all__ = ["analyse"]
