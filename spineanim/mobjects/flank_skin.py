"""Skin of the near flank over a body that is cut open: a soft sheet with a catheter under it."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from spineanim.content.theme import Theme
from spineanim.geometry.curves import distances, part, points_at
from spineanim.mobjects.under_skin import dense, skin_flap
from spineanim.picture.shape import Part, Shape, Sprite
from spineanim.stage import Stage, px

Curve = NDArray[np.float64]
"""Points (N, 3): of the patient in millimetres, or of the scene."""

_SAG_MM: Final = 25.0
"""How far the way hangs below the straight rod's at the most, as soft tube does in fat (D)."""
_RISING: Final = 1.5
"""Above 1: the arc comes up to the anchor in the way's own direction."""
_COVERED: Final = (0.0, 0.86)
"""Share of the way that the sheet covers; before the anchor it runs out, clear of the spine cut."""
_ABOVE_MM, _BELOW_MM = 6.0, 22.0
_NARROWER: Final = 0.75
"""The sheet is narrower at the back by this share."""
_ROWS: Final = 7
_FULL_MM, _FEATHER_MM = 5.0, 9.0
_SHEET, _SHADOW, _VEIL = 0.70, 0.6, 0.20
_LIT: Final = 0.42
"""The sheet is nearer to the light than the inside of the body, and lighter by this share."""
_VEIL_FULL_MM, _VEIL_FEATHER_MM = 2.0, 4.0
_PAST_DURA_MM, _RUNS_OUT_MM = 12.0, 6.0
"""A catheter over the sheet goes on so far behind the dura at the least, and runs out so softly."""
_SHADOW_REACH: Final = 2.0
"""The sheet's shadow ends so many feathers from what is covered in full."""
_MASK_ROOM_PX: Final = 80.0


def hanging(way_mm: Curve, sag_mm: float = _SAG_MM) -> Curve:
    """Patient points (N, 3) of a way that hangs in a soft arc between its ends."""
    share = distances(way_mm) / distances(way_mm)[-1]
    arc = share * (1.0 - share) ** _RISING
    hung: Curve = way_mm - (sag_mm * arc / arc.max())[:, None] * np.array([0.0, 0.0, 1.0])
    return hung


class FlankSkin:
    """A sheet of skin that lies behind a catheter in the picture, and a veil of it over the tube.

    Parameters
    ----------
    skin
        Sprite of the whole skin.
    way
        Scene points (N, 3) of the tunnel, from the pocket to the back.
    stage
        Scale.
    theme
        Colour of the sheet's shadow.

    Attributes
    ----------
    sheet
        The skin with its soft shadow; lay the tube over it.
    veil
        A trace of skin over the tube, which lies under it; lay it over the tube.
    """

    def __init__(self, skin: Sprite, way: Curve, stage: Stage, theme: Theme) -> None:
        mm, shade = stage.units_per_mm, theme.rgb("muscle.dark")
        self._mm = mm
        line = dense(part(way, *_COVERED), px(4))
        share = distances(line) / distances(line)[-1]
        width = mm * (1.0 - _NARROWER * share[:, None]) * np.array([0.0, 1.0, 0.0])
        rows = [line - down * width for down in np.linspace(-_ABOVE_MM, _BELOW_MM, _ROWS)]
        self._covered = np.vstack(rows)
        alpha = skin.picture.rgba[..., 3:] / np.float32(255)
        light = np.append(theme.rgb("skin.light"), 1.0).astype(np.float32) * 255 * alpha
        lit = np.rint(skin.picture.rgba * np.float32(1.0 - _LIT) + light * np.float32(_LIT))
        self.sheet: Part = skin_flap(
            Sprite(lit.astype(np.uint8), skin.corner_points()),
            rows,
            full=_FULL_MM * mm,
            feather=_FEATHER_MM * mm,
            opacity=_SHEET,
            shadow=shade,
            strength=_SHADOW,
        )
        self.veil: Part = skin_flap(
            skin,
            [line],
            full=_VEIL_FULL_MM * mm,
            feather=_VEIL_FEATHER_MM * mm,
            opacity=_VEIL,
            shadow=shade,
            strength=0.0,
        )

    def over(self, way: Curve, dura: Curve) -> tuple[Curve, Shape]:
        """Stretch of a catheter to be drawn over the sheet, so that it is seen in one piece.

        The sheet may lie over the canal just where the catheter climbs in it; the stretch goes on
        until it is clear of the sheet. There it lies on the same catheter in the canal.

        Parameters
        ----------
        way
            Scene points (N, 3) of the catheter from its anchor to its tip.
        dura
            Scene point (3,) where it enters the canal.

        Returns
        -------
        Scene points (N, 3), and the mask that lets their end run out softly.
        """
        far = distances(way)
        reach = (_FULL_MM + _SHADOW_REACH * _FEATHER_MM) * self._mm
        away, _ = cKDTree(self._covered[:, :2]).query(way[:, :2])
        enters = far[int(np.argmin(np.linalg.norm(way - dura, axis=1)))]
        ends = max(enters + _PAST_DURA_MM * self._mm, *far[away < reach])
        fades = ends - _RUNS_OUT_MM * self._mm
        start, end = points_at(way, np.array([fades, ends]) / far[-1])
        return part(way, 0.0, ends / far[-1]), _runs_out(way, start, end)


def _runs_out(way: Curve, start: Curve, end: Curve) -> Shape:
    """Mask over a way (N, 3): opaque up to a place on it, nothing from another on."""
    low, high = way.min(axis=0) - px(_MASK_ROOM_PX), way.max(axis=0) + px(_MASK_ROOM_PX)
    corners = np.array([[low[0], low[1]], [high[0], low[1]], [high[0], high[1]], [low[0], high[1]]])
    mask = Shape(corners, fill="#FFFFFF")
    return mask.with_gradient("linear", start, end, ((0.0, "#FFFFFF", 1.0), (1.0, "#FFFFFF", 0.0)))
