"""The ligaments of a cut: between the processes, between the laminae, along the bodies."""

from __future__ import annotations

import numpy as np

from spineanim.geometry import curves, ligaments
from spineanim.geometry.axes import Points2
from spineanim.geometry.canal import station
from spineanim.geometry.layout import Frame
from spineanim.mobjects.section_canal import canal_depths, line_along, span
from spineanim.mobjects.section_cut import SagittalCut
from spineanim.mobjects.section_paint import LIGHT, joined, mixed_tones, role_tones, thread
from spineanim.picture.shape import Part, Shape, Tones, Volume, mix
from spineanim.stage import px

_FIBRES = 32
_BED_MM = 11.0
"""Depth behind the canal that ligament fills between laminae and processes (D)."""
_TIP_BED_MM = 6.0
"""Depth of ligament before the band over the tips (D)."""


def ligaments_between_processes(cut: SagittalCut) -> Part:
    """Ligament that fills the space between laminae and processes, and the band over the tips."""
    tones = mixed_tones(cut.theme, "ligament", "bone", 0.40)
    part = Part(_bed(cut, tones))
    for name in cut.gaps:
        if name.endswith("S1") and not cut.has_sacrum:
            continue
        outline = _sheet(cut, name)
        part.add(_lit_sheet(cut, outline, tones))
        if cut.close_up:
            part.add(_fibres(cut, outline))
    part.add(_tip_band(cut, tones))
    return part


def _lit_sheet(cut: SagittalCut, outline: Points2, tones: Tones) -> Shape:
    """Sheet of ligament, a little lighter towards the light."""
    points = cut.place(outline)
    low, high = points.min(axis=0), points.max(axis=0)
    stops = (
        (0.0, mix(tones.base, tones.light, 0.45), 1.0),
        (0.5, tones.base, 1.0),
        (1.0, mix(tones.base, tones.dark, 0.30), 1.0),
    )
    lit, far = np.array([low[0], high[1], 0.0]), np.array([high[0], low[1], 0.0])
    return Shape(points).with_gradient("linear", lit, far, stops)


def _bed(cut: SagittalCut, tones: Tones) -> Part:
    """Ground of ligament right behind the canal and before the band over the tips."""
    start, end = span(cut, 23.5)
    depth = canal_depths(cut)
    walls = [cut.canal.curve(depth + extra, start, end) for extra in (-1.0, _BED_MM)]
    outline = cut.place(np.vstack([walls[0], walls[1][::-1]]))
    color = mix(tones.base, tones.dark, 0.16)
    bed = Part(Shape(outline, fill=color))
    line = _tip_line(cut)
    if len(line) >= 2:
        before = cut.place(curves.offset(line, -_TIP_BED_MM / 2))
        wide, taper = cut.stage.length(_TIP_BED_MM), cut.stage.length(9.0)
        bed.add(Shape(thread(before, wide, taper=taper), fill=color))
        last = min(station(cut.levels[-1]), station(ligaments.SUPRASPINOUS_END))
        wall = cut.canal.curve(depth, station(cut.top) + 0.1, last + 0.2)
        bed.add(Shape(cut.place(np.vstack([wall, line[::-1]])), fill=color))
    return bed


def _sheet(cut: SagittalCut, name: str) -> Points2:
    """Interspinous ligament of a gap, closed (N, 2); the last one ends on the sacral crest."""
    spine = cut.spine
    if not name.endswith("S1"):
        return ligaments.interspinous(spine, name)
    frame = spine.frame("L5")
    above = _edge(frame, spine.spinous_process("L5"), (0.04, 0.32, 0.54, 0.76, 0.92), -1)
    below = _edge(spine.frame("S1"), spine.sacral_crest(), (0.40, 0.55, 0.70, 0.82), 1)
    return curves.resample(np.vstack([above, below[::-1]]), 60, closed=True)


def _edge(frame: Frame, outline: Points2, shares: tuple[float, ...], side: int) -> Points2:
    """Upper (1) or lower (-1) edge of an outline at shares of its reach backwards, (N, 2)."""
    axes = frame.place(np.eye(2)) - frame.centre
    reach, height = ((outline - frame.centre) @ axes.T).T
    size = np.ptp(reach)
    knots = []
    for share in shares:
        at = reach.min() + share * size
        near = height[np.abs(reach - at) < 0.08 * size]
        knots.append((at, side * (side * near).max()))
    edge: Points2 = frame.place(np.array(knots))
    return edge


def _tip_line(cut: SagittalCut) -> Points2:
    """Drawn stretch of the supraspinous ligament, open (N, 2), cranial first."""
    band = ligaments.supraspinous(cut.spine)
    ends = [cut.spine.spinous_tip(level)[1] for level in (cut.levels[0], cut.levels[-1])]
    drawn: Points2 = band[(band[:, 1] <= ends[0] + 2.0) & (band[:, 1] >= ends[1] - 9.0)]
    return drawn


def _tip_band(cut: SagittalCut, tones: Tones) -> Part:
    """Supraspinous ligament over the tips of the processes."""
    line = _tip_line(cut)
    if len(line) < 2:
        return Part()
    place, width = cut.place(line), cut.stage.length(3.4)
    aside = LIGHT * width * 0.14
    taper = cut.stage.length(7.0)
    layers = (
        (width + px(cut.px_of(0.2, 0.6, 1.2)), 0.0 * aside, tones.line, 0.6),
        (width, 0.0 * aside, mix(tones.base, tones.dark, 0.45), 1.0),
        (width * 0.66, aside, tones.base, 1.0),
        (width * 0.28, 2.0 * aside, tones.light, 0.9),
    )
    return Part(
        *(
            Shape(thread(place, wide, taper=taper, shift=shift), fill=tone, fill_opacity=opacity)
            for wide, shift, tone, opacity in layers
        )
    )


def _fibres(cut: SagittalCut, outline: Points2) -> Part:
    """Streaks that rise backwards from the lower process to the upper (M)."""
    half = len(outline) // 2
    above, below = curves.resample(outline[:half], 40), curves.resample(outline[half:][::-1], 40)
    kinds = (
        ("ligament.dark", 0.38), ("ligament.light", 0.70), ("ligament.dark", 0.30),
        ("muscle.light", 0.28), ("ligament.light", 0.45),
    )  # fmt: skip
    rng = np.random.default_rng(5)
    streaks = Part()
    for index in range(_FIBRES):
        at = (index + rng.uniform(0.2, 0.8)) / _FIBRES
        low = curves.point_at(below, at * 0.86)
        high = curves.point_at(above, at * 0.86 + 0.14)
        side = np.array([low[1] - high[1], high[0] - low[0]]) * rng.uniform(-0.06, 0.06)
        line = curves.smooth([low, (low + high) / 2 + side, high], samples=6)
        tone, opacity = kinds[index % len(kinds)]
        width = cut.px_of(rng.uniform(0.18, 0.45))
        streaks.add(line_along(cut.place(line), cut.theme.color(tone), width, opacity))
    return streaks.clipped_to(joined([cut.place(outline)]))


def flava(cut: SagittalCut) -> Part:
    """Yellow ligaments between the laminae."""
    tones = role_tones(cut.theme, "ligamentum_flavum")
    return Part(
        *(
            Volume(
                cut.place(ligaments.flavum(cut.spine, name)),
                tones,
                depth_px=cut.px_of(1.0),
                line_px=cut.contour_px * 0.7,
            )
            for name in cut.gaps
        )
    )


def long_ligament_bed(cut: SagittalCut) -> Shape:
    """Fibrous ground between the long ligaments and the hollow sides of the bodies."""
    front, back = _long_lines(cut)
    tones = role_tones(cut.theme, "ligament")
    outline = cut.place(np.vstack([front, back[::-1]]))
    return Shape(outline, fill=mix(tones.base, tones.dark, 0.55))


def _long_lines(cut: SagittalCut) -> tuple[Points2, Points2]:
    """Drawn stretches of the anterior and posterior longitudinal ligament, open (N, 2)."""
    upper, lower = (cut.spine.frame(level) for level in (cut.levels[0], cut.levels[-1]))
    top = upper.corners[:2, 1].max() + 4.0
    low = -1e9 if cut.has_sacrum else lower.corners[2:, 1].min() - 4.0
    front = ligaments.anterior_longitudinal(cut.spine)
    start, end = span(cut, 24.9)
    back = cut.canal.curve(np.full(len(canal_depths(cut)), 0.35), start, end)
    return front[(front[:, 1] <= top) & (front[:, 1] >= low)], back


def long_ligaments(cut: SagittalCut) -> Part:
    """Ligaments along the front and the back of the bodies."""
    color = cut.theme.color
    part = Part()
    for line, width_mm in zip(_long_lines(cut), (1.7, 0.9), strict=True):
        drawn, width = cut.place(line), px(cut.px_of(width_mm, 1.5))
        edge, taper = px(cut.px_of(0.2, 0.6, 1.2)), cut.stage.length(6.0)
        aside = LIGHT * width * 0.12
        layers = (
            (width + edge, 0.0 * aside, color("ligament.line"), 0.55),
            (width, 0.0 * aside, mix(color("ligament.base"), color("ligament.dark"), 0.5), 1.0),
            (width * 0.66, aside, color("ligament.base"), 1.0),
            (width * 0.28, aside * 2, color("ligament.light"), 0.9),
        )
        for wide, shift, tone, opacity in layers:
            outline = thread(drawn, wide, taper=taper, shift=shift)
            part.add(Shape(outline, fill=tone, fill_opacity=opacity))
    return part
