"""The pump as it is drawn: from in front, from the side, and as it lies in the body."""

from __future__ import annotations

from math import hypot

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import View
from spineanim.geometry.curves import smooth
from spineanim.geometry.params import PumpSize
from spineanim.geometry.pump import (
    BOSS_RADIUS_MM,
    CONNECTOR_CLOCK_DEG,
    CONNECTOR_LENGTH_MM,
    REFILL_PORT_RADIUS_MM,
    PumpPose,
)
from spineanim.mobjects.pump_artwork import PumpArtwork
from spineanim.picture.device import EDGE, FACE, Device, Facing, facing_in, resting
from spineanim.picture.image import BakedImage
from spineanim.picture.metal import bake, cast_shadow
from spineanim.picture.raster import Grid
from spineanim.picture.shape import Handle, Part, Shape, Sprite, mix, path_points

Point = NDArray[np.float64]
_ROOM_MM = 2.0
_BOOT_ROOM_MM = 6.0


class _Baked(Part):
    """A baked picture over its shadow, with named places on it.

    Attributes
    ----------
    body
        The picture.
    shadow
        Its soft shadow on what lies close behind; set its fill opacity to fade it.
    """

    def __init__(
        self, picture: BakedImage, theme: Theme, units_per_mm: float, px_per_mm: float
    ) -> None:
        super().__init__()
        self.units_per_mm = units_per_mm
        picture = _trimmed(picture, px_per_mm)
        self.body = self._sprite(picture)
        self.shadow = self._sprite(cast_shadow(picture, theme, px_per_mm))
        self.add(self.shadow, self.body)
        self._marks: dict[str, Handle] = {}

    def _sprite(self, picture: BakedImage) -> Sprite:
        left, bottom, right, top = (edge * self.units_per_mm for edge in picture.box_mm)
        return Sprite(picture.rgba, [(left, top, 0.0), (right, top, 0.0), (left, bottom, 0.0)])

    def _flat(self, view_mm: Point) -> Point:
        """Scene point (3,) of a view point (3,) in mm, as long as the part is where it was made."""
        return np.array([view_mm[0], view_mm[1], 0.0]) * self.units_per_mm

    def _mark(self, name: str, view_mm: Point) -> None:
        """Keep a place of the picture; it moves, turns and scales with the part."""
        place = self._flat(view_mm)
        handle = Handle()
        handle.set_points(path_points(np.array([place, place]), closed=False))
        self._marks[name] = handle
        self.add(handle)

    def place(self, name: str) -> Point:
        """Scene point (3,) of a named place, wherever the part stands now.

        Raises
        ------
        KeyError
            The part has no such place.
        """
        point: Point = self._marks[name].points[0].copy()
        return point


class Boot(_Baked):
    """The boot on the catheter's end that clicks onto the pump's nipple.

    Its origin is its place `connector_root`, where the outlet leaves the pump's wall when it has
    clicked; the other place is `connector_tip`, where the catheter leaves it.

    Parameters
    ----------
    size, theme, units_per_mm, pixels_per_unit
        See `Pump`.
    facing
        How the pump it fits is turned: `pump.device.facing`.
    clicked
        Whether it sits on a pump, whose case and nozzle hide what lies behind them.
    """

    def __init__(
        self,
        size: PumpSize,
        theme: Theme,
        units_per_mm: float,
        pixels_per_unit: float,
        *,
        facing: Facing = FACE,
        clicked: bool = False,
    ) -> None:
        device = Device(size, facing)
        px_per_mm = units_per_mm * pixels_per_unit
        root, tip = device.connector_root(), device.connector_tip()
        (left, right), (low, high) = (
            (min(ends) - _BOOT_ROOM_MM, max(ends) + _BOOT_ROOM_MM)
            for ends in zip(root[:2], tip[:2], strict=True)
        )
        grid = Grid.covering((left, low, right, high), px_per_mm)
        before = device.solids() if clicked else ()
        picture = bake([device.boot()], theme, grid, before=before)
        super().__init__(picture, theme, units_per_mm, px_per_mm)
        self._mark("connector_root", root)
        self._mark("connector_tip", tip)
        self.shift(-self._flat(root))


class Pump(_Baked):
    """A pump in any pose, centred on the origin, with the catheter's boot on its nipple.

    Parameters
    ----------
    size
        Its measures.
    theme
        Colours.
    units_per_mm
        Scale of the picture.
    pixels_per_unit
        Pixels of the baked picture for one scene unit, at the largest scale it is seen at.
    facing
        How it is turned.
    boot
        Whether the boot is on; without it the plain nipple shows, and `boot` is empty.

    Attributes
    ----------
    device
        The pump as solids.
    boot
        Picture and shadow of the boot, over the pump; may be faded or moved by itself.
    """

    def __init__(
        self,
        size: PumpSize,
        theme: Theme,
        units_per_mm: float,
        pixels_per_unit: float,
        *,
        facing: Facing = FACE,
        boot: bool = True,
    ) -> None:
        self.device = device = Device(size, facing)
        px_per_mm = units_per_mm * pixels_per_unit
        reach = hypot(size.radius_mm + CONNECTOR_LENGTH_MM, 6.0) + _ROOM_MM
        grid = Grid.covering((-reach, -reach, reach, reach), px_per_mm)
        super().__init__(bake(device.solids(), theme, grid), theme, units_per_mm, px_per_mm)
        self._mark("refill_port", device.refill_port())
        self._mark("access_port", device.access_port())
        self._mark("connector_root", device.connector_root())
        self._mark("connector_tip", device.connector_tip())
        self._mark("centre", np.zeros(3))
        for index, point in enumerate(device.suture_loops()):
            self._mark(f"suture_loop_{index}", point)
        self._dress(theme, px_per_mm)
        self.boot = Part()
        if boot:
            on = Boot(size, theme, units_per_mm, pixels_per_unit, facing=facing, clicked=True)
            self.boot = on.shift(self.place("connector_root"))
        self.add(self.boot)

    def _dress(self, theme: Theme, px_per_mm: float) -> None:
        """Lay artwork on the face, if there is any."""
        art = PumpArtwork(theme, self.device.size, self.device.facing.axes, px_per_mm)
        if art.shown:
            laid = art.picture()
            corners = [self._flat(np.append(each, 0.0)) for each in laid.corners_mm]
            self.add(Sprite(laid.rgba, corners))

    def drop_shadows(self) -> None:
        """Take away the soft shadows of pump and boot, as under the skin."""
        for part in (self, self.boot):
            if isinstance(part, _Baked):
                part.shadow.set_fill(opacity=0.0)

    @property
    def refill_port(self) -> Point:
        """Scene point (3,) of the middle of the septum, wherever the pump stands now."""
        return self.place("refill_port")

    @property
    def access_port(self) -> Point:
        """Scene point (3,) of the small side port."""
        return self.place("access_port")

    @property
    def connector_tip(self) -> Point:
        """Scene point (3,) where the catheter leaves the connector."""
        return self.place("connector_tip")

    @property
    def suture_loops(self) -> list[Point]:
        """Scene points (3,) of the outer ends of the suture loops."""
        return [self.place(name) for name in self._marks if name.startswith("suture_loop_")]


class PumpFace(Pump):
    """The pump from in front, refill port towards the viewer.

    Parameters
    ----------
    size, theme, units_per_mm, pixels_per_unit
        See `Pump`.
    connector_clock_deg
        Where the outlet points: 0 up, 90 to the right. The whole pump is turned to suit.
    boot
        See `Pump`.
    """

    def __init__(
        self,
        size: PumpSize,
        theme: Theme,
        units_per_mm: float,
        pixels_per_unit: float,
        *,
        connector_clock_deg: float = CONNECTOR_CLOCK_DEG,
        boot: bool = True,
    ) -> None:
        facing = FACE.turned(connector_clock_deg - CONNECTOR_CLOCK_DEG)
        super().__init__(size, theme, units_per_mm, pixels_per_unit, facing=facing, boot=boot)


class PumpResting(Pump):
    """The pump on a table, port upwards, seen from above at an angle.

    Parameters
    ----------
    size, theme, units_per_mm, pixels_per_unit
        See `Pump`.
    elevation_deg
        Height of the viewer over the table.
    outlet_clock_deg
        Where the outlet points on the table: 0 away from the viewer, 90 to the right.
    boot
        See `Pump`.
    """

    def __init__(
        self,
        size: PumpSize,
        theme: Theme,
        units_per_mm: float,
        pixels_per_unit: float,
        *,
        elevation_deg: float,
        outlet_clock_deg: float,
        boot: bool = True,
    ) -> None:
        facing = resting(elevation_deg, outlet_clock_deg - CONNECTOR_CLOCK_DEG)
        super().__init__(size, theme, units_per_mm, pixels_per_unit, facing=facing, boot=boot)


class PumpEdge(Pump):
    """The pump from the side, for a section through the wall: port on top, towards the skin.

    The boss of the refill port is drawn cut open, so that its septum shows.

    Parameters
    ----------
    size, theme, units_per_mm, pixels_per_unit, boot
        See `Pump`.
    """

    def __init__(
        self,
        size: PumpSize,
        theme: Theme,
        units_per_mm: float,
        pixels_per_unit: float,
        *,
        boot: bool = True,
    ) -> None:
        super().__init__(size, theme, units_per_mm, pixels_per_unit, facing=EDGE, boot=boot)
        self.septum = _cut_port(size, theme, units_per_mm)
        self.add(self.septum)


class PumpTilted(Pump):
    """The implanted pump as it lies in the body, in a view of the patient.

    Parameters
    ----------
    pose
        Its place and direction in the patient; gives the size too.
    view
        Where it is seen from.
    theme, units_per_mm, pixels_per_unit, boot
        See `Pump`.
    """

    def __init__(
        self,
        pose: PumpPose,
        view: View,
        theme: Theme,
        units_per_mm: float,
        pixels_per_unit: float,
        *,
        boot: bool = True,
    ) -> None:
        facing = facing_in(pose, view)
        super().__init__(pose.size, theme, units_per_mm, pixels_per_unit, facing=facing, boot=boot)


def _trimmed(picture: BakedImage, px_per_mm: float) -> BakedImage:
    """Cut away empty rows and columns."""
    alpha = picture.rgba[..., 3]
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    first_row, last_row = max(int(rows[0]) - 1, 0), int(rows[-1]) + 2
    first, last = max(int(columns[0]) - 1, 0), int(columns[-1]) + 2
    rgba = picture.rgba[first_row:last_row, first:last]
    left, top = picture.box_mm[0] + first / px_per_mm, picture.box_mm[3] - first_row / px_per_mm
    height, width = (count / px_per_mm for count in rgba.shape[:2])
    return BakedImage(rgba, (left, top - height, left + width, top))


def _cut_port(size: PumpSize, theme: Theme, units_per_mm: float) -> Part:
    """Cut face of the port seen from the side: silicone plug in its ring."""
    top, radius, ring = size.thickness_mm / 2, REFILL_PORT_RADIUS_MM, BOSS_RADIUS_MM
    cup = [(0.0, -0.8), (radius - 0.4, -0.8), (radius + 0.9, 0.0), (ring - 0.7, -0.1), (ring, -1.2),
           (ring - 0.2, -3.6), (ring - 1.4, -4.9), (radius - 1.0, -5.3), (0.0, -5.3)]  # fmt: skip
    plug = [(0.0, -0.45), (radius * 0.6, -0.6), (radius - 0.3, -1.0), (radius, -2.0),
            (radius - 0.3, -3.2), (radius - 1.4, -3.9), (0.0, -4.0)]  # fmt: skip
    wide, high = ring * units_per_mm, (top - 0.4) * units_per_mm
    low = (top - 5.0) * units_per_mm

    def cut(half: list[tuple[float, float]], role: str) -> Shape:
        light, base, dark, line = (
            theme.color(f"{role}.{tone}") for tone in ("light", "base", "dark", "line")
        )
        knots = np.array([*half, *((-x, y) for x, y in half[-2:0:-1])])
        outline = (smooth(knots, closed=True, samples=6) + np.array([0.0, top])) * units_per_mm
        return Shape(outline, stroke=line, stroke_px=1.0, stroke_opacity=0.85).with_gradient(
            "linear",
            (-wide, high, 0.0),
            (0.6 * wide, low, 0.0),
            (
                (0.0, light, 1.0),
                (0.5, mix(light, base, 0.7), 1.0),
                (1.0, mix(base, dark, 0.7), 1.0),
            ),
        )

    return Part(cut(cup, "metal"), cut(plug, "septum"))
