"""The ligaments of a cut: between the processes, between the laminae, along the bodies."""

from __future__ import annotations

import numpy as np

from spineanim.geometry import curves, ligaments
from spineanim.geometry.axes import Points2
from spineanim.mobjects.section_canal import canal_depths, line_along, span
from spineanim.mobjects.section_cut import SagittalCut
from spineanim.mobjects.section_paint import LIGHT, joined, mixed_tones, role_tones, thread
from spineanim.picture.shape import Part, Shape, Tones, Volume, mix
from spineanim.stage import px

_FIBRES = 38
_FIBRE_RISE = 0.22
"""Share of a process's length that a fibre runs backwards on its way up (M)."""


def ligaments_between_processes(cut: SagittalCut) -> Part:
    """Ligament that fills the space between the processes, and the band over the tips."""
    tones = mixed_tones(cut.theme, "ligament", "bone", 0.40)
    part = Part()
    for name in cut.gaps:
        if name.endswith("S1") and not cut.has_sacrum:
            continue
        part.add(_lit_sheet(cut, ligaments.interspinous(cut.canal, name), tones))
        if cut.close_up:
            part.add(_fibres(cut, name))
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


def _fibres(cut: SagittalCut, name: str) -> Part:
    """Streaks that rise backwards from the lower process to the upper (M)."""
    above, below = ligaments.process_edges(cut.canal, name)
    kinds = (
        ("ligament.dark", 0.38), ("ligament.light", 0.70), ("ligament.dark", 0.30),
        ("muscle.light", 0.28), ("ligament.light", 0.45),
    )  # fmt: skip
    rng = np.random.default_rng(5)
    streaks = Part()
    for index in range(_FIBRES):
        at = (index + rng.uniform(0.2, 0.8)) / _FIBRES
        # the first and the last fan out from the ends of the processes
        start = at * (1.0 + _FIBRE_RISE) - _FIBRE_RISE
        low = curves.point_at(below, max(start, 0.0))
        high = curves.point_at(above, min(start + _FIBRE_RISE, 1.0))
        side = np.array([low[1] - high[1], high[0] - low[0]]) * rng.uniform(-0.06, 0.06)
        line = curves.smooth([low, (low + high) / 2 + side, high], samples=6)
        tone, opacity = kinds[index % len(kinds)]
        width = cut.px_of(rng.uniform(0.18, 0.45))
        streaks.add(line_along(cut.place(line), cut.theme.color(tone), width, opacity))
    return streaks.clipped_to(joined([cut.place(ligaments.interspinous(cut.canal, name))]))


def flava(cut: SagittalCut) -> Part:
    """Yellow ligaments between the laminae."""
    tones = role_tones(cut.theme, "ligamentum_flavum")
    return Part(
        *(
            Volume(
                cut.place(ligaments.flavum(cut.canal, name)),
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
