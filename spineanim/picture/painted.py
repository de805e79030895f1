"""Mobjects that take their colours quickly."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Self

import numpy as np
from manim import VMobject
from manim.utils.color import ManimColor, ParsableManimColor
from numpy.typing import NDArray


@lru_cache(maxsize=4096)
def _rgb(color: str) -> NDArray[np.float64]:
    """Red, green and blue of a colour, each 0 to 1."""
    return np.asarray(ManimColor(color).to_rgb(), dtype=np.float64)


class Painted(VMobject):
    """A mobject that takes a colour without Manim's detours.

    Manim parses a colour several times over as it makes a mobject, and there are thousands.
    """

    def update_rgbas_array(
        self,
        array_name: str,
        color: ParsableManimColor | Iterable[ManimColor] | None = None,
        opacity: float | None = None,
    ) -> Self:
        """Set colour and opacity of fill or stroke; what is not given stays."""
        found: NDArray[np.float64] | None = getattr(self, array_name, None)
        if found is None:
            found = np.zeros((1, 4))
        is_plain = color is None or isinstance(color, str | ManimColor)
        if not is_plain or len(found) != 1 or np.ndim(opacity or 0.0) or self.sheen_factor:
            return super().update_rgbas_array(array_name, color, opacity)
        setattr(self, array_name, found)
        if isinstance(color, str):
            found[0, :3] = _rgb(color)
        elif isinstance(color, ManimColor):
            found[0, :3] = color.to_rgb()
        if opacity is not None:
            found[0, 3] = opacity
        return self
