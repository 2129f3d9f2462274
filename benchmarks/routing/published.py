"""What RouteLLM publishes of its routers: cited, not measured here.

Ong et al., RouteLLM: Learning to Route LLMs with Preference Data, arXiv:2406.18665, tables 2 and 3; percent of calls
to GPT-4 Turbo with Mixtral 8x7B as the weak model. Theirs are over all 57 subjects of MMLU and all of GSM8K less the
prompts that resembled their training data; here are 29 subjects and nothing is left out. Their routers read a question
with an embedding (matrix factorization, SW ranking) or a language model (BERT, causal LLM).
"""

from benchmarks.routing.curves import Measures

Row = tuple[str, Measures]

MMLU: tuple[Row, ...] = (
    ("BERT, arena", Measures(0.502, 49.43, 77.80)),
    ("Causal LLM, arena", Measures(0.499, 48.88, 77.93)),
    ("Matrix factorization, arena", Measures(0.524, 45.00, 76.86)),
    ("SW ranking, arena", Measures(0.473, 55.82, 80.25)),
    ("BERT, arena and MMLU's own", Measures(0.572, 41.30, 72.20)),
    ("Causal LLM, arena and MMLU's own", Measures(0.600, 35.49, 70.31)),
    ("Matrix factorization, arena and MMLU's own", Measures(0.597, 35.46, 71.40)),
    ("SW ranking, arena and MMLU's own", Measures(0.603, 35.40, 71.55)),
)
"""The second four were trained on about 1,500 graded questions of MMLU's validation split too."""

GSM8K: tuple[Row, ...] = (
    ("BERT, arena", Measures(0.438, 58.78, 83.84)),
    ("Causal LLM, arena", Measures(0.461, 56.09, 83.56)),
    ("Matrix factorization, arena", Measures(0.4746, 53.59, 85.24)),
    ("SW ranking, arena", Measures(0.4753, 54.43, 82.11)),
    ("BERT, arena and judged", Measures(0.531, 44.76, 79.09)),
    ("Causal LLM, arena and judged", Measures(0.622, 33.64, 63.26)),
    ("Matrix factorization, arena and judged", Measures(0.565, 38.82, 72.62)),
    ("SW ranking, arena and judged", Measures(0.568, 41.21, 72.20)),
)
"""The second four were trained on answers that GPT-4 judged too."""
