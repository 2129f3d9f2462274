"""The models side by side on this machine: `eaio models bench` and `eaio models tune`."""
