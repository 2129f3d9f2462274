"""Energy intensity and peers: how much a building uses for its size, and how that compares.

`intensity` gives site and source energy per floor area, `intensity_of_year` that of a year's totals, such as normalised
use. `match_use` tells which peers a use has; `cbecs_peers`, `seattle_peers` and `own_peers` are them, `rank_of` and
`peer_rank` where a building stands among them, `energy_star_median` what half of the buildings stay under, and `score`
an ENERGY STAR-style score that also knows how the building is used.
"""

from tools.peers.activity import Activity
from tools.peers.intensity import Intensity, intensity, intensity_of_year, kbtu_per_ft2, kwh_per_m2
from tools.peers.medians import EnergyStarMedian
from tools.peers.peer_rank import PeerRank, peer_rank, rank_of
from tools.peers.peer_set import LEAST_PEERS, Metric, PeerSet, own_peers
from tools.peers.score import Score, score
from tools.peers.shipped import cbecs_peers, energy_star_median, seattle_peers
from tools.peers.source_factors import EPA_CANADA, EPA_US, Carrier, SourceFactors
from tools.peers.uses import UseMatch, match_use

__all__ = [
    "EPA_CANADA",
    "EPA_US",
    "LEAST_PEERS",
    "Activity",
    "Carrier",
    "EnergyStarMedian",
    "Intensity",
    "Metric",
    "PeerRank",
    "PeerSet",
    "Score",
    "SourceFactors",
    "UseMatch",
    "cbecs_peers",
    "energy_star_median",
    "intensity",
    "intensity_of_year",
    "kbtu_per_ft2",
    "kwh_per_m2",
    "match_use",
    "own_peers",
    "peer_rank",
    "rank_of",
    "score",
    "seattle_peers",
]
