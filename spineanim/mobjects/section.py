"""The spine cut along its middle, seen from the patient's left.

Everything is drawn once as vectors in millimetres and kept as sprites by depth, so that a
catheter can lie between them. The same geometry serves a whole figure and a magnifier: only
the stage's scale differs, and with it how much detail is drawn.
"""

from __future__ import annotations

import numpy as np
from manim import VMobject
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2
from spineanim.geometry.canal import Canal, station
from spineanim.geometry.catheter import dorsal_offset, dural_entry_station
from spineanim.geometry.spine import Spine
from spineanim.mobjects.section_at_once import section_sprites
from spineanim.mobjects.section_cut import SACRUM, SagittalCut
from spineanim.picture.shape import Part
from spineanim.stage import Stage

Point = NDArray[np.float64]
"""Scene point (3,)."""


class _Both(Part):
    """Fades several layers that are not neighbours in the order of drawing.

    It stands in its owner's tree without paint of its own, so that the camera redraws the owner.
    """

    def __init__(self, *layers: Part) -> None:
        self.layers = layers
        super().__init__()

    @property
    def opacity(self) -> float:
        """Opacity of all the layers, 0 to 1."""
        return self.layers[0].opacity

    @opacity.setter
    def opacity(self, share: float) -> None:
        for layer in self.layers:
            layer.opacity = share


class SpineSection(Part):
    """Mid-sagittal cut of the spine.

    Its own `opacity` fades all of it with what was put into it; `spine.opacity` fades the
    spine alone and leaves what was put in.

    Parameters
    ----------
    spine, canal
        The bones and what lies in their canal; the canal belongs to the spine.
    theme
        Colours.
    stage
        Where the body stands: the view from the patient's left, turned or not.
    pixels_per_unit
        Resolution of the sprites; use the largest scale they are seen at.
    levels
        Highest and lowest level drawn; `"sacrum"` is the lowest of all.
    fade_mm
        Length over which a cut end fades out.
    tip_level, entry_level
        What `tip` and `entry` point at.

    Attributes
    ----------
    behind_catheter
        Halo and spine: everything that lies behind the catheter.
    between
        Empty; what lies within the canal and before the cut goes in here (see `put_between`).
    in_front_of_catheter
        Near line of the dura.
    spine
        Both spine layers as one, to fade them.
    """

    def __init__(
        self,
        spine: Spine,
        canal: Canal,
        theme: Theme,
        stage: Stage,
        pixels_per_unit: float,
        levels: tuple[str, str] = ("T5", SACRUM),
        *,
        fade_mm: float = 26.0,
        tip_level: str = "T10",
        entry_level: str = "L2_L3",
    ) -> None:
        self.cut = SagittalCut(spine, canal, theme, stage, pixels_per_unit, *levels)
        self.tip_level, self.entry_level = tip_level, entry_level
        halo, drawn, near = section_sprites(spine, theme, stage, pixels_per_unit, levels, fade_mm)
        self.behind_catheter = Part(halo, drawn)
        self.between = Part()
        self.in_front_of_catheter = Part(near)
        self.spine = _Both(self.behind_catheter, self.in_front_of_catheter)
        super().__init__(self.behind_catheter, self.between, self.in_front_of_catheter, self.spine)

    def put_between(self, *parts: VMobject) -> None:
        """Lay parts, such as the catheter, over the spine but behind the near dura."""
        self.between.add(*parts)

    def level(self, name: str) -> Point:
        """Middle of a vertebral body, or of a disc such as `"L2_L3"`."""
        if "_" in name:
            return self._point(self.cut.spine.disc_corners(name).mean(axis=0))
        return self._point(self.cut.spine.frame(name).centre)

    def front(self, name: str, gap_mm: float = 0.0) -> Point:
        """Place before the middle of a body's front, `gap_mm` further forwards."""
        return self._beside(name, -1.0, gap_mm)

    def back(self, name: str, gap_mm: float = 0.0) -> Point:
        """Place behind the tip of a spinous process, `gap_mm` further backwards."""
        return self._point(self.cut.spine.spinous_tip(name) + np.array([gap_mm, 0.0]))

    @property
    def tip(self) -> Point:
        """Fluid behind the cord at the level of the catheter's tip."""
        canal, at = self.cut.canal, station(self.tip_level)
        return self._point(canal.place(at, dorsal_offset(canal, at)))

    @property
    def entry(self) -> Point:
        """Where the catheter passes the back of the sac."""
        canal, at = self.cut.canal, dural_entry_station(self.entry_level)
        return self._point(canal.place(at, canal.offsets_at(at)["sac_back"]))

    @property
    def cord(self) -> Point:
        """Middle of the cord: at T12, or above a catheter's tip that lies there."""
        level = "T11" if self.tip_level == "T12" else "T12"
        return self.in_canal(level, "cord_front", "cord_back")

    @property
    def conus(self) -> Point:
        """End of the cord."""
        return self._point(self.cut.canal.conus_tip())

    @property
    def fluid(self) -> Point:
        """Fluid before the roots, at L2."""
        return self.in_canal("L2", "sac_front", "sac_back", 0.16)

    @property
    def roots(self) -> Point:
        """Loose roots below the cord, at L3."""
        return self.in_canal("L3", "sac_front", "sac_back", 0.55)

    def in_canal(self, level: str, front: str, back: str, share: float = 0.5) -> Point:
        """Place between two walls at a level or disc.

        Parameters
        ----------
        level
            `"T10"`, `"L2_L3"`, `"S2"`.
        front, back
            `sac_front`, `sac_back`, `cord_front`, `cord_back` or `back_wall`.
        share
            0 on the front wall of the two, 1 on the back wall.
        """
        at = station(level)
        walls = self.cut.canal.offsets_at(at)
        offset = walls[front] + (walls[back] - walls[front]) * share
        return self._point(self.cut.canal.place(at, offset))

    def _beside(self, name: str, side: float, gap_mm: float) -> Point:
        frame = self.cut.spine.frame(name)
        reach = side * (frame.half_depth_mm + gap_mm)
        return self._point(frame.place(np.array([[reach, 0.0]]))[0])

    def _point(self, point_yz: Points2) -> Point:
        place: Point = self.cut.place(point_yz)[0]
        return place
