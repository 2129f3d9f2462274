"""What a server says in place of an answer is read the same in every protocol; the tables hold what was checked."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.endpoint import Endpoint
from models.errors import ContentFiltered, MalformedAnswer, ModelBusy, ModelError, TruncatedAnswer
from models.finishes import fault_of, finish_of
from models.statuses import CODES, STATUSES, WORDS, Meaning, Refusal, code_of, error_of, meaning_of, retry_after_s
from models.usage import estimate_tokens, is_believable, is_same_model

ENDPOINT = Endpoint("cloud:x", "analyst", "cloud", "x-1", "https://x.example/v1", 1000, local=False)
NOW = datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 1.0),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 2.5 "}, 2.5),
        ({"retry-after": "-3"}, 1.0),
        ({"retry-after": "nan"}, 1.0),
        ({"retry-after": "1e9"}, 1.0),
        ({"retry-after": "999999"}, 3600.0),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after-ms": "soon", "retry-after": "9"}, 9.0),
        ({"retry-after": "Thu, 01 Jan 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Thu, 01 Jan 2026 12:00:30 -0000"}, 30.0),
        ({"retry-after": "Thu, 01 Jan 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "Fri, 01 Jan 2027 12:00:00 GMT"}, 3600.0),
        ({"retry-after": "Thu, 01 Jan 2026 12:00:30 GMT", "date": "Thu, 01 Jan 2026 12:00:20 GMT"}, 10.0),
        ({"retry-after": "Thu, 99 Jan 2026 12:00:30 GMT"}, 1.0),
        ({"retry-after": "tomorrow"}, 1.0),
    ],
    ids=str,
)
def test_time_to_come_back_is_read_as_number_or_date_and_bounded(headers: dict[str, str], seconds: float) -> None:
    assert retry_after_s(headers, now=lambda: NOW) == seconds


def test_date_without_the_clock_of_the_server_is_by_ours() -> None:
    soon = (datetime.now(UTC) + timedelta(seconds=60)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert 55 < retry_after_s({"retry-after": soon}) <= 60


@pytest.mark.parametrize("code", CODES)
def test_known_code_says_what_a_refusal_means_with_any_status(code: str) -> None:
    assert meaning_of(Refusal(400, code, ("unknown", code))) is CODES[code]
    assert meaning_of(Refusal(None, code, (code,))) is CODES[code]


@pytest.mark.parametrize("words", WORDS)
def test_known_words_say_it_where_the_code_does_not(words: str) -> None:
    said = Refusal(400, "no code", ("invalid_request_error",), f"Well: {words.upper()}.")
    assert meaning_of(said) is WORDS[words]


@pytest.mark.parametrize(
    ("refusal", "meaning"),
    [
        (Refusal(402, "", ("RESOURCE_EXHAUSTED",)), Meaning.NO_CREDIT),
        (Refusal(429, "", ("RESOURCE_EXHAUSTED",), "You exceeded your current quota"), Meaning.BUSY),
        (Refusal(429, "", ("rate_limit_exceeded",), "Request too large for x"), Meaning.TOO_LONG),
        (Refusal(401, "", ("invalid_api_key",), "maximum context length"), Meaning.BAD_KEY),
        (Refusal(404, "", ("slow_down",)), Meaning.NO_MODEL),
        (Refusal(403, "", ("unsupported_country_region_territory",)), Meaning.REJECTED),
        (Refusal(418, ""), Meaning.REJECTED),
        (Refusal(307, ""), Meaning.FAILED),
        (Refusal(599, ""), Meaning.FAILED),
        (Refusal(None, ""), Meaning.FAILED),
    ],
    ids=str,
)
def test_code_words_and_status_are_weighed(refusal: Refusal, meaning: Meaning) -> None:
    assert meaning_of(refusal) is meaning


@pytest.mark.parametrize("status", STATUSES)
def test_words_of_a_refusal_are_in_no_error(status: int) -> None:
    error = error_of(Refusal(status, "some_code", ("some_code",), "the prompt was: opens at 07:40"), ENDPOINT)
    assert "07:40" not in str(error)
    assert "07:40" not in repr(error)


def test_long_words_of_a_server_of_ours_are_cut() -> None:
    assert len(str(error_of(Refusal(500, "x" * 10_000), ENDPOINT))) < 400


def test_time_in_the_body_goes_before_the_header_and_is_bounded() -> None:
    for retry_s, seconds in ((36.5, 36.5), (1e6, 3600.0), (None, 7.0)):
        error = error_of(Refusal(429, "", retry_s=retry_s, headers={"retry-after": "7"}), ENDPOINT)
        assert isinstance(error, ModelBusy)
        assert error.retry_after_s == seconds


def test_only_a_code_is_shown() -> None:
    assert code_of([None, 7, "two words", "", "x" * 65, "rate_limit", "later"]) == "rate_limit"
    assert code_of([]) == "no code"


@pytest.mark.parametrize(
    ("word", "begun", "error"),
    [
        ("SAFETY", True, ContentFiltered),
        ("content_filter", False, ContentFiltered),
        ("tool_calls", False, MalformedAnswer),
        ("insufficient_system_resource", False, ModelBusy),
        ("insufficient_system_resource", True, TruncatedAnswer),
        ("OTHER", True, TruncatedAnswer),
        ("the prompt was: opens at 07:40", True, TruncatedAnswer),
    ],
)
def test_end_that_is_none_is_an_error(word: str, begun: bool, error: type[ModelError]) -> None:
    assert finish_of(word) is None
    fault = fault_of(word, "e", begun=begun)
    assert type(fault) is error
    assert "07:40" not in str(fault)


def test_ends_of_an_answer_are_known_in_every_protocol() -> None:
    assert [finish_of(word) for word in ("stop", "STOP", "length", "MAX_TOKENS")] == [
        "stop",
        "stop",
        "length",
        "length",
    ]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("gpt-4o", "gpt-4o"),
        ("gpt-4o", "gpt-4o-2024-08-06"),
        ("gpt-4", "gpt-4-0613"),
        ("gemini-2.5-flash", "models/gemini-2.5-flash"),
        ("gemini-2.5-flash", "gemini-2.5-flash-001"),
        ("gemini-2.5-flash", "gemini-2.5-flash-preview-05-20"),
        ("gemini-2.5-flash", "gemini-2.5-flash-preview-09-2025"),
        ("deepseek-v3", "DeepSeek-V3-0324"),
        ("smollm2", "smollm2:latest"),
        ("gpt-4o-2024-08-06", "gpt-4o"),
    ],
)
def test_dated_version_is_the_same_model(asked: str, answered: str) -> None:
    assert is_same_model(asked, answered)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("gpt-4o", "gpt-4o-mini"),
        ("gpt-4o", "gpt-4"),
        ("gpt-4o", "gpt-4o-mini-2024-07-18"),
        ("qwen2.5:7b", "qwen2.5:3b"),
        ("gpt-4o-2024-08-06", "gpt-4o-2024-05-13"),
        ("deepseek-chat", "deepseek-reasoner"),
    ],
)
def test_another_model_is_not_the_same(asked: str, answered: str) -> None:
    assert not is_same_model(asked, answered)


@pytest.mark.parametrize(
    ("counts", "believable"),
    [((42, 7), True), ((1, 1), True), ((0, 7), False), ((42, 0), False), ((-1, 7), False), ((42, 10**6), False)],
)
def test_counts_are_believed_where_they_can_be_true(counts: tuple[int, int], believable: bool) -> None:
    assert is_believable(*counts, prompt="Why?", text="Because.") is believable


def test_empty_answer_may_cost_nothing() -> None:
    assert is_believable(5, 0, "Why?", "")


def test_estimate_follows_the_factor_of_a_family() -> None:
    text = "The building used 1,234.5 kWh. " * 100
    assert estimate_tokens(text, 1.5) == pytest.approx(1.5 * estimate_tokens(text), rel=0.01)


def test_refusal_is_told_apart_from_its_words_when_printed() -> None:
    refusal: Any = Refusal(400, "code", words="opens at 07:40", headers={"x": "07:40"})
    assert "07:40" not in repr(refusal)
