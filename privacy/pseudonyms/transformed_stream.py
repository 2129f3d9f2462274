"""A stream whose dates and figures are undone before its placeholders are."""

from collections.abc import Mapping

from privacy.pseudonyms.restore import Restorer, Shown
from privacy.pseudonyms.transform import HOLD, Sent, Transform


class TransformedRestorer(Restorer):
    """Restores a stream of an answer to a question whose dates were shifted or values scaled.

    It is `HOLD` characters late all the time: "1,691.3" may go on to be "1,691.35 kWh per day".
    """

    def __init__(self, kinds: Mapping[str, str], shown: Shown, transform: Transform, sent: Sent) -> None:
        super().__init__(kinds, shown)
        self._transform, self._sent = transform, sent
        self._raw, self._raw_done = "", 0

    @property
    def held(self) -> int:
        """How many characters wait for what follows."""
        return super().held + len(self._raw) - self._raw_done

    def feed(self, chunk: str) -> str:
        """Take a piece of the stream; return what is certain by now."""
        self._raw += chunk
        return super().feed(self._undone(max(self._raw_done, len(self._raw) - HOLD)))

    def rest(self) -> str:
        """End the stream; return what was held back."""
        self._raw += self._decoder.decode(b"", final=True)
        return super().feed(self._undone(len(self._raw))) + super().rest()

    def _undone(self, end: int) -> str:
        pattern = self._transform.pattern
        assert pattern is not None  # else a plain restorer does
        parts, done = list[str](), self._raw_done
        for match in pattern.finditer(self._raw, done):
            if match.end() > end:
                end = min(end, match.start())
                break
            parts += self._raw[done : match.start()], self._transform.shown(match, self._sent)
            done = match.end()
        given = "".join((*parts, self._raw[done:end]))
        self._raw, self._raw_done = self._raw[max(0, end - 1) :], min(end, 1)
        return given
