"""Small pictures of the four steps: trial, catheter, pump, recovery."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.canal import Canal
from spineanim.geometry.catheter import carried, plan_route
from spineanim.geometry.curves import smooth
from spineanim.geometry.params import PROCEDURE
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import LEVELS
from spineanim.mobjects.battery import rounded_box
from spineanim.mobjects.drops import TipGlow
from spineanim.mobjects.pictogram import Pictogram
from spineanim.mobjects.pictogram_poses import STANDING, WALKING
from spineanim.mobjects.pump import PumpResting
from spineanim.mobjects.section import SpineSection
from spineanim.mobjects.sides import SeenFrom
from spineanim.mobjects.tube import Tube
from spineanim.mobjects.visits import leaf
from spineanim.picture.shape import Part, Shape
from spineanim.stage import Format, Stage, px

Point = NDArray[np.float64]

_SEEN_MM: Final = 285.0
"""How much of the spine is seen across its picture, from the tip's level to below the entry."""
_TUBE_MM: Final = 3.6
_ELEVATION_DEG: Final = 42.0
_OUTLET_DEG: Final = 118.0


def trial(parameters: Parameters, theme: Theme, fmt: Format, at: Point, size: Point) -> Part:
    """Someone with a small pump at the belt, outside the body, and its catheter from the back."""
    tall = 0.96 * size[1]
    ground = at + np.array([-0.5 * tall, -0.5 * size[1], 0.0])
    person = Pictogram(STANDING, theme, tall, ground)
    way = person.places([(-0.075, 0.58), (-0.13, 0.50), (-0.03, 0.475), (0.085, 0.49)])
    line = Tube(smooth(way, samples=16), max(0.026 * tall, px(4.5)), theme)
    pouch = person.origin + tall * rounded_box(0.055, 0.40, 0.215, 0.54, 0.025)
    screen = person.origin + tall * rounded_box(0.08, 0.475, 0.19, 0.52, 0.01)
    tone = theme.color
    return Part(
        person,
        line,
        _less_pain(theme, at + np.array([0.14 * tall, -0.16 * size[1], 0.0]), 0.5 * size[1]),
        Shape(pouch, fill=tone("cloth.base"), stroke=tone("cloth.line"), stroke_px=2.6),
        Shape(screen, fill=tone("medication.light"), stroke=tone("cloth.line"), stroke_px=1.6),
    )


def _less_pain(theme: Theme, corner: Point, high: float) -> Part:
    """Columns of pain that get lower, over a line, from their lower left corner."""
    color, step = theme.color("pain.light"), 0.32 * high
    columns = [
        Shape(corner + rounded_box(step * n, 0.0, step * (n + 0.7), high * tall, px(7)), fill=color)
        for n, tall in enumerate((1.0, 0.66, 0.34))
    ]
    ends = corner + step * np.array([[-0.25, 0.0, 0.0], [3.0, 0.0, 0.0]])
    rail = theme.color("ink.hairline")
    return Part(*columns, Shape(ends, closed=False, stroke=rail, stroke_px=4.0))


def catheter(parameters: Parameters, theme: Theme, fmt: Format, at: Point, size: Point) -> Part:
    """Draw the cut spine, lying, with the catheter behind cord and roots."""
    anatomy = parameters.anatomy
    spine = Spine(anatomy.alignment, anatomy.stature_factor)
    route = carried(plan_route(anatomy, parameters.pump, PROCEDURE), spine)
    path = route.between("entry", "intrathecal")
    within = route.between("intrathecal", "intrathecal")
    middle = (within[0] + within[-1]) / 2 - np.array([0.0, 6.0, 0.0])
    lean = np.degrees(np.arctan2(*(within[-1] - within[0])[1:]))
    scale = float(size[0]) / max(_SEEN_MM, 1.45 * float(np.ptp(within[:, 2])))
    place = (float(at[0]), float(at[1]))
    focus = (0.0, float(middle[1]), float(middle[2]))
    seen = SeenFrom(anatomy.side)
    turned_deg = seen.sign * (90.0 + float(lean))
    stage = Stage(seen.view, focus, scale, place, turned_deg, fmt)
    top = LEVELS[LEVELS.index(anatomy.tip_level) - 4]
    section = SpineSection(
        spine, Canal(spine), theme, stage, fmt.pixels_per_unit, (top, "sacrum"),
        tip_level=anatomy.tip_level, entry_level=anatomy.entry_level,
    )  # fmt: skip
    section.put_between(Tube(stage(path), stage.length(_TUBE_MM), theme, shadow=0.2))
    return Part(section, TipGlow(stage.point(route.tip), px(22), theme))


def pump(parameters: Parameters, theme: Theme, fmt: Format, at: Point, size: Point) -> Part:
    """Draw the pump with the first stretch of its catheter."""
    scale = 0.86 * float(size[1]) / parameters.pump.diameter_mm
    device = PumpResting(
        parameters.pump,
        theme,
        scale,
        fmt.pixels_per_unit,
        elevation_deg=_ELEVATION_DEG,
        outlet_clock_deg=_OUTLET_DEG,
    ).shift(at + np.array([-0.10 * size[0], 0.04 * size[1], 0.0]))
    plug = device.connector_tip
    right, up = np.array([size[1], 0.0, 0.0]), np.array([0.0, size[1], 0.0])
    knots = [plug, plug + 0.1 * right - 0.05 * up, plug + 0.3 * right - 0.08 * up]
    knots.append(plug + 1.4 * right + 0.12 * up)
    line = Tube(smooth(np.array(knots), samples=20), max(2.4 * scale, px(5)), theme, shadow=0.25)
    return Part(line, device)


def recovery(parameters: Parameters, theme: Theme, fmt: Format, at: Point, size: Point) -> Part:
    """Someone walking, beside a leaf of a calendar."""
    tall = 0.96 * size[1]
    ground = at + np.array([-0.5 * tall, -0.5 * size[1], 0.0])
    wide = 0.62 * size[1]
    corner = at + np.array([0.10 * tall, 0.26 * size[1], 0.0])
    return Part(Pictogram(WALKING, theme, tall, ground), leaf(theme, corner, wide, marked=(2, 3)))


STEPS: Final = {"trial": trial, "catheter": catheter, "pump": pump, "recovery": recovery}
"""The four steps by the labels' names in the script."""
