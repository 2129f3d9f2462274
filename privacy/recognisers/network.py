"""Where machines are reached: addresses, and names of hosts with the URLs and paths that hold them."""

from privacy.recognisers import hosts, ip_addresses
from privacy.recognisers.finding import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = (*ip_addresses.RECOGNISERS, *hosts.RECOGNISERS)
