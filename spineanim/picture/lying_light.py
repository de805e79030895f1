"""A person on the side as light on skin and cloth, before it has a colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import ndimage

from spineanim.geometry.axes import Points2, View
from spineanim.geometry.curves import smooth
from spineanim.geometry.figure import Figure, Limbs, rest_landmarks, rest_spine
from spineanim.geometry.spine import Spine
from spineanim.picture.figure import (
    blank_relief,
    edge_share,
    grids,
    inner_cover,
    lit_surface,
)
from spineanim.picture.image import smoothstep
from spineanim.picture.kept import kept
from spineanim.picture.marks import Fold, Mark, Swell, model_marks
from spineanim.picture.raster import Box, Float32, Grid, Points, Region, fill_coverage
from spineanim.picture.relief import CLOTH, SKIN, Light, Relief
from spineanim.picture.skin_marks import SIDE
from spineanim.picture.wash import Cover, Wash, rounded, wash

LIMBS: Final = Limbs(
    thigh_deg=100.0, knee_deg=104.0, ankle_deg=10.0, arm_deg=45.0, elbow_deg=125.0, shoulder_mm=14.0
)
"""Hips and knees drawn up, arms folded before the chest [71, D]."""
FAR_LIMBS: Final = Limbs(
    thigh_deg=88.0, knee_deg=96.0, ankle_deg=10.0, arm_deg=62.0, elbow_deg=112.0, shoulder_mm=14.0
)
"""Those that lie below: the far leg a little straighter, the far arm further up [D]."""
_FAR_TONE: Final = 0.86

_THIGH_JOIN_MM: Final = 26.0
_DRAPE_MM: Final = 7.0
_ROUNDED_MM: Final = 8.0
_CROOK_MM: Final = 5.0

# Upper edge of the cloth round the hips, from the back to the belly, and the edge of the cap
# from the nape to the brow: (y, z) on the rest figure [D, drawn]
_WAIST: Final = ((170.0, 6.0), (90.0, 2.0), (20.0, -10.0), (-60.0, -22.0), (-190.0, -34.0))
_CAP: Final = ((110.0, 600.0), (20.0, 606.0), (-22.0, 632.0), (-70.0, 668.0), (-190.0, 690.0))
_CAP_TOP: Final = ((-190.0, 860.0), (110.0, 860.0))

_HEAD: Final[tuple[Mark, ...]] = (
    Fold(((-50, 642), (-36, 640), (-33, 624), (-44, 606), (-52, 603)), 7.0, 5.0, 2.6),
    Fold(((-48, 632), (-43, 624), (-50, 614)), 5.0, -3.0, 2.4),
    Fold(((-134, 643), (-126, 639), (-117, 642)), 3.0, -2.6, 1.4),
    Swell((-122, 650), (16.0, 9.0), -3.0),
    Swell((-104, 622), (20.0, 15.0), 2.4),
    Fold(((-62, 592), (-84, 566), (-122, 552)), 10.0, 2.6, 7.0),
    Fold(((-142, 583), (-131, 582)), 2.6, -1.8, 1.4),
)
"""Ear, closed eye, cheek, jaw and mouth of the rest figure."""
_LOWEST_MARK_MM: Final = -70.0  # further down all is under cloth

# Where the bones show, in heights of the standing body
_BONES_MM: Final = (-60.0, 20.0, 250.0, 360.0)
BONES_SEEN: Final = 0.50
_DEEP, _DEEP_SHADOW, _CLOTH_SHADOW, _ARM_SHADOW = 0.24, 0.80, 0.34, 0.50
"""Strength of the inside's tint, and of the shadows of bones, cloth and arm."""


def outlines(spine: Spine, view: View) -> tuple[Points, ...]:
    """Return closed outlines (N, 2) in the plane of a view.

    Trunk with head, near leg and arm, far leg and arm.
    """
    person = _Person(spine, view)
    return (*person.body, person.arm, *person.far)


@dataclass(frozen=True)
class LyingLight:
    """The person before it has a colour, in the order it is drawn.

    Attributes
    ----------
    grid
        Pixels of all washes.
    far_leg, far_arm, far_shade
        Limbs that lie below, and the soft shadow of the body on the arm.
    body, bones
        Coverage of what the skin opens on, and how strongly bones show there.
    skin, deep, veil
        Skin, the tint of what lies beneath it, and the same skin over the bones again.
    shade, cloth
        Soft shadow of the cloth on the skin, and the cloth.
    arm_shade, arm
        Soft shadow of the near arm, and the arm.
    """

    grid: Grid
    far_leg: Wash
    far_arm: Wash
    far_shade: Wash
    body: Cover
    bones: Cover
    skin: Wash
    deep: Wash
    veil: Wash
    shade: Wash
    cloth: Wash
    arm_shade: Wash
    arm: Wash


@kept
def lying_light(
    spine: Spine, px_per_mm: float, window_mm: Box, view: View, light: Light
) -> LyingLight:
    """Light a person on the side; see `lying_person`."""
    person = _Person(spine, view)
    grid, factor = grids(window_mm, px_per_mm, [*person.body, person.arm, *person.far])
    relief, shown = blank_relief(grid, factor)
    relief.add_part([person.body[0]], 0.82, rounded_mm=_ROUNDED_MM)
    relief.add_part([person.body[1]], 0.86, _THIGH_JOIN_MM, rounded_mm=_ROUNDED_MM)
    bare = lit_surface(person.modelled(relief), shown, factor, SKIN, light)
    cloth = lit_surface(_draped(relief, person), shown, factor, CLOTH, light)
    cover = fill_coverage(grid, person.body)
    dressed = cover * fill_coverage(grid, person.cloth)
    window = _bone_window(person, grid) * cover
    veil = inner_cover(cover) * window * (0.22 + 0.78 * edge_share(bare.grazing, 1.25, 1.5))
    arm_shade, arm = _arm(person, grid, factor, shown, cover, light)
    return LyingLight(
        grid,
        *_far(person, grid, factor, shown, cover, light),
        rounded(window * np.float32(_DEEP_SHADOW)),
        rounded(window * np.float32(BONES_SEEN)),
        wash(cover, bare.tone, bare.shine),
        wash(window * np.float32(_DEEP)),
        wash(veil, bare.tone, bare.shine),
        wash(_shadow(dressed, grid, light, 3.0, 3.0) * cover * np.float32(_CLOTH_SHADOW)),
        wash(dressed, cloth.tone, cloth.shine),
        arm_shade,
        arm,
    )


class _Person:
    """Outlines and marks of the person, in the plane of the view."""

    def __init__(self, spine: Spine, view: View) -> None:
        self.spine, self.view = spine, view
        found = Figure(spine, LIMBS).outlines
        self.body = [self.seen(found[name]) for name in ("trunk", "lower_limb")]
        self.arm = self.seen(found["arm"])
        far = Figure(spine, FAR_LIMBS).outlines
        self.far = [self.seen(far[name]) for name in ("lower_limb", "arm")]
        waist, cap = (smooth(np.array(line, dtype=np.float64)) for line in (_WAIST, _CAP))
        waist = spine.carry(waist, rest_spine())
        below = waist[[-1, 0]] - [0.0, 700.0]
        head = spine.carry(np.vstack([cap, _CAP_TOP]), rest_spine())
        self.edges = [self.seen(waist), self.carried(cap)]
        self.cloth = [self.seen(np.vstack([waist, below])), self.seen(head), self.body[1]]
        shoulder = rest_landmarks()["shoulder"] + [LIMBS.shoulder_mm * -1.0, 0.0]
        self.shoulder = self.carried(shoulder[None])[0]

    def seen(self, points_yz: Points2) -> Points:
        """Points (N, 2) of the median plane in the plane of the view."""
        return self.view.project(np.column_stack([np.zeros(len(points_yz)), points_yz]))

    def carried(self, points_yz: Points2) -> Points:
        """Points (N, 2) of the rest figure's head and trunk in the plane of the view."""
        return self.seen(self.spine.carry(np.asarray(points_yz, dtype=np.float64), rest_spine()))

    def modelled(self, body: Relief) -> Relief:
        """Model skin and face into a copy of the bare shape."""
        relief = _copy(body)
        trunk = [mark for mark in SIDE if _height(mark) > _LOWEST_MARK_MM]
        model_marks(relief, [*trunk, *_HEAD], self.carried)
        return relief


def _height(mark: Mark) -> float:
    """Mean height (mm) of a mark on the standing body."""
    if isinstance(mark, Swell):
        return mark.centre_mm[1]
    points = mark.line_mm if isinstance(mark, Fold) else mark.outline_mm
    return float(np.mean([z for _, z in points]))


def _copy(relief: Relief) -> Relief:
    other = Relief(relief.grid)
    other.height, other.mask = relief.height.copy(), relief.mask.copy()
    return other


def _draped(body: Relief, person: _Person) -> Relief:
    """Lay cloth over the body: it bridges hollows, and has hems and a few soft creases."""
    cloth = _copy(body)
    soft = _DRAPE_MM * body.grid.px_per_mm
    cloth.height = ndimage.gaussian_filter(cloth.height, soft, truncate=3.0)
    for edge in person.edges:
        cloth.stroke(edge, 11.0, 3.0, 2.4)
    for crease in _CREASES:
        cloth.stroke(person.carried(smooth(np.array(crease))), 9.0, -2.2, 8.0)
    return cloth


_CREASES: Final = (
    ((-40.0, -40.0), (-10.0, -75.0), (30.0, -100.0)),
    ((-90.0, -45.0), (-55.0, -85.0), (-20.0, -125.0)),
    ((70.0, -20.0), (60.0, -60.0), (66.0, -105.0)),
    ((10.0, 640.0), (-6.0, 690.0), (-40.0, 730.0)),
    ((-70.0, 672.0), (-74.0, 705.0), (-62.0, 738.0)),
)
"""Soft creases of cloth and cap, (y, z) on the rest figure (D)."""


def _bone_window(person: _Person, grid: Grid) -> Float32:
    """Return how far the skin opens on the bones: over the loin, running out up and down."""
    low, full_low, full_high, high = _BONES_MM
    ends = person.carried(np.array([(0.0, full_low), (0.0, full_high)]))
    along = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
    far = (grid.across_mm - ends[0][0]) * along[0] + (grid.up_mm - ends[0][1]) * along[1]
    reach = float(np.linalg.norm(ends[1] - ends[0]))
    shown = smoothstep(far, low - full_low, 0.0) * smoothstep(far, reach + high - full_high, reach)
    return np.asarray(shown, np.float32)


def _arm(
    person: _Person, grid: Grid, factor: int, shown: Region, body: Float32, light: Light
) -> tuple[Wash, Wash]:
    """Return the near arm's shadow and the arm; at the shoulder it grows out of the trunk."""
    relief, _ = blank_relief(grid, factor)
    relief.add_part([person.arm], 0.98, rounded_mm=_ROUNDED_MM)
    skin = lit_surface(relief, shown, factor, SKIN, light)
    away = np.hypot(grid.across_mm - person.shoulder[0], grid.up_mm - person.shoulder[1])
    apart = smoothstep(away, 26.0, 96.0)
    crook = 2 * round(_CROOK_MM * grid.px_per_mm) + 1  # the bent elbow leaves no hole
    whole = ndimage.grey_closing(fill_coverage(grid, [person.arm]), size=(crook, crook))
    shade = np.minimum(_shadow(whole, grid, light, 7.0, 6.0) * apart, body)
    return (
        wash(shade * np.float32(_ARM_SHADOW)),
        wash(whole * np.maximum(apart, 1.0 - body), skin.tone, skin.shine),
    )


def _far(
    person: _Person, grid: Grid, factor: int, shown: Region, body: Float32, light: Light
) -> tuple[Wash, Wash, Wash]:
    """Return the far leg, the far arm, and the body's soft shadow on the arm."""
    found, covers = [], []
    for outline, surface in zip(person.far, (CLOTH, SKIN), strict=True):
        relief, _ = blank_relief(grid, factor)
        relief.add_part([outline], 0.9, rounded_mm=_ROUNDED_MM)
        lit = lit_surface(relief, shown, factor, surface, light)
        covers.append(fill_coverage(grid, [outline]))
        found.append(wash(covers[-1], lit.tone * np.float32(_FAR_TONE), lit.shine))
    near = np.maximum(body, fill_coverage(grid, [person.arm]))
    shade = _shadow(near, grid, light, 9.0, 8.0) * covers[1]
    return found[0], found[1], wash(shade * np.float32(_ARM_SHADOW))


def _shadow(
    cover: Float32, grid: Grid, light: Light, distance_mm: float, soft_mm: float
) -> Float32:
    """Return the soft shadow of a layer that lies a distance over what is below it."""
    right, up = light.shadow_shift_mm(distance_mm)
    moved = ndimage.shift(cover, (-up * grid.px_per_mm, right * grid.px_per_mm), order=1)
    soft = ndimage.gaussian_filter(moved, soft_mm * grid.px_per_mm, truncate=3.0)
    return np.asarray(soft * (1.0 - cover), np.float32)
