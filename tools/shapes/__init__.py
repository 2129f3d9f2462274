"""Load shapes: what a building's load is like, which others are like it, and which days are unlike its own.

`traits_of` says what a load is like, `building_vector` lays it out so that likeness is nearness; `day_shapes` does the
same for each day or week of one building, and `strangeness` tells how far each is from its own history.
"""

from tools.shapes.days import DayShapes, day_shapes
from tools.shapes.history import Strangeness, strangeness
from tools.shapes.traits import Traits, traits_of
from tools.shapes.vectors import DIMENSIONS, By, building_vector, differences, distances

__all__ = [
    "DIMENSIONS",
    "By",
    "DayShapes",
    "Strangeness",
    "Traits",
    "building_vector",
    "day_shapes",
    "differences",
    "distances",
    "strangeness",
    "traits_of",
]
