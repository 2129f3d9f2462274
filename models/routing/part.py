"""What every part of the routing document is."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of the document; a key that is not known is an error, because it may be a setting misspelt."""

    model_config = ConfigDict(frozen=True, extra="forbid")
