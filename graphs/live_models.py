"""Models as the graph uses them: what can be asked now, the analysts by their ids, the coordinator under its time."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from pydantic import BaseModel

from config.settings import Settings
from graphs.account import TENANT, account_of
from graphs.left_out import left_out
from models import ChatModels, Chunk, Deadline, Endpoint
from models.budget import Purse
from models.errors import ModelError, ModelNotFound
from models.pool import LaneState, Work
from models.profile import Resolution
from models.router import NO_BUDGET, BudgetView, Rules
from models.router.snapshot import candidates_of
from models.routing import DocumentError, load_routing
from models.routing.manner import routed_manner
from nodes.route import Snapshot
from privacy.labels import Label
from privacy.policy import NOTHING_LEAVES, Policy

Form = TypeVar("Form", bound=BaseModel)


class LiveModels:
    """The ladder, the analysts and the coordinator over `ChatModels`."""

    def __init__(
        self,
        settings: Settings,
        chat: ChatModels,
        cloud: Callable[[], Sequence[Endpoint]] = tuple[Endpoint, ...],
        *,
        lanes: Callable[[], Mapping[str, LaneState]] = dict,
        policy: Callable[[], Policy] = lambda: NOTHING_LEAVES,
        purse: Purse | None = None,
        tenant: str = TENANT,
    ) -> None:
        """Put what `cloud` gives among the local analysts as the routing document orders them.

        `lanes` tells how busy each is, `policy` what may go to a cloud, `purse` what that may cost; without it nothing.
        Questions of one `tenant` and label that ask a model the same at the same moment share the call.
        """
        self._settings, self._chat, self._cloud = settings, chat, cloud
        self._lanes, self._policy, self._purse, self._tenant = lanes, policy, purse, tenant

    async def snapshot(self, tokens_in: int) -> Snapshot:
        """Return the analysts as they are now, those that are left out here behind the others."""
        found, there = await self._found()
        out = self._left_out(found, there)
        tokens_out = routed_manner(self._settings.routing).tasks["analysis"].max_tokens
        policy = self._policy()
        return Snapshot(
            profile=found.profile,
            reason=found.reason,
            environment=self._settings.in_force,
            candidates=candidates_of(
                [*there, *(endpoint for endpoint, _ in out)],
                self._lanes(),
                Work(tokens_in, tokens_out),
                max_labels={e.id: highest_of(policy, e.name) for e in there if not e.local},
                outside={endpoint.id: why for endpoint, why in out},
            ),
            rules=self._rules(),
            policy=policy.hash,
            tokens_out=tokens_out,
            at=datetime.now(UTC),
        )

    async def budget(self, question_id: str) -> BudgetView:
        """Return what is left for a question."""
        return await self._purse.view(account_of(question_id)) if self._purse else NO_BUDGET

    async def analysts(self) -> tuple[str, str, Sequence[Endpoint]]:
        """Return the profile that is in force, why, and the endpoints of role `analyst`."""
        found, endpoints = await self._found()
        return found.profile, found.reason, endpoints

    async def speak(
        self, endpoint: str, prompt: list[tuple[str, str]], deadline: Deadline, label: Label
    ) -> AsyncGenerator[Chunk, None]:
        """Stream one answer of an analyst. Raises `ModelError`, also in the middle."""
        ladder = await self._chat.ladder("analyst")
        one = next((e for e in ladder if e.id == endpoint), None)
        if one is None:
            raise ModelNotFound(endpoint, endpoint, [e.id for e in ladder])
        stream = self._chat.stream(one, prompt, deadline=deadline, shared_as=self._sharers(label))
        try:
            async for chunk in stream:
                yield chunk
        finally:
            await stream.aclose()

    async def fill(self, messages: list[tuple[str, str]], schema: type[Form], label: Label = Label.RESTRICTED) -> Form:
        """Return a form filled by the first coordinator that can, within its budget. Raises `ModelError`."""
        deadline = Deadline.after(self._settings.coordinator_budget_s)
        failed: ModelError = ModelNotFound("coordinator", "a coordinator", [])
        for endpoint in await self._chat.ladder("coordinator"):
            try:
                return await self._chat.fill(
                    endpoint, messages, schema, deadline=deadline, shared_as=self._sharers(label)
                )
            except ModelError as fault:
                failed = fault
        raise failed

    def _sharers(self, label: Label) -> str:
        return f"{self._tenant}/{label.name}"

    async def _found(self) -> tuple[Resolution, Sequence[Endpoint]]:
        """Return what the profile comes to, and its analysts with the clouds among them, in the document's order."""
        found = await self._chat.resolution()
        place = {name: number for number, name in enumerate(found.order)}
        local = await self._chat.ladder("analyst")
        return found, sorted((*local, *self._cloud()), key=lambda e: place.get(e.name, len(place)))

    def _left_out(self, found: Resolution, there: Sequence[Endpoint]) -> list[tuple[Endpoint, str]]:
        try:
            document = load_routing(self._settings.routing).document
        except DocumentError:  # the resolution says what is to be mended
            return []
        return list(left_out(self._settings, document, found, there))

    def _rules(self) -> Rules:
        strategy = self._settings.strategy
        try:
            return load_routing(self._settings.routing).document.router.rules(strategy)
        except DocumentError:
            return Rules(strategy) if strategy else Rules()


def highest_of(policy: Policy, destination: str) -> str | None:
    """Return the name of the highest label that may go to a destination, None where nothing may."""
    may = [label for label in Label if policy.rule(destination, label).action != "deny"]
    return max(may).name if may else None
