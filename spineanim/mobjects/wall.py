"""The abdominal wall in section: incision, pocket, pump, stitches, each a pure function."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.content.theme import Theme
from spineanim.geometry import wall as wall_numbers
from spineanim.geometry.axes import Points2
from spineanim.geometry.params import PumpSize
from spineanim.mobjects.pump import PumpEdge
from spineanim.mobjects.wall_edges import Contours, Groove, Hollow
from spineanim.mobjects.wall_paint import Sheet, SoftEdge, lay_line
from spineanim.mobjects.wall_parts import (
    CoilRings,
    Thread,
    anchor_stitch,
    side_port,
    skin_stitch,
)
from spineanim.mobjects.wall_shape import COIL_GAP_MM, Heights, Profile, WallShape, WallState
from spineanim.picture.shape import Handle, Part, Shape, path_points
from spineanim.picture.wall_tissue import Layer, bake_bed, bake_cover
from spineanim.stage import WIDE, px

PANEL_SIZE = (px(880), px(580))
SCALE = px(5.8)
"""Scene units of one millimetre at which the whole pocket and the incision fit the panel."""

_AIR_MM = 35.0
_MIDDLE_MM = 9.5
_HIDE_MM = 0.5
_COIL_RADIUS_SHARE = 0.62
_BITE_MM = 3.6
_REACH_MM = 100.0
_BESIDE_COIL_MM = 3.4
_SPOTS = {"skin": -44.0, "fat": -36.0, "fascia": -50.0, "muscle": -24.0, "pocket": 49.0}


class WallSection(Part):
    """The abdominal wall cut along the body, skin on top, cranial to the right.

    It fills a rectangle centred on the origin. Every state is a pure function of the shares last
    given, so a scene plays `Move(section, section.pocket)` and the like, in any order.

    Parameters
    ----------
    wall
        Thicknesses and pocket depth; its own opening is not used.
    device
        The pump that is put in.
    theme
        Colours.
    pixels_per_unit
        Pixels of the baked tissues for one scene unit, at the largest scale they are seen at.
    units_per_mm
        Scene units of one millimetre.
    size
        Width and height in scene units.

    Attributes
    ----------
    state
        The shares as they stand.
    pump
        The pump, seen from the side.
    """

    def __init__(
        self,
        wall: wall_numbers.WallSection,
        device: PumpSize,
        theme: Theme,
        pixels_per_unit: float = WIDE.pixels_per_unit,
        *,
        units_per_mm: float = SCALE,
        size: tuple[float, float] = PANEL_SIZE,
    ) -> None:
        super().__init__()
        self.theme, self.units_per_mm = theme, units_per_mm
        half_mm = size[0] / units_per_mm / 2
        self.span_mm = (_MIDDLE_MM - half_mm, _MIDDLE_MM + half_mm)
        self.high_mm = (_AIR_MM - size[1] / units_per_mm, _AIR_MM)
        self.shape = WallShape(wall, device, (self.span_mm[0] - 1.0, self.span_mm[1] + 6.0))
        self.state = WallState()
        self.anchor = self._anchor(size)
        self._cast(device, pixels_per_unit)
        self._lay()

    # -- what the scene says -----------------------------------------------------------------

    def incision(self, share: float) -> None:
        """Cut through skin and fat beside the place of the pump, down to the fascia."""
        self._change(incision=share)

    def pocket(self, share: float) -> None:
        """Open the pocket along the fascia; the skin rises, the soft wall gives."""
        self._change(pocket=share)

    def pump_in(self, share: float) -> None:
        """Slide the pump from outside through the incision into the open pocket."""
        self._change(pump_in=share)

    def sutures(self, share: float) -> None:
        """Stitch the two loops of the pump to the fascia, one after the other."""
        self._change(sutures=share)

    def closed(self, share: float) -> None:
        """Close the incision: its faces meet, then a deep stitch and a skin stitch."""
        self._change(closed=share)

    def set_state(self, state: WallState) -> None:
        """Take on a whole state at once."""
        self.state = state
        self._lay()

    def _change(self, **shares: float) -> None:
        self.set_state(replace(self.state, **shares))

    # -- points ------------------------------------------------------------------------------

    def to_scene(self, points_mm: ArrayLike) -> NDArray[np.float64]:
        """Scene points (N, 3) of section points (N, 2): mm along the skin and over it."""
        places = np.atleast_2d(np.asarray(points_mm, dtype=np.float64))
        origin, far = self.anchor.points[0], self.anchor.points[-1]
        right = (far - origin) / _REACH_MM
        up = np.array([-right[1], right[0], 0.0])
        scene: NDArray[np.float64] = origin + places[:, :1] * right + places[:, 1:] * up
        return scene

    def _at(self, place_mm: ArrayLike) -> NDArray[np.float64]:
        """Scene point (3,) of one section point (2,)."""
        scene: NDArray[np.float64] = self.to_scene(place_mm)[0]
        return scene

    def point(self, name: str, along_mm: float | None = None) -> NDArray[np.float64]:
        """Scene point (3,) of a named thing in the current state.

        Parameters
        ----------
        name
            `skin`, `fat`, `fascia`, `muscle`, `pocket`, `refill_port`, `suture`, `incision`,
            `coil`, `surface` (the skin's outer edge) or `roof` (of the pocket).
        along_mm
            Where along the skin, for the layers; each has a place of its own. Of suture and coil
            its sign tells which end is meant, the upper one without it.

        Raises
        ------
        KeyError
            There is no such thing.
        """
        if name == "refill_port":
            return self.pump.refill_port
        now = self.profile
        side = -1.0 if along_mm is not None and along_mm < 0.0 else 1.0
        if name == "suture":
            return self._at((self._loop(side) + self._bite(side)) / 2 + np.array([side, 0.0]))
        if name == "coil":
            along = side * (float(self.coil.places_mm[-1]) + _BESIDE_COIL_MM)
            return self._at([along, now.at(now.bed[0], along) + COIL_GAP_MM / 2])
        if name == "incision":
            return self._at((now.lip_face[6] + now.flap_face[6]) / 2)
        along = _SPOTS.get(name, 0.0) if along_mm is None else along_mm
        edges = {
            "skin": (now.flap[0], now.flap[1]),
            "fat": (now.flap[1], now.flap[2]),
            "fascia": (now.bed[0], now.bed[1]),
            "muscle": (now.bed[1], now.bed[4]),
            "pocket": (now.flap[2], now.bed[0]),
            "surface": (now.flap[0], now.flap[0]),
            "roof": (now.flap[2], now.flap[2]),
        }
        upper, lower = edges[name]
        return self._at([along, (now.at(upper, along) + now.at(lower, along)) / 2])

    def case(self) -> NDArray[np.float64]:
        """Scene outline (N, 3) of the pump's case as it lies now."""
        return self.to_scene(self.profile.pump.carry(self.shape.case))

    # -- how it is built ---------------------------------------------------------------------

    def _anchor(self, size: tuple[float, float]) -> Handle:
        """Two points that carry the section's axes along when it is moved or scaled."""
        origin = np.array(
            [-_MIDDLE_MM * self.units_per_mm, size[1] / 2 - _AIR_MM * self.units_per_mm, 0.0]
        )
        far = origin + np.array([_REACH_MM * self.units_per_mm, 0.0, 0.0])
        handle = Handle()
        handle.set_points(path_points(np.array([origin, far]), closed=False))
        return handle

    def _cast(self, device: PumpSize, pixels_per_unit: float) -> None:
        """Bake the tissues and make every part, in the order they are drawn."""
        theme, per_mm = self.theme, self.units_per_mm * pixels_per_unit
        color = theme.color
        depth = self.shape.wall.procedure.pocket_depth_mm
        edge = -wall_numbers.SKIN_MM
        span = (self.shape.along[0], self.shape.along[-1])
        cover = bake_cover(
            span, Layer("skin", 0.0, edge), Layer("fat", edge, -depth), per_mm, theme
        )
        layers, top = [], -depth
        for label, thick in (("fascia", wall_numbers.FASCIA_MM), *wall_numbers.DEEP_LAYERS_MM):
            layers.append(Layer(label, top, top - thick))
            top -= thick
        bed = bake_bed(span, layers, per_mm, theme, self.high_mm[0] - 1.0)
        rest = np.array([layers[0].top_mm, *(each.bottom_mm for each in layers)])
        self.bed = Sheet(bed, rest)
        self.lip = Sheet(cover, np.array([0.0, edge, -depth]))
        self.flap = Sheet(cover, np.array([0.0, edge, -depth]))
        above, below = self.to_scene([[0.0, self.high_mm[1]], [0.0, -4.0]])
        self.air = Shape(self.to_scene(self._window())).with_gradient(
            "linear",
            above,
            below,
            ((0.0, color("background.top"), 1.0), (1.0, color("background.bottom"), 1.0)),
        )
        self.hollow = Hollow(theme)
        self.groove = Groove(theme, -edge / depth)
        self.coil = CoilRings(
            theme, self.units_per_mm / px(1), _COIL_RADIUS_SHARE * device.radius_mm
        )
        self.pump = PumpEdge(device, theme, self.units_per_mm, pixels_per_unit)
        self.pump.add(side_port(self.pump.access_port, theme, self.units_per_mm))
        self.pump_rest = [(each, each.points.copy()) for each in self.pump.get_family()]
        self.over_pump = SoftEdge(color("fat.line"), 13.0, 0.34)
        thread_px = 0.68 * self.units_per_mm / px(1)
        self.ties = [Thread(theme, thread_px) for _ in range(2)]
        self.deep_stitch, self.skin_stitch = (Thread(theme, thread_px) for _ in range(2))
        self.lines = Contours(theme)
        self.add(
            self.anchor, self.air, self.bed, self.hollow, self.groove, self.lines.floor,
            self.lines.far, self.coil, self.pump, self.over_pump, *self.ties, self.lip, self.flap,
            self.lines, self.deep_stitch, self.skin_stitch,
        )  # fmt: skip
        self.clipped_to(Shape(self.to_scene(self._window())))

    def _window(self) -> Points2:
        (left, right), (low, high) = self.span_mm, self.high_mm
        return np.array([(left, high), (right, high), (right, low), (left, low)])

    # -- how it is laid ----------------------------------------------------------------------

    def _lay(self) -> None:
        """Put everything where it belongs in the current state."""
        now = self.profile = self.shape.profile(self.state)
        under = now.along <= now.flap_face[:, 0].max() + 2.0
        over = now.along >= now.lip_face[:, 0].min() - now.lip_shift_mm - 3.0
        low = np.full(len(now.along), self.high_mm[0] - 0.5)
        floor = np.column_stack([now.along, now.bed[0]])
        self.bed.lay(now.along, now.bed, self._band(now.along, now.bed[0] + _HIDE_MM, low), self)
        self.flap.lay(now.along[under], now.flap[:, under], self._flap_outline(now), self)
        self.lip.lay(
            now.along[over], now.lip[:, over], self._lip_outline(now), self, now.lip_shift_mm
        )
        hollow = self._hollow_outline(now)
        self.hollow.lay(hollow, self)
        shut = min(4.0 * self.state.incision, 1.0) * (1.0 - self.state.closed)
        wide = min(2.5 * self.shape.mouth(self.state.pump_in), 1.0)
        self.groove.lay(now, hollow, shut * (1.0 - wide), self)
        roof = np.vstack([np.column_stack([now.along, now.flap[2]])[under], now.flap_face[::-1]])
        self.over_pump.lay(roof, now.pump.carry(self.shape.case), self)
        self.over_pump.opacity = _phase(self.state.pump_in, 0.0, 0.16)
        self.lines.lay(now, floor, self.state, self)
        lay_line(self.lines.far, self._far_edge(now), self)
        self.lines.far.set_stroke(opacity=0.55 * self.shape.mouth(self.state.pump_in))
        self._lay_pump(now)
        self._lay_stitches(now)

    def _band(self, along: Heights, top: Heights, bottom: Heights) -> Points2:
        return np.vstack([np.column_stack([along, top]), np.column_stack([along, bottom])[::-1]])

    def _flap_outline(self, now: Profile) -> Points2:
        """Outline of the tissue over the pocket, up to the incision."""
        end, start = now.flap_face[0, 0], now.flap_face[-1, 0]
        top = np.column_stack([now.along, now.flap[0]])[now.along < end]
        roof = np.column_stack([now.along, now.flap[2]])[now.along < start]
        return np.vstack([top, now.flap_face, roof[::-1]])

    def _lip_outline(self, now: Profile) -> Points2:
        """Outline of the tissue beyond the incision; uncut, it reaches under the other."""
        face = now.lip_face.copy()
        joined = np.abs(now.lip_face[:, 0] - now.lip_shift_mm - now.flap_face[:, 0]) < 1e-6
        face[joined, 0] -= (1.0 - np.linspace(0.0, 1.0, len(face)) ** 2)[joined]
        end, start = now.lip_face[0, 0], now.lip_face[-1, 0]
        top = np.column_stack([now.along, now.lip[0]])[now.along > end]
        base = np.column_stack([now.along, now.lip[2]])[now.along > start]
        return np.vstack([face[::-1], top, base[::-1]])

    def _hollow_outline(self, now: Profile) -> Points2:
        """Outline of the empty space, a little under the tissue round it."""
        inside = np.abs(now.along) <= self.shape.pocket_reach_mm
        inside &= now.along < now.lip_face[-1, 0]
        roof = np.column_stack([now.along, now.flap[2] + _HIDE_MM])[inside]
        roof = roof[roof[:, 0] < now.flap_face[-1, 0]]
        floor = np.column_stack([now.along, now.bed[0]])[inside]
        held = self.shape.mouth(self.state.pump_in) * (len(now.flap_face) - 1)
        face = now.flap_face[np.arange(len(now.flap_face)) >= held]
        return np.vstack(
            [
                roof,
                face[::-1] - np.array([0.3, 0.0]),
                self._far_edge(now),
                now.lip_face + np.array([0.3, 0.0]),
                floor[::-1],
            ]
        )

    def _far_edge(self, now: Profile) -> Points2:
        """Far end of the open incision: a line between its lips that bows towards the flap."""
        # While the flap is held up, the far wall of the pocket ends at its lower corner.
        depth = np.linspace(0.0, 1.0, len(now.flap_face))
        held = self.shape.mouth(self.state.pump_in)
        start = np.array([np.interp(held, depth, each) for each in now.flap_face.T])
        end = now.lip_face[0]
        share = np.linspace(0.0, 1.0, 21)[:, None]
        bow = 0.22 * np.hypot(*(end - start)) * np.sin(np.pi * share) ** 1.2
        edge: Points2 = start + (end - start) * share - bow * [[1.0, 0.12]]
        return edge

    def _lay_pump(self, now: Profile) -> None:
        """Carry the pump and the coil to their places."""
        share = self.state.pump_in
        self.pump.opacity = _phase(share, 0.0, 0.025)
        for member, rest in self.pump_rest:
            local = now.pump.carry(rest[:, :2] / self.units_per_mm)
            if len(local):
                member.set_points(self.to_scene(local))
        floor = np.interp(self.coil.places_mm, now.along, now.bed[0])
        self.coil.lay(floor, _phase(share, 0.88, 0.12), self.to_scene)

    def _loop(self, side: float) -> NDArray[np.float64]:
        """Section point (2,) of the pump's loop at an end, -1 left or +1 right."""
        reach = self.shape.device.radius_mm + 2.2
        place: NDArray[np.float64] = self.profile.pump.carry(np.array([[side * reach, 0.0]]))[0]
        return place

    def _bite(self, side: float) -> NDArray[np.float64]:
        """Section point (2,) where the stitch at an end goes into the fascia."""
        along = side * self.shape.bite_mm
        return np.array([along, self.profile.at(self.profile.bed[0], along)])

    def _lay_stitches(self, now: Profile) -> None:
        """Draw the threads as far as they have come."""
        for number, (side, tie) in enumerate(zip((-1.0, 1.0), self.ties, strict=True)):
            course = anchor_stitch(self._loop(side), self._bite(side), side)
            tie.lay(course, False, _phase(self.state.sutures * 2.0, number, 1.0), self.to_scene)
        middle, reach = now.flap_face[11], np.array([_BITE_MM, 0.0])
        deep = skin_stitch(middle - 0.8 * reach, middle + 0.8 * reach, 4.6)
        self.deep_stitch.lay(deep, False, _phase(self.state.closed, 0.35, 0.35), self.to_scene)
        left, right = now.flap_face[0, 0] - _BITE_MM, now.flap_face[0, 0] + _BITE_MM
        ends = ((left, now.at(now.flap[0], left)), (right, now.at(now.lip[0], right)))
        skin = skin_stitch(np.array(ends[0]), np.array(ends[1]), 5.2)
        self.skin_stitch.lay(skin, True, _phase(self.state.closed, 0.62, 0.38), self.to_scene)


def _phase(share: float, start: float, span: float) -> float:
    """Return the share of a part of a step that begins at `start` and takes `span`."""
    return float(np.clip((share - start) / span, 0.0, 1.0))
