"""The column from the side, bone by bone: it is built up, and its discs give under load."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from manim import smooth
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import LATERAL_LEFT
from spineanim.geometry.bones.column import BONES
from spineanim.geometry.bones.vertebrae import column_parts
from spineanim.geometry.parts import Part as Solid
from spineanim.geometry.soft.discs import disc_part
from spineanim.geometry.spine import DISCS, Spine
from spineanim.geometry.table import LEVELS
from spineanim.picture.pieces import Piece, piece_images, standing
from spineanim.picture.shape import Part, Sprite
from spineanim.stage import Stage

Points = NDArray[np.float64]

MOVABLE: Final = LEVELS[:-1]
"""The 24 movable bones, C1 to L5."""
_FALL_MM: Final = 30.0
"""A bone comes down on the column from so far above its place."""
_TAKES: Final = 0.16
"""Share of the building in which one bone comes into its place."""
_SEEN_BY: Final = 0.45
"""Share of a bone's own way by which it is seen in full."""
_COUNTED: Final = 0.2
"""A bone is counted once it has come this share of its own way: it is seen well by then."""
_GIVES: Final = 0.16
"""Share of its height by which a disc gives: more than the 0.05 to 0.1 of life, to be seen [M]."""
_BULGES: Final = 0.35
"""Widening of a disc for each share of its height that it gives [D]."""


@dataclass(frozen=True)
class _Piece:
    """A bone or a disc: its picture, and where its corners stand at rest."""

    sprite: Sprite
    rest: Points

    def lay(self, shift: Points, turned: Points | None = None, about: Points | None = None) -> None:
        """Shift it, after a stretch about a point."""
        points = self.rest
        if turned is not None and about is not None:
            points = about + (points - about) @ turned
        self.sprite.set_points(points + shift)


class StackedColumn(Part):
    """The whole column from the patient's left; every bone and disc is a picture of its own.

    Parameters
    ----------
    spine
        Its curves and size.
    theme
        Colours.
    stage
        A view from the patient's left.
    near
        Bones that are seen at the stage's own scale.
    far_share
        Scale at which all others are seen at the most, as a share of the stage's.

    Attributes
    ----------
    discs, bones
        The two layers, bones over discs.
    """

    def __init__(
        self,
        spine: Spine,
        theme: Theme,
        stage: Stage,
        near: Sequence[str] = BONES,
        far_share: float = 1.0,
    ) -> None:
        self.spine, self.stage = spine, stage
        scales = {name: 1.0 if name in near else far_share for name in BONES}
        bones = {part.name: part for part in column_parts(spine)}
        discs = {name: disc_part(spine, name) for name in DISCS}
        scales |= {name: max(scales[_bone(each)] for each in name.split("_")) for name in DISCS}
        self.pieces = _pictures(spine, {**discs, **bones}, scales, theme, stage)
        self.discs = Part(*(self.pieces[name].sprite for name in DISCS))
        self.bones = Part(*(self.pieces[name].sprite for name in BONES))
        super().__init__(self.discs, self.bones)

    def rise(self, share: float) -> None:
        """Build the column up from the sacrum to the atlas; a pure function of the share."""
        for place, level in enumerate(("S1", *reversed(MOVABLE))):
            way = self._way(place, share)
            up = self._up(level) * self.stage.length(_FALL_MM)
            for name in self._coming(level):
                piece = self.pieces[name]
                piece.lay(up * (1.0 - way) ** 3)
                piece.sprite.set_fill(opacity=smooth(min(way / _SEEN_BY, 1.0)))

    def standing(self, share: float) -> int:
        """How many movable bones stand in their places at a share of the building."""
        return sum(self._way(place, share) > _COUNTED for place in range(1, len(MOVABLE) + 1))

    def press(self, share: float, discs: Sequence[str]) -> Points:
        """Press some discs together; all that stands above sinks with them.

        Parameters
        ----------
        share
            0 at rest, 1 as far as they give; a little below 0 as they spring back.
        discs
            Which of them.

        Returns
        -------
        How far the top of the column sinks, (3,) in scene units.
        """
        sunk = np.zeros(3)
        for upper, lower in zip(reversed(MOVABLE), reversed(LEVELS[1:]), strict=True):
            name = f"{upper}_{lower}"
            if name in discs:
                sunk = sunk + self._squeeze(name, share * _GIVES, sunk)
            elif name in DISCS:
                self.pieces[name].lay(sunk)
            self.pieces[upper].lay(sunk)
        return sunk

    def moved(self, name: str) -> Points:
        """How far the middle of a bone or disc stands from its place at rest, (3,)."""
        piece = self.pieces[name]
        return np.asarray((piece.sprite.points - piece.rest).mean(axis=0))

    def _squeeze(self, name: str, give: float, sunk: Points) -> Points:
        """Flatten and widen a disc on the bone below; return how far the bone above sinks."""
        lower_front, lower_back, upper_back, upper_front = self.stage.plane(
            self.spine.disc_corners(name)
        )
        below, above = (lower_front + lower_back) / 2, (upper_back + upper_front) / 2
        height = float(np.linalg.norm(above - below))
        up = (above - below) / height
        along = np.array([up[1], -up[0], 0.0])
        axes = np.array([along, up, [0.0, 0.0, 1.0]])
        stretch = axes.T @ np.diag([1.0 + _BULGES * give, 1.0 - give, 1.0]) @ axes
        self.pieces[name].lay(sunk, stretch, below)
        return np.asarray(-up * height * give)

    def _coming(self, level: str) -> tuple[str, ...]:
        """Bones and disc that come with a level."""
        if level == "S1":
            return ("sacrum", "coccyx")
        below = f"{level}_{LEVELS[LEVELS.index(level) + 1]}"
        return (below, level) if below in DISCS else (level,)

    def _way(self, place: int, share: float) -> float:
        """Share of its own way that the bone of a place in the order has come."""
        start = (1.0 - _TAKES) * place / len(MOVABLE)
        return float(np.clip((share - start) / _TAKES, 0.0, 1.0))

    def _up(self, level: str) -> Points:
        """Direction (3,) out of a level's upper end plate."""
        corners = self.stage.plane(self.spine.frame(level).corners)
        way = corners[:2].mean(axis=0) - corners[2:].mean(axis=0)
        return np.asarray(way / np.linalg.norm(way))


def _bone(level: str) -> str:
    return "sacrum" if level == "S1" else level


def _pictures(
    spine: Spine, solids: dict[str, Solid], scales: dict[str, float], theme: Theme, stage: Stage
) -> dict[str, _Piece]:
    """Bake solids from the side, each at its share of the stage's scale."""
    pieces = [
        Piece(solid, standing(spine, name), scales[name] * stage.pixels_per_mm)
        for name, solid in solids.items()
    ]
    found = {}
    for name, image in zip(solids, piece_images(pieces, LATERAL_LEFT, theme), strict=True):
        assert image is not None
        sprite = Sprite(image.rgba, list(stage.plane(image.corners_mm[[0, 1, 3]])))
        found[name] = _Piece(sprite, sprite.points.copy())
    return found
