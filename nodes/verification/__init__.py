"""Verification: a sentence is shown only where the evidence carries everything it states."""

from nodes.verification.carried import Carried, carried
from nodes.verification.judge import NO_SENTENCE, fault_of
from nodes.verification.sentences import SentenceStream, sentences

__all__ = ["NO_SENTENCE", "Carried", "SentenceStream", "carried", "fault_of", "sentences"]
