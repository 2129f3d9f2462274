"""The model matrix: what was measured of each model and task, and what follows from it. Nothing here is asked or read.

Measured: `Call`, `Probe`; of many: `summary`, `wilson`, `percentile`; judged: `TARGETS`, `judge`; advised: `recommend`,
`PUBLISHED`; tuned: `Setting`, `grid`, `finding`.
"""

from models.matrix.call import Call, Probe, Task
from models.matrix.intervals import percentile, wilson
from models.matrix.recommendation import Measured, Recommendation, recommend
from models.matrix.sizes import PUBLISHED, PublishedSize
from models.matrix.summary import Summary, prompt_speed, summary
from models.matrix.sweep import Finding, Setting, finding, grid
from models.matrix.verdict import TARGETS, Target, Verdict, judge

__all__ = [
    "PUBLISHED",
    "TARGETS",
    "Call",
    "Finding",
    "Measured",
    "Probe",
    "PublishedSize",
    "Recommendation",
    "Setting",
    "Summary",
    "Target",
    "Task",
    "Verdict",
    "finding",
    "grid",
    "judge",
    "percentile",
    "prompt_speed",
    "recommend",
    "summary",
    "wilson",
]
