"""Secrets of every kind: keys that their maker marks, and passwords that only a cue gives away."""

from privacy.recognisers import door_codes, logins, passwords, vendor_keys
from privacy.recognisers.finding import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = (
    *vendor_keys.RECOGNISERS,
    *passwords.RECOGNISERS,
    *door_codes.RECOGNISERS,
    *logins.RECOGNISERS,
)
