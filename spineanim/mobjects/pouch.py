"""A belt with a pouch that holds the pump worn outside during a trial."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import View
from spineanim.geometry.devices.handheld import TRIAL_HALF_MM, trial_pump_parts
from spineanim.mobjects.battery import rounded_box
from spineanim.mobjects.figure import placed
from spineanim.mobjects.section_paint import LIGHT, blurred
from spineanim.picture.image import baked
from spineanim.picture.raster import Grid
from spineanim.picture.shape import Part, Shape, Tones, Volume, mix, path_points
from spineanim.picture.skeleton import bake_parts
from spineanim.picture.tones import Finish
from spineanim.stage import Stage, px

Point = NDArray[np.float64]

_FACE: Final = View("face", (1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
_HALF_MM: Final = (TRIAL_HALF_MM[0] + 8.0, TRIAL_HALF_MM[1] + 8.0)
"""The pouch is a little larger than the pump."""
_PUMP: Final = 0.86
"""Drawn size of the pump behind the pouch's clear window."""
_SEAM_MM: Final = 3.2
_WINDOW_MM: Final = 8.0
_STRAPS_MM: Final = (18.0, 11.0, 24.0)
"""Place of the straps to either side, their width, and how far they rise above the pouch."""
BELT_MM: Final = 19.0
_BOX_MM: Final = 70.0


def _cloth(theme: Theme) -> Tones:
    """Dark blue cloth."""
    light, base, dark, line = (
        theme.color(f"pcb.{each}") for each in ("light", "base", "dark", "line")
    )
    return Tones(mix(base, light, 0.55), base, dark, line)


class Pouch(Part):
    """Cloth pouch with a clear window; in it a small pump with screen, keys and medicine.

    Parameters
    ----------
    stage
        The back's stage: scale and resolution.
    centre
        Scene point (3,) of its middle.
    theme
        Colours: roles `pcb` (cloth), `cloth`, `panel`, and those of the device.

    Attributes
    ----------
    port
        Scene point (3,) on its upper edge where the catheter's line goes in.
    """

    def __init__(self, stage: Stage, centre: Point, theme: Theme) -> None:
        self.stage, self.centre, self.theme = stage, centre, theme
        wide, high = _HALF_MM
        self.port = self._at([0.0, high - 2.0])
        tones = _cloth(theme)
        body = self._box(wide, high, 12.0)
        depth_px = 5.0 * stage.composed_px_per_mm
        seam = Shape(
            self._box(wide - _SEAM_MM, high - _SEAM_MM, 9.5), stroke=tones.light, stroke_px=1.6
        ).dashed(6.0, 4.5)
        window = self._box(wide - _WINDOW_MM, high - _WINDOW_MM, 6.0)
        inside = Part(
            Shape(window, fill=mix(theme.color("panel.stroke"), "#FFFFFF", 0.35)),
            self._pump(),
            self._sheen(wide, high),
        ).clipped_to(Shape(window))
        super().__init__(
            self._shadow(body),
            *self._straps(tones),
            Volume(body, tones, depth_px=depth_px, line_px=1.6),
            seam,
            inside,
            Shape(window, stroke="#FFFFFF", stroke_px=2.6, stroke_opacity=0.85),
            Shape(self._box(wide - 7.4, high - 7.4, 6.4), stroke=tones.line, stroke_px=1.2),
        )

    def _at(self, local_mm: list[float]) -> Point:
        return np.asarray(self.centre + np.array([*local_mm, 0.0]) * self.stage.units_per_mm)

    def _box(self, wide_mm: float, high_mm: float, radius_mm: float) -> Point:
        u = self.stage.units_per_mm
        half = (wide_mm * u, high_mm * u)
        return self.centre + rounded_box(-half[0], -half[1], *half, radius_mm * u)

    def _pump(self) -> Part:
        """Bake the pump itself, lit as a solid."""
        scale = _PUMP * self.stage.units_per_mm
        at = (float(self.centre[0]), float(self.centre[1] - px(2)))
        stage = Stage(_FACE, (0.0, 0.0, 0.0), scale, at, fmt=self.stage.fmt)
        box = (-_BOX_MM, -_BOX_MM, _BOX_MM, _BOX_MM)
        grid = Grid.covering(box, stage.pixels_per_mm)
        picture = bake_parts(grid, trial_pump_parts(), _FACE, self.theme, finish=Finish())
        return Part(placed(baked(picture, grid), stage))

    def _sheen(self, wide: float, high: float) -> Shape:
        """Light on the clear window, from the upper left."""
        corners = [
            [-wide, high * 0.1],
            [-wide * 0.1, high],
            [wide * 0.35, high],
            [-wide, -high * 0.35],
        ]
        return Shape(
            np.array([self._at(each) for each in corners]), fill="#FFFFFF", fill_opacity=0.16
        )

    def _straps(self, tones: Tones) -> list[Shape]:
        """Two loops that hang on the belt."""
        aside, width, rise = _STRAPS_MM
        found: list[Shape] = []
        u = self.stage.units_per_mm
        for side in (-1.0, 1.0):
            middle = self._at([side * aside, 0.0])
            top, low = (_HALF_MM[1] + rise) * u, (_HALF_MM[1] - 8.0) * u
            box = rounded_box(-width / 2 * u, low, width / 2 * u, top, 3.0 * u)
            found.append(
                Volume(
                    middle + box, tones, depth_px=3.0 * self.stage.composed_px_per_mm, line_px=1.4
                )
            )
        return found

    def _shadow(self, body: Point) -> Part:
        shape = Shape(body, fill=self.theme.color("panel.shadow"))
        soft = blurred(shape, self.stage.fmt.pixels_per_unit / 2, px(9))
        return Part(soft.shift(-LIGHT * px(11)).set_fill(opacity=0.42))


def belt(stage: Stage, line: Point, trunk: Point, theme: Theme) -> Part:
    """Return a cloth belt round the trunk from behind.

    Parameters
    ----------
    stage
        The back's stage.
    line
        Middle of the belt as scene points (N, 3), from side to side.
    trunk
        Closed scene outline (N, 3) that it ends with.
    theme
        Colours: role `pcb`.
    """
    tones = _cloth(theme)
    wide_px = BELT_MM * stage.composed_px_per_mm
    up = np.array([0.0, stage.length(BELT_MM), 0.0])

    def band(shift: float, color: str, width: float, opacity: float = 1.0) -> Shape:
        return Shape(
            line + shift * up,
            closed=False,
            stroke=color,
            stroke_px=width * wide_px,
            stroke_opacity=opacity,
        )

    shade = theme.color("skin.line")
    bands = [band(-0.28, shade, width, 0.055) for width in np.linspace(1.6, 1.0, 9)]
    bands += [band(0.0, tones.line, 1.06), band(0.0, tones.base, 1.0)]
    bands += [band(0.18, tones.light, width, 0.16) for width in (0.5, 0.36, 0.22)]
    bands += [band(-0.30, tones.dark, width, 0.22) for width in (0.4, 0.28, 0.16)]
    for shift in (-0.37, 0.37):
        bands.append(
            Shape(
                line + shift * up,
                closed=False,
                stroke=tones.light,
                stroke_px=1.6,
                stroke_opacity=0.8,
            ).dashed(6.0, 4.5)
        )
    left, right = line[0], line[-1]
    ends = np.vstack([line + 0.53 * up, (line - 0.53 * up)[::-1]])
    dark = Shape(ends).with_gradient(
        "linear",
        left,
        right,
        (
            (0.0, tones.line, 0.55), (0.13, tones.line, 0.12), (0.3, tones.line, 0.0),
            (0.66, tones.line, 0.0), (0.86, tones.line, 0.30), (1.0, tones.line, 0.75),
        ),
    )  # fmt: skip
    outline = Shape()
    outline.set_points(path_points(trunk, closed=True))
    return Part(*bands, dark).clipped_to(outline)
