"""A chart as a picture. Vega runs in this process, without a browser, and may load nothing from anywhere."""

from gateway.charts.axes import Spec

SCALE = 2.0
VEGA_LITE = "6.4"


def picture_of(spec: Spec) -> bytes:
    """Return a PNG of a specification, two pixels for each of its units."""
    import vl_convert

    drawn: bytes = vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=SCALE, allowed_base_urls=[])
    return drawn
