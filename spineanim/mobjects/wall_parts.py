"""Small things in the section of the abdominal wall: stitches, coiled catheter, depth gauge."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2
from spineanim.geometry.curves import part, smooth
from spineanim.geometry.devices.pump_case import ACCESS_PORT_RISE_MM, ACCESS_SEPTUM_RADIUS_MM
from spineanim.geometry.params import CATHETER, PROCEDURE
from spineanim.geometry.pump import ACCESS_PORT_RADIUS_MM
from spineanim.mobjects.at_rest import AtRest
from spineanim.mobjects.plate import rounded_plate
from spineanim.mobjects.text import TextBlock
from spineanim.mobjects.wall_shape import COIL_DRAWN_MM
from spineanim.picture.shape import Part, Shape, mix, path_points
from spineanim.stage import px

_THREAD_MM = 0.42
_KNOT_MM = 0.55
_RING_MM = COIL_DRAWN_MM
_TURN_PITCH_MM = 2.9


class ToScene(Protocol):
    """Turns section points (N, 2) in millimetres into scene points (N, 3)."""

    def __call__(self, points_mm: ArrayLike) -> NDArray[np.float64]:
        """Return the scene points."""
        ...


class Thread(Part):
    """A stitch seen in section: a thread that is drawn through tissue, then knotted.

    Parameters
    ----------
    theme
        Colours.
    width_px
        Width of the thread in pixels at 1080 lines.
    """

    def __init__(self, theme: Theme, width_px: float) -> None:
        silk = theme.color("incision.line")
        self.shade = Shape(
            closed=False, stroke=theme.color("skin.line"), stroke_px=width_px, stroke_opacity=0.40
        )
        self.silk = Shape(closed=False, stroke=silk, stroke_px=width_px)
        self.gleam = Shape(closed=False, stroke=mix(silk, "#FFFFFF", 0.5), stroke_px=width_px * 0.3)
        self.knot = Shape(fill=silk)
        self.tails = Shape(closed=False, stroke=silk, stroke_px=width_px * 0.8)
        super().__init__(self.shade, self.silk, self.gleam, self.tails, self.knot, opacity=0.0)

    def lay(self, course_mm: Points2, knot_up: bool, share: float, to_scene: ToScene) -> None:
        """Draw the first share of a course.

        Parameters
        ----------
        course_mm
            Section points (N, 2) of the whole thread; the knot stands at its end.
        knot_up
            Whether the knot's two tails stand up; otherwise there is only a small knot.
        share
            0 nothing, 1 the knotted stitch.
        to_scene
            Places it in the scene.
        """
        self.opacity = float(np.clip(share * 8.0, 0.0, 1.0))
        if self.opacity == 0.0:
            return  # not drawn, wherever it lies
        drawn = float(np.clip(share / 0.85, 0.02, 1.0))
        line = to_scene(part(course_mm, 0.0, drawn))
        for shape, shift in (
            (self.shade, (1.1, -1.5)),
            (self.silk, (0, 0)),
            (self.gleam, (-0.5, 0.6)),
        ):
            offset = np.array([px(shift[0]), px(shift[1]), 0.0])
            shape.set_points(path_points(line + offset, closed=False))
        tied = float(np.clip((share - 0.85) / 0.15, 0.0, 1.0))
        end = course_mm[-1]
        turns = np.linspace(0.0, 2.0 * np.pi, 25)[:-1]
        knot = _KNOT_MM * tied * np.column_stack([1.2 * np.cos(turns), np.sin(turns)])
        self.knot.set_points(path_points(to_scene(end + knot), closed=True))
        rise = 2.4 * tied * (1.0 if knot_up else 0.0)
        tails = np.array([(-0.75, 1.0), (-0.30, 0.62), (0.0, 0.0), (0.34, 0.66), (0.85, 0.92)])
        self.tails.set_points(
            path_points(to_scene(end + smooth(tails) * max(rise, 1e-3)), closed=False)
        )


def skin_stitch(left: NDArray[np.float64], right: NDArray[np.float64], deep_mm: float) -> Points2:
    """Return the course of a stitch across a cut, from the middle round and back to it.

    Parameters
    ----------
    left, right
        Points (2,) where it goes through the surface.
    deep_mm
        How far it reaches below them.
    """
    middle, down, across = (left + right) / 2, np.array([0.0, -deep_mm]), right - left
    up, out = np.array([0.0, 1.0]), np.array([1.0, 0.0])
    knots = [
        middle + 0.55 * up,
        right + 0.35 * up + 0.1 * out,
        right + 0.55 * down + 0.5 * out,
        middle + 1.05 * down + 0.30 * across,
        middle + 1.05 * down - 0.30 * across,
        left + 0.55 * down - 0.5 * out,
        left + 0.35 * up - 0.1 * out,
        middle + 0.55 * up,
    ]
    return smooth(np.array(knots))


def anchor_stitch(loop: NDArray[np.float64], into: NDArray[np.float64], side: float) -> Points2:
    """Return the course of a stitch from a loop of the pump through the fascia and back.

    Parameters
    ----------
    loop
        Point (2,) in the loop.
    into
        Point (2,) on the fascia.
    side
        -1 at the left end of the pump, +1 at the right.
    """
    # Both strands hang from the knot on the loop's wire and part towards the bite, drawn taut.
    over, apart, deep = np.array([0.0, 0.9]), np.array([1.5, 0.0]), np.array([0.0, -1.0])
    near, far = (
        np.linspace(loop + np.array([0.35 * turn, 0.2]), into + turn * apart + [0.0, 0.2], 4)
        for turn in (-side, side)
    )
    bite = np.array([into - 0.6 * side * apart + deep, into + 0.6 * side * apart + deep])
    return smooth(np.vstack([loop + over, near, bite, far[::-1], loop + over]))


def side_port(top: NDArray[np.float64], theme: Theme, units_per_mm: float) -> Part:
    """Return the small access port seen from the side: a low steel ring round a blue plug.

    Parameters
    ----------
    top
        Scene point (3,) of the middle of its upper face.
    """
    wide, plug = ACCESS_PORT_RADIUS_MM, ACCESS_SEPTUM_RADIUS_MM
    rise, sunk = ACCESS_PORT_RISE_MM, 0.9

    def block(half_mm: float, low_mm: float, high_mm: float, role: str) -> Shape:
        # Its shoulders are rounded, its foot stands in the case.
        knots = [(-half_mm, low_mm), (-half_mm, high_mm - 0.6), (-half_mm + 0.6, high_mm)]
        outline = np.array([*knots, *((-x, y) for x, y in knots[::-1])]) * units_per_mm
        light, base, dark = (theme.color(f"{role}.{tone}") for tone in ("light", "base", "dark"))
        side = np.array([half_mm * units_per_mm, 0.0, 0.0])
        return (
            Shape(top[:2] + outline, stroke=theme.color(f"{role}.line"), stroke_px=1.0)
            .set_stroke(opacity=0.85)
            .with_gradient(
                "linear",
                top - side,
                top + side,
                ((0.0, light, 1.0), (0.5, mix(light, base, 0.7), 1.0), (1.0, dark, 1.0)),
            )
        )

    return Part(block(wide, -rise, 0.0, "metal"), block(plug, -sunk, 0.25, "septum"))


class CoilRings(Part):
    """Cross-sections of the catheter that is coiled behind the pump.

    Parameters
    ----------
    theme
        Colours.
    px_per_mm
        Scale in pixels at 1080 lines.
    radius_mm
        Mean radius of the coil.
    """

    def __init__(self, theme: Theme, px_per_mm: float, radius_mm: float) -> None:
        turns = int(np.ceil(PROCEDURE.coil_turns))
        steps = (np.arange(turns) - (turns - 1) / 2) * _TURN_PITCH_MM
        self.places_mm = np.sort(np.concatenate([radius_mm + steps, -radius_mm - steps]))
        super().__init__(opacity=0.0)
        round_mm = (("line", 0.5), ("base", 0.5 - 0.9 / px_per_mm / _RING_MM), ("light", 0.30))
        for _ in self.places_mm:
            rings = [Shape(fill=theme.color(f"catheter.{tone}")) for tone, _ in round_mm]
            # Clear: no medicine runs in it yet.
            lumen = Shape(fill=mix(theme.color("catheter.light"), "#FFFFFF", 0.6))
            self.add(Part(*rings, lumen))
        self.sizes_mm = [share * _RING_MM for _, share in round_mm]

    def lay(self, floor_mm: NDArray[np.float64], share: float, to_scene: ToScene) -> None:
        """Lay the rings on the pocket's floor, heights (N,) at `places_mm`, and fade them."""
        self.opacity = share
        turns = np.linspace(0.0, 2.0 * np.pi, 33)[:-1]
        circle = np.column_stack([np.cos(turns), np.sin(turns)])
        lumen = 0.5 * _RING_MM * CATHETER.inner_diameter_mm / CATHETER.outer_diameter_mm
        radii = [*self.sizes_mm, lumen]
        for ring, along, height in zip(self.submobjects, self.places_mm, floor_mm, strict=True):
            centre = np.array([along, height + _RING_MM / 2 + 0.05])
            for shape, radius in zip(ring.submobjects, radii, strict=True):
                shift = (-0.10, 0.12) if shape is ring.submobjects[2] else (0.0, 0.0)
                points = to_scene(centre + shift + radius * circle)
                shape.set_points(path_points(points, closed=True))


class DepthGauge(Part):
    """A bracket between two heights with its words beside it.

    Parameters
    ----------
    words
        The measure, such as a number with its unit.
    theme
        Colours and type.
    words_side
        +1 to set the words to the right of the line, -1 to the left.
    """

    def __init__(self, words: str, theme: Theme, *, words_side: int = 1) -> None:
        focus, style = theme.color("accent.focus"), theme.style("label")
        self.words_side = words_side
        self.halo = Shape(closed=False, stroke="#FFFFFF", stroke_px=8.0, stroke_opacity=0.85)
        self.line = Shape(closed=False, stroke=focus, stroke_px=3.6)
        self.ticks = [Shape(closed=False, stroke=focus, stroke_px=3.6) for _ in range(2)]
        self.tick_halos = [
            Shape(closed=False, stroke="#FFFFFF", stroke_px=8.0, stroke_opacity=0.85)
            for _ in range(2)
        ]
        text = TextBlock([words], style, theme.color(style.color), align="center")
        plate = rounded_plate(text.width_units + px(30), px(style.size_px) * 1.36, px(12))
        plate.set_fill(theme.color("panel.fill"), opacity=0.90)
        plate.shift((0.0, text.middle_units, 0.0))
        self.words = Part(plate, text)
        self.half_plate = text.width_units / 2 + px(15)
        self.text_middle = text.middle_units
        self._words_rest = AtRest(self.words, np.zeros(3))
        super().__init__(
            self.halo, *self.tick_halos, self.line, *self.ticks, self.words, opacity=0.0
        )

    def measure(self, top: ArrayLike, bottom: ArrayLike, share: float = 1.0) -> None:
        """Stand between two scene points (3,), one above the other, drawn down to a share."""
        start, end = np.asarray(top, dtype=np.float64), np.asarray(bottom, dtype=np.float64)
        self.opacity = float(np.clip(share * 6.0, 0.0, 1.0))
        reach = start + (end - start) * float(np.clip(share / 0.7, 1e-3, 1.0))
        for shape in (self.halo, self.line):
            shape.set_points(path_points(np.array([start, reach]), closed=False))
        half = np.array([px(15), 0.0, 0.0])
        for place, tick, halo in zip((start, reach), self.ticks, self.tick_halos, strict=True):
            points = path_points(np.array([place - half, place + half]), closed=False)
            tick.set_points(points)
            halo.set_points(points)
        self.words.opacity = float(np.clip((share - 0.5) / 0.5, 0.0, 1.0))
        aside = self.words_side * (self.half_plate + px(22))
        where = (start + end) / 2 + np.array([aside, -self.text_middle, 0.0])
        self._words_rest.put(where)
