"""What the calls of one model for one task come to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from models.matrix.call import Call, Probe, Task
from models.matrix.intervals import mean, percentile, wilson
from models.price import Price

SpeedFrom = Literal["server", "derived from the first token"]
QUESTIONS = 1000


@dataclass(frozen=True, slots=True)
class Summary:
    """One cell of the matrix. Shares are 0 to 1; None where nothing was measured or it is no matter of the task."""

    model: str
    task: Task
    runs: int
    """Calls that were made."""
    failed: int
    """Calls that ended in an error."""
    failures: Mapping[str, int]
    """How often each kind of error was met."""
    ttft_p50_ms: float | None
    total_p50_ms: float | None
    total_p90_ms: float | None
    total_p95_ms: float | None
    total_p99_ms: float | None
    first_sentence_p50_ms: float | None
    tokens_per_s: float | None
    """Tokens written after the first one, by the time they took."""
    tokens_in_mean: float
    tokens_out_mean: float
    estimated_share: float
    """Share of calls with a count that is ours and not the server's."""
    form_share: float | None
    misread_share: float | None
    """Share of questions that were read as something else than they mean: worse than not read."""
    sentence_share: float | None
    """Share of judged sentences that the evidence carries."""
    shown_share: float | None
    """Share of analyses that are shown at all, if only with one sentence."""
    quality_share: float
    quality_low: float
    quality_high: float
    """The 95 % interval of the quality."""
    saved_usd: float | None
    """Saved for 1,000 such calls, US dollars; a local call costs electricity only, which is not counted."""


def summary(
    model: str, task: Task, calls: Iterable[Call], price: Price | None, own_price: Price | None = None
) -> Summary:
    """Return the summary of a model's calls for a task.

    `price` is what another would take for the same tokens, `own_price` what the model takes itself.
    """
    own = [c for c in calls if c.model == model and c.task == task]
    done = [c for c in own if not c.failure]
    times, good = [c.total_ms for c in done], sum(c.good for c in own)
    low, high = wilson(good, len(own))
    return Summary(
        model=model,
        task=task,
        runs=len(own),
        failed=len(own) - len(done),
        failures=dict(Counter(c.failure for c in own if c.failure)),
        ttft_p50_ms=percentile([c.ttft_ms for c in done if c.ttft_ms is not None], 50),
        total_p50_ms=percentile(times, 50),
        total_p90_ms=percentile(times, 90),
        total_p95_ms=percentile(times, 95),
        total_p99_ms=percentile(times, 99),
        first_sentence_p50_ms=percentile([c.first_sentence_ms for c in done if c.first_sentence_ms is not None], 50),
        tokens_per_s=writing_speed(done),
        tokens_in_mean=mean([c.tokens_in for c in done]),
        tokens_out_mean=mean([c.tokens_out for c in done]),
        estimated_share=_share([c.estimated for c in done]) or 0.0,
        form_share=_share([c.in_form for c in done if c.in_form is not None]),
        misread_share=_share([c.reading == "wrong" for c in own if c.reading is not None]),
        sentence_share=sum(c.kept for c in done) / checked if (checked := sum(c.checked for c in done)) else None,
        shown_share=_share([c.stands for c in own if c.task == "analysis"]),
        quality_share=good / len(own) if own else 0.0,
        quality_low=low,
        quality_high=high,
        saved_usd=saved_usd(done, price, own_price),
    )


def writing_speed(calls: Sequence[Call]) -> float | None:
    """Return tokens/s after the first token, over all calls together; None where none wrote more than one."""
    timed = [c for c in calls if c.ttft_ms is not None and c.tokens_out > 1 and c.total_ms > c.ttft_ms]
    took_ms = sum(c.total_ms - (c.ttft_ms or 0.0) for c in timed)
    return 1000 * sum(c.tokens_out - 1 for c in timed) / took_ms if took_ms else None


def prompt_speed(probes: Iterable[Probe], calls: Iterable[Call], model: str) -> tuple[float | None, SpeedFrom | None]:
    """Return at how many tokens/s a model reads a prompt that it has not seen, and who says so.

    Without word of the server it is the prompt's tokens by the time to the first token: too low by the first token
    itself and the way there, and too high where the server keeps what all prompts begin with.
    """
    told = [p for p in probes if p.model == model and p.prompt_ms > 0]
    if told:
        return 1000 * sum(p.prompt_tokens for p in told) / sum(p.prompt_ms for p in told), "server"
    first = [c for c in calls if c.model == model and c.ttft_ms]
    if first:
        took_ms = sum(c.ttft_ms or 0.0 for c in first)
        return 1000 * sum(c.tokens_in for c in first) / took_ms, "derived from the first token"
    return None, None


def saved_usd(calls: Sequence[Call], price: Price | None, own_price: Price | None = None) -> float | None:
    """Return how much less 1,000 such calls cost than at `price`, US dollars; None without a price or a call."""
    if price is None or not calls:
        return None
    costs = [price.cost_usd(c.tokens_in, c.tokens_out) for c in calls]
    own = [own_price.cost_usd(c.tokens_in, c.tokens_out) if own_price else 0.0 for c in calls]
    return QUESTIONS * (mean(costs) - mean(own))


def _share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None
