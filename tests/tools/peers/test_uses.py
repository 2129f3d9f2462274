"""The word for a building's use leads to the peers that fit it, or to none."""

import pytest

from tools.errors import NoData
from tools.peers.shipped import cbecs_columns, cbecs_peers, energy_star_median, seattle_peers
from tools.peers.uses import TABLE, Row, match_use


@pytest.mark.parametrize(
    ("use", "cbecs", "energy_star"),
    [
        ("office", "office", "Office"),
        ("Government Office", "office", "Office"),
        ("bank", "office", "Bank Branch"),
        ("Medical Office", "", "Medical Office"),
        ("academic", "", "College/University"),
        ("dormitory", "", "Residence Hall/Dormitory"),
        ("library", "", "Library"),
        ("lecture hall", "", "College/University"),
        ("dining", "", "Restaurant"),
        ("High School", "k12school", "K-12 School"),
        ("refrigerated_warehouse", "warehouse", "Refrigerated Warehouse"),
        ("a supermarket with parking", "retail", "Supermarket/Grocery Store"),
    ],
)
def test_use_has_its_peers(use: str, cbecs: str, energy_star: str) -> None:
    match = match_use(use)
    assert (match.cbecs, match.energy_star) == (cbecs, energy_star)


def test_match_that_is_only_near_says_so_wherever_it_is_used() -> None:
    match = match_use("lecture hall")
    assert "nearest" in match.note
    assert match.note in seattle_peers(match).caveats


@pytest.mark.parametrize("use", [None, "", "  "])
def test_unknown_use_has_no_peers_and_the_remedy_is_named(use: str | None) -> None:
    with pytest.raises(NoData, match="eaio building set"):
        match_use(use)


def test_use_that_nobody_has_heard_of_has_no_peers() -> None:
    with pytest.raises(NoData, match="no peers for the use 'submarine'"):
        match_use("submarine")


def test_word_inside_another_word_is_not_a_use() -> None:
    with pytest.raises(NoData, match="no peers"):
        match_use("collaborative")  # has "lab" in it


def test_use_outside_the_shipped_survey_points_elsewhere() -> None:
    with pytest.raises(NoData, match="ENERGY STAR's median"):
        cbecs_peers(match_use("university"))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.names)
def test_every_row_leads_to_tables_that_exist(row: Row) -> None:
    for name in row.names.split("|"):
        match = match_use(name)
        assert energy_star_median(match).site_kwh_per_m2 > 0
        if match.cbecs:
            assert len(cbecs_peers(match)) > 0


def test_survey_holds_the_six_sets_with_epas_counts_or_near() -> None:
    counts = {name: len(columns["weight"]) for name, columns in cbecs_columns().items()}
    assert counts == {"office": 887, "k12school": 344, "hotel": 133, "retail": 193, "warehouse": 475, "worship": 265}
