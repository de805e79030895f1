"""Contact sheets: many pictures of parts on one light ground, each with its name under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cairo
import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme, TypeStyle
from spineanim.geometry.axes import Points2, View
from spineanim.geometry.parts import Part
from spineanim.picture.gbuffer import GBuffer
from spineanim.picture.image import BakedImage
from spineanim.picture.kiln import Kiln, Recipe
from spineanim.picture.lettering import TextLine
from spineanim.picture.raster import Box, Float32, Grid, fill_coverage, stroke_coverage
from spineanim.picture.shade import Finish, shade
from spineanim.stage import px

Pixels = NDArray[np.uint8]
"""Red, green, blue (H, W, 3)."""

_MARGIN_PX = 44
_GAP_PX = 30
_LABEL_GAP_PX = 10
_OUTLINE_PX = 2.0


@dataclass(frozen=True, eq=False)
class Panel:
    """One picture of a sheet.

    Parameters
    ----------
    label : str
        What stands under it.
    parts : tuple of Part
        In the order they are laid over one another on a cut.
    view : View
        Its scale is that on the finished sheet.
    window_mm : tuple of float, optional
        Left, bottom, right and top of what is shown in the view's plane; default all.
    outlines : tuple of (str, ndarray (N, 2))
        Shapes under the parts: role in the theme and closed curve in the view's plane (mm).
    """

    label: str
    parts: tuple[Part, ...]
    view: View
    window_mm: Box | None = None
    outlines: tuple[tuple[str, Points2], ...] = ()


@dataclass(frozen=True, eq=False)
class Sheet:
    """Rows of pictures under a title.

    Parameters
    ----------
    name : str
        Stem of the file.
    title : str
    rows : tuple of tuple of Panel
        Rows of one length stand in columns.
    headings : tuple of str
        What stands before each row; empty for none.
    """

    name: str
    title: str
    rows: tuple[tuple[Panel, ...], ...]
    headings: tuple[str, ...] = ()

    @property
    def panels(self) -> Iterator[Panel]:
        """All pictures, row by row."""
        return (panel for row in self.rows for panel in row)


@dataclass(frozen=True)
class Fineness:
    """How large a sheet is made, and how finely it is baked.

    Parameters
    ----------
    times : float
        Size against the sheet as it is laid out.
    oversample : int
        Rays a pixel in each direction.
    """

    times: float = 1.0
    oversample: int = 2


def draw_sheet(sheet: Sheet, kiln: Kiln, theme: Theme, fineness: Fineness) -> Pixels:
    """Bake, shade and lay out a sheet."""
    recipes = [_recipes(panel, fineness) for panel in sheet.panels]
    buffers = iter(kiln.fire([item for panel in recipes for item in panel]))
    pictures = []
    for panel, rows in zip(sheet.panels, recipes, strict=True):
        seen = [(item.part, next(buffers)) for item in rows]
        pictures.append(_picture(panel, seen, theme, fineness))
    return _Layout(sheet, pictures, theme, fineness).drawn()


def recipe_count(sheet: Sheet) -> int:
    """Count the pictures of single parts that a sheet is made of."""
    return sum(len(panel.parts) for panel in sheet.panels)


def _recipes(panel: Panel, fineness: Fineness) -> list[Recipe]:
    """Recipes of what has to be baked for a picture."""
    view = panel.view.at_scale(panel.view.px_per_mm * fineness.times * fineness.oversample)
    return [Recipe(part, view) for part in panel.parts]


def _picture(
    panel: Panel,
    seen: Sequence[tuple[Part, GBuffer | None]],
    theme: Theme,
    fineness: Fineness,
) -> Float32:
    """One picture, premultiplied RGBA 0 to 1, (H, W, 4)."""
    found = [(part, buffer) for part, buffer in seen if buffer is not None]
    scale = panel.view.px_per_mm * fineness.times
    shaded = shade(found, theme, Finish(fineness.oversample)) if found else None
    box = panel.window_mm or _box_of(shaded, panel)
    if box is None:
        return np.zeros((2, 2, 4), dtype=np.float32)
    grid = Grid.covering(box, scale)
    canvas = np.zeros((*grid.shape, 4), dtype=np.float32)
    for role, outline in panel.outlines:
        _fill(canvas, grid, outline, theme, role)
    if shaded is not None:
        _lay(canvas, grid, shaded)
    return canvas if panel.window_mm else _trimmed(canvas)


def _trimmed(canvas: Float32) -> Float32:
    """Cut off edges where nothing is."""
    seen = canvas[..., 3] > 0.02
    if not seen.any():
        return canvas
    rows, columns = (np.flatnonzero(seen.any(axis=axis)) for axis in (1, 0))
    return canvas[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _box_of(shaded: BakedImage | None, panel: Panel) -> Box | None:
    """Box round all that a picture shows (mm)."""
    boxes = [] if shaded is None else [shaded.box_mm]
    room = _OUTLINE_PX / panel.view.px_per_mm
    boxes += [
        (*(line.min(axis=0) - room), *(line.max(axis=0) + room)) for _, line in panel.outlines
    ]
    if not boxes:
        return None
    rows = np.array(boxes, dtype=np.float64)
    left, bottom = rows[:, :2].min(axis=0)
    right, top = rows[:, 2:].max(axis=0)
    return (float(left), float(bottom), float(right), float(top))


def _fill(canvas: Float32, grid: Grid, outline: Points2, theme: Theme, role: str) -> None:
    """Fill a closed curve with the light tone of a role and draw its edge."""
    closed = np.vstack([outline, outline[:1]])
    width = _OUTLINE_PX / grid.px_per_mm
    for tone, cover in (
        ("light", fill_coverage(grid, [outline])),
        ("line", stroke_coverage(grid, [closed], [width]) * np.float32(0.7)),
    ):
        top = np.empty_like(canvas)
        top[..., :3] = theme.rgb(f"{role}.{tone}").astype(np.float32) * cover[..., None]
        top[..., 3] = cover
        canvas *= 1 - cover[..., None]
        canvas += top


def _lay(canvas: Float32, grid: Grid, image: BakedImage) -> None:
    """Lay a baked picture over a canvas, to the nearest pixel."""
    left, _, _, top = image.box_mm
    column = round((left - grid.left_mm) * grid.px_per_mm)
    row = round((grid.top_mm - top) * grid.px_per_mm)
    source = image.rgba.astype(np.float32) / 255
    rows = slice(max(row, 0), min(row + source.shape[0], grid.height_px))
    columns = slice(max(column, 0), min(column + source.shape[1], grid.width_px))
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return
    piece = source[
        rows.start - row : rows.stop - row, columns.start - column : columns.stop - column
    ]
    canvas[rows, columns] = piece + canvas[rows, columns] * (1 - piece[..., 3:])


# ---------------------------------------------------------------------------- the sheet
class _Layout:
    """Places of pictures and words on a sheet (pixels)."""

    def __init__(
        self, sheet: Sheet, pictures: list[Float32], theme: Theme, fineness: Fineness
    ) -> None:
        self.sheet, self.theme, self.times = sheet, theme, fineness.times
        found = iter(pictures)
        self.rows = [[next(found) for _ in row] for row in sheet.rows]
        self.margin, self.gap, self.label_gap = (
            round(size * self.times) for size in (_MARGIN_PX, _GAP_PX, _LABEL_GAP_PX)
        )
        self.title, self.heading, self.label = (
            theme.style(name) for name in ("heading", "label", "detail")
        )

    def _line_px(self, style: TypeStyle) -> int:
        return round(style.line_px * self.times)

    def _widths(self) -> list[list[int]]:
        """Width of every place: of its column if all rows are of one length."""
        own = [
            [
                max(picture.shape[1], self._text_px(panel.label, self.label))
                for picture, panel in zip(row, panels, strict=True)
            ]
            for row, panels in zip(self.rows, self.sheet.rows, strict=True)
        ]
        if len({len(row) for row in own}) == 1:
            widest = [max(column) for column in zip(*own, strict=True)]
            return [widest for _ in own]
        return own

    def _text_px(self, text: str, style: TypeStyle) -> int:
        return int(np.ceil(TextLine(text, style, "#000000").advance / px(1) * self.times))

    def drawn(self) -> Pixels:
        """Lay everything out and paint it."""
        widths = self._widths()
        before = max((self._text_px(text, self.heading) for text in self.sheet.headings), default=0)
        start = self.margin + (before + self.gap if before else 0)
        across = max(sum(row) + self.gap * (len(row) - 1) for row in widths)
        title_px = self._text_px(self.sheet.title, self.title)
        wide = max(start + across, self.margin + title_px) + self.margin
        highs = [max(picture.shape[0] for picture in row) for row in self.rows]
        label_px = self.label_gap + self._line_px(self.label) + self.gap
        top = self.margin + self._line_px(self.title) + self.gap
        canvas = self._ground(top + sum(highs) + label_px * len(highs) + self.margin // 2, wide)
        self._write(canvas, self.sheet.title, self.title, self.margin, self.margin)
        for index, (row, high) in enumerate(zip(self.rows, highs, strict=True)):
            if self.sheet.headings:
                middle = top + (high - self._line_px(self.heading)) // 2
                self._write(canvas, self.sheet.headings[index], self.heading, self.margin, middle)
            self._row(canvas, index, row, widths[index], (start, top, high))
            top += high + label_px
        return np.asarray(np.clip(canvas * 255 + 0.5, 0, 255), dtype=np.uint8)

    def _row(
        self,
        canvas: Float32,
        index: int,
        row: list[Float32],
        widths: list[int],
        place: tuple[int, int, int],
    ) -> None:
        """Paint one row: each picture in the middle of its place, its label under it."""
        left, top, high = place
        for picture, panel, wide in zip(row, self.sheet.rows[index], widths, strict=True):
            column = left + (wide - picture.shape[1]) // 2
            line = top + (high - picture.shape[0]) // 2
            spot = (
                slice(line, line + picture.shape[0]),
                slice(column, column + picture.shape[1]),
            )
            canvas[spot] = picture[..., :3] + canvas[spot] * (1 - picture[..., 3:])
            indent = (wide - self._text_px(panel.label, self.label)) // 2
            self._write(canvas, panel.label, self.label, left + indent, top + high + self.label_gap)
            left += wide + self.gap

    def _ground(self, high: int, wide: int) -> Float32:
        """Light ground of the theme, top to bottom."""
        ends = [
            self.theme.rgb(f"background.{name}").astype(np.float32) for name in ("top", "bottom")
        ]
        share = np.linspace(0, 1, high, dtype=np.float32)[:, None, None]
        return np.ascontiguousarray(
            np.broadcast_to(ends[0] * (1 - share) + ends[1] * share, (high, wide, 3))
        )

    def _write(self, canvas: Float32, text: str, style: TypeStyle, left: int, top: int) -> None:
        """Write one line, the top of its line at a height."""
        scale = self.times / px(1)
        line = TextLine(text, style, self.theme.color(style.color))
        high, wide = self._line_px(style) + 2, self._text_px(text, style) + 4
        base = 0.76 * self._line_px(style)
        cover = _text_coverage(line.points[:, :2] * scale, (high, wide), base)
        rows = slice(top, min(top + high, canvas.shape[0]))
        columns = slice(left, min(left + wide, canvas.shape[1]))
        piece = cover[: rows.stop - top, : columns.stop - left, None]
        ink = self.theme.rgb(style.color).astype(np.float32)
        canvas[rows, columns] = canvas[rows, columns] * (1 - piece) + ink * piece


def _text_coverage(points_px: Points2, shape: tuple[int, int], base_px: float) -> Float32:
    """Cover of a line of text: Bézier points (4 n, 2), base line at a height, (H, W)."""
    high, wide = shape
    surface = cairo.ImageSurface(cairo.FORMAT_A8, wide, high)
    context = cairo.Context(surface)
    context.translate(1.0, base_px)
    context.scale(1.0, -1.0)
    curves = points_px.reshape(-1, 4, 2)
    ends = [None, *(before[3] for before, _ in pairwise(curves))]
    for end, (first, one, two, last) in zip(ends, curves, strict=True):
        if end is None or np.max(np.abs(end - first)) > 1e-6:
            context.move_to(*first)
        context.curve_to(*one, *two, *last)
    context.fill()
    surface.flush()
    rows = np.frombuffer(surface.get_data(), dtype=np.uint8).reshape(high, surface.get_stride())
    return np.asarray(rows[:, :wide], dtype=np.float32) / np.float32(255)
