"""Green Button files, as utilities write them."""

START = 1_704_067_200  # 2024-01-01 00:00 UTC


def entry(kind: str, content: str, links: dict[str, str], title: str = "") -> str:
    """Return an entry of the feed; `links` by relation."""
    tied = "".join(f'<link rel="{rel}" href="{href}"/>' for rel, href in links.items())
    return f"<entry>{tied}<title>{title}</title><content><{kind} xmlns='http://naesb.org/espi'>{content}</{kind}></content></entry>"


def feed(*entries: str) -> str:
    """Return a feed."""
    return f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">{"".join(entries)}</feed>'


def meter(point: int, title: str, reading_type: str, values: list[int], *, service: int = 0, step_s: int = 900) -> str:
    """Return the entries of one meter; its reading type comes behind its readings, as some utilities have it."""
    up = f"/User/1/UsagePoint/{point}"
    readings = "".join(
        f"<IntervalReading><cost>9</cost><timePeriod><duration>{step_s}</duration><start>{START + n * step_s}</start>"
        f"</timePeriod><value>{value}</value></IntervalReading>"
        for n, value in enumerate(values)
    )
    return "".join(
        (
            entry("UsagePoint", f"<ServiceCategory><kind>{service}</kind></ServiceCategory>", {"self": up}, title),
            entry("MeterReading", "", {"self": f"{up}/MeterReading/1", "related": f"/ReadingType/{point}"}),
            entry(
                "IntervalBlock",
                f"<interval><start>{START}</start><duration>86400</duration></interval>{readings}",
                {"self": f"{up}/MeterReading/1/IntervalBlock/1", "up": f"{up}/MeterReading/1/IntervalBlock"},
            ),
            entry("ReadingType", reading_type, {"self": f"/ReadingType/{point}"}),
        )
    )


def reading_type(**said: object) -> str:
    """Return the content of a reading type."""
    return "".join(f"<{name}>{value}</{name}>" for name, value in said.items())
