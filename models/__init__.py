"""Who answers: roles, the models behind them, and the port by which nodes ask.

Asking: `open_chat_models`, `ChatModels`, `Deadline`; what comes back: `Chunk`, `Usage`; what can go wrong: `errors`.
"""

from models.chat import ChatModels, open_chat_models
from models.deadline import Deadline
from models.endpoint import Endpoint
from models.ollama import OllamaHost, survey
from models.profile import Resolution, resolve
from models.roles import ANALYSIS, CLASSIFICATION, PROBE, Patience, Role, Sampling
from models.usage import Chunk, Usage
from models.warm import warm

__all__ = [
    "ANALYSIS",
    "CLASSIFICATION",
    "PROBE",
    "ChatModels",
    "Chunk",
    "Deadline",
    "Endpoint",
    "OllamaHost",
    "Patience",
    "Resolution",
    "Role",
    "Sampling",
    "Usage",
    "open_chat_models",
    "resolve",
    "survey",
    "warm",
]
