"""The column in a bend: every bone is a picture that moves, soft parts are drawn as curves."""

from __future__ import annotations

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.axes import LATERAL_LEFT, MID_SAGITTAL, Points2
from spineanim.geometry.bend import Bend, BentColumn
from spineanim.geometry.bones.column import BONES
from spineanim.geometry.params import Alignment
from spineanim.geometry.spine import Spine
from spineanim.mobjects.bending_paths import Soft
from spineanim.mobjects.bending_soft import behind_bones, over_bones, skin_lines
from spineanim.picture.column import bake_column
from spineanim.picture.shape import Part, Sprite, path_points
from spineanim.stage import Stage


class BendingColumn(Part):
    """The column from the patient's left, whole or cut along its middle; `bend` sets its curves.

    Parameters
    ----------
    rest
        The spine that the bones are baked in; the column starts with its curves.
    theme
        Colours.
    stage
        A view from the patient's left.
    cut
        Whether it is cut in the median plane, so that canal and cord are seen.
    bones
        Bones that are shown, cranial to caudal, all when omitted.
    skin
        Whether the outline of the trunk is drawn behind.

    Attributes
    ----------
    alignment
        Its curves now.
    sprites
        Picture of every bone.
    skin, discs, bones, inside
        The groups it is drawn as, from the lowest up.
    """

    def __init__(
        self,
        rest: Spine,
        theme: Theme,
        stage: Stage,
        *,
        cut: bool = True,
        bones: tuple[str, ...] = BONES,
        skin: bool = False,
    ) -> None:
        super().__init__()
        self.stage, self.rest, self.alignment = stage, rest, rest.alignment
        self._bend = Bend(rest)
        view = MID_SAGITTAL if cut else LATERAL_LEFT
        # the pictures stand upright in their view; the stage may turn them
        px_per_mm = stage.pixels_per_mm
        baked = bake_column(rest, bones, view, px_per_mm, theme)
        self.sprites: dict[str, Sprite] = {}
        self._corners_mm: dict[str, Points2] = {}
        for name, image in baked.items():
            self._corners_mm[name] = image.corners_mm
            self.sprites[name] = Sprite(image.rgba, list(stage.plane(image.corners_mm[[0, 1, 3]])))
        at_rest = self._bend.to(rest)
        self._rest_poses = at_rest.poses
        below, above = behind_bones(theme, bones, cut=cut), over_bones(theme, bones) if cut else []
        outline: list[Soft] = list(skin_lines(theme)) if skin else []
        self._soft = [*outline, *below, *above]
        heights = np.concatenate([corners[:, 1] for corners in self._corners_mm.values()])
        whole = len(bones) == len(BONES)
        reach = (-np.inf, np.inf) if whole else (float(heights.min()), float(heights.max()))
        for soft in self._soft:
            soft.fit(at_rest, stage, reach)
        self.skin, self.discs, self.inside = (
            Part(*(each.shape for each in soft)) for soft in (outline, below, above)
        )
        self.bones = Part(*self.sprites.values())
        self.add(self.skin, self.discs, self.bones, self.inside)
        self.bend(rest.alignment)

    def bend(self, alignment: Alignment) -> None:
        """Give the column other curves; a pure function of them."""
        self.alignment = alignment
        spine = Spine(alignment, self.rest.stature_factor)
        column = self._bend.to(spine)
        self._lay_bones(column)
        for soft in self._soft:
            soft.lay(column, self.stage)

    def _lay_bones(self, column: BentColumn) -> None:
        """Move every picture with its bone."""
        rest, now = (
            (np.array([poses[name].rotation for name in self.sprites])[:, 1:, 1:],
             np.array([poses[name].shift_mm for name in self.sprites])[:, None, 1:])
            for poses in (self._rest_poses, column.poses)
        )  # fmt: skip
        # points are rows: the turn back to the bone's own frame comes first
        local = (np.stack(list(self._corners_mm.values())) - rest[1]) @ rest[0]
        corners = local @ now[0].transpose(0, 2, 1) + now[1]
        joined = self.stage.plane(corners[:, [0, 1, 2, 3, 0]].reshape(-1, 2)).reshape(-1, 5, 3)
        for sprite, ring in zip(self.sprites.values(), joined, strict=True):
            sprite.set_points(path_points(ring, closed=False))
