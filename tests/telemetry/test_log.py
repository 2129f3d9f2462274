"""A log line says what happened and where; what slipped into it is redacted before any handler sees it."""

import logging
import re
from collections.abc import Iterator

import pytest

from telemetry.faults import CAUSES, told
from telemetry.log import WORDY, _redaction, configure_log, log

SECRET = "hunter2-Blaustein"


def redact(text: str) -> str:
    """Withhold what holds the secret; name persons by type."""
    return "[withheld: RESTRICTED]" if SECRET in text else text.replace("Marie", "[PERSON]")


class Lines(logging.Handler):
    """Keeps what a handler would write."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Give what `log` writes, and leave logging as it was."""
    names = ["eaio", *WORDY]
    before = {n: (logging.getLogger(n).handlers[:], logging.getLogger(n).propagate) for n in names}
    level, given, last = log.level, _redaction.redact, logging.lastResort
    kept = Lines()
    log.handlers[:] = [kept]
    yield kept.lines
    log.setLevel(level)
    _redaction.redact = given
    assert logging.lastResort is last
    for name, (handlers, propagate) in before.items():
        logging.getLogger(name).handlers[:] = handlers
        logging.getLogger(name).propagate = propagate


def raised(fault: Exception) -> Exception:
    """Return a fault as one that was raised, with a place."""

    def falls() -> None:
        raise fault

    with pytest.raises(type(fault)) as caught:
        falls()
    return caught.value


def test_argument_is_redacted(lines: list[str]) -> None:
    configure_log("info", redact)
    log.info("the meters of %s answer", "Marie")
    assert lines == ["the meters of [PERSON] answer"]


def test_line_that_is_withheld_keeps_the_words_that_are_ours(lines: list[str]) -> None:
    configure_log("info", redact)
    log.error("agent memory is not there: %s, try %5.2f of %(no)s", SECRET, 3.0, {})
    log.error("agent memory is not there: %s", SECRET)
    assert lines[1] == "agent memory is not there: [withheld]"
    assert SECRET not in "".join(lines)


def test_line_whose_own_words_are_withheld_keeps_its_place(lines: list[str]) -> None:
    configure_log("info", redact)
    log.error(SECRET)
    assert re.fullmatch(r"telemetry/test_log\.py:\d+ test_line_whose_own_words\w+ \[withheld\]", lines[0])


def test_redactor_that_fails_leaves_the_place(lines: list[str]) -> None:
    def broken(_: str) -> str:
        raise RuntimeError(SECRET)

    configure_log("info", broken)
    log.error("the code is %s", SECRET)
    assert lines[0].endswith("[withheld]")
    assert SECRET not in lines[0]
    assert "the code" not in lines[0]


def test_redactor_that_logs_is_not_asked_about_its_own_line(lines: list[str]) -> None:
    def wordy(text: str) -> str:
        log.warning("looking at %s", text)
        return text

    configure_log("info", wordy)
    log.error("one")
    assert lines[0].endswith("wordy [withheld]")
    assert lines[1:] == ["one"]


def test_arguments_that_do_not_fit_are_not_printed(lines: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    configure_log("info", redact)
    log.error("one %d", SECRET)
    assert lines[0].endswith("[withheld]")
    assert SECRET not in capsys.readouterr().err


@pytest.mark.parametrize("said", ["a\nERROR eaio forged", "a\r\x1b[2Kb", "a\x00b", "a\u2028b", "a\u202eb", "a\ud800b"])
def test_an_event_stays_one_line_that_can_be_written(lines: list[str], said: str) -> None:
    configure_log("info", redact)
    log.info("it said %s", said)
    assert lines[0].isprintable()
    assert lines[0].encode()


def test_traceback_tells_kind_and_places_and_no_values(lines: list[str]) -> None:
    configure_log("info", redact)
    inner, outer = raised(KeyError(SECRET)), ValueError("Marie asked")
    outer.__cause__ = inner
    log.error("it broke", exc_info=raised(outer))
    assert SECRET not in lines[0]
    assert "it broke | ValueError: [PERSON] asked at telemetry/test_log.py:" in lines[0]
    assert "behind it KeyError: [withheld: RESTRICTED] at telemetry/test_log.py:" in lines[0]
    assert "raise fault" not in lines[0]


def test_exception_logger_method_and_stack_are_one_line(lines: list[str]) -> None:
    configure_log("info", redact)
    log.exception("it broke", exc_info=raised(OSError("full")), stack_info=True)
    log.error("nothing here", exc_info=True)
    assert lines[0].startswith("it broke | OSError: full at telemetry/test_log.py:")
    assert lines[1] == "nothing here"


def test_logger_below_ours_is_redacted_alike(lines: list[str]) -> None:
    configure_log("info", redact)
    logging.getLogger("eaio.part").warning("of %s", "Marie")
    assert lines == ["of [PERSON]"]


def test_configured_again_a_line_comes_once_by_the_redactor_in_force(lines: list[str]) -> None:
    configure_log("info")
    configure_log("info", str.upper)
    configure_log("info", redact)
    configure_log("info")
    log.info("Marie")
    log.debug("Marie")
    assert lines == ["[PERSON]"]


def test_without_a_redactor_lines_are_as_they_were(lines: list[str]) -> None:
    _redaction.redact = None
    configure_log("info")
    log.info("%s of %d", "one", 2)
    assert lines == ["one of 2"]


def test_a_handler_for_stderr_is_made_once(lines: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    log.handlers.clear()
    configure_log("info", redact)
    configure_log("info", redact)
    log.info("hello %s", "Marie")
    assert re.fullmatch(r"\d\d:\d\d:\d\d INFO eaio hello \[PERSON\]\n", capsys.readouterr().err)


@pytest.mark.parametrize("name", ["openai._base_client", "httpx", "urllib3.connectionpool", "langsmith.client"])
def test_wordy_library_says_nothing_below_a_warning_and_that_redacted(
    lines: list[str], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    configure_log("debug", redact)
    root, everything = logging.getLogger(), Lines()
    library = logging.getLogger(name)
    root.addHandler(everything)
    library.setLevel(logging.DEBUG)  # as `OPENAI_LOG=debug` does, with a handler for all
    try:
        library.debug("Request options: %s", {"messages": [{"content": "Marie"}]})
        library.warning("refused what Marie said")
    finally:
        library.setLevel(logging.NOTSET)
        root.removeHandler(everything)
    assert lines == everything.lines == []
    said = capsys.readouterr().err
    assert "Request options" not in said
    assert said.endswith(f"WARNING {name} refused what [PERSON] said\n")


def test_nothing_is_printed_of_a_library_where_there_is_no_last_resort(
    lines: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    last = logging.lastResort
    for name in WORDY:
        logging.getLogger(name).handlers.clear()
    monkeypatch.setattr(logging, "lastResort", None)
    configure_log("debug", redact)
    logging.getLogger("openai").warning("Marie")
    monkeypatch.setattr(logging, "lastResort", last)
    assert capsys.readouterr().err == ""


def test_faults_of_a_group_and_a_circle_are_told_once_each() -> None:
    one, two = ValueError("one"), ValueError("two")
    one.__context__, two.__context__ = two, one
    said = told(ExceptionGroup("both", [one, two]), str)
    assert said == "ExceptionGroup: both (2 sub-exceptions); behind it ValueError: one; behind it ValueError: two"


def test_many_faults_behind_one_are_cut() -> None:
    said = told(ExceptionGroup("many", [ValueError(str(n)) for n in range(100)]), str)
    assert said.count("ValueError") == CAUSES - 1


def test_fault_without_words_or_with_broken_ones_is_told_by_its_kind() -> None:
    class Broken(Exception):
        def __str__(self) -> str:
            raise RuntimeError(SECRET)

    assert told(Broken(), str).endswith("Broken: (no message)")
    quiet = ValueError("x")
    quiet.__context__, quiet.__suppress_context__ = KeyError("y"), True
    assert told(quiet, str) == "ValueError: x"
