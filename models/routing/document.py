"""What may stand in `llm_routing.yaml`: which models there are, what each is for, and how it is asked."""

from collections import Counter
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from models.price import Price
from models.roles import CLOUD_PATIENCE, PATIENCE, Patience, Role, Sampling
from models.routing.budgets_part import BudgetsPart
from models.routing.part import Part
from models.routing.router_part import RouterPart

Environment = Literal["dev", "test", "production"]
Capability = Literal["chat", "form", "embed"]
Task = Literal["classification", "analysis", "probe"]
Dollars = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]

LOCAL_ONLY: tuple[Environment, ...] = ("dev", "test")
NEEDS: dict[Role, Capability] = {"coordinator": "form", "analyst": "chat", "embedder": "embed"}


class QualityPart(Part):
    """How good a model is, by a public measure: for a router that weighs it against cost and time."""

    score: float = Field(ge=0, le=100, allow_inf_nan=False, description="Percent of the measure named in `of`.")
    of: str = Field(min_length=1, description="The measure: `MMLU`. Scores of different measures do not compare.")
    source: str = Field(min_length=1, description="Who published the score, and where.")


class PricePart(Part):
    """What a provider takes, US dollars for a million tokens. A local model has none."""

    input_usd: Dollars = Field(description="Tokens of the prompt.")
    cached_usd: Dollars | None = Field(default=None, description="Tokens of a prompt's cached start; as input if none.")
    output_usd: Dollars = Field(description="Tokens of the answer.")
    source: str = Field(min_length=1, description="Where the price stands, with its date or version.")

    def price(self) -> Price:
        """Return it as calls are counted."""
        return Price(self.input_usd, self.output_usd, self.cached_usd)


class EndpointPart(Part):
    """One model at one place, or at several hosts that share the work."""

    place: Literal["ollama", "embedded", "cloud"] = Field(description="What serves it.")
    model: str = Field(default="", description="The name that its server knows it by.")
    hosts: tuple[str, ...] = Field(
        default=(), max_length=64, description="Ollama hosts, as in OLLAMA_HOST; that one alone if none is named."
    )
    protocol: Literal["openai", "deepseek", "gemini"] | None = Field(
        default=None, description="What a cloud speaks; known of gpt-4o, deepseek-v3 and gemini."
    )
    base_url: str = Field(default="", description="Where a cloud is asked, as its protocol's clients take it.")
    key: Literal["openai", "deepseek", "google"] | None = Field(
        default=None, description="Whose keys a cloud is asked with: OPENAI_API_KEY, DEEPSEEK_API_KEY, GOOGLE_API_KEY."
    )
    context_tokens: int = Field(
        default=4096, ge=256, le=4_194_304, description="Prompt and answer together, pinned for every call, tokens."
    )
    concurrency: int = Field(default=1, ge=1, le=1024, description="Calls at once at one host.")
    queue: int = Field(default=32, ge=0, le=10_000, description="Calls that may wait for one host.")
    capabilities: tuple[Capability, ...] = Field(
        default=("chat", "form"), min_length=1, description="`chat` writes, `form` fills a JSON schema, `embed` embeds."
    )
    region: str = Field(
        default="",
        pattern=r"^([a-z]{2,16}(-[a-z0-9]+)*)?$",
        description="Where a cloud works on what it is sent: `us`, `eu`, `cn`.",
    )
    quality: QualityPart | None = Field(default=None, description="How good it is; unknown if left out.")
    price: PricePart | None = Field(
        default=None, description="What a cloud costs, where `genai-prices` does not know it or you pay another price."
    )

    @model_validator(mode="after")
    def _fits_its_place(self) -> Self:
        if self.place == "ollama" and not self.model:
            raise ValueError("an Ollama endpoint names its `model`")
        if self.place != "cloud" and (self.protocol or self.base_url or self.key or self.region or self.price):
            of_cloud = "`protocol`, `base_url`, `key`, `region` and `price`"
            raise ValueError(f"{of_cloud} are of a cloud; a {self.place} endpoint has none")
        if self.hosts and self.place != "ollama":
            raise ValueError(f"`hosts` are of Ollama; a {self.place} endpoint has none")
        if twice := [host for host, n in Counter(self.hosts).items() if n > 1]:
            raise ValueError(f"host {', '.join(twice)} is named twice")
        return self


class SamplingPart(Part):
    """How a model writes for a kind of task."""

    temperature: float = Field(ge=0, le=2, allow_inf_nan=False, description="0.0 always takes the likeliest token.")
    top_p: float | None = Field(
        default=None, gt=0, le=1, allow_inf_nan=False, description="Share of likely tokens drawn from; 1.0 if none."
    )
    max_tokens: int = Field(ge=1, le=32_768, description="Longest answer, tokens.")

    def sampling(self) -> Sampling:
        """Return it as models are asked."""
        return Sampling(self.temperature, self.max_tokens, self.top_p)


class PatiencePart(Part):
    """How long a stream may be silent, seconds; the deadline of the call ends both waits sooner."""

    first_token_s: Seconds = Field(description="From the request to the first text.")
    next_token_s: Seconds = Field(description="From one token to the next.")

    def patience(self) -> Patience:
        """Return it as streams wait."""
        return Patience(self.first_token_s, self.next_token_s)


class PatiencesPart(Part):
    """Local models load for seconds and then write slowly; a cloud that is silent is not worth a long wait."""

    local: PatiencePart = PatiencePart(first_token_s=PATIENCE.first_token_s, next_token_s=PATIENCE.next_token_s)
    cloud: PatiencePart = PatiencePart(
        first_token_s=CLOUD_PATIENCE.first_token_s, next_token_s=CLOUD_PATIENCE.next_token_s
    )


class TriesPart(Part):
    """How often one endpoint is asked before the next rung: only before its first text."""

    most: int = Field(default=3, ge=1, le=3, description="Calls, the first one counted; a clearance is for three.")
    backoff_s: Seconds = Field(default=0.25, description="Longest wait before the second call; doubled for the third.")
    within_s: Seconds = Field(
        default=8.0, description="A wait, Retry-After too, that would end later after the first call is not waited for."
    )
    hedge: bool = Field(
        default=False, description="Ask another host of the same local model too, where the first is slow to begin."
    )


class OllamaPart(Part):
    """How Ollama is operated."""

    memory_gib: float = Field(default=12.0, gt=0, allow_inf_nan=False, description="For all loaded models, GiB.")
    probe_s: Seconds = Field(default=2.5, description="A one-token probe without an answer for so long means it hangs.")


RolePart = dict[Role, tuple[str, ...]]


class RoutingDocument(Part):
    """The whole file."""

    version: Literal[1]
    environments: dict[Environment, RolePart] = Field(
        description="For each environment and role the endpoints by name, in the order to try them."
    )
    endpoints: dict[Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")], EndpointPart]
    tasks: dict[Task, SamplingPart]
    patience: PatiencesPart = PatiencesPart()
    tries: TriesPart = TriesPart()
    ollama: OllamaPart = OllamaPart()
    router: RouterPart = RouterPart()
    budgets: BudgetsPart = BudgetsPart()

    @field_validator("tasks")
    @classmethod
    def _all_tasks(cls, tasks: dict[Task, SamplingPart]) -> dict[Task, SamplingPart]:
        if lacking := {"classification", "analysis", "probe"} - set(tasks):
            raise ValueError(f"task {', '.join(sorted(lacking))} is missing; write its temperature and max_tokens")
        return tasks

    @field_validator("environments")
    @classmethod
    def _all_roles(cls, given: dict[Environment, RolePart]) -> dict[Environment, RolePart]:
        if lacking := {"dev", "test", "production"} - set(given):
            raise ValueError(f"environment {', '.join(sorted(lacking))} is missing; name its roles")
        for environment, roles in given.items():
            for role in NEEDS:
                if not roles.get(role):
                    raise ValueError(f"{environment} has no {role}; name at least one endpoint for it")
        return given

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        for environment, roles in self.environments.items():
            for role, names in roles.items():
                self._check(environment, role, names)
        one_context: dict[str, int] = {}
        for name, part in self.endpoints.items():
            if (
                part.place == "ollama"
                and one_context.setdefault(part.model, part.context_tokens) != part.context_tokens
            ):
                raise ValueError(
                    f"{name} asks {part.model} with another context_tokens than an endpoint before it;"
                    " Ollama would load it anew at each change"
                )
        return self

    def _check(self, environment: Environment, role: Role, names: tuple[str, ...]) -> None:
        where = f"{environment}.{role}"
        if unknown := [name for name in names if name not in self.endpoints]:
            raise ValueError(f"{where} names {', '.join(unknown)}, which is no endpoint; add it under `endpoints`")
        if twice := [name for name, n in Counter(names).items() if n > 1]:
            raise ValueError(f"{where} names {', '.join(twice)} twice")
        cloud = [name for name in names if self.endpoints[name].place == "cloud"]
        if cloud and environment in LOCAL_ONLY:
            raise ValueError(f"{where} names the cloud's {', '.join(cloud)}; `{environment}` is local only")
        if unfit := [name for name in names if NEEDS[role] not in self.endpoints[name].capabilities]:
            raise ValueError(f"{where} names {', '.join(unfit)}, which cannot {NEEDS[role]!r}; see its capabilities")
