"""What a call costs at its longest."""

from models.router.candidate import Candidate
from models.router.request import Features


def most_usd(candidate: Candidate, question: Features) -> float:
    """Return what a call costs where its answer is as long as it may be, US dollars, to the nano-dollar."""
    if not candidate.input_usd and not candidate.output_usd:
        return 0.0
    millionths = question.tokens_in * candidate.input_usd + question.tokens_out * candidate.output_usd
    return int(millionths * 1e3 + 0.5) / 1e9
