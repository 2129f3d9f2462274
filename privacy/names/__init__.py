"""The names that the data knows, and finding them in a text."""

from privacy.names.name import Name, names_of

__all__ = ["Name", "names_of"]
