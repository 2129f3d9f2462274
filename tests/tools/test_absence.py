"""What the data does not answer is said with what would be needed."""

import re

import pytest

from tests.small_site import SmallSite
from tests.tools.analyses.asked import ask
from tools.absence import NEEDED, cannot_answer
from tools.errors import NoData
from tools.grammar.beyond import BEYOND


@pytest.mark.parametrize("subject", sorted({meaning for _, meaning in BEYOND}))
def test_every_subject_that_the_grammar_knows_says_what_would_be_needed(subject: str) -> None:
    assert cannot_answer(subject) == NEEDED[subject]


@pytest.mark.parametrize("subject", sorted(NEEDED))
def test_words_are_a_clause_without_figures_of_the_data(subject: str) -> None:
    assert not NEEDED[subject].endswith(".")
    assert len(NEEDED[subject]) < 260
    assert re.search(r"would|ask|state|not metered|service", NEEDED[subject])


def test_unknown_subject_gets_a_general_answer() -> None:
    assert cannot_answer("the menu").startswith("the menu is not part of the data here")


async def test_missing_price_and_factor_name_their_remedies() -> None:
    for measure, remedy in (("cost", "eaio site set delhi --tariff"), ("carbon", "state a factor")):
        with pytest.raises(NoData, match=remedy):
            await ask(SmallSite(), "total", measure=measure, buildings=("mill",))
