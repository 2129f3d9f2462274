"""What can go wrong at the ways in.

GatewayError
├── BadUsage     the command cannot be run as it was given; exit 2
└── NotKnown     what was asked for by its id is not kept here; exit 3
"""


class GatewayError(Exception):
    """A command did not do what was asked."""


class BadUsage(GatewayError):
    """The command cannot be run as it was given."""


class NotKnown(GatewayError):
    """What was asked for by its id is not kept here."""
