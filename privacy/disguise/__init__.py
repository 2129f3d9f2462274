"""Tricks by which a text hides what it says, undone; offsets lead back to the text as it was given."""

from privacy.disguise.view import Edit, View
from privacy.disguise.views import views

__all__ = ["Edit", "View", "views"]
