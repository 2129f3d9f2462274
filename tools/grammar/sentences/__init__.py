"""The sentences of a question: which ask, which state and lend what they name, which say how to answer."""
