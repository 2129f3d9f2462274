"""How large the models are that could be run: what their publishers say, for those that were not measured here.

A loaded model needs its file, the keys and values of its context, and what it computes with. The first is published,
the second follows from the architecture, the third is an allowance.
"""

from dataclasses import dataclass

GIB = 2**30
GB = 10**9
ALLOWANCE_BYTES = GIB // 2
"""For buffers and the server itself; Ollama's log names 0.3 to 0.6 GiB for models of 3 to 8 billion at 4,096 tokens."""
KEPT_BYTES = 2
"""A key or value is kept as a 16-bit number."""


@dataclass(frozen=True, slots=True)
class PublishedSize:
    """One model of Ollama's library, at its default quantisation (4 bits)."""

    model: str
    file_gb: float
    """Download, decimal gigabytes."""
    layers: int
    kv_heads: int
    head_size: int
    source: str

    def needs_bytes(self, context_tokens: int) -> int:
        """Return about how much memory it takes when loaded, bytes: by size only, not measured."""
        kept = 2 * self.layers * self.kv_heads * self.head_size * KEPT_BYTES * context_tokens
        return round(self.file_gb * GB) + kept + ALLOWANCE_BYTES


README = "README of github.com/ollama/ollama"
LIBRARY = "ollama.com/library"
PUBLISHED = (
    PublishedSize("llama3.2:3b", 2.0, 28, 8, 128, README),
    PublishedSize("qwen2.5:7b", 4.7, 28, 4, 128, LIBRARY),
    PublishedSize("llama3:8b", 4.7, 32, 8, 128, README),
    PublishedSize("deepseek-r1:7b", 4.7, 28, 4, 128, README),
    PublishedSize("qwen2.5-coder:7b", 4.7, 28, 4, 128, LIBRARY),
    PublishedSize("codellama:7b", 3.8, 32, 32, 128, README),
    PublishedSize("mistral:7b", 4.1, 32, 8, 128, README),
)
"""The models that the roles ask for first, then the other candidates."""
