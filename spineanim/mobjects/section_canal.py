"""The cut canal: fat, the fluid-filled sac with cord and roots, and the ligaments around."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.axes import Points2
from spineanim.geometry.canal import CONUS_STATION, SAC_END_STATION
from spineanim.mobjects.section_cut import SagittalCut
from spineanim.mobjects.section_grain import lobule_grain
from spineanim.mobjects.section_paint import (
    LIGHT,
    joined,
    ribbon,
    thread,
)
from spineanim.picture.shape import Part, Shape, mix
from spineanim.stage import px

_ROOTS = 10
_ROOT_MM = 0.85
"""Thickness of a root as drawn; 0.7-0.9 in the picture notes."""
_DURA_MM = 0.62
"""Dura as drawn: 0.31 in life [51], doubled so that it reads."""
_FAT_END = 26.9
"""Station where the sacral canal ends."""


def span(cut: SagittalCut, low_limit: float = 99.0) -> tuple[float, float]:
    """Stations between which something of the canal is drawn."""
    start, end = cut.stations
    return start, min(end, low_limit)


def epidural_fat(cut: SagittalCut) -> Part:
    """Fat that fills the canal round the sac; it runs out where the sacral canal ends."""
    outline = cut.place(_canal_stretch(cut, _FAT_END))
    fat = Part(
        Shape(outline, fill=mix(cut.theme.color("fat.base"), cut.theme.color("fat.light"), 0.3))
    )
    if cut.close_up:
        grain = lobule_grain([outline], cut.stage, cut.pixels_per_unit, cut.theme)
        fat.add(Part(grain).clipped_to(joined([outline])))
    return fat


def _canal_stretch(cut: SagittalCut, last: float) -> Points2:
    """Canal of the drawn levels, closed (N, 2), rounded off towards the station `last`."""
    start, end = span(cut, last)
    depth = canal_depths(cut)
    samples = np.arange(len(depth))
    first = float(cut.canal.index_of(last - 2.4))
    left = np.clip((cut.canal.index_of(last) - samples) / (cut.canal.index_of(last) - first), 0, 1)
    back = cut.canal.curve(depth * np.sqrt(1.0 - (1.0 - left) ** 2), start, end)
    front = cut.canal.curve(np.zeros_like(depth), start, end)
    return np.vstack([front, back[::-1]])


def canal_depths(cut: SagittalCut) -> NDArray[np.float64]:
    """Front to back size of the canal at each of its samples (K,)."""
    gap = cut.canal.posterior_wall() - cut.canal.anterior_wall()
    depths: NDArray[np.float64] = np.linalg.norm(gap, axis=1)
    return depths


def _sac_edges(cut: SagittalCut) -> tuple[Points2, Points2]:
    """Front and back of the drawn stretch of the sac (N, 2)."""
    start, end = span(cut, SAC_END_STATION)
    front, back = cut.canal.sac_offsets
    return cut.canal.curve(front, start, end), cut.canal.curve(back, start, end)


def sac(cut: SagittalCut) -> Part:
    """Dural sac cut open: fluid, roots and cord between its walls."""
    front, back = (cut.place(edge) for edge in _sac_edges(cut))
    color = cut.theme.color
    # A hollow: its wall on the lit side lies in shade, the opposite wall catches the light.
    fluid = ribbon(
        front,
        back,
        (
            (0.0, mix(color("csf.dark"), color("csf.line"), 0.22)),
            (0.10, color("csf.dark")),
            (0.36, mix(color("csf.base"), color("csf.dark"), 0.20)),
            (0.72, color("csf.base")),
            (0.93, mix(color("csf.base"), color("csf.light"), 0.75)),
            (1.0, mix(color("csf.base"), color("csf.dark"), 0.25)),
        ),
    )
    inside = Part(fluid, *_cauda(cut, behind=True), _cord(cut), *_cauda(cut, behind=False))
    outline = np.vstack([front, back[::-1]])
    return Part(inside.clipped_to(joined([outline])), dura_line(cut, outline))


def dura_line(cut: SagittalCut, edge: NDArray[np.float64]) -> Part:
    """Wall of the sac along scene points: a pale sheet with a darker edge on either side."""
    color = cut.theme.color
    width = cut.px_of(_DURA_MM, 1.7)
    return Part(
        line_along(edge, color("dura.line"), width + cut.px_of(0.12, 0.5, 1.0), 0.55),
        line_along(edge, color("dura.dark"), width),
        line_along(edge, color("dura.light"), width * 0.46, 0.95),
    )


def back_wall(cut: SagittalCut) -> NDArray[np.float64]:
    """Back of the drawn stretch of the sac as scene points (N, 3)."""
    return cut.place(_sac_edges(cut)[1])


def line_along(
    points: NDArray[np.float64], color: str, width_px: float, opacity: float = 1.0
) -> Shape:
    """Open line of a width in pixels at 1080 lines."""
    return Shape(points, closed=False, stroke=color, stroke_px=width_px, stroke_opacity=opacity)


def _cord(cut: SagittalCut) -> Part:
    """Spinal cord down to its end, with its shadow on the fluid."""
    start, end = span(cut, CONUS_STATION)
    if end <= start:
        return Part()
    offsets = cut.canal.cord_offsets
    front, back = (cut.place(cut.canal.curve(edge, start, end)) for edge in offsets)
    color = cut.theme.color
    outline = np.vstack([front, back[::-1]])
    shade = -LIGHT * cut.stage.length(0.55)
    shadow = [
        Shape(
            outline + shade * reach,
            fill=color("csf.line"),
            fill_opacity=0.07,
            stroke=color("csf.line"),
            stroke_px=cut.px_of(0.45),
            stroke_opacity=0.07,
        )
        for reach in (0.6, 1.1, 1.6, 2.1)
    ]
    body = ribbon(
        front,
        back,
        (
            (0.0, mix(color("cord.base"), color("cord.dark"), 0.25)),
            (0.10, mix(color("cord.base"), color("cord.light"), 0.45)),
            (0.28, color("cord.light")),
            (0.55, color("cord.base")),
            (0.85, mix(color("cord.base"), color("cord.dark"), 0.70)),
            (1.0, color("cord.dark")),
        ),
    )
    streaks = Part()
    if cut.close_up:
        for share in (0.2, 0.36, 0.5, 0.63, 0.78, 0.89):
            tone = "cord.dark" if share != 0.36 else "cord.light"
            streaks.add(
                line_along(front + (back - front) * share, color(tone), cut.px_of(0.16), 0.45)
            )
    contour = Shape(
        outline,
        stroke=color("cord.line"),
        stroke_px=cut.px_of(0.26, 0.8, 1.6),
        stroke_opacity=0.6,
    )
    return Part(*shadow, body, streaks, contour)


def _cauda(cut: SagittalCut, *, behind: bool) -> list[Part]:
    """Loose roots below the cord, those behind it or those in front, and the end thread."""
    found: list[Part] = []
    for index, root in enumerate(cut.canal.roots(_ROOTS)):
        if (index % 2 == 0) == behind:
            found += _root(cut, root)
    if behind:
        found += _root(cut, cut.canal.filum())
    return found


def _root(cut: SagittalCut, line_mm: Points2) -> list[Part]:
    """One root (N, 2) as a round thread: edge, body, light."""
    color = cut.theme.color
    line = cut.place(line_mm)
    width = px(cut.px_of(_ROOT_MM, 1.3))
    edge = px(cut.px_of(0.16, 0.4, 0.9))
    aside = LIGHT * width * 0.16
    layers = (
        (width, -1.6 * aside, color("csf.line"), 0.22),
        (width + edge, 0.0 * aside, color("nerve.line"), 0.60),
        (width, 0.0 * aside, mix(color("nerve.dark"), color("nerve.base"), 0.35), 1.0),
        (width * 0.66, 0.5 * aside, color("nerve.base"), 1.0),
        (width * 0.30, aside, color("nerve.light"), 0.95),
    )
    taper = cut.stage.length(9.0)
    return [
        Part(
            *(
                Shape(thread(line, wide, taper=taper, shift=shift), fill=tone, fill_opacity=opacity)
                for wide, shift, tone, opacity in layers
            )
        )
    ]
