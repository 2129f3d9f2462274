"""Addresses on the field buses of buildings.

A number is an address by its cue, so the cue is part of the span. Questions about the protocols hold no number after
a cue and stay harmless.
"""

from privacy.recognisers import bacnet, field_buses
from privacy.recognisers.finding import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = (*bacnet.RECOGNISERS, *field_buses.RECOGNISERS)
