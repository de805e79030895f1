"""How well every word on a stage stands out from the pixels really behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from manim import Mobject
from manim.utils.color import ManimColor
from numpy.typing import NDArray

from spineanim.content.theme import TypeStyle
from spineanim.mobjects.text import TextBlock
from spineanim.motion.camera import shot_of
from spineanim.picture.contrast import contrast, luminance, worst_contrast
from spineanim.picture.shape import Part
from spineanim.scene import SpineScene
from spineanim.stage import px

_SHOWN: Final = 0.99
"""Words that come or go are not measured."""
_INKED: Final = 0.98
_UNCOVERED: Final = 0.4
"""In the most inked fiftieth, words in full view bring at least this share of their contrast."""


@dataclass(frozen=True)
class SeenWords:
    """A block of words in full view.

    Attributes
    ----------
    text
        What it says, its lines joined.
    box
        Left, bottom, right, top in frame units.
    contrast
        Ratio of ink and all but the worst twentieth of the ground: 4.5 or more is legible.
    style, ink
        How it is set, and its colour, `#rrggbb`.
    type_px
        Height of its type in pixels of the film as it stands.
    """

    text: str
    box: tuple[float, float, float, float]
    contrast: float
    style: TypeStyle
    ink: str
    type_px: float


def words_on_stage(scene: SpineScene, among: Iterable[Mobject] | None = None) -> list[SeenWords]:
    """Measure labels, captions, headings and all other words as a scene stands now.

    The stage is drawn with its words, then without them but with their plates and all else; words
    that something else covers are left out. The camera keeps the picture it has.

    Parameters
    ----------
    scene
        A scene that is being played.
    among
        What holds the words that are wanted; all that is on the stage when omitted.
    """
    tops = scene.mobjects if among is None else among
    blocks = [found for top in tops for found in _blocks(top, 1.0, fixed=False)]
    if not blocks:
        return []
    before = scene.stage_camera.pixel_array.copy()
    picture = _drawn(scene)
    opacities = [block.opacity for block, _ in blocks]
    for block, _ in blocks:
        block.opacity = 0.0
    ground = _drawn(scene)
    for (block, _), opacity in zip(blocks, opacities, strict=True):
        block.opacity = opacity
    scene.stage_camera.pixel_array[:] = before
    measured = (_measured(scene, block, fixed, picture, ground) for block, fixed in blocks)
    return [each for each in measured if each is not None]


def _drawn(scene: SpineScene) -> NDArray[np.uint8]:
    """Draw the stage as it stands, whatever pictures of it are kept."""
    camera = scene.stage_camera
    kept, camera.stills = camera.stills, None
    camera.reset()
    camera.capture_mobjects(scene.mobjects)
    camera.stills = kept
    return camera.pixels().copy()


def _blocks(mobject: Mobject, opacity: float, *, fixed: bool) -> Iterator[tuple[TextBlock, bool]]:
    """Blocks of words that are in full view, and whether they stand fixed in the frame."""
    if isinstance(mobject, Part):
        opacity *= mobject.opacity
        fixed = fixed or mobject.fixed_in_frame
    if opacity < _SHOWN:
        return
    if isinstance(mobject, TextBlock):
        yield mobject, fixed
        return
    for member in mobject.submobjects:
        yield from _blocks(member, opacity, fixed=fixed)


def _measured(
    scene: SpineScene,
    block: TextBlock,
    fixed: bool,
    picture: NDArray[np.uint8],
    ground: NDArray[np.uint8],
) -> SeenWords | None:
    """Measure a block of words; None when something covers it."""
    points = np.concatenate([line.points for line in block.submobjects])
    placed = points if fixed else scene.in_frame(points)
    zoom = shot_of(scene.stage_camera.frame).zoom
    (left, bottom), (right, top) = placed.min(axis=0)[:2], placed.max(axis=0)[:2]
    scale, (wide, high) = scene.format.pixels_per_unit, scene.format.half
    columns = slice(*(round((x + wide) * scale) for x in (left, right)))
    rows = slice(*(round((high - y) * scale) for y in (top, bottom)))
    ink, behind = ManimColor(block.ink).to_rgb(), ground[rows, columns]
    changed = contrast(_luminances(picture[rows, columns]), _luminances(behind)) - 1.0
    wanted = float(np.median(contrast(luminance(ink), _luminances(behind)))) - 1.0
    if float(np.quantile(changed, _INKED)) < _UNCOVERED * wanted:
        return None
    return SeenWords(
        " ".join(block.lines),
        (float(left), float(bottom), float(right), float(top)),
        worst_contrast(ink, behind),
        block.style,
        block.ink,
        block.style.size_px * px(1.0) * scale * block.scale_now * (1.0 if fixed else zoom),
    )


def _luminances(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    return luminance(pixels[..., :3] / 255.0)
