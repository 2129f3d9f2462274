"""Requests of every kind, for properties that hold whatever is asked."""

from hypothesis import strategies as st

from config.settings import Strategy
from models.router import STRATEGIES, BudgetView, Candidate, Features, RouteRequest, Rules, Weights
from models.router.budget_view import BudgetState
from models.router.figures import MOST
from privacy.labels import Label

STRANGE = [0.0, -0.0, 5e-324, 1e-12, 0.1, 1.0, 20.0, 1e9 + 1 / 3, MOST]
NAMES = list(Label.__members__)


def figures(most: float = MOST) -> st.SearchStrategy[float]:
    """Return figures as there are, and stranger ones."""
    strange = [figure for figure in STRANGE if figure <= most]
    return st.one_of(st.sampled_from(strange), st.floats(0, min(most, 60.0)), st.floats(0, most))


counts = st.one_of(st.integers(0, 8), st.integers(0, int(MOST)))
words = st.one_of(st.just(""), st.text(max_size=12))
labels = st.sampled_from(NAMES)
qualities = st.one_of(st.none(), figures(100.0), st.integers(0, 100))


def candidates(id_: str) -> st.SearchStrategy[Candidate]:
    """Return endpoints of this id."""
    return st.builds(
        Candidate,
        id=st.just(id_),
        name=st.sampled_from(["a", "b", "c", id_]),
        place=st.sampled_from(["ollama", "embedded", "cloud"]),
        local=st.booleans(),
        context_tokens=counts,
        capabilities=st.sampled_from([("chat", "form"), ("chat",), ("embed",), ()]),
        region=st.sampled_from(["", "eu", "eu-west-1", "us"]),
        quality=qualities,
        input_usd=figures(),
        output_usd=figures(),
        price_version=words,
        price_known=st.booleans(),
        outside=st.sampled_from(["", "", "", "EAIO_CLOUD does not name it"]),
        unusable=st.sampled_from(["", "", "", "has no key"]),
        max_label=st.sampled_from([None, "NONE", "secret", *NAMES]),
        breaker=st.sampled_from(["closed", "closed", "closed", "open", "half_open"]),
        opens_again_in_s=figures(),
        slots=counts,
        in_flight=counts,
        waiting=counts,
        queue=counts,
        wait_s=figures(),
        ttft_s=figures(),
        total_s=figures(),
        measured=st.booleans(),
        note=words,
    )


@st.composite
def requests(draw: st.DrawFn, most: int = 4, strategies: tuple[Strategy, ...] = STRATEGIES) -> RouteRequest:
    """Return requests with up to `most` candidates."""
    features = Features(
        label=draw(labels),
        capability=draw(st.sampled_from(["chat", "chat", "form", "embed"])),
        tokens_in=draw(counts),
        tokens_out=draw(counts),
        complexity=draw(figures(1.0)),
        complexity_parts=tuple(draw(st.lists(st.tuples(words, st.floats(-1e12, 1e12)), max_size=2))),
        left_s=draw(figures()),
        tokens_least=draw(counts),
    )
    state: BudgetState = draw(st.sampled_from(["ample", "ample", "ample", "low", "spent", "down", "none"]))
    weights = draw(st.lists(figures(), min_size=4, max_size=4).filter(lambda four: sum(four) > 0))
    regions = draw(st.sampled_from([(), (), ("eu",), ("us", "eu")]))
    return RouteRequest(
        features=features,
        candidates=tuple(draw(candidates(f"e{number}")) for number in range(draw(st.integers(0, most)))),
        budget=BudgetView(state, draw(figures()), draw(figures()), draw(figures()), draw(words), draw(words)),
        rules=Rules(draw(st.sampled_from(strategies)), Weights(*weights), regions),
        environment=draw(st.sampled_from(["dev", "test", "production", "production", "production"])),
        profile=draw(words),
        config=draw(words),
        policy=draw(words),
        at=draw(words),
    )
