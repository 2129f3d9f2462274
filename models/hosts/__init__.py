"""Ollama, operated: what a host has and holds, whether it writes, and what mends it.

Looking: `api`, `present`, `memory`, `health`; acting: `pull`, `loading`, `fitting`, `watch`, `care`, `door`; for the
whole of a process: `operated`, `cares`, `own`.
"""
