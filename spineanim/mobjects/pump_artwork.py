"""An illustrator's pump: flat where its face is seen from in front, else laid over the case.

Whatever it does not cover is seen as it was: the case, the outlet, the loops. Seen at an angle it
follows the round of the case down to its widest circle, and what it shows beyond that is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from spineanim.content.artwork.parts import PUMP_FACE, artwork_for
from spineanim.content.theme import Theme
from spineanim.geometry.params import PumpSize
from spineanim.geometry.pump import BOSS_RADIUS_MM, edge_profile

Floats = NDArray[np.float64]

_FROM_IN_FRONT: Final = 0.95
_SEEN: Final = 0.2
"""Cosines of how far the face is turned away: up to where it is flat, and is seen at all."""
_SPARE: Final = 1.5
"""Drawings are made so many times finer than asked for, for near shots and smooth edges."""
_STEPS: Final = 32
_OUTSIDE_MM: Final = 1e3
_FINEST_PX_PER_MM: Final = 40.0


@dataclass(frozen=True)
class Laid:
    """A picture at a place of a view.

    Attributes
    ----------
    rgba
        Premultiplied, (H, W, 4), first row at the top.
    corners_mm
        Its upper left, upper right and lower left corner (3, 2) in the view, from the middle of
        the pump.
    """

    rgba: NDArray[np.uint8]
    corners_mm: Floats


class PumpArtwork:
    """A drawing of the pump's face, seen from a direction.

    Parameters
    ----------
    theme
        Knows the drawing.
    size
        Of the pump.
    axes
        Rows (3, 3): the face's right, its up and outwards, as view directions.
    px_per_mm
        Pixels of the picture for a millimetre.

    Attributes
    ----------
    shown
        Whether there is a drawing and the face is seen.
    flat
        Whether it is seen from in front.

    Raises
    ------
    ContentError
        The drawing cannot be drawn.
    """

    def __init__(self, theme: Theme, size: PumpSize, axes: Floats, px_per_mm: float) -> None:
        artwork, self.axes = artwork_for(PUMP_FACE, theme), axes
        self.shown = artwork is not None and float(axes[2, 2]) > _SEEN
        self.flat = float(axes[2, 2]) > _FROM_IN_FRONT
        if artwork is None or not self.shown:
            return
        self.px_per_mm = min(px_per_mm * _SPARE, _FINEST_PX_PER_MM)
        self._art = artwork.in_mm(self.px_per_mm)
        self._size = size
        if not self.flat:
            self._reach_mm, self._face_mm, self._cover = self._met()

    def picture(self, turned_deg: float = 0.0) -> Laid:
        """Return the drawing as it is seen on the pump.

        Parameters
        ----------
        turned_deg
            How far the pump is turned on its face, counter-clockwise to who looks at the face;
            for one that is not flat.
        """
        if self.flat:
            left, bottom, right, top = self._art.box_mm
            corners = np.array([(left, top), (right, top), (left, bottom)])
            return Laid(self._art.rgba, corners @ self.axes[:2, :2])
        turn = np.radians(turned_deg)
        shown = self._cover
        x, y = (each[shown] for each in self._face_mm)
        across = np.cos(turn) * x + np.sin(turn) * y
        up = np.cos(turn) * y - np.sin(turn) * x
        left, bottom, right, top = self._art.box_mm
        high, wide = self._art.rgba.shape[:2]
        columns = (across - left) / (right - left) * wide - 0.5
        rows = (top - up) / (top - bottom) * high - 0.5
        rgba = np.zeros((*shown.shape, 4), np.uint8)
        for channel in range(4):
            found = ndimage.map_coordinates(
                self._art.rgba[..., channel], (rows, columns), np.float32, order=1
            )
            rgba[shown, channel] = np.round(found)
        reach = self._reach_mm
        return Laid(rgba, np.array([(-reach, reach), (reach, reach), (-reach, -reach)]))

    def _met(self) -> tuple[float, tuple[Floats, Floats], NDArray[np.bool_]]:
        """Follow each pixel's ray down to the case.

        Returns
        -------
        How far the picture reaches from the middle of the pump in mm, points of the face
        that its pixels show (right, up), and which of them show any.
        """
        reach = self._size.radius_mm + 1.0
        count = int(np.ceil(2 * reach * self.px_per_mm))
        reach = count / 2 / self.px_per_mm
        spots = (np.arange(count) + 0.5) / self.px_per_mm - reach
        view = np.stack(np.meshgrid(spots, spots[::-1]), axis=-1)
        radii, heights = _vault(self._size)
        flat, out = np.linalg.inv(self.axes[:2, :2]), self.axes[2, :2]
        middle = self._size.thickness_mm / 2
        seen = np.full((count, count, 2), np.nan)
        was_over = np.full((count, count), _OUTSIDE_MM)
        before = np.zeros((count, count, 2))
        for height in np.linspace(heights[0], heights[-1], _STEPS):
            face = (view - (height - middle) * out) @ flat
            radius = np.hypot(face[..., 0], face[..., 1])
            over = height - np.interp(radius, radii, heights, right=-_OUTSIDE_MM)
            met = (over <= 0.0) & np.isnan(seen[..., 0])
            share = was_over[met] / (was_over[met] - over[met])
            seen[met] = before[met] + (face[met] - before[met]) * share[:, None]
            before, was_over = face, over
        cover = np.isfinite(seen[..., 0])
        seen[~cover] = _OUTSIDE_MM
        return reach, (seen[..., 0], seen[..., 1]), cover


def _vault(size: PumpSize) -> tuple[Floats, Floats]:
    """Radii and heights of the front of the case, without the ports that stand on it."""
    profile = edge_profile(size)
    front = profile[: int(np.argmax(profile[:, 0])) + 1]
    lid = front[front[:, 0] > BOSS_RADIUS_MM + 2.0]
    return np.append(0.0, lid[:, 0]), np.append(lid[0, 1], lid[:, 1])
