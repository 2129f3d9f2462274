"""Charts of an answer, drawn by Vega-Lite: a picture, a page that works offline, and small ones for a terminal.

`chart_of_event` reads a chart from a `facts` event. `spec_of` says in Vega-Lite how it is drawn, `picture_of` makes a
PNG of that, `page_of` a page of HTML with everything it needs inside. `small` draws it in characters. `write_charts`
puts an answer's charts into a file. What is heavy is loaded when something is drawn.
"""

from gateway.charts.files import write_charts
from gateway.charts.read import chart_of_event
from gateway.charts.small import small
from gateway.charts.spec import spec_of

__all__ = ["chart_of_event", "small", "spec_of", "write_charts"]
