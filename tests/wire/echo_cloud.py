"""A cloud whose model writes about the building that it was told of, by the name that it was told."""

import re
from dataclasses import replace

from tests.wire.cloud import FakeChatCompletions
from tests.wire.script import Say

PLACEHOLDER = re.compile(r"\b(?:Building|Place|Person|Organisation|Point) [A-Z]{3,4}\b")


class EchoCloud(FakeChatCompletions):
    """Answers with a sentence about the first placeholder in the prompt; `{}` in `sentence` stands for it."""

    def __init__(self, sentence: str = "{} used the most electricity.") -> None:
        super().__init__(Say())
        self.sentence = sentence

    def prompt(self) -> str:
        """Return the text of the last prompt."""
        return "\n".join(m["content"] for m in self.requests[-1].json["messages"])

    def _all(self, say: Say) -> list[bytes]:
        seen = PLACEHOLDER.search(self.prompt())
        return super()._all(replace(say, text=self.sentence.format(seen[0] if seen else "Nothing")))
