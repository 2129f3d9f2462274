"""What a user may set without code, read once from the environment.

This is the only place that reads the environment. Every setting is `EAIO_<NAME>`; the host of Ollama keeps the name
that Ollama itself uses, `OLLAMA_HOST`.
"""

import hashlib
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Profile = Literal["auto", "embedded", "local", "production"]


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
    coordinator_model: str = Field(default="llama3.2:3b", description="Ollama model of role `coordinator`.")
    analyst_model: str = Field(default="qwen2.5:7b", description="Ollama model of role `analyst`.")
    num_ctx: int = Field(default=4096, ge=512, description="Context length pinned for every local call, tokens.")
    num_threads: int = Field(default=1, ge=1, description="Threads of the embedded model; never give it every core.")

    answer_budget_s: float = Field(default=20.0, gt=0, description="Whole answer, seconds.")
    headline_budget_s: float = Field(default=2.0, gt=0, description="Facts and headline, seconds.")
    coordinator_budget_s: float = Field(default=1.0, gt=0, description="One coordination step, seconds.")
    memory_budget_s: float = Field(default=1.0, gt=0, description="One look into agent memory or the cache, seconds.")

    max_question_chars: int = Field(default=4_000, ge=1, description="Longest question taken, characters.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="warning", description="Logs on stderr.")
    tracing: bool = Field(default=False, description="Send LangSmith traces; off unless asked for.")

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    def fingerprint(self) -> str:
        """Return a short hash of what shapes an answer, for receipts; where things are kept does not."""
        shaping = self.model_dump_json(
            exclude={"home", "database_url", "redis_url", "milvus_uri", "log_level", "tracing"}
        )
        return hashlib.sha256(shaping.encode()).hexdigest()[:12]
