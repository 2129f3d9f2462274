"""The right to make one call, from the moment it has a slot."""

from typing import TYPE_CHECKING

from models.deadline import Deadline
from models.pool.prediction import Prediction
from models.pool.work import Work
from models.usage import Usage

if TYPE_CHECKING:
    from models.pool.lane import Lane


class Ticket:
    """One call under way. Say when its first text came, and at its end what it cost."""

    __slots__ = (
        *("_lane", "area", "began_s", "deadline", "expected_end_s", "first_s", "predicted", "probe", "usage", "work"),
    )

    def __init__(
        self, lane: "Lane", work: Work, deadline: Deadline, predicted: Prediction, began_s: float, *, probe: bool
    ) -> None:
        self._lane, self.work, self.deadline = lane, work, deadline
        self.predicted = predicted
        """What had been said of it when it began."""
        self.began_s, self.probe = began_s, probe
        self.expected_end_s = began_s + predicted.total_s
        self.area = 0.0
        """The lane's calls under way, summed over time, when it began."""
        self.first_s: float | None = None
        self.usage: Usage | None = None

    def first_token(self) -> None:
        """Note that the first text is here."""
        if self.first_s is None:
            self.first_s = self._lane.now() - self.began_s

    def done(self, usage: Usage) -> None:
        """Note that the answer is complete, and what it cost."""
        self.first_token()
        self.usage = usage
