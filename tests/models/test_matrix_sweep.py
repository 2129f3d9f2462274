"""A setting is called better only where chance does not explain it."""

from models.matrix import Setting, finding, grid
from models.matrix.sweep import LEAST_QUESTIONS
from models.roles import ANALYSIS

NOW, COOL, WARM = Setting(0.2), Setting(0.0), Setting(0.8, 0.9)


def test_setting_in_force_is_tried_first_and_once() -> None:
    assert grid(NOW)[0] == NOW
    assert grid(NOW).count(NOW) == 1
    assert grid(Setting(0.3))[0] == Setting(0.3)


def test_top_p_is_not_tried_where_it_cuts_nothing() -> None:
    assert Setting(0.0, 0.9) not in grid(NOW)
    assert WARM in grid(NOW)
    assert all(s.top_p is None for s in grid(NOW, with_top_p=False))


def test_setting_keeps_the_longest_answer() -> None:
    sampling = WARM.on(ANALYSIS)
    assert (sampling.temperature, sampling.top_p, sampling.max_tokens) == (0.8, 0.9, ANALYSIS.max_tokens)
    assert (WARM.words, NOW.words) == ("temperature 0.8, top-p 0.9", "temperature 0.2")


def test_clear_gain_differs() -> None:
    found = finding({NOW: [0.0] * 12, COOL: [1.0] * 12, WARM: [0.5, 0.0] * 6}, NOW, 1)
    assert found.best.setting == COOL
    assert found.differs
    assert found.best.difference == 1.0
    assert "more than chance explains" in found.words
    assert "no more" not in found.words


def test_small_gain_does_not_differ() -> None:
    found = finding({NOW: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5], COOL: [0.5, 0.5, 0.5, 0.5, 0.5, 1.0]}, NOW, 1)
    assert found.best.setting == COOL
    assert not found.differs
    assert "no more than chance explains" in found.words


def test_setting_in_force_wins_a_tie() -> None:
    found = finding({COOL: [1.0] * 8, NOW: [1.0] * 8}, NOW, 1)
    assert found.best is found.current
    assert not found.differs
    assert found.words == "the setting in force is the best of 2: temperature 0.2"


def test_few_questions_tell_nothing() -> None:
    found = finding({NOW: [0.0] * 3, COOL: [1.0] * 3}, NOW, 1)
    assert not found.differs
    assert found.words == f"nothing can be told of 3 questions; {LEAST_QUESTIONS} are the least"


def test_trying_many_settings_asks_for_a_clearer_gain() -> None:
    gain, none = [1.0] * 6, [0.0] * 6
    alone = finding({NOW: none, COOL: gain}, NOW, 1)
    among = finding({NOW: none, COOL: gain} | {Setting(0.1 * n): none for n in range(3, 8)}, NOW, 1)
    assert alone.differs
    assert not among.differs
    assert among.best.p_value > alone.best.p_value
