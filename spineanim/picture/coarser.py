"""A look that cannot wait sees a picture that is not kept yet at a lower scale."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from spineanim.picture.haste import in_haste, roughened
from spineanim.picture.recall import is_kept

R = TypeVar("R")

TIMES: Final = 2.5
"""So many times coarser: seen as coarse, and yet every part is told from the next."""


def at_scale(build: Callable[..., R], *given: Any, px_per_mm: float) -> R:
    """Call a function marked `kept` that makes a picture at a scale.

    Parameters
    ----------
    build
        Takes the scale last. What it returns must know its own scale, as lit pictures do.
    given
        Its other arguments.
    px_per_mm
        The scale of a film. In haste, if there is no such picture yet, another is made.
    """
    if in_haste() and not is_kept(build, *given, px_per_mm):
        roughened()
        px_per_mm = round(px_per_mm / TIMES, 3)
    return build(*given, px_per_mm)
