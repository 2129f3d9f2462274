"""An attempt fails by the false claims it makes, and only by those."""

from datetime import UTC, datetime

import pytest

from models.usage import Chunk
from nodes.draft import Draft, Heard
from nodes.verification import Carried, carried
from tests.small_site import SmallSite
from tools.compute import compute
from tools.grammar import parse

TRUE = "b2 used the most electricity in 2018: 109,500 kWh."
FALSE = ("b2 used 7,000 kWh in 2018.", "b1 used the most electricity in 2018.", "b3 used 12 kWh in 2018.")
HEADING = "The building manager should check the following:"


@pytest.fixture
async def known() -> Carried:
    site, now = SmallSite(), datetime(2026, 11, 22, tzinfo=UTC)
    names = await site.inventory()
    question = "Which building in London used the most electricity in 2018?"
    found = [await compute(q, site, names) for q in parse(question, names, now).queries]
    return carried([e for f in found for e in f.evidence], names, now)


def draft_of(known: Carried, *sentences: str) -> Draft:
    draft = Draft([])
    for sentence in sentences:
        draft.take(sentence, known)
    return draft


async def test_more_than_two_false_claims_for_a_true_one_fail_an_attempt(known: Carried) -> None:
    assert draft_of(known, TRUE, *FALSE).fault() == "3 claims of its 4 sentences are not carried by the evidence"
    assert draft_of(known, TRUE, *FALSE[:2]).fault() is None


async def test_a_false_claim_that_is_repeated_counts_once_and_a_heading_not_at_all(known: Carried) -> None:
    draft = draft_of(known, TRUE, HEADING, FALSE[0], FALSE[0], FALSE[0])
    assert draft.fault() is None
    assert draft.enough  # it is not heard any longer
    assert draft.shown == [TRUE]


async def test_what_shows_nothing_fails_whatever_it_claimed(known: Carried) -> None:
    assert draft_of(known, HEADING).fault() == "none of its 1 sentences is new and carried by the evidence"
    assert draft_of(known).fault() == "it wrote nothing"


@pytest.mark.parametrize(
    ("pieces", "heard"),
    [
        ((" the heating", " runs at night."), "The building manager should check whether the heating runs at night."),
        (("", " ", "the heating runs."), "The building manager should check whether the heating runs."),
        (("Check the heating", " at night."), "Check the heating at night."),
    ],
)
def test_an_answer_is_heard_with_the_words_that_it_goes_on_from(pieces: tuple[str, ...], heard: str) -> None:
    call = Heard("The building manager should check whether")
    said = [sentence for text in pieces for sentence in call.take(Chunk(text))]
    assert said + list(call.sentences.rest(complete=True)) == [heard]
