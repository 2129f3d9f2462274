"""Which temperature and top-p to ask with: a small grid on fixed prompts, and whether the best is more than luck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.matrix.intervals import flip_p_value, mean, mean_interval
from models.roles import Sampling

TEMPERATURES = (0.0, 0.2, 0.5, 0.8)
TOP_PS = (None, 0.9)
SIGNIFICANT = 0.05
LEAST_QUESTIONS = 6
"""Of fewer pairs even the clearest difference may be luck: 2 of the 32 sign patterns of five are as clear (p 0.06)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How to draw the next token; `top_p` None leaves it to the server."""

    temperature: float
    top_p: float | None = None

    @property
    def words(self) -> str:
        """Return it as a person writes it."""
        return f"temperature {self.temperature:g}" + (f", top-p {self.top_p:g}" if self.top_p is not None else "")

    def on(self, sampling: Sampling) -> Sampling:
        """Return a sampling with this setting and the same longest answer."""
        return Sampling(self.temperature, sampling.max_tokens, self.top_p)


@dataclass(frozen=True, slots=True)
class Scored:
    """A setting with its mean score, 0 to 1, the 95 % interval of that, and how it compares with the one in force."""

    setting: Setting
    score: float
    low: float
    high: float
    difference: float
    p_value: float
    """Of the difference to the setting in force, corrected for the number of settings (Bonferroni)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a sweep found. `scored` is best first; `differs` tells whether the best is better than the one in force."""

    current: Scored
    best: Scored
    scored: tuple[Scored, ...]
    questions: int
    differs: bool

    @property
    def words(self) -> str:
        """Return it in one line."""
        if self.best.setting == self.current.setting:
            return f"the setting in force is the best of {len(self.scored)}: {self.current.setting.words}"
        if self.questions < LEAST_QUESTIONS:
            return f"nothing can be told of {self.questions} questions; {LEAST_QUESTIONS} are the least"
        gained = f"{self.best.setting.words} scores {self.best.difference:+.2f} over {self.current.setting.words}"
        return f"{gained}, {'more' if self.differs else 'no more'} than chance explains (p {self.best.p_value:.2g})"


def grid(current: Setting, *, with_top_p: bool = True) -> list[Setting]:
    """Return the settings to try, the one in force first; at temperature 0 there is nothing for top-p to cut."""
    tried = [Setting(t, p) for t in TEMPERATURES for p in TOP_PS if p is None or (with_top_p and t > 0)]
    return [current, *(setting for setting in tried if setting != current)]


def finding(scores: Mapping[Setting, Sequence[float]], current: Setting, seed: int) -> Finding:
    """Return what the scores say; each setting has one score for each question, in the same order."""
    own = scores[current]
    trials = max(1, len(scores) - 1)
    scored = sorted(
        (_scored(s, values, own, trials, seed) for s, values in scores.items()),
        key=lambda found: (-found.score, found.setting != current),
    )
    mine = next(found for found in scored if found.setting == current)
    best = scored[0]
    differs = best is not mine and len(own) >= LEAST_QUESTIONS and best.p_value < SIGNIFICANT
    return Finding(mine, best, tuple(scored), len(own), differs)


def _scored(setting: Setting, values: Sequence[float], own: Sequence[float], trials: int, seed: int) -> Scored:
    gaps = [value - other for value, other in zip(values, own, strict=True)]
    low, high = mean_interval(values, seed)
    return Scored(setting, mean(values), low, high, mean(gaps), min(1.0, trials * flip_p_value(gaps, seed)))
