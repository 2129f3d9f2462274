"""The ways in: the `eaio` command."""
