"""What each feature of typed queries adds to their complexity, fitted on the embedded model's outcomes.

Made by `python -m benchmarks.routing.complexity --write`; do not edit.
"""

QUERY_WEIGHTS = {
    "base": -3.693,
    "further queries": 1.033,
    "comparison": 0.8209,
    "rank": 0.6633,
    "groups": 0.101,
    "part of the day": -1.197,
    "carbon or cost": 0.3452,
    "not a total": 0.3469,
}
