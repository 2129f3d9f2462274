"""Whose questions these are, and so whose money they cost."""

from os import getuid
from pwd import getpwuid

from models.budget import Account

TENANT = "local"
"""Nobody else shares this installation."""


def asker() -> str:
    """Return the name of the user of this process."""
    return getpwuid(getuid()).pw_name


def account_of(question_id: str) -> Account:
    """Return the account of a question that the user of this process asks."""
    return Account(TENANT, asker(), question_id)
