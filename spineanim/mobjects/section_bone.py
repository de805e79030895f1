"""Cut bones and discs: hard rim, spongy inside, lamellae round a soft core."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2
from spineanim.mobjects.section_cut import SagittalCut
from spineanim.mobjects.section_grain import marrow_grain
from spineanim.mobjects.section_paint import LIGHT, inset, joined, mixed_tones, role_tones
from spineanim.picture.shape import Part, Shape, Tones, Volume, mix

_RIM_MM = 1.15
"""Hard shell of a body or process as drawn; 0.4-1.5 in life (M)."""
_FIGURE_RIM_MM = 1.45
"""The same in a whole figure, where it would else be lost."""
_LAMELLAE = 8
_CORE_LAYERS = 16


def cut_bones(cut: SagittalCut, outlines: list[Points2]) -> Part:
    """Bones with their hard rim and spongy inside.

    Parameters
    ----------
    outlines
        Closed (N, 2) in millimetres; in the midline none lies over another.
    """
    shell = role_tones(cut.theme, "bone")
    bones = Part(*(_contact_shadow(cut, outline) for outline in outlines))
    bones.add(
        *(
            Volume(cut.place(outline), shell, depth_px=cut.px_of(2.4), line_px=cut.contour_px)
            for outline in outlines
        )
    )
    rim_mm = _RIM_MM if cut.close_up else _FIGURE_RIM_MM
    insides = [cut.place(inset(outline, rim_mm)) for outline in outlines]
    grain = marrow_grain(insides, cut.stage, cut.pixels_per_unit, cut.theme, pores=cut.close_up)
    bones.add(*(_spongy(cut, inner) for inner in insides))
    bones.add(Part(grain).clipped_to(joined(insides)))
    bones.add(*(_inner_edge(cut, inner) for inner in insides))
    return bones


def _contact_shadow(cut: SagittalCut, outline: Points2) -> Part:
    """Soft shade that a bone throws on what it lies on."""
    away = -LIGHT * cut.stage.length(1.0)
    points, color = cut.place(outline), cut.theme.color("bone.line")
    return Part(
        *(
            Shape(points + away * reach, fill=color, fill_opacity=0.085)
            for reach in (0.45, 0.8, 1.15, 1.5)
        )
    )


def _spongy(cut: SagittalCut, inner: NDArray[np.float64]) -> Shape:
    """Ground of the spongy inside: lighter towards the light."""
    tones = mixed_tones(cut.theme, "cancellous", "bone", 0.30 if cut.close_up else 0.06)
    low, high = inner.min(axis=0), inner.max(axis=0)
    lit, far = np.array([low[0], high[1], 0.0]), np.array([high[0], low[1], 0.0])
    stops = (
        (0.0, mix(tones.light, tones.base, 0.25), 1.0),
        (0.55, tones.base, 1.0),
        (1.0, mix(tones.base, tones.dark, 0.28 if cut.close_up else 0.42), 1.0),
    )
    return Shape(inner).with_gradient("linear", lit, far, stops)


def _inner_edge(cut: SagittalCut, inner: NDArray[np.float64]) -> Shape:
    """Fine line where the spongy bone meets the rim."""
    return Shape(
        inner,
        stroke=cut.theme.color("cancellous.dark"),
        stroke_px=cut.px_of(0.16, 0.7, 1.4),
        stroke_opacity=0.55,
    )


def bodies(cut: SagittalCut) -> Part:
    """Vertebral bodies."""
    return cut_bones(cut, [cut.spine.body(level) for level in cut.levels])


def spinous_processes(cut: SagittalCut) -> Part:
    """Spinous processes in the midline, and the crest of the sacrum."""
    outlines = [cut.spine.spinous_process(level) for level in cut.levels]
    if cut.has_sacrum:
        outlines.append(cut.spine.sacral_crest())
    return cut_bones(cut, outlines)


def discs(cut: SagittalCut) -> Part:
    """Discs: tough ring, soft core a little behind the middle."""
    tones = role_tones(cut.theme, "disc")
    part = Part()
    for name in cut.gaps:
        outline = cut.spine.disc(name)
        part.add(
            Volume(
                cut.place(outline),
                tones,
                depth_px=cut.px_of(2.4),
                line_px=cut.contour_px * 0.8,
            )
        )
        part.add(*_core(cut, name))
        if cut.close_up:
            part.add(*_lamellae(cut, name))
    return part


def _lamellae(cut: SagittalCut, name: str) -> list[Shape]:
    """Layers of the tough ring: lines that follow its outer shape."""
    outline = cut.spine.disc(name)
    centre = cut.spine.nucleus(name).mean(axis=0)
    rings = []
    for index in range(1, _LAMELLAE + 1):
        share = 1.0 - 0.36 * index / (_LAMELLAE + 1)
        ring = cut.place(centre + (outline - centre) * share)
        tone, opacity = ("disc.line", 0.24) if index % 2 else ("disc.light", 0.50)
        rings.append(
            Shape(
                ring,
                stroke=cut.theme.color(tone),
                stroke_px=cut.px_of(0.2, 0.8, 1.5),
                stroke_opacity=opacity,
            )
        )
    return rings


def _core(cut: SagittalCut, name: str) -> list[Shape]:
    """Soft core with a blurred edge: faint layers, each smaller than the last."""
    outline = cut.spine.nucleus(name)
    centre = outline.mean(axis=0)
    color = cut.theme.color("nucleus.light")
    return [
        Shape(
            cut.place(centre + (outline - centre) * share),
            fill=color,
            fill_opacity=0.11,
        )
        for share in np.linspace(1.22, 0.62, _CORE_LAYERS)
    ]


def sacrum(cut: SagittalCut) -> Part:
    """Sacral bodies with the traces of their discs, and the tailbone."""
    spine = cut.spine
    traces = [_disc_trace(cut, line) for line in spine.sacral_junctions()]
    inside = joined([cut.place(inset(spine.sacrum(), _RIM_MM))])
    bones = cut_bones(cut, [spine.coccyx(), spine.sacrum()])
    return Part(bones, Part(*traces).clipped_to(inside))


def _disc_trace(cut: SagittalCut, line: Points2) -> Part:
    """Thin remnant of a disc between two fused bodies."""
    front, back = line
    across = back - front
    over = np.array([-across[1], across[0]]) * 0.045
    shape = curves.smooth(
        [front, (front + back) / 2 + over, back, (front + back) / 2 - over],
        closed=True,
        samples=8,
    )
    tones = role_tones(cut.theme, "disc")
    return Part(
        Volume(
            cut.place(shape),
            Tones(tones.light, tones.base, tones.dark, tones.dark),
            depth_px=cut.px_of(0.8),
            line_px=cut.px_of(0.12, 0.6, 1.0),
        )
    )
