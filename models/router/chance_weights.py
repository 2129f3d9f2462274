"""The curve of the chance of a right answer, fitted on half of RouteLLM's graded questions.

Made by `python -m benchmarks.routing.complexity --write`; do not edit.
"""

BASE = -1.126
QUALITY = 1.254
COMPLEXITY = 1.157
