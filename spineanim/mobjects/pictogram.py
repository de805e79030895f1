"""Pictograms of people: calm two-tone figures of rounded limbs, posed by their joints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.curves import smooth
from spineanim.mobjects.artwork import in_place_of
from spineanim.mobjects.magnifier import circle
from spineanim.picture.shape import Part, Shape, mix
from spineanim.stage import px

Point = NDArray[np.float64]
Spot = tuple[float, float]
"""Place in a pictogram: right and up, in heights of a standing figure."""

_HEAD: Final = 0.068
_ARM: Final = 0.054
_LEG: Final = 0.074
_GAP: Final = 0.020
_WIDEST: Final = 1.5
"""How wide artwork for a figure may be, in its height."""
"""Radius of the head, widths of limbs, and the light line that sets near limbs off."""


@dataclass(frozen=True)
class PictogramPose:
    """Joints of a figure; the ground is at height 0.

    Attributes
    ----------
    name
        What artwork calls it.
    head
        Middle of the head.
    trunk
        Points from the neck to the hip, and the width at either end.
    near, far
        Limbs as lines of joints: arm from shoulder to hand, leg from hip to toe.
    shoulders, hips
        Width of the trunk there.
    """

    name: str
    head: Spot
    trunk: Sequence[Spot]
    near: Mapping[str, Sequence[Spot]]
    far: Mapping[str, Sequence[Spot]]
    shoulders: float = 0.115
    hips: float = 0.095


class Pictogram(Part):
    """A figure in two tones: what is near in the focus colour, what is far paler.

    Parameters
    ----------
    pose
        How it stands.
    theme
        Colours: `accent.focus`, `ink.hairline`, `panel.fill`.
    height
        Of the standing figure, in scene units.
    at
        Scene point (3,) on the ground under the figure's origin.
    ground
        `#rrggbb` of what it stands before; sets near limbs off.

    Attributes
    ----------
    origin, tall
        As given.
    """

    def __init__(
        self,
        pose: PictogramPose,
        theme: Theme,
        height: float,
        at: ArrayLike,
        ground: str | None = None,
    ) -> None:
        self.origin, self.tall = np.asarray(at, dtype=np.float64), height
        self.near = theme.color("accent.focus")
        self.far = mix(self.near, theme.color("panel.fill"), 0.52)
        self.ground = ground or theme.color("panel.fill")
        limbs = [self._limb(name, joints, self.far) for name, joints in pose.far.items()]
        trunk = self._trunk(pose)
        head = Shape(circle(self.place(pose.head), _HEAD * height), fill=self.near)
        near = [
            each
            for name, joints in pose.near.items()
            for each in (
                self._limb(name, joints, self.ground, _GAP),
                self._limb(name, joints, self.near),
            )
        ]
        legs = [each for name, each in zip(_twice(pose.near), near, strict=True) if "leg" in name]
        arms = [
            each for name, each in zip(_twice(pose.near), near, strict=True) if "leg" not in name
        ]
        figure = Part(*limbs, *legs, trunk, head, *arms)
        high = float(figure.height)
        room = figure.get_center(), _WIDEST * high, high
        figure = in_place_of(f"figure.{pose.name}", theme, figure, room)
        super().__init__(*figure.submobjects)

    def place(self, spot: ArrayLike) -> Point:
        """Scene point (3,) of a place in the pictogram."""
        right, up = np.asarray(spot, dtype=np.float64)
        return self.origin + self.tall * np.array([right, up, 0.0])

    def places(self, spots: Sequence[Spot]) -> Point:
        """Scene points (N, 3) of several places."""
        return np.array([self.place(each) for each in spots])

    def _limb(self, name: str, joints: Sequence[Spot], color: str, wider: float = 0.0) -> Shape:
        width = (_LEG if "leg" in name else _ARM) + 2.0 * wider
        width_px = width * self.tall / px(1)
        return Shape(self.places(joints), closed=False, stroke=color, stroke_px=width_px)

    def _trunk(self, pose: PictogramPose) -> Shape:
        """Return the trunk: wide at the shoulders, rounded at both ends."""
        line = smooth(np.array(pose.trunk), samples=8)
        steps = np.gradient(line, axis=0)
        steps /= np.linalg.norm(steps, axis=1)[:, None]
        side = np.column_stack([-steps[:, 1], steps[:, 0]])
        half = np.linspace(pose.shoulders, pose.hips, len(line))[:, None] / 2
        return Shape(
            self.places(
                [tuple(each) for each in (*(line + side * half), *(line - side * half)[::-1])]
            ),
            fill=self.near,
            stroke=self.near,
            stroke_px=0.075 * self.tall / px(1),
        )


def _twice(limbs: Mapping[str, Sequence[Spot]]) -> list[str]:
    """Names of limbs, each for its gap and for itself."""
    return [name for name in limbs for _ in range(2)]


def arrow(points: Point, color: str, width_px: float, head: float) -> Part:
    """Return a curved arrow along scene points (N, 3); its head is `head` units long."""
    way = points[-1] - points[-4]
    way = way / np.linalg.norm(way)
    across = np.array([-way[1], way[0], 0.0])
    tip = points[-1] + way * 0.55 * head
    barbs = [tip, tip - way * head + across * 0.62 * head, tip - way * head - across * 0.62 * head]
    return Part(
        Shape(points, closed=False, stroke=color, stroke_px=width_px),
        Shape(np.array(barbs), fill=color, stroke=color, stroke_px=0.35 * width_px),
    )
