"""The trunk from the side, cut along the middle, with its layers and outlines at hand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2
from spineanim.geometry.curves import contains
from spineanim.geometry.layout import rotation
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import Torso
from spineanim.mobjects.figure import placed
from spineanim.mobjects.sides import sagittal
from spineanim.mobjects.under_skin import dense
from spineanim.picture.body import SIDE_CROP, lateral_body
from spineanim.picture.figure import Crop
from spineanim.picture.image import smoothstep
from spineanim.picture.shape import Part, Picture, Sprite
from spineanim.stage import Stage, px

Outline = NDArray[np.float64]
"""Scene points (N, 3)."""
_ROOM_MM, _SOFT_MM = 7.0, 3.0


class SideBody(Part):
    """The trunk from the side, cut open along the middle.

    Parameters
    ----------
    torso, spine
        The body; the trunk follows the spine's bend.
    theme
        Tissue colours.
    stage
        Where it stands, seen from the left or from the right; a turned stage is lit from the upper
        left all the same.
    px_per_mm
        Resolution.
    crop
        Where it fades out, in heights of the standing body.

    Attributes
    ----------
    skin
        The sprite of its whole skin, lowest of all layers.
    bones
        The sprite of the bones that shimmer through.
    inside, veil, edge
        What lies in the body, the skin over it, and the cut fat and fascia.
    """

    def __init__(
        self,
        torso: Torso,
        spine: Spine,
        theme: Theme,
        stage: Stage,
        px_per_mm: float,
        *,
        crop: Crop = SIDE_CROP,
    ) -> None:
        self.torso, self.bent, self.stage = torso, spine, stage
        layers = lateral_body(
            torso,
            spine,
            theme,
            px_per_mm,
            window_mm=stage.frame_box_mm(),
            rotation_deg=stage.turned_deg,
            crop=crop,
            view=stage.view,
        )
        self.skin = placed(layers.skin, stage)
        muscle, self.bones = placed(layers.muscle, stage), placed(layers.bones, stage)
        self.inside = Part()
        self.veil = Part(placed(layers.veil, stage))
        self.edge = Part(placed(layers.fat, stage), placed(layers.fascia, stage))
        super().__init__(Part(self.skin, muscle, self.bones), self.inside, self.veil, self.edge)

    @property
    def trunk_outline(self) -> Outline:
        """Trunk with neck and head, closed."""
        rest = Spine(stature_factor=self.bent.stature_factor)
        return sagittal(self.stage, self.bent.carry(self.torso.lateral["trunk"], rest))

    def thigh_outline(self, flexed_deg: float = 0.0) -> Outline:
        """Return the thigh as it is drawn, or drawn up further towards the belly, closed.

        Parameters
        ----------
        flexed_deg
            Further bend of the hip.
        """
        rest = Spine(stature_factor=self.bent.stature_factor)
        new, old = self.bent.frame("S1"), rest.frame("S1")
        hip: Points2 = self.torso.landmarks["hip_joint_left"][1:]
        bent = hip + (self.torso.lateral["thigh"] - hip) @ rotation(-flexed_deg)
        turn = rotation(new.middle_tilt_deg - old.middle_tilt_deg)
        return sagittal(self.stage, new.centre + (bent - old.centre) @ turn)


def keep_clear(bones: Sprite, outline: Outline, stage: Stage) -> None:
    """Let the drawn ends of ribs stop short of a thing that lies before them in the body.

    Parameters
    ----------
    bones
        Their upright sprite; changed in place.
    outline
        Closed scene points (N, 3) of the thing.
    stage
        Scale.
    """
    upper_left, upper_right, lower_left = bones.corner_points()
    rows, columns = bones.picture.rgba.shape[:2]
    across = upper_left[0] + (np.arange(columns) + 0.5) / columns * (upper_right - upper_left)[0]
    down = upper_left[1] + (np.arange(rows) + 0.5) / rows * (lower_left - upper_left)[1]
    reach = stage.length(_ROOM_MM + _SOFT_MM)
    (left, bottom), (right, top) = outline[:, :2].min(axis=0), outline[:, :2].max(axis=0)
    x = np.flatnonzero((across > left - reach) & (across < right + reach))
    y = np.flatnonzero((down > bottom - reach) & (down < top + reach))
    near = np.ix_(y, x)
    places = np.stack(np.meshgrid(across[x], down[y]), axis=-1)
    away, _ = cKDTree(dense(np.vstack([outline, outline[:1]]), px(2))[:, :2]).query(places)
    away[contains(outline[:, :2], places.reshape(-1, 2)).reshape(away.shape)] = 0.0
    left_over = smoothstep(np.asarray(away), stage.length(_ROOM_MM), reach)
    rgba = bones.picture.rgba.copy()
    rgba[near] = np.rint(rgba[near] * left_over[..., None]).astype(np.uint8)
    bones.picture = Picture(rgba)
