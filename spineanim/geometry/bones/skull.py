"""Skull with its jaw, and the brain with the stem that runs into the cord.

Frame of the head: origin in the middle of the joints of skull and atlas (`layout.Head`),
x left, y posterior, z cranial, gaze level; millimetres of the 175 cm figure (stature
factor 1.06). A simple skull of textbook proportions: about 178 mm long, 142 mm wide, vertex
144 mm over the joint, wall 4-7 mm, foramen magnum 34 x 30 mm; brain about 160 mm long and
120 mm wide [M].
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from spineanim.geometry import curves
from spineanim.geometry.bones.plates import bone_part
from spineanim.geometry.layout import Head
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.solids.base import FLOAT, Box, Field, Solid
from spineanim.geometry.solids.combine import Blend, Grown, Mirrored, Pose, Step, add, cut, keep
from spineanim.geometry.solids.outlines import Extrusion
from spineanim.geometry.solids.primitives import Capsule, Chain, Ellipsoid, HalfSpace
from spineanim.geometry.spine import Spine

_BACKWARDS: Final = (0.0, 1.0, 0.0)
# Profile of the cerebrum (posterior, cranial), as the figure's
_CEREBRUM: Final = [
    (-82, 70), (-76, 95), (-55, 117), (-23, 129), (12, 130), (44, 118), (66, 94), (75, 66),
    (70, 45), (52, 38), (30, 43), (10, 45), (-6, 37), (-22, 27), (-40, 25), (-50, 33),
    (-49, 50), (-62, 57), (-77, 60),
]  # fmt: skip
_HULL: Final = Ellipsoid((0.0, -3.0, 71.0), (61.0, 80.5, 62.0))
_HIND: Final = Ellipsoid((0.0, 34.0, 28.0), (42.0, 26.0, 16.0))
_WALL_MM: Final = 6.0
_FLUID_MM: Final = 2.0
"""Room between brain and skull: membranes and fluid (mm) [M]."""
_STEM: Final = Chain(
    ((0.0, 6.0, 52.0), (0.0, 0.0, 34.0), (0.0, 4.0, 20.0), (0.0, 11.0, 6.0), (0.0, 13.8, -8.0)),
    ((9.0, 12.0), (13.0, 15.0), (9.5, 10.5), (6.4, 7.6), (4.6, 6.3)),
    up=_BACKWARDS,
)


@dataclass(frozen=True, eq=False)
class Folded(Solid):
    """A solid with winding furrows in its surface, as a brain has.

    Parameters
    ----------
    solid : Solid
    depth_mm : float
        Depth of the furrows.
    pitch_mm : float
        Distance between furrows, about.
    level : bool
        Whether they run level side by side, as those of the hind brain do.
    """

    solid: Solid
    depth_mm: float
    pitch_mm: float
    level: bool = False

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm); it falls short in the furrows."""
        k, slow = FLOAT(np.pi / self.pitch_mm), FLOAT(np.pi / (2.3 * self.pitch_mm))
        u = k * np.abs(x) + np.sin(slow * z + FLOAT(0.7))
        v = k * y + np.sin(slow * x + slow * z)
        w = k * z + np.sin(slow * y + FLOAT(1.9))
        if self.level:
            wave = np.sin(w + FLOAT(0.5) * np.sin(slow * x))
        else:
            wave = np.sin(u) * np.cos(v) + np.sin(v) * np.cos(w) + np.sin(w) * np.cos(u)
        furrow = np.clip(1 - np.abs(wave) / FLOAT(0.42), 0, 1)
        deep = FLOAT(self.depth_mm) * furrow * furrow * (3 - 2 * furrow)
        return np.asarray((self.solid.field(x, y, z) + deep) * FLOAT(0.75), dtype=FLOAT)

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        return self.solid.bounds


def _braincase() -> tuple[Step, ...]:
    """Vault, back and base."""
    return (
        add(Ellipsoid((0.0, -2.0, 76.0), (70.5, 89.0, 68.0))),
        add(Ellipsoid((0.0, 4.0, 42.0), (62.0, 58.0, 34.0)), 14.0),
        add(Ellipsoid((0.0, 38.0, 38.0), (49.0, 43.0, 32.0)), 14.0),
        keep(HalfSpace((0.0, 14.0, 3.0), (0.0, 0.16, -1.0)), 8.0),
        cut(Ellipsoid((81.0, -60.0, 46.0), (25.0, 30.0, 36.0)), 10.0),
    )


def _face() -> tuple[Step, ...]:
    """Upper jaw, cheek and brow; eye sockets and nose are cut out."""
    jaw = Chain(((-4.0, -90.0, 2.0), (14.0, -86.0, 2.0), (24.0, -72.0, 3.0), (26.0, -57.0, 5.0)),
                ((9.0, 6.0), (9.0, 6.0), (9.0, 6.0), (8.0, 5.0)), steps=2)  # fmt: skip
    teeth = Chain(((-4.0, -92.0, -6.0), (13.0, -88.0, -6.0), (23.0, -74.0, -5.0),
                   (26.0, -59.0, -3.0)),
                  ((5.0, 3.4), (5.0, 3.6), (4.6, 4.4), (4.4, 4.8)), steps=2)  # fmt: skip
    arch = Chain(((47.0, -67.0, 25.0), (60.0, -48.0, 24.0), (66.0, -30.0, 25.0),
                  (63.0, -10.0, 28.0)),
                 ((5.5, 3.6), (4.2, 2.6), (3.8, 2.4), (5.0, 3.5)), steps=2)  # fmt: skip
    return (
        add(Ellipsoid((0.0, -72.0, 14.0), (32.0, 22.0, 22.0)), 8.0),
        add(Ellipsoid((0.0, -76.0, 48.0), (49.0, 16.0, 23.0)), 8.0),
        add(Ellipsoid((43.0, -71.0, 26.0), (11.0, 11.0, 10.0)), 6.0),
        add(arch, 3.0),
        cut(Ellipsoid((30.0, -92.0, 43.0), (17.5, 30.0, 15.5)), 3.0),
        add(Ellipsoid((25.0, -85.0, 61.5), (21.0, 6.5, 4.5)), 5.0),
        add(Capsule((0.0, -86.0, 50.0), (0.0, -95.0, 36.0), (5.0, 6.5), (4.5, 5.5)), 3.0),
        cut(Ellipsoid((0.0, -98.0, 21.0), (11.5, 20.0, 12.5)), 2.0),
        add(jaw, 5.0),
        add(teeth, 1.0),
    )


def _lower_jaw() -> Solid:
    """Body, branch and teeth of the lower jaw, left half."""
    body = Chain(((-6.0, -90.0, -46.0), (17.0, -86.0, -45.0), (36.0, -60.0, -39.0),
                  (46.5, -35.0, -31.0)),
                 ((12.0, 6.5), (11.5, 6.0), (11.0, 5.5), (10.0, 5.0)))  # fmt: skip
    branch = Chain(((47.0, -31.0, -30.0), (49.5, -26.0, -8.0), (51.0, -17.0, 13.0)),
                   ((15.0, 4.2), (13.5, 3.8), (5.5, 6.0)), up=_BACKWARDS, steps=2)  # fmt: skip
    crown = Capsule((48.5, -38.0, -8.0), (48.5, -41.0, 13.0), (8.0, 3.4), (4.0, 2.8),
                    up=_BACKWARDS)  # fmt: skip
    teeth = Chain(((-4.0, -89.0, -17.0), (13.0, -85.0, -17.0), (23.0, -71.0, -16.0),
                   (28.0, -56.0, -15.0)),
                  ((5.6, 3.4), (5.6, 3.6), (5.4, 4.4), (5.0, 4.6)), steps=2)  # fmt: skip
    chin = Ellipsoid((0.0, -94.0, -50.0), (12.0, 4.5, 7.0))
    ridge = Chain(((-4.0, -88.0, -28.0), (14.0, -84.0, -28.0), (25.0, -70.0, -27.0),
                   (36.0, -48.0, -25.0)),
                  ((9.0, 5.0), (9.0, 5.0), (9.0, 5.5), (9.0, 5.0)), steps=2)  # fmt: skip
    return Blend((add(body), add(branch, 6.0), add(crown, 5.0), add(ridge, 6.0), add(teeth, 1.0),
                  add(chin, 5.0)))  # fmt: skip


@lru_cache(maxsize=1)
def _cerebrum() -> Solid:
    """Both halves of the cerebrum without their furrows, well within the braincase."""
    outline = curves.smooth(_CEREBRUM, closed=True, samples=6)
    # Only the temporal lobes, at the sides, reach down into the middle of the skull's base
    between = Ellipsoid((0.0, -38.0, 22.0), (15.0, 34.0, 26.0))
    return Blend((
        add(Extrusion(outline, 75.0, soften_mm=2.0)),
        keep(_HULL, 8.0),
        cut(between, 6.0),
        keep(Grown(Blend(_braincase()), -_WALL_MM), 3.0),
    ))  # fmt: skip


@lru_cache(maxsize=1)
def _skull() -> Solid:
    """Skull and jaw in the frame of the head."""
    stem = Chain(((0.0, 11.0, -14.0), (0.0, 11.0, 8.0), (0.0, 4.0, 28.0)),
                 ((17.0, 15.0), (16.0, 14.0), (16.0, 18.0)), up=_BACKWARDS, steps=2)  # fmt: skip
    cavity = Blend((
        add(Grown(_cerebrum(), _FLUID_MM)),
        add(Ellipsoid((0.0, 34.0, 29.0), (44.0, 28.5, 18.5)), 5.0),
        add(stem, 4.0),
    ))  # fmt: skip
    half = Blend((
        *_braincase(),
        *_face(),
        add(Capsule((53.0, 8.0, 16.0), (51.0, 2.0, -4.0), (10.0, 9.0), (5.0, 5.0)), 6.0),
        add(Ellipsoid((19.5, -1.0, 8.8), (7.5, 11.5, 9.0)), 4.0),
        add(Ellipsoid((0.0, 78.0, 38.0), (12.0, 7.0, 5.0)), 10.0),
        cut(cavity, 1.5),
        add(_lower_jaw(), 0.5),
    ))  # fmt: skip
    return Mirrored(half)


@lru_cache(maxsize=1)
def _brain() -> Solid:
    """Brain in the frame of the head: furrowed halves, hind brain, stem."""
    gap = Extrusion(curves.smooth(_CEREBRUM, closed=True, samples=6), 1.6)
    groove = Blend((add(gap), cut(Ellipsoid((0.0, -3.0, 71.0), (61.0, 74.0, 56.0)))))
    return Mirrored(Blend((
        add(Folded(_cerebrum(), 4.0, 13.0)),
        cut(groove, 2.0),
        add(Folded(_HIND, 1.2, 3.6, level=True), 1.0),
        add(_STEM, 3.0),
    )))  # fmt: skip


def _pose(head: Head | None) -> Pose:
    """Pose of the head; that of the standing figure by default."""
    found = Spine().head if head is None else head
    return Pose.tilted(found.tilt_deg, (0.0, *found.joint))


def skull_part(head: Head | None = None) -> Part:
    """Skull with its jaw; stands on the atlas of the standing figure unless told otherwise."""
    return bone_part("skull", _skull()).moved(_pose(head))


def brain_part(head: Head | None = None) -> Part:
    """Brain with the stem that overlaps the upper end of the cord in the atlas."""
    return Part("brain", Tissue.BRAIN, _brain(), _pose(head))
