"""From a person's words to one `EnergyQuery`, by rules and the inventory, in milliseconds and without a model."""

from tools.grammar.parse import Parsed, parse

__all__ = ["Parsed", "parse"]
