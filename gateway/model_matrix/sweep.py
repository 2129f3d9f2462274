"""One sweep as it goes on: every question under every setting before the next question, so that settings compare."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from config.settings import Settings
from gateway.errors import BadUsage
from gateway.model_matrix.prepared import Prepared, prepared, samplings
from gateway.model_matrix.questions import ToExplain, ToRead
from gateway.model_matrix.rounds import CALL_S, LOAD_S, first_token_ms
from gateway.model_matrix.subjects import subjects
from gateway.model_matrix.trial import explain_facts, read_question
from gateway.screen import notice
from models import Deadline, Endpoint, Sampling
from models.matrix import Call, Finding, Setting, Task, finding, grid
from models.matrix.recommendation import ROLE_OF

MINUTES = 10.0
Asked = ToRead | ToExplain


@dataclass
class Sweep:
    """What was asked for, and the scores so far: for each question one score a setting, whole questions only."""

    options: Namespace
    settings: Settings
    scores: dict[Setting, list[float]] = field(default_factory=dict)
    current: Setting = field(default_factory=lambda: Setting(0.0))
    model: str = ""
    max_tokens: int = 0
    tell: Callable[[str], None] = notice
    begun: bool = False
    complete: bool = False

    @property
    def task(self) -> Task:
        """Return what is tuned."""
        task: Task = self.options.task
        return task

    async def run(self) -> None:
        """Sweep; ends early where the time is over, with `complete` left False.

        Raises `ModelError` where the model cannot be asked at all.
        """
        async with AsyncExitStack() as stack:
            parts = await stack.enter_async_context(prepared(self.options, self.settings))
            endpoint = await self._endpoint(parts)
            sampling = samplings(parts.routing)[self.task]
            self.model, self.max_tokens = endpoint.id, sampling.max_tokens
            self.current = Setting(sampling.temperature, sampling.top_p)
            most = self.options.questions_most
            asked: Sequence[Asked] = (
                await parts.reading(most) if self.task == "classification" else await parts.explaining(most)
            )
            self.begun = True
            await self._sweep(parts, endpoint, sampling, asked)

    async def _endpoint(self, parts: Prepared) -> Endpoint:
        """Return the model that was named, else the one that has the role."""
        if self.options.model:
            return (await subjects(self.settings, parts.chat, [self.options.model]))[0].endpoint
        role = ROLE_OF[self.task]
        ladder = [e for e in await parts.chat.ladder(role) if e.local]
        if not ladder:
            raise BadUsage(f"no local model has the role {role}; name one with --model")
        return ladder[0]

    async def _sweep(self, parts: Prepared, endpoint: Endpoint, sampling: Sampling, asked: Sequence[Asked]) -> None:
        until = Deadline.after(60 * (self.options.minutes or MINUTES))
        tried = grid(self.current)
        await first_token_ms(parts.chat, endpoint, until.within(LOAD_S))
        for number, one in enumerate(asked):
            calls = [await self._call(parts, endpoint, one, s.on(sampling), until.within(CALL_S)) for s in tried]
            if until.expired:
                return
            for setting, call in zip(tried, calls, strict=True):
                self.scores.setdefault(setting, []).append(call.score)
            self.tell(f"question {number + 1} of {len(asked)}, {len(tried)} settings")
        self.complete = True

    async def _call(
        self, parts: Prepared, endpoint: Endpoint, one: Asked, sampling: Sampling, deadline: Deadline
    ) -> Call:
        if isinstance(one, ToRead):
            return await read_question(parts.chat, endpoint, one, parts.world, deadline, sampling)
        return await explain_facts(
            endpoint.id,
            lambda prompt, until: parts.chat.stream(endpoint, prompt, deadline=until, sampling=sampling),
            one,
            parts.world,
            deadline,
        )

    def finding(self) -> Finding | None:
        """Return what the scores say so far; None where no question has been asked under every setting."""
        return finding(self.scores, self.current, self.options.seed) if self.scores else None
