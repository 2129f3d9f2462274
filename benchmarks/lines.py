"""Figures, each beside the line that it should reach and, where there is one, beside what others get."""


class Lines:
    """Prints figures and keeps those that miss their line."""

    def __init__(self, beside: str = "beside") -> None:
        """`beside` is the name of who is measured too."""
        self.missed: list[str] = []
        self._beside = beside

    def line(
        self,
        what: str,
        ours: float,
        theirs: float | None = None,
        *,
        least: float | None = None,
        most: float | None = None,
    ) -> None:
        """Print one figure beside the one of others, and whether it is where it should be."""
        good = (least is None or ours >= least) and (most is None or ours <= most)
        wanted = f"line >= {least:g}" if least is not None else f"line <= {most:g}" if most is not None else ""
        beside = "" if theirs is None else f"{self._beside} {theirs:.4g}"
        print(f"{what:<62} {ours:>9.4g}  {beside:<16} {wanted}{'' if good else '  MISSED'}", flush=True)
        if not good:
            self.missed.append(what)

    def end(self) -> int:
        """Print how many figures miss their line, and which; return 1 where one does."""
        print(f"{len(self.missed)} figures miss their line" + "".join(f"\n  {m}" for m in self.missed))
        return int(bool(self.missed))
