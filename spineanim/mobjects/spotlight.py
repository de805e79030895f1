"""One part stands out: the rest pales towards the ground, and a light runs round the part."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.ndimage import gaussian_filter

from spineanim.content.theme import Theme
from spineanim.mobjects.backdrop import backdrop
from spineanim.mobjects.halo import Halo, silhouette
from spineanim.picture.camera import StageCamera
from spineanim.picture.shape import Part, Sprite
from spineanim.stage import px

_Z: Final = 800  # over the picture, under labels that are laid out later, captions and heading
_PALE: Final = 0.62
"""How far the rest pales."""
_EDGE_PX: Final = 3.0
_COARSE: Final = 2
"""The veil has no fine detail and is kept at a coarser grid."""
_BEYOND: Final = 0.25
"""The veil reaches beyond the frame by this share of its size, for a camera that drifts."""


class Spotlight(Part):
    """A veil over all but one part, and a halo round it; unseen until `at` turns it on.

    It is made for the part as it stands and the camera as it looks now, and drifts along when the
    camera moves a little.

    Parameters
    ----------
    part
        What stands out.
    theme
        Colours of the ground and, unless given, of the light.
    camera
        The scene's camera.
    color
        Colour token of the light.
    """

    def __init__(
        self, part: Part, theme: Theme, camera: StageCamera, *, color: str = "accent.focus"
    ) -> None:
        scale = camera.pixel_height / float(camera.frame.height)
        self.veil = Part(_veil(part, theme, camera))
        self.halo = Halo(part, theme.color(color), scale, reach_px=26.0)
        super().__init__(self.veil, self.halo, opacity=0.0)
        self.set_z_index(_Z)

    def at(self, share: float) -> None:
        """Set how much the part stands out, 0 to 1; the light comes as the rest pales."""
        self.opacity = float(share > 0.0)
        self.veil.opacity = share
        self.halo.opacity = min(max(2.0 * share - 1.0, 0.0), 1.0)


def _veil(part: Part, theme: Theme, camera: StageCamera) -> Sprite:
    """Ground as it lies behind the picture, with a hole where the part is."""
    wide_px, high_px = camera.pixel_width // _COARSE, camera.pixel_height // _COARSE
    room = (round(high_px * _BEYOND), round(wide_px * _BEYOND))
    ground = backdrop(theme, wide_px, high_px)[..., :3].astype(np.float32)
    ground = np.pad(ground, ((room[0],) * 2, (room[1],) * 2, (0, 0)), mode="edge")
    unit_px = high_px / float(camera.frame.height)
    size = np.array([ground.shape[1], ground.shape[0]]) / unit_px / 2
    middle = camera.frame.get_center()
    left_top = middle + np.array([-size[0], size[1], 0.0])
    soft = _EDGE_PX * camera.pixel_height / 1080 / _COARSE
    hole = _hole(part, unit_px, left_top, ground.shape[:2])
    alpha = _PALE * (1.0 - np.clip(1.6 * gaussian_filter(hole, soft), 0.0, 1.0))
    rgba = np.dstack([ground * alpha[..., None], 255.0 * alpha])
    corners = [left_top, middle + np.array([*size, 0.0]), middle - np.array([*size, 0.0])]
    return Sprite(np.floor(rgba + 0.5).astype(np.uint8), corners)


def _hole(part: Part, unit_px: float, left_top: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Coverage (H, W), 0 to 1, of a part on the pixels of the veil."""
    alpha, corners = silhouette(part, unit_px, px(8.0))
    column, row = (round(float(v) * unit_px) for v in (corners[0] - left_top)[:2] * (1, -1))
    hole = np.zeros(shape, dtype=np.float32)
    top, left = max(row, 0), max(column, 0)
    bottom, right = min(row + alpha.shape[0], shape[0]), min(column + alpha.shape[1], shape[1])
    if bottom > top and right > left:
        piece = alpha[top - row : bottom - row, left - column : right - column]
        hole[top:bottom, left:right] = piece.astype(np.float32) / 255
    return hole
