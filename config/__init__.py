"""What can be changed without code."""

from config.settings import Profile, Settings

__all__ = ["Profile", "Settings"]
