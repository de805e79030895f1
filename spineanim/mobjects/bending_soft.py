"""Soft parts of a bending column, drawn as curves: discs, ligaments, fat, fluid, cord, roots.

What is round is a stack of filled paths, each lighter, narrower and nearer to the light, as a
tube is. A contour is a wider path below: strokes along so many points cost much more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from manim import LineJointType

from spineanim.content.theme import Theme
from spineanim.geometry.spine import DISCS
from spineanim.mobjects.bending_paths import Backing, Lines, Rings, Soft, Strip
from spineanim.picture.shape import Shape, mix

_CONTOUR: Final = 0.045
"""Width of a strip's contour as a share of the strip's."""


def skin_lines(theme: Theme) -> list[Soft]:
    """Trunk behind the column, in tones so pale that nothing competes with it."""
    fill = mix(theme.color("body.light"), theme.color("background.top"), 0.25)
    edge = mix(theme.color("body.dark"), theme.color("body.base"), 0.4)
    return [Rings(Shape(fill=fill, stroke=edge, stroke_px=2.2), ("skin",))]


def behind_bones(theme: Theme, bones: Iterable[str], *, cut: bool) -> list[Soft]:
    """Discs, and on a cut ligaments, between bones that are shown; they reach a little under them.

    On a cut a ground of their tone lies under the ligaments: they are carried along in a bend
    while the processes turn, and would leave gaps round them.
    """
    light, base, dark, line = _tones(theme, "disc")
    return [
        *(_interspinous(theme, _between(bones)) if cut else ()),
        *(
            Rings(Shape(fill=color), _between(bones), shift_mm, size)
            for size, shift_mm, color in (
                (1.04, 0.0, line),
                (1.0, 0.0, dark),
                (0.90, 0.15, mix(dark, base, 0.70)),
                (0.74, 0.40, mix(base, light, 0.25)),
                (0.48, 0.70, mix(base, light, 0.70)),
            )
        ),
    ]


def _interspinous(theme: Theme, gaps: tuple[str, ...]) -> list[Soft]:
    """Ligaments between the processes of neighbouring bones, and the ground they lie on."""
    if not gaps:
        return []
    contour, sheets = _plain(theme, tuple(f"interspinous_{gap}" for gap in gaps), "ligament", 1.14)
    ground = Shape(fill=str(sheets.shape.get_fill_color().to_hex()))
    return [contour, Backing(ground, gaps[0].split("_")[0], gaps[-1].split("_")[1]), sheets]


def over_bones(theme: Theme, bones: Iterable[str]) -> list[Soft]:
    """Soft parts that a cut in the median plane shows between and behind the bodies."""
    flava = tuple(f"flavum_{name}" for name in _between(bones))
    found = [
        _line(theme, ("supraspinous",), "ligament", 4.0),
        *_strip(theme, "epidural_fat", "fat", ((0.0, 1.0, 0.55),)),
        *_plain(theme, flava, "ligamentum_flavum", 1.0),
        _line(theme, ("anterior_longitudinal", "posterior_longitudinal"), "ligament", 3.4),
    ]
    fluid = ((0.03, 0.97, 0.4), (0.10, 0.86, 0.62), (0.16, 0.62, 0.85))
    found += _strip(theme, "sac", "csf", fluid)
    roots = tuple(f"root_{number}" for number in range(1, 9))
    found.append(_line(theme, ("filum", *roots), "nerve", 1.6))
    cord = ((0.06, 0.92, 0.30), (0.12, 0.82, 0.62), (0.18, 0.66, 0.80), (0.26, 0.46, 0.95))
    return found + _strip(theme, "cord", "cord", cord)


def _between(bones: Iterable[str]) -> tuple[str, ...]:
    """Discs with a shown bone on both sides."""
    known = {"S1" if bone == "sacrum" else bone for bone in bones}
    return tuple(name for name in DISCS if set(name.split("_")) <= known)


def _tones(theme: Theme, role: str) -> tuple[str, ...]:
    return tuple(theme.color(f"{role}.{tone}") for tone in ("light", "base", "dark", "line"))


def _plain(theme: Theme, names: tuple[str, ...], role: str, size: float) -> list[Soft]:
    """Flat outlines of a size, with a contour."""
    _, base, dark, line = _tones(theme, role)
    return [
        Rings(Shape(fill=mix(line, dark, 0.6)), names, size=size),
        Rings(Shape(fill=mix(base, dark, 0.15)), names, size=0.94 * size),
    ]


def _line(theme: Theme, names: tuple[str, ...], role: str, width_px: float) -> Soft:
    _, base, dark, _ = _tones(theme, role)
    shape = Shape(stroke=mix(base, dark, 0.3), stroke_px=width_px)
    shape.joint_type = LineJointType.BEVEL  # lines are dense; round joints cost much
    return Lines(shape, names)


def _strip(
    theme: Theme, name: str, role: str, layers: tuple[tuple[float, float, float], ...]
) -> list[Soft]:
    """Round strip: its contour, then layers from edge to edge, each with its lightness 0..1."""
    light, base, dark, line = _tones(theme, role)
    found: list[Soft] = [Strip(Shape(fill=line), name, -_CONTOUR, 1.0 + _CONTOUR)]
    found.append(Strip(Shape(fill=dark), name, 0.0, 1.0))
    for low, high, tone in layers:
        color = mix(dark, base, tone / 0.6) if tone < 0.6 else mix(base, light, tone / 0.4 - 1.5)
        found.append(Strip(Shape(fill=color), name, low, high))
    return found
