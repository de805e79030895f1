"""The pump on a table: it turns, its lid is lifted off, its front is cut, and it runs."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Vector3
from spineanim.geometry.devices import pump_opening as opening
from spineanim.geometry.devices.pump_case import pump_parts
from spineanim.geometry.devices.pump_layout import Layout
from spineanim.geometry.devices.roller_pump import tube_line
from spineanim.geometry.params import PumpSize
from spineanim.geometry.parts import Part as SolidPart
from spineanim.mobjects.cut_faces import CutFaces
from spineanim.mobjects.drops import Drops
from spineanim.mobjects.figure import placed
from spineanim.mobjects.pump_artwork import PumpArtwork
from spineanim.mobjects.row import Row
from spineanim.mobjects.turning_face import TurningFace
from spineanim.picture.device_views import fixture_row, picture_of, rotor_outline_mm, rotor_row
from spineanim.picture.image import BakedImage
from spineanim.picture.late import LateImage
from spineanim.picture.metal import cast_shadow
from spineanim.picture.shape import Part, Shape, Sprite
from spineanim.stage import Stage, px

Point = NDArray[np.float64]

FAR_PX_PER_MM: Final = 6.3
NEARER: Final = 4 / 3
"""Scale that pictures are made at while the pump turns (pixels of a composed frame), and how much
finer those are that are seen close: the largest of all frames, so that all share them."""

TURN_DEG: Final = 72.0
"""How far the pump turns on the table before it stands as it is opened."""
_STEP_DEG: Final = 3.0
_ROTOR_PICTURES: Final = 40
_LIFTS_MM: Final = 62.0
_SLIDES_MM: Final = 46.0
_BEADS: Final = 6
"""Drops in the tube, two between one roller and the next."""
_BEAD_MM: Final = 0.75
_ROTOR_DEG_A_S: Final = 26.0
"""Calm enough to be followed; in life the rotor takes hours for a turn."""
_SETTLES: Final = 0.9
"""Share of the turn from which the whole pump stands in for its parts."""
_HANDS_OVER: Final = 0.06
"""Share of the lid's move in which the pieces stand in for the whole pump, before it rises."""


class OpeningPump(Part):
    """The pump as pictures that lie over one another: whole, and in pieces.

    Parameters
    ----------
    size
        Its measures.
    theme
        Colours.
    stage
        View and scale of the pump's own millimetres.

    Attributes
    ----------
    turning
        The round case and what sits on it, while it turns.
    whole
        The whole pump.
    inside
        What the opened pump shows, with the running roller pump.
    lid, front
        What is taken off.
    """

    def __init__(self, size: PumpSize, theme: Theme, stage: Stage) -> None:
        self.size, self.theme, self.stage = size, theme, stage
        self.far_px_per_mm = px(FAR_PX_PER_MM) * stage.fmt.pixels_per_unit
        self.px_per_mm = self.far_px_per_mm * NEARER
        self.round_shadow, self.turning, self._rows = self._turning()
        whole, shadow = self._pictured(pump_parts(size))
        self.whole = Part(whole, opacity=0.0)
        self.shadow = Part(shadow)
        base, base_shadow = self._pictured(opening.still_parts(size))
        self.base_shadow = Part(base_shadow, opacity=0.0)
        self.rotor = self._rotor()
        self.drops = self._drops()
        faces = CutFaces(Layout(size), stage, theme)
        running = Part(self.rotor).clipped_to(self._rotor_edge())
        self.inside = Part(base, faces, running, self.drops)
        self.lid = Part(self._sprite(self._picture(opening.lid_parts(size))))
        self.front = Part(self._sprite(self._picture(opening.slice_parts(size))))
        self._face = self._dressed()
        self._rest = {
            part: [each.points.copy() for each in part.submobjects]
            for part in (self.lid, self.front)
        }
        self.pieces = Part(self.inside, self.front, self.lid, opacity=0.0)
        shadows = (self.round_shadow, self.shadow, self.base_shadow)
        super().__init__(*shadows, self.turning, self.pieces, self.whole, *(self._face or ())[:1])
        self.turn(0.0)

    # -- states ----------------------------------------------------------------------------------

    def turn(self, share: float) -> None:
        """Turn the pump on the table to where it is opened."""
        turned_deg = -TURN_DEG * (1.0 - share)
        for row, anchor in zip(self._rows, opening.anchors_mm(self.size), strict=True):
            now = self.point(opening.turned_point(anchor, turned_deg))
            turns_deg = np.linspace(-TURN_DEG, 0.0, len(row.frames)).tolist()
            stands = [self.point(opening.turned_point(anchor, each)) for each in turns_deg]
            row.at(TURN_DEG * share / (TURN_DEG / (len(row.frames) - 1)))
            row.shift_frames([now - each for each in stands])
        self.whole.opacity = float(np.clip((share - _SETTLES) / (1.0 - _SETTLES), 0.0, 1.0))
        self.turning.opacity = float(share < 1.0)
        self.shadow.opacity = self.whole.opacity
        self.round_shadow.opacity = 1.0 - self.whole.opacity
        if self._face:
            turning, settled = self._face
            turning.turn(-turned_deg)
            turning.opacity, settled.opacity = self.turning.opacity, 1.0 - self.turning.opacity

    def lift_lid(self, share: float) -> None:
        """Lift the lid straight up; it fades as it leaves."""
        self.pieces.opacity = float(share > 0.0)
        self.whole.opacity = 1.0 - min(share / _HANDS_OVER, 1.0)
        rise = max(share - _HANDS_OVER, 0.0) / (1.0 - _HANDS_OVER)
        self._put(self.lid, (0.0, 0.0, _LIFTS_MM * rise))
        self.lid.opacity = 1.0 - float(np.clip((share - 0.55) / 0.45, 0.0, 1.0))

    def cut_front(self, share: float) -> None:
        """Draw the front of the reservoir out towards the viewer; it fades as it leaves."""
        x, y, _ = self.stage.view.toward_viewer
        way = np.array([x, y]) / np.hypot(x, y) * _SLIDES_MM * share
        self._put(self.front, (float(way[0]), float(way[1]), 0.0))
        self.front.opacity = 1.0 - float(np.clip((share - 0.35) / 0.65, 0.0, 1.0))
        self.shadow.opacity, self.base_shadow.opacity = 1.0 - share, share

    def run_to(self, seconds: float) -> None:
        """Turn the rotor and move the medicine with it; a function of the film's seconds."""
        thirds = seconds * _ROTOR_DEG_A_S / 120.0
        self.rotor.at(thirds * len(self.rotor.frames))
        self.drops.at(thirds * 2.0)

    # -- places ----------------------------------------------------------------------------------

    def point(self, device_mm: Vector3 | Point) -> Point:
        """Scene point (3,) of a point of the pump."""
        return self.stage.point(np.asarray(device_mm))

    @property
    def middle(self) -> Point:
        """Scene point (3,) of the middle of the pump."""
        return self.point((0.0, 0.0, self.size.thickness_mm / 2))

    def outline(self, radius_mm: float, height_mm: float) -> Point:
        """Scene points (N, 3) of a circle round the pump's axis."""
        turn = np.linspace(0.0, 2 * np.pi, 97)[:-1]
        ring = radius_mm * np.column_stack([np.cos(turn), np.sin(turn)])
        return self.stage(np.column_stack([ring, np.full(len(ring), height_mm)]))

    # -- how it is built ---------------------------------------------------------------------

    def _picture(self, parts: tuple[SolidPart, ...]) -> BakedImage:
        return picture_of(parts, self.stage.view, self.px_per_mm, self.theme)

    def _pictured(self, parts: tuple[SolidPart, ...]) -> tuple[Sprite, Sprite]:
        picture = self._picture(parts)
        shadow = cast_shadow(picture, self.theme, self.px_per_mm)
        return self._sprite(picture), self._sprite(shadow)

    def _sprite(self, picture: BakedImage | LateImage) -> Sprite:
        return placed(picture, self.stage)

    def _turning(self) -> tuple[Part, Part, list[Row]]:
        """Shadow of the round case, the case, a row of pictures for each group of fixtures."""
        scale, view = self.far_px_per_mm, self.stage.view
        case = picture_of(opening.round_parts(self.size), view, scale, self.theme)
        shadow = Part(self._sprite(cast_shadow(case, self.theme, scale)))
        turns = tuple(np.arange(-TURN_DEG, 0.5 * _STEP_DEG, _STEP_DEG).tolist())
        rows = [
            Row(
                [
                    self._sprite(each)
                    for each in fixture_row(self.size, view, scale, group, turns, self.theme)
                ]
            )
            for group in range(len(opening.fixtures(self.size)))
        ]
        return shadow, Part(self._sprite(case), *rows), rows

    def _rotor(self) -> Row:
        row = rotor_row(self.size, self.stage.view, self.px_per_mm, _ROTOR_PICTURES, self.theme)
        return Row([self._sprite(each) for each in row], closed=True, filled=True)

    def _rotor_edge(self) -> Shape:
        """Outline of the roller pump, housing and rotor: the hull of two circles."""
        points = self.stage(rotor_outline_mm(self.size))
        middle = points.mean(axis=0)
        lower, upper = points[: len(points) // 2], points[len(points) // 2 :]
        hull = np.where((lower[:, 1:2] < middle[1]), lower, upper)
        order = np.argsort(np.arctan2(hull[:, 1] - middle[1], hull[:, 0] - middle[0]))
        return Shape(hull[order])

    def _drops(self) -> Drops:
        line = tube_line(Layout(self.size))
        line[:, 2] += 1.0
        radius = self.stage.length(_BEAD_MM)
        return Drops(self.stage(line), self.theme, count=_BEADS, radius=radius, glow=True)

    def _put(self, piece: Part, way_mm: Vector3) -> None:
        way = self.point(way_mm) - self.point((0.0, 0.0, 0.0))
        for sprite, rest in zip(piece.submobjects, self._rest[piece], strict=True):
            sprite.set_points(rest + way)

    # -- an illustrator's face -------------------------------------------------------------------

    def _dressed(self) -> tuple[TurningFace, Part] | None:
        """Lay the drawing of its face, if there is one, on the lid and the whole pump.

        Returns
        -------
        The drawing while the pump turns, and that on the whole pump.
        """
        view, middle_mm = self.stage.view, (0.0, 0.0, self.size.thickness_mm / 2)
        axes = np.array([view.right, view.up, view.toward_viewer]).T
        art = PumpArtwork(self.theme, self.size, axes, self.px_per_mm)
        if not art.shown:
            return None
        turning = TurningFace(art, self.stage, middle_mm)
        settled = Part(turning.sprite.copy())
        self.lid.add(turning.sprite.copy())
        self.whole.add(settled)
        return turning, settled
