"""Only wiring: which node follows which, and the live parts that they use."""
