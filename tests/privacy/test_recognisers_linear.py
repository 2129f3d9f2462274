"""The time of every recogniser of identifiers grows with the length of a hostile text and no faster."""

from time import thread_time
from types import ModuleType

import pytest

from privacy.recognisers import (
    addresses,
    contact,
    coordinates,
    credentials,
    financial,
    meter_accounts,
    national,
    network,
    ot_addresses,
    postcodes,
)
from privacy.recognisers.forms import lowered

MODULES = (
    credentials,
    network,
    ot_addresses,
    contact,
    financial,
    national,
    meter_accounts,
    coordinates,
    addresses,
    postcodes,
)
PIECES = ["a", "1", " ", ".", "a1 ", "1.1.", "Ab Street, ", "password is ", "account no ", "bacnet device "]


@pytest.mark.slow
@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_hostile_text_takes_time_in_proportion_to_its_length(module: ModuleType) -> None:
    for piece in PIECES:
        began = thread_time()
        text = (piece * 50_000)[:50_000]
        for recognise in module.RECOGNISERS:
            for span in recognise(text):
                assert 0 <= span.start < span.end <= len(text)
        assert thread_time() - began < 6.0, piece


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES[:4])
def test_a_megabyte_of_one_character_does_not_hang(piece: str) -> None:
    began, text = thread_time(), piece * 1_000_000
    for module in MODULES:
        for recognise in module.RECOGNISERS:
            list(recognise(text))
    assert thread_time() - began < 90.0


def test_lower_case_keeps_every_place() -> None:
    text = "İstanbul PASSWORD"
    assert len(lowered(text)) == len(text)
    assert lowered(text).endswith("password")
