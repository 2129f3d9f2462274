"""What each feature of a text adds to its complexity, fitted on half of RouteLLM's graded questions.

Made by `python -m benchmarks.routing.complexity --write`; do not edit.
"""

TEXT_WEIGHTS = {
    "base": -0.1072,
    "words": 0.1234,
    "letters a word": -0.1688,
    "different words": -0.7642,
    "figures": 0.1548,
    "symbols": 0.1609,
    "negations": -0.1335,
    "conditions": 0.2499,
    "comparisons": -0.03524,
    "should or would": 0.1659,
    "question mark": -0.1662,
    "words of choices": -0.03995,
    "symbols of choices": 0.06595,
    "choices with figures": 0.848,
    "no choices": -0.09033,
    "comparisons, no choices": 0.06026,
}
