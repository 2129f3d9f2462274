"""What a user may set without code, read once from the environment.

This is the only place that reads the environment. Every setting is `EAIO_<NAME>`; the host of Ollama keeps the name
that Ollama itself uses, `OLLAMA_HOST`.
"""

import hashlib
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AliasChoices, Field, SecretStr, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from config.near_name import unknown

Profile = Literal["auto", "embedded", "local", "production"]
Environment = Literal["dev", "test", "production"]
Strategy = Literal["local_first", "local_only", "cheapest", "fastest", "best_quality", "balanced"]
KEYS = ("openai_api_key", "deepseek_api_key", "google_api_key", "langsmith_api_key")
KEY_PLACES = ("openai_api_key_file", "deepseek_api_key_file", "google_api_key_file", "secrets_dir")
STORES = ("home", "database_url", "redis_url", "milvus_uri", "conversation_days")
TOLD = ("log_level", "tracing", "langsmith_endpoint", "langsmith_project")


class SealedEnvironment(EnvSettingsSource):
    """The environment with its keys sealed: the error of a validator shows what the whole was made of."""

    def __call__(self) -> dict[str, Any]:
        """Return what is set."""
        return {name: SecretStr(v) if name.lower() in KEYS else v for name, v in super().__call__().items()}


class Settings(BaseSettings):
    """One frozen set of settings; a run keeps the one it began with."""

    model_config = SettingsConfigDict(env_prefix="EAIO_", frozen=True, extra="ignore", populate_by_name=True)

    home: Path = Field(default=Path("~/.local/share/eaio"), description="State folder: services, data, logs.")
    profile: Profile = Field(default="auto", description="Which models and stores: see DESIGN, `profile`.")

    database_url: str | None = Field(default=None, description="PostgreSQL to use instead of the embedded one.")
    redis_url: str | None = Field(default=None, description="Redis or Valkey to use instead of the embedded one.")
    milvus_uri: str | None = Field(default=None, description="Milvus to use instead of the embedded one.")

    ollama_host: str = Field(
        default="127.0.0.1:11434",
        validation_alias=AliasChoices("OLLAMA_HOST", "ollama_host"),
        description="Where Ollama answers, as Ollama itself reads it.",
    )
    ollama_managed: bool = Field(
        default=False, description="Run an Ollama of EAIO's own, and start it anew when it hangs."
    )
    ollama_binary: Path | None = Field(
        default=None, description="The `ollama` to run; else as `make ollama` or PATH has."
    )
    ollama_models: Path | None = Field(default=None, description="Where an Ollama of EAIO's own keeps its models.")
    routing: Path | None = Field(default=None, description="Models to use instead of config/llm_routing.yaml.")
    environment: Environment | None = Field(
        default=None,
        description="Whose models are tried; `production` where EAIO_CLOUD or the profile asks for it, else `dev`.",
    )
    strategy: Strategy | None = Field(default=None, description="How models are chosen, if not as routed.")
    coordinator_model: str | None = Field(
        default=None, description="Ollama model of role `coordinator`, if not as routed."
    )
    analyst_model: str | None = Field(default=None, description="Ollama model of role `analyst`, if not as routed.")
    num_ctx: int | None = Field(
        default=None, ge=512, description="Context length pinned for every local call, tokens, if not as routed."
    )
    num_threads: int = Field(default=1, ge=1, description="Threads of the embedded model; never give it every core.")

    privacy_policy: Path | None = Field(default=None, description="Policy to use instead of config/privacy.yaml.")
    cloud: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Cloud models that may be asked after the local ones, with commas; none unless named here.",
    )
    openai_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("OPENAI_API_KEY", "openai_api_key"),
        description="Key for gpt-4o; several with commas.",
    )
    openai_api_key_file: Path | None = Field(
        default=None,
        validation_alias=AliasChoices("OPENAI_API_KEY_FILE", "openai_api_key_file"),
        description="File with keys for gpt-4o, one a line; read again when it changes.",
    )
    deepseek_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("DEEPSEEK_API_KEY", "deepseek_api_key"),
        description="Key for deepseek-v3; several with commas.",
    )
    deepseek_api_key_file: Path | None = Field(
        default=None,
        validation_alias=AliasChoices("DEEPSEEK_API_KEY_FILE", "deepseek_api_key_file"),
        description="File with keys for deepseek-v3, one a line; read again when it changes.",
    )
    google_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("GOOGLE_API_KEY", "google_api_key"),
        description="Key for gemini; several with commas.",
    )
    google_api_key_file: Path | None = Field(
        default=None,
        validation_alias=AliasChoices("GOOGLE_API_KEY_FILE", "google_api_key_file"),
        description="File with keys for gemini, one a line; read again when it changes.",
    )
    secrets_dir: Path | None = Field(
        default=None,
        description="Folder of files named as the variables of the keys, in upper or lower case, as containers have.",
    )

    answer_budget_s: float = Field(default=20.0, gt=0, description="Whole answer, seconds.")
    headline_budget_s: float = Field(default=2.0, gt=0, description="Facts and headline, seconds.")
    coordinator_budget_s: float = Field(default=1.0, gt=0, description="One coordination step, seconds.")
    memory_budget_s: float = Field(default=1.0, gt=0, description="One look into agent memory or the cache, seconds.")

    memory_tokens: int = Field(default=120, ge=0, description="Of each prompt for what is remembered, tokens at most.")
    conversation_days: int = Field(
        default=30, ge=1, description="How long a conversation is kept after its last question, days."
    )
    max_question_chars: int = Field(default=4_000, ge=1, description="Longest question taken, characters.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="warning", description="Logs on stderr.")
    tracing: bool = Field(default=False, description="Send redacted LangSmith traces; off unless asked for.")
    langsmith_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("LANGSMITH_API_KEY", "langsmith_api_key"),
        description="Key for traces.",
    )
    langsmith_endpoint: str = Field(
        default="https://api.smith.langchain.com",
        validation_alias=AliasChoices("LANGSMITH_ENDPOINT", "langsmith_endpoint"),
        description="Where traces go; the policy must name its host.",
    )
    langsmith_project: str = Field(
        default="eaio",
        validation_alias=AliasChoices("LANGSMITH_PROJECT", "langsmith_project"),
        description="Project of the traces.",
    )

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, *_: Any, **_others: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what code gives, then the environment, and nothing else."""
        return init_settings, SealedEnvironment(settings_cls)

    @field_validator(*KEY_PLACES, mode="before")
    @classmethod
    def _named(cls, given: object) -> object:
        """Take an empty variable, as a compose file passes on one that is not set, for none."""
        return None if given == "" else given

    @field_validator(*KEY_PLACES)
    @classmethod
    def _absolute_place(cls, place: Path | None) -> Path | None:
        return place and place.expanduser().absolute()

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @field_validator("cloud", mode="before")
    @classmethod
    def _listed(cls, given: object) -> object:
        return tuple(filter(None, (w.strip() for w in given.split(",")))) if isinstance(given, str) else given

    @field_validator("strategy", mode="before")
    @classmethod
    def _known_strategy(cls, given: object) -> object:
        if isinstance(given, str) and given not in get_args(Strategy):
            raise ValueError(unknown("strategy", given, get_args(Strategy)))
        return given

    @model_validator(mode="after")
    def _cloud_in_production(self) -> Self:
        if self.cloud and self.environment in ("dev", "test"):
            named = ", ".join(self.cloud)
            raise ValueError(f"EAIO_CLOUD names {named}, and the environment {self.environment} is local only")
        return self

    @property
    def in_force(self) -> Environment:
        """The environment whose models are tried."""
        return self.environment or ("production" if self.cloud or self.profile == "production" else "dev")

    def fingerprint(self) -> str:
        """Return a short hash of what shapes an answer, for receipts; where things are kept does not."""
        shaping = self.model_dump_json(exclude={*STORES, *TOLD, *KEYS, *KEY_PLACES})
        return hashlib.sha256(shaping.encode()).hexdigest()[:12]
