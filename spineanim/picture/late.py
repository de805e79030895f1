"""Pictures that are coloured when they are first drawn: of many states few may ever be seen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.picture.pyramid import Picture
from spineanim.picture.raster import Box
from spineanim.picture.shade import box_of, coloured
from spineanim.picture.tones import Tones


class LatePicture(Picture):
    """Pixels that are made when anything first asks for them.

    Parameters
    ----------
    make
        Returns them: (H, W, 4) uint8, premultiplied. It is asked once.
    """

    def __init__(self, make: Callable[[], NDArray[np.uint8]]) -> None:
        self._make: Callable[[], NDArray[np.uint8]] | None = make

    def __getattr__(self, name: str) -> object:
        """Make the pixels: nothing of a picture is there before."""
        make = self.__dict__.get("_make")
        if make is None or name.startswith("__"):
            raise AttributeError(name)
        self._make = None
        super().__init__(make())
        return getattr(self, name)


class LateImage:
    """What `shade.coloured` returns, but coloured late.

    Parameters
    ----------
    tones
        The lit picture.
    theme
        Its colours are looked up when the picture is first drawn.

    Attributes
    ----------
    box_mm
        As of a `BakedImage`.
    picture
        As of a `Sprite`.
    """

    def __init__(self, tones: Tones, theme: Theme) -> None:
        self.box_mm: Box = box_of(tones)
        self.picture = LatePicture(lambda: coloured(tones, theme).rgba)
