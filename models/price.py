"""What a call costs."""

from dataclasses import dataclass

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens."""

    input_usd: float
    output_usd: float
    cached_usd: float | None = None
    """Of a prompt's cached start; as input where None."""

    def cost_usd(self, tokens_in: int, tokens_out: int, cached: int = 0) -> float:
        """Return what a call costs, US dollars; `cached` tokens are part of `tokens_in`."""
        cached_usd = self.input_usd if self.cached_usd is None else self.cached_usd
        whole = (tokens_in - cached) * self.input_usd + cached * cached_usd + tokens_out * self.output_usd
        return whole / MILLION
