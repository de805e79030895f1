"""What the vertebrae of all regions share: the shape record, sizes of a level, and the body.

Own frame of a vertebra: origin at the centre of its body, x to the patient's left, y to
the back, z along the mean of its end-plate normals; millimetres at stature factor 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from spineanim.geometry.axes import Points3, Vector3
from spineanim.geometry.layout import Frame, body_wedge_deg, build_frames
from spineanim.geometry.params import STANDING
from spineanim.geometry.solids.base import FLOAT, Box, Field, Solid
from spineanim.geometry.solids.combine import Blend, Placed, Pose, add, cut, soft_max
from spineanim.geometry.solids.primitives import Capsule
from spineanim.geometry.table import LEVELS, vertebrae


@dataclass(frozen=True, eq=False)
class BoneShape:
    """A bone in its own frame.

    Parameters
    ----------
    solid : Solid
        The whole bone.
    cartilage : Solid, optional
        Where the bone's surface is covered by joint cartilage; a mark, not a shape.
    """

    solid: Solid
    cartilage: Solid | None = None


@dataclass(frozen=True)
class Sizes:
    """Sizes of one level from the table (mm, degrees), at stature factor 1.

    ``half_depth`` is that of the body at mid height; the spinolaminar line lies
    ``wall`` behind the body's centre. ``lower_width`` and ``lower_depth`` are those of the
    lower end plate: the mean of the upper plates of this level and of the next, as in
    ``Frame.corners`` [D].
    """

    level: str
    width: float
    depth: float
    lower_width: float
    lower_depth: float
    height: float
    wedge_deg: float
    half_depth: float
    canal_width: float
    canal_depth: float
    pedicle_width: float
    pedicle_height: float
    spinous: float
    span: float

    @property
    def wall(self) -> float:
        """Place of the spinolaminar line (y, mm)."""
        return self.half_depth + self.canal_depth

    @property
    def half_height(self) -> float:
        """Half the mean height of the body (mm)."""
        return self.height / 2

    @property
    def half_canal(self) -> float:
        """Half the width of the canal between the pedicles (mm)."""
        return self.canal_width / 2


@lru_cache(maxsize=32)
def sizes(level: str) -> Sizes:
    """Collect the sizes of a level C3 to L5 at stature factor 1.

    Raises
    ------
    LookupError
        If the level has no such measurements (the atlas, S1, unknown names).
    """
    rows = vertebrae()
    if level not in rows or level == "S1":
        raise LookupError(f"no movable vertebra is called {level}")
    row, below = rows[level], rows[LEVELS[LEVELS.index(level) + 1]]
    width, depth = row.number("body_width_mm"), row.number("body_depth_mm")
    frame = rest_frame(level)
    return Sizes(
        level,
        width,
        depth,
        (width + below.number("body_width_mm")) / 2,
        (depth + below.number("body_depth_mm")) / 2,
        frame.height_mm,
        body_wedge_deg(level),
        frame.half_depth_mm,
        row.number("canal_width_mm"),
        row.number("canal_depth_mm"),
        row.number("pedicle_width_mm"),
        row.number("pedicle_height_mm"),
        row.number("spinous_length_mm"),
        row.number("transverse_width_mm"),
    )


@lru_cache(maxsize=1)
def _rest_frames() -> dict[str, Frame]:
    return dict(build_frames(STANDING, 1.0))


def rest_frame(level: str) -> Frame:
    """Frame of a level in the standing reference body, in which the joints are fitted."""
    return _rest_frames()[level]


def rest_pose(level: str) -> Pose:
    """Where a level's own frame stands in the standing reference body."""
    frame = rest_frame(level)
    return Pose.tilted(frame.middle_tilt_deg, (0.0, *frame.centre))


def seen_from(level: str, other: str) -> Pose:
    """Pose that takes points of `other`'s own frame to `level`'s own frame, standing."""
    own, there = rest_pose(level), rest_pose(other)
    turn = own.rotation.T
    return Pose(turn @ there.rotation, turn @ (there.shift_mm - own.shift_mm))


@dataclass(frozen=True, eq=False)
class VertebralBody(Solid):
    """Waisted body with raised rims, dished end plates, wedge and a kidney or heart outline.

    Parameters
    ----------
    upper_mm, lower_mm : tuple of float
        Full width and midline depth of the upper and the lower end plate.
    height_mm : float
        Height at the centre line, rim to rim.
    wedge_deg : float
        Angle between the end plates, positive when lower in front.
    waist_mm : tuple of float
        Hollow of the side, the front and the back at mid height.
    dish_mm : tuple of float
        Hollow of the upper and the lower end plate below their rims.
    kidney_mm : float
        How far the back stands further back beside the midline than on it.
    heart : float
        Share by which the front is narrower than the middle.
    rim_mm : float
        Height of the rim above the waist.
    square : tuple of float
        Exponents of the outline's front and back half: 2 is an ellipse, more is squarer.
    uncus_mm : float
        Rise of the side edges of the upper end plate.
    edge_mm : float
        Over what length the plates' edges are rounded.
    """

    upper_mm: tuple[float, float]
    lower_mm: tuple[float, float]
    height_mm: float
    wedge_deg: float = 0.0
    waist_mm: tuple[float, float, float] = (2.0, 1.6, 0.6)
    dish_mm: tuple[float, float] = (0.8, 1.0)
    kidney_mm: float = 0.0
    heart: float = 0.0
    rim_mm: float = 2.2
    square: tuple[float, float] = (2.2, 2.6)
    uncus_mm: float = 0.0
    edge_mm: float = 1.4

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        half = FLOAT(self.height_mm / 2)
        slope = FLOAT(np.tan(np.radians(self.wedge_deg / 2)))
        plate = np.maximum(half + y * slope, FLOAT(2.0))
        rise = np.clip(z / plate, -1, 1)
        share = (1 + rise) / 2
        side, front, back = (
            FLOAT(low / 2) + FLOAT((high - low) / 2) * share
            for low, high in (
                (self.lower_mm[0], self.upper_mm[0]),
                (self.lower_mm[1], self.upper_mm[1]),
                (self.lower_mm[1], self.upper_mm[1]),
            )
        )
        # The hollow starts below the rim and flares into it, so that the rim stands out
        inner = np.clip(np.abs(rise) * plate / (plate - FLOAT(self.rim_mm)), 0, 1)
        hollow = (1 - inner * inner * (FLOAT(0.45) + FLOAT(0.55) * inner * inner)) ** FLOAT(1.15)
        side = side - FLOAT(self.waist_mm[0]) * hollow
        front = front - FLOAT(self.waist_mm[1]) * hollow
        back = back - FLOAT(self.waist_mm[2]) * hollow
        wall, across = self._outline(x, y, side, front, back)
        return soft_max(wall, self._plates(x, z, plate, side, across), self.edge_mm)

    def _outline(
        self, x: Field, y: Field, side: Field, front: Field, back: Field
    ) -> tuple[Field, Field]:
        """Distance from the side wall, and the share of the way from centre to wall."""
        flank = np.abs(x) / side
        if self.kidney_mm > 0:
            # Bulge of the back beside the midline, none on it
            lobe = np.minimum(flank * FLOAT(1.5), 1)
            back = back + FLOAT(self.kidney_mm) * lobe * lobe * (3 - 2 * lobe)
        deep = np.where(y < 0, -y / front, y / back)
        if self.heart > 0:
            # Narrow towards the front: the outline of a heart
            side = side * (1 - FLOAT(self.heart) * np.clip(-y / front, 0, 1) ** FLOAT(1.4))
            flank = np.abs(x) / side
        power = np.where(y < 0, FLOAT(self.square[0]), FLOAT(self.square[1]))
        flank, deep = np.maximum(flank, FLOAT(1e-4)), np.maximum(deep, FLOAT(1e-4))
        across = (flank**power + deep**power) ** (1 / power)
        reach = np.where(y < 0, front, back)
        steep = across ** (1 - power) * np.sqrt(
            (flank ** (power - 1) / side) ** 2 + (deep ** (power - 1) / reach) ** 2
        )
        least = np.minimum(side, reach)
        gap = (across - 1) * np.minimum(1 / np.maximum(steep, FLOAT(1e-4)), 2 * least)
        return np.asarray(gap, dtype=FLOAT), np.asarray(across, dtype=FLOAT)

    def _plates(self, x: Field, z: Field, plate: Field, side: Field, across: Field) -> Field:
        """Distance from the end plates: flat at the rim, dished inside it."""
        bowl = np.clip((FLOAT(0.86) - across) / FLOAT(0.62), 0, 1)
        bowl = bowl * bowl * (3 - 2 * bowl)
        dish = np.where(z > 0, FLOAT(self.dish_mm[0]), FLOAT(self.dish_mm[1])) * bowl
        if self.uncus_mm > 0:
            lift = np.clip((np.abs(x) / side - FLOAT(0.35)) / FLOAT(0.65), 0, 1)
            lift = lift * lift * (3 - 2 * lift)
            dish = dish - np.where(z > 0, FLOAT(self.uncus_mm) * lift, FLOAT(0))
        return np.asarray(np.abs(z) - plate + dish, dtype=FLOAT)

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        width = max(self.upper_mm[0], self.lower_mm[0]) / 2
        depth = max(self.upper_mm[1], self.lower_mm[1]) / 2 + self.kidney_mm
        tall = self.height_mm / 2 + depth * float(np.tan(np.radians(abs(self.wedge_deg) / 2)))
        tall += self.uncus_mm
        return Box((-width, -depth, -tall), (width, depth, tall))


@dataclass(frozen=True)
class FacetJoint:
    """One facet joint, fitted in the standing body, in the frame of the lower vertebra.

    The inferior process above ends in a block: a rod along `along`, elliptical across it.
    The superior process below is hollowed out by the same block plus the joint gap, so the
    two always fit, and so that the block can glide up in flexion and down in extension.

    Parameters
    ----------
    upper, lower : str
        Levels.
    face_mm : tuple of float
        Middle of the superior facet of the left side.
    normal : tuple of float
        Unit vector out of the superior facet.
    along : tuple of float
        Unit vector up the facet, square to the normal.
    half_tall_mm : float
        Half the height of the joint.
    half_wide_mm, half_thick_mm : float
        Half sizes of the block across `along`: along the facet and square to it.
    gap_mm : float
        Bone to bone: both cartilages and the fluid between them.
    slide_mm : float
        How far the block may glide down before it meets the lamina below.
    horn_mm : tuple of float
        The superior process below: how far its middle lies behind its face, and its half
        thickness at the base and at the tip.
    """

    upper: str
    lower: str
    face_mm: Vector3
    normal: Vector3
    along: Vector3
    half_tall_mm: float
    half_wide_mm: float
    half_thick_mm: float
    gap_mm: float = 1.3
    slide_mm: float = 2.5
    horn_mm: Vector3 = (2.4, 4.8, 3.2)

    @property
    def across(self) -> Points3:
        """Unit vector along the facet, to the side and back (3,)."""
        return np.cross(self.along, self.normal)

    @property
    def middle(self) -> Points3:
        """Middle of the block (3,)."""
        shift = np.array(self.normal) * (self.gap_mm + self.half_thick_mm)
        found: Points3 = np.array(self.face_mm) + shift
        return found

    def _rod(self, low: float, high: float, grow: float, taper: float = 0.0) -> Capsule:
        """Block from `low` to `high` along it, seen from its middle, grown all round."""
        along = np.array(self.along)
        radii = (self.half_wide_mm + grow, self.half_thick_mm + grow)
        tip = (radii[0] - taper, radii[1] - taper * 0.3)
        start, end = self.middle + along * low, self.middle + along * high
        return Capsule(point(start), point(end), tip, radii, point(self.across))

    @property
    def block(self) -> Capsule:
        """End of the inferior process, in the lower frame."""
        reach = self.half_tall_mm - min(self.half_wide_mm, self.half_thick_mm)
        return self._rod(-reach, reach, 0.0, 1.2)

    @property
    def socket(self) -> Capsule:
        """What the lower vertebra must leave free, in its own frame."""
        reach = self.half_tall_mm - min(self.half_wide_mm, self.half_thick_mm)
        return self._rod(-reach - self.slide_mm, reach + 30.0, self.gap_mm)

    @property
    def face(self) -> Capsule:
        """Mark of the superior facet, in the lower frame: the hollow that the block left."""
        reach = self.half_tall_mm - min(self.half_wide_mm, self.half_thick_mm)
        return self._rod(-reach, reach, self.gap_mm + 0.45)

    def _horn(self, grow: float, longer: float) -> Capsule:
        """Superior process from the base to the tip of the joint."""
        deep, base, tip = self.horn_mm
        along, wide = np.array(self.along), self.half_wide_mm
        spine = np.array(self.face_mm) - np.array(self.normal) * deep
        end = spine + along * (self.half_tall_mm - tip + longer)
        return Capsule(
            point(spine - along * self.half_tall_mm),
            point(end),
            (wide + 1.2 + grow, base + grow),
            (wide + 0.2 + grow, tip + grow),
            point(self.across),
        )

    @property
    def horn(self) -> Capsule:
        """Superior process before it is hollowed, in the lower frame."""
        return self._horn(0.0, 0.0)

    @property
    def relief(self) -> Solid:
        """What the upper vertebra must leave free, in its own frame."""
        room = Blend((add(self._horn(self.gap_mm, self.slide_mm)), cut(self.block)))
        return Placed(room, self.from_upper)

    @property
    def from_upper(self) -> Pose:
        """Pose that takes the lower frame's points to the upper frame."""
        return seen_from(self.upper, self.lower)

    def in_upper(self, along_mm: float) -> Points3:
        """Point of the block's middle line in the upper frame, (3,)."""
        return self.from_upper.place(self.middle + np.array(self.along) * along_mm)

    @property
    def across_upper(self) -> Points3:
        """`across` in the upper frame (3,)."""
        found: Points3 = self.from_upper.rotation @ self.across
        return found


def point(values: ArrayLike) -> Vector3:
    """Three numbers as a plain tuple."""
    x, y, z = (float(value) for value in np.asarray(values, dtype=np.float64))
    return (x, y, z)


def unit(values: ArrayLike) -> Vector3:
    """Direction of length 1."""
    found = np.asarray(values, dtype=np.float64)
    return point(found / np.linalg.norm(found))
