"""What lies under the skin of the near flank: the skin over it, and the ridge it makes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

from spineanim.content.theme import Theme
from spineanim.geometry.curves import part, resample
from spineanim.mobjects.course import TINY, Course, lay
from spineanim.mobjects.section_paint import LIGHT
from spineanim.mobjects.tube import Rod, Tube
from spineanim.picture.image import smoothstep
from spineanim.picture.shape import Part, Shape, Sprite, mix
from spineanim.stage import px

Curve = NDArray[np.float64]
"""Scene points (N, 3)."""

_COARSE_PX: Final = 4
_SEEN: Final = 0.88
"""Opacity of a tube that shimmers through the skin."""
_PASSES: Final = 7


def skin_flap(
    skin: Sprite,
    spots: Iterable[Curve],
    *,
    full: float,
    feather: float,
    opacity: float,
    shadow: NDArray[np.float64],
    strength: float = 0.42,
) -> Part:
    """Lay the skin back over some places, with a feathered edge.

    Parameters
    ----------
    skin
        Sprite of the whole skin.
    spots
        Dense scene points (N, 3) that it covers.
    full, feather
        Distance from them up to which it covers in full, and over which it then runs out, in
        scene units.
    opacity
        Of the full cover.
    shadow, strength
        Colour (3,), 0..1, of the soft shadow it throws on what it does not cover, and how strong.
    """
    corners = skin.corner_points()
    upper_left, upper_right, lower_left = corners
    rows, columns = skin.picture.rgba.shape[:2]
    down, across = np.mgrid[
        0 : rows + _COARSE_PX : _COARSE_PX, 0 : columns + _COARSE_PX : _COARSE_PX
    ]
    places = (
        upper_left
        + ((across + 0.5) / columns)[..., None] * (upper_right - upper_left)
        + ((down + 0.5) / rows)[..., None] * (lower_left - upper_left)
    )
    tree = cKDTree(np.vstack(list(spots))[:, :2])
    away, _ = tree.query(places[..., :2])
    cover = smoothstep(np.asarray(away), full + feather, full)
    # the shadow falls away from the light: it is the cover of a place further towards the light
    lit, _ = tree.query(places[..., :2] + LIGHT[:2] * 0.7 * feather)
    dark = smoothstep(np.asarray(lit), full + 1.25 * feather, full) * (1.0 - cover) * strength
    fine = np.mgrid[0:rows, 0:columns].astype(np.float32) / _COARSE_PX
    flap, shade = (
        ndimage.map_coordinates(each, fine, order=1, mode="nearest")[..., None]
        for each in (cover * np.float32(opacity), dark)
    )
    skin_rgba = skin.picture.rgba
    body = skin_rgba[..., 3:]
    ink = np.append(shadow, 1.0) * (body * shade)
    pictures = [np.rint(each).astype(np.uint8) for each in (ink, skin_rgba * flap)]
    return Part(*(Sprite(each, corners) for each in pictures))


class UnderSkin(Course):
    """A tube or rod under the skin: it shimmers through and raises a soft ridge.

    Parameters
    ----------
    inner
        The tube or rod; it is drawn from here on by this part.
    theme
        Colours: role `skin`.
    skin_outline
        Scene points (N, 3): the ridge is seen only on the skin inside.
    settled
        Share of the length that is always shown; what is revealed comes on top.
    rim_px
        Width of a light rim on either side, or 0.
    """

    def __init__(
        self,
        inner: Tube | Rod,
        theme: Theme,
        skin_outline: Curve,
        *,
        settled: float = 0.0,
        rim_px: float = 0.0,
    ) -> None:
        super().__init__(inner.path)
        self.inner, self.settled = inner, settled
        width_px = inner.width_units / px(1)
        shade = mix(theme.color("skin.line"), theme.color("muscle.dark"), 0.3)
        self._shade = _soft(shade, width_px * 4.2, width_px * 1.5, 0.30)
        self._glow = _soft(theme.color("skin.light"), width_px * 2.4, width_px * 0.7, 0.62)
        self._rim = _soft("#FFFFFF", width_px + 4.0 * rim_px, width_px + rim_px, 0.85)
        self._rim *= rim_px > 0.0
        self._shift = inner.width_units
        below, rim, above = (
            Part(*strokes).clipped_to(Shape(skin_outline))
            for strokes in (self._shade, self._rim, self._glow)
        )
        self.add(below, rim, Part(inner, opacity=_SEEN), above)
        self._draw()

    def reveal(self, share: float) -> None:
        """Show the settled stretch and a share, 0 to 1, of the rest."""
        self.reveal_between(0.0, self.settled + (1.0 - self.settled) * share)

    def _draw(self) -> None:
        start, end = self.shown
        self.inner.reveal_between(start, end)
        line = part(self.path, start, end) if end - start > TINY else None
        for strokes, shift in ((self._shade, -0.85), (self._rim, 0.0), (self._glow, 0.80)):
            for stroke in strokes:
                lay(stroke, line, LIGHT * shift * self._shift)


def _soft(color: str, widest_px: float, least_px: float, strength: float) -> list[Shape]:
    """Strokes that add up to a soft line of a strength 0 to 1 in its middle."""
    each = 1.0 - (1.0 - strength) ** (1.0 / _PASSES)
    return [
        Shape(stroke=color, stroke_px=float(width), stroke_opacity=each)
        for width in np.linspace(widest_px, least_px, _PASSES)
    ]


def dense(line: Curve, spacing: float) -> Curve:
    """Scene points (N, 3) along a line, no further apart than `spacing`."""
    steps = np.linalg.norm(np.diff(line, axis=0), axis=1).sum()
    return resample(line, max(int(np.ceil(steps / spacing)) + 1, 2))
