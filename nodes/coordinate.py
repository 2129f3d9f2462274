"""Ask the coordinator model to fill the query where the rules were unsure.

What it fills is read and checked like a person's words.
"""

from dataclasses import replace
from datetime import datetime
from typing import Literal, Protocol, TypeVar

from pydantic import BaseModel, Field

from models.errors import ModelError
from privacy.labels import Label
from telemetry.log import log
from tools.errors import BadQuestion
from tools.grammar import Parsed, parse
from tools.readings import Inventory

Form = TypeVar("Form", bound=BaseModel)
MAX_NAMES = 40
MAX_QUESTION_CHARS = 1000
SENTENCES = {
    "peers": "how does {where} compare with its peers",
    "waste": "how much {measure} does {where} waste while it is empty",
    "schedule": "when does {where} start and stop",
    "anomalies": "any anomalies in the {measure} of {where}",
    "level changes": "when did the {measure} level of {where} change",
    "causes of change": "why did the {measure} of {where} change",
    "baseline": "was the {measure} of {where} above its baseline",
    "savings": "savings of {measure} at {where}",
    "forecast for tomorrow": "forecast the {measure} of {where} for tomorrow",
    "forecast for next week": "forecast the {measure} of {where} for next week",
    "degree days": "heating degree days at {where}",
    "load duration": "load duration curve of the {measure} of {where}",
}


class Coordinator(Protocol):
    """A model that fills a form."""

    async def fill(self, messages: list[tuple[str, str]], schema: type[Form], label: Label) -> Form:
        """Return a filled form, or raise `ModelError`; runs of one label that ask the same may share a call."""
        ...


class QueryForm(BaseModel):
    """What the coordinator fills: words only, no numbers of its own; the grammar and the inventory read them again."""

    about_energy: Literal["yes", "no"]
    measure: Literal["electricity", "gas", "carbon", "cost"]
    statistic: Literal[
        "total",
        "average",
        "peak",
        "minimum",
        "baseload",
        "load factor",
        "intensity",
        "share",
        "peers",
        "waste",
        "schedule",
        "anomalies",
        "level changes",
        "causes of change",
        "baseline",
        "savings",
        "forecast for tomorrow",
        "forecast for next week",
        "degree days",
        "load duration",
    ]
    building: str = Field(max_length=60)
    period: str = Field(max_length=60)
    night_or_weekend: Literal["all hours", "at night", "at weekends", "on weekdays"]
    rank: Literal["none", "highest", "lowest"]


async def coordinate(
    question: str, unsure: Parsed, inventory: Inventory, now: datetime, coordinator: Coordinator, label: Label
) -> Parsed:
    """Return a reading of the question by the coordinator, or the unsure one with the reason where it cannot help."""
    try:
        form = await coordinator.fill(prompt(question, inventory), QueryForm, label)
    except ModelError as why:
        return _unhelped(unsure, f"no coordinator model answered ({type(why).__name__})")
    if form.about_energy == "no":
        return _unhelped(unsure, "the coordinator found nothing about energy in it")
    return _checked(form, question, unsure, inventory, now)


def _unhelped(unsure: Parsed, why: str) -> Parsed:
    """Return the unsure reading; one that names the words that were not understood says enough to the person."""
    log.info("coordinate: %s", why)
    return unsure if unsure.ignored else replace(unsure, because=f"{unsure.because}, and {why}")


def prompt(question: str, inventory: Inventory) -> list[tuple[str, str]]:
    """Return the messages that ask for the form. The question is data between marks."""
    names = ", ".join(f"{b.id} ({b.name})" for b in list(inventory.buildings.values())[:MAX_NAMES])
    task = (
        f"Fill the form from the question, in English. Buildings: {names}. "
        "Copy the period as it is asked, for example 'March 2019'. If none is given write 'whole record'."
    )
    return [("system", task), ("user", f"<question>\n{question[:MAX_QUESTION_CHARS]}\n</question>")]


def _checked(form: QueryForm, question: str, unsure: Parsed, inventory: Inventory, now: datetime) -> Parsed:
    """Read the form as an English question; a building or year that the person's lacks is not taken from a model."""
    text = in_english(form)
    try:
        parsed = parse(text.replace("all hours", "").replace("in whole record", ""), inventory, now)
    except BadQuestion as why:
        return _unhelped(unsure, f"the coordinator's reading does not hold ({why})")
    if parsed.intent != "ask" or not parsed.queries or not _in_question(parsed, question):
        return _unhelped(unsure, "the coordinator's reading does not match it")
    query = parsed.queries[0]
    assumed = (*parsed.assumed, f"read by the coordinator model as: {text}")
    told = tuple(dict.fromkeys((*parsed.ignored, *unsure.ignored)))
    return replace(
        parsed,
        queries=(query,),
        sure=False,
        language=unsure.language,
        because=unsure.because,
        ignored=told,
        assumed=assumed,
    )


def in_english(form: QueryForm) -> str:
    """Write the form as the question that the grammar reads."""
    where = form.building or "all buildings"
    when = f"{form.night_or_weekend} in {form.period}"
    if sentence := SENTENCES.get(form.statistic):
        asked = sentence.format(where=where, measure=form.measure)
        return asked if form.statistic.startswith("forecast") else f"{asked} {when}"
    subject = f"which building had the {form.rank}" if form.rank != "none" else "what was the"
    return f"{subject} {form.statistic} {form.measure} of {where} {when}"


def _in_question(parsed: Parsed, question: str) -> bool:
    """Tell whether buildings and years of a reading stand in the question itself."""
    lowered = question.lower()
    query = parsed.queries[0]
    years = {str(query.period.start.year)} if query.period else set()
    return all(b in lowered for b in query.buildings) and all(y in lowered for y in years)
