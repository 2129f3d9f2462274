"""Why a call gets no slot, in words."""

from models.errors import ModelOverloaded
from models.pool.prediction import Prediction


def too_long(endpoint: str, predicted: Prediction, left_s: float) -> ModelOverloaded:
    """Return the error of a call that needs more time than there is, even at once."""
    why = f"about {predicted.total_s:.3g} s of work do not fit the {left_s:.3g} s that are left"
    return ModelOverloaded(endpoint, why)


def unsure(endpoint: str, wait_s: float, predicted: Prediction, left_s: float) -> ModelOverloaded:
    """Return the error of a call that would have to wait, and then might end too late."""
    needed = f"a wait of about {wait_s:.3g} s and {predicted.total_s:.3g} s of work"
    return ModelOverloaded(endpoint, f"{needed} do not surely fit the {left_s:.3g} s that are left")


def full(endpoint: str, most: int) -> ModelOverloaded:
    """Return the error of a call for which there is no place to wait."""
    return ModelOverloaded(endpoint, f"its queue of {most} is full" if most else "all its slots are taken")


def displaced(endpoint: str, most: int) -> ModelOverloaded:
    """Return the error of a waiting call that made room for a more urgent one."""
    return ModelOverloaded(endpoint, f"its queue of {most} is full, and a more urgent call came")


def late(endpoint: str, waited_s: float, wait_s: float, left_s: float) -> ModelOverloaded:
    """Return the error of a waiting call that will not have its turn in time."""
    why = f"after {waited_s:.3g} s in its queue {left_s:.3g} s are left, for a wait of {wait_s:.3g} s and the work"
    return ModelOverloaded(endpoint, why)
