"""Words as outlines: shaped by HarfBuzz from the project's own font files.

Nothing here asks the machine for a font, so a line of text has the same width, breaks and pixels
everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import uharfbuzz as hb
from numpy.typing import NDArray

from spineanim.content.fonts import font_file
from spineanim.content.theme import TypeStyle
from spineanim.errors import ContentError
from spineanim.picture.shape import Shape
from spineanim.stage import px


@dataclass
class _Pen:
    """Collects a glyph's contours as cubic Bézier points."""

    curves: list[NDArray[np.float64]] = field(default_factory=list)
    start: tuple[float, float] = (0.0, 0.0)
    at: tuple[float, float] = (0.0, 0.0)

    def move_to(self, x: float, y: float, _: object) -> None:
        self.start = self.at = (x, y)

    def line_to(self, x: float, y: float, _: object) -> None:
        a, b = np.array(self.at), np.array((x, y))
        self._add(a + (b - a) / 3, a + (b - a) * 2 / 3, b)

    def quadratic_to(self, cx: float, cy: float, x: float, y: float, _: object) -> None:
        a, c, b = np.array(self.at), np.array((cx, cy)), np.array((x, y))
        self._add(a + (c - a) * 2 / 3, b + (c - b) * 2 / 3, b)

    def cubic_to(
        self, ax: float, ay: float, bx: float, by: float, x: float, y: float, _: object
    ) -> None:
        self._add(np.array((ax, ay)), np.array((bx, by)), np.array((x, y)))

    def close_path(self, _: object) -> None:
        if self.at != self.start:
            self.line_to(*self.start, None)

    def _add(
        self, one: NDArray[np.float64], two: NDArray[np.float64], end: NDArray[np.float64]
    ) -> None:
        self.curves.append(np.array([self.at, one, two, end]))
        self.at = (float(end[0]), float(end[1]))


@lru_cache(maxsize=8)
def _font(weight: str) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(font_file(weight)))))


@lru_cache(maxsize=1)
def _draw_funcs() -> hb.DrawFuncs:
    funcs = hb.DrawFuncs()
    funcs.set_move_to_func(lambda x, y, pen: pen.move_to(x, y, None))
    funcs.set_line_to_func(lambda x, y, pen: pen.line_to(x, y, None))
    funcs.set_quadratic_to_func(lambda a, b, x, y, pen: pen.quadratic_to(a, b, x, y, None))
    funcs.set_cubic_to_func(lambda a, b, c, d, x, y, pen: pen.cubic_to(a, b, c, d, x, y, None))
    funcs.set_close_path_func(lambda pen: pen.close_path(None))
    return funcs


@lru_cache(maxsize=512)
def _glyph(weight: str, glyph: int) -> NDArray[np.float64]:
    """Bézier points (4 n, 2) of a glyph in font units."""
    pen = _Pen()
    _font(weight).draw_glyph(glyph, _draw_funcs(), pen)
    return np.concatenate(pen.curves) if pen.curves else np.zeros((0, 2))


@lru_cache(maxsize=512)
def _set_line(text: str, weight: str) -> tuple[NDArray[np.float64], float]:
    """Outline (4 n, 2) and advance of a line, in ems."""
    font = _font(weight)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    em = float(font.face.upem)
    x, outlines = 0.0, [np.zeros((0, 2))]
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if info.codepoint == 0:
            character = text[info.cluster]
            raise ContentError(
                f"the typeface has no letter {character!r} (in {text!r})", "use another character"
            )
        outline = _glyph(weight, info.codepoint)
        outlines.append(outline + np.array([x + position.x_offset, position.y_offset]))
        x += position.x_advance
    return np.concatenate(outlines) / em, x / em


def text_width(text: str, style: TypeStyle) -> float:
    """Width of a line in scene units."""
    return _set_line(text, style.weight)[1] * px(style.size_px)


def wrap(text: str, style: TypeStyle, width: float) -> list[str]:
    """Break text into the fewest lines no wider than `width`, as even as can be.

    Parameters
    ----------
    text
        Words; a line feed forces a break.
    style
        How it is set.
    width
        Widest line in scene units. A single longer word stands alone on its line.
    """
    return [line for part in text.split("\n") for line in _wrap_part(part.split(), style, width)]


def _wrap_part(words: list[str], style: TypeStyle, width: float) -> list[str]:
    fewest = len(_greedy(words, style, width))
    low, high = 0.0, width
    for _ in range(24):  # narrow the measure as far as the number of lines stays the same
        middle = (low + high) / 2
        lines = _greedy(words, style, middle)
        fits = len(lines) == fewest and all(text_width(line, style) <= middle for line in lines)
        low, high = (low, middle) if fits else (middle, high)
    return _greedy(words, style, high)


def _greedy(words: list[str], style: TypeStyle, width: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, style) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


class TextLine(Shape):
    """One line of text, its base line starting at the origin.

    Parameters
    ----------
    text
        The words.
    style
        How they are set.
    color
        `#rrggbb`.

    Attributes
    ----------
    text
        The words, for tests and transcripts.
    advance
        Width in scene units.
    """

    def __init__(self, text: str, style: TypeStyle, color: str) -> None:
        super().__init__(fill=color)
        outline, advance = _set_line(text, style.weight)
        scale = px(style.size_px)
        self.text = text
        self.advance = advance * scale
        self.set_points(np.column_stack([outline * scale, np.zeros(len(outline))]))
