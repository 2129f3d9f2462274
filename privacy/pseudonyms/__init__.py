"""Pseudonyms: names become placeholders on the way out, and names again on the way back."""

from privacy.pseudonyms.pseudonyms import Pseudonyms

__all__ = ["Pseudonyms"]
