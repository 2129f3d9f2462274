"""What can go wrong around a routing decision; deciding itself cannot fail.

RouterError
├── BadRequest           a request holds a figure or a name that no decision can be made from
├── UnknownStrategy      no strategy has this name; carries the near one
└── ReceiptError         a record cannot be replayed
    ├── NotAReceipt      it is something else, or a part of it is missing or of another kind
    ├── OldReceipt       another version of EAIO made it, in another form
    └── EditedReceipt    it does not hold what its digest was made of
"""

from config.near_name import unknown


class RouterError(ValueError):
    """The router cannot do what it was asked."""


class BadRequest(RouterError):
    """A request holds a figure or a name that no decision can be made from."""


class UnknownStrategy(RouterError):
    """No strategy has this name."""

    def __init__(self, word: str, known: tuple[str, ...]) -> None:
        self.word = word
        super().__init__(unknown("strategy", word, known))


class ReceiptError(RouterError):
    """A record cannot be replayed."""


class NotAReceipt(ReceiptError):
    """It is something else, or a part of it is missing or of another kind."""

    def __init__(self, why: str) -> None:
        super().__init__(f"this is no record of a routing decision: {why}; give what `eaio route --json` prints")


class OldReceipt(ReceiptError):
    """Another version of EAIO made it, in another form."""

    def __init__(self, version: int, current: int) -> None:
        self.version = version
        whose = "an older" if version < current else "a newer"
        super().__init__(
            f"the record is of version {version}, made by {whose} EAIO; this one replays version {current}."
            " Replay it with the EAIO that made it, or ask the question again"
        )


class EditedReceipt(ReceiptError):
    """It does not hold what its digest was made of."""

    def __init__(self, digest: str, found: str) -> None:
        super().__init__(
            f"the record was changed after it was made: its digest says {digest[:12]}, what it holds comes to"
            f" {found[:12]}; replay the record as it was written"
        )
