"""What the tests of the graph share."""

from tests.models.ollama_server import ollama_server

__all__ = ["ollama_server"]
