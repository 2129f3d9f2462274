"""A rank is a share of a population, as certain as its sample is large, or it is refused."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import NoData
from tools.peers.intensity import intensity
from tools.peers.peer_rank import peer_rank, rank_of
from tools.peers.peer_set import PeerSet, own_peers
from tools.peers.shipped import cbecs_peers, energy_star_median, seattle_peers
from tools.peers.uses import match_use
from tools.peers.weighted import quantile, wilson_interval


def peers_of(values: list[float], weights: list[float] | None = None) -> PeerSet:
    site = np.array(values)
    return PeerSet("test", site, site * 2, np.array(weights or [1.0] * len(values)), site)


def test_rank_is_the_weighted_share_that_uses_less() -> None:
    peers = peers_of([float(v) for v in range(1, 11)], [1.0] * 9 + [11.0])
    assert peer_rank(9.5, peers).percent_using_less == pytest.approx(100 * 9 / 20)


def test_equal_peers_count_half() -> None:
    assert peer_rank(5.0, peers_of([5.0] * 20)).percent_using_less == 50.0


def test_quartiles_are_of_the_population_and_not_of_the_sample() -> None:
    rank = peer_rank(1.0, peers_of([float(v) for v in range(1, 11)], [91.0] + [1.0] * 9))
    assert (rank.lower_quartile_kwh_per_m2, rank.median_kwh_per_m2) == (1.0, 1.0)
    assert rank.of_median == 1.0


def test_source_energy_ranks_against_source_energy() -> None:
    assert peer_rank(11.0, peers_of([float(v) for v in range(1, 11)]), "source").percent_using_less == 50.0


def test_three_peers_are_too_few_and_it_says_so() -> None:
    with pytest.raises(NoData, match=r"3 peers .* too few"):
        peer_rank(1.0, own_peers({"b1": 1.0, "b2": 2.0, "b3": 3.0}, "own offices"))


def test_few_peers_say_how_uncertain_the_rank_is() -> None:
    rank = peer_rank(6.0, peers_of([float(v) for v in range(1, 13)]))
    assert any("only 12 peers" in note for note in rank.notes)
    assert rank.high - rank.low > 30


def test_unknown_intensity_has_no_rank() -> None:
    with pytest.raises(NoData, match="not known"):
        peer_rank(np.nan, peers_of([1.0] * 20))


@given(st.lists(st.floats(0.1, 1e4), min_size=10, max_size=60), st.floats(0.1, 1e4), st.floats(0.1, 1e4))
def test_who_uses_more_never_ranks_lower(values: list[float], one: float, other: float) -> None:
    peers = peers_of(values)
    low, high = sorted((one, other))
    first, second = peer_rank(low, peers), peer_rank(high, peers)
    assert 0 <= first.low <= first.percent_using_less <= first.high <= 100
    assert first.percent_using_less <= second.percent_using_less


def test_wilson_interval_is_that_of_the_textbook() -> None:
    low, high = wilson_interval(10.0, 20)  # 2 of 20: Newcombe (1998) gives 0.0279 to 0.3010
    assert low == pytest.approx(2.79, abs=0.02)
    assert high == pytest.approx(30.10, abs=0.02)


@pytest.mark.parametrize(
    ("use", "site", "source", "within"),
    [
        ("office", 52.9, 116.4, 0.12),
        ("school", 48.5, 104.4, 0.08),
        ("hotel", 63.0, 146.7, 0.08),
        ("retail", 51.4, 120.0, 0.12),
        ("warehouse", 22.7, 52.9, 0.15),
        ("worship", 30.5, 58.4, 0.15),
    ],
)
def test_medians_of_the_shipped_survey_are_near_epas_own(use: str, site: float, source: float, within: float) -> None:
    match = match_use(use)
    epa = energy_star_median(match)
    assert epa.site_kbtu_per_ft2 == pytest.approx(site)
    assert epa.source_kbtu_per_ft2 == pytest.approx(source)
    ours = peer_rank(epa.source_kwh_per_m2, cbecs_peers(match), "source")
    assert ours.median_kwh_per_m2 == pytest.approx(epa.source_kwh_per_m2, rel=within)


def test_seattle_has_offices_and_too_few_libraries() -> None:
    assert len(seattle_peers(match_use("office"))) > 400
    with pytest.raises(NoData, match=r"Seattle 2016 library: \d peers .* too few"):
        peer_rank(100.0, seattle_peers(match_use("library")))


def test_seattle_source_energy_is_with_todays_factors() -> None:
    offices = seattle_peers(match_use("office"))
    ratio = offices.source_kwh_per_m2 / offices.site_kwh_per_m2
    assert np.nanmax(ratio) == pytest.approx(2.80, abs=0.01)
    assert np.nanmin(ratio) >= 1.05


def test_peers_of_like_size_are_a_part_that_says_so() -> None:
    offices = seattle_peers(match_use("office"))
    like = offices.of_size(5000.0)
    assert 10 < len(like) < len(offices)
    assert "1,667 to 15,000 m2" in like.name


def test_rank_of_an_intensity_carries_its_notes_and_ignores_gaps() -> None:
    hours = np.ones(8760)
    hours[:876] = np.nan
    found = intensity({"electricity": hours}, 100.0)
    rank = rank_of(found, cbecs_peers(match_use("office")))
    assert rank.value_kwh_per_m2 == pytest.approx(2.8 * 87.6)
    assert any("gaps do not improve" in note for note in rank.notes)
    assert any("US buildings of 2012" in note for note in rank.notes)


def test_part_of_a_year_has_no_rank() -> None:
    found = replace(intensity({"electricity": np.ones(8760)}, 100.0), is_annual=False)
    with pytest.raises(NoData, match="part of a year"):
        rank_of(found, cbecs_peers(match_use("office")))


def test_quantile_of_a_weighted_sample_is_the_smallest_value_that_covers_the_share() -> None:
    assert quantile(np.array([3.0, 1.0, 2.0]), np.array([1.0, 2.0, 1.0]), 0.5) == 1.0
