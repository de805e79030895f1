"""The stage on a page of a PDF: words and lines as vectors over embedded pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import cairo
import numpy as np
from manim import Mobject
from numpy.typing import NDArray
from PIL import Image

from spineanim.content.project import MASTER_LANGUAGE
from spineanim.picture.bounds import in_order
from spineanim.picture.camera import StageCamera
from spineanim.picture.paper import PaperContext
from spineanim.picture.pyramid import Picture
from spineanim.render.pdf_words import WrittenLine, add_words

_GROUND_SHRINKS: Final = 4
"""The empty ground is smooth: a picture this much smaller does."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Window:
    """What of the frame is shown.

    Attributes
    ----------
    left_px, top_px, width_px, height_px
        A rectangle in pixels of the camera.
    radius_px
        Of its corners.
    """

    left_px: float
    top_px: float
    width_px: float
    height_px: float
    radius_px: float = 0.0


@dataclass
class Page:
    """The page of a PDF that is being drawn.

    Attributes
    ----------
    surface
        What is drawn on.
    drawn
        What has been drawn, kept until the file is written: Cairo refers to packed pictures till
        then, and frees them with the contexts they were laid by.
    lines
        Words of each page so far, in the order they are read.
    """

    surface: cairo.PDFSurface
    drawn: list[PaperContext] = field(default_factory=list)
    lines: list[list[WrittenLine]] = field(default_factory=lambda: [[]])

    @property
    def number(self) -> int:
        """Number of the page, counted from 1."""
        return len(self.lines)

    def turn(self) -> None:
        """Go on to the next page, which is empty."""
        self.surface.show_page()
        self.lines.append([])


@contextmanager
def pdf_page(
    file: Path,
    width_pt: float,
    height_pt: float,
    title: str,
    subject: str = "",
    language: str = MASTER_LANGUAGE,
) -> Iterator[Page]:
    """Give the first page of a PDF; the file is written when the block ends.

    Parameters
    ----------
    file
        Where to.
    width_pt, height_pt
        Size of the pages in points.
    title, subject
        What the file says of itself.
    language
        Code of the language of what is written on it.
    """
    surface = cairo.PDFSurface(str(file), width_pt, height_pt)
    surface.restrict_to_version(cairo.PDFVersion.VERSION_1_4)
    surface.set_metadata(cairo.PDF_METADATA_TITLE, title)
    surface.set_metadata(cairo.PDF_METADATA_SUBJECT, subject)
    surface.set_metadata(cairo.PDF_METADATA_CREATE_DATE, "")
    page = Page(surface)
    yield page
    surface.finish()
    page.drawn.clear()
    if any(page.lines):
        add_words(file, page.lines, height_pt, language)


def draw_stage(
    camera: StageCamera,
    mobjects: Iterable[Mobject],
    page: Page,
    at_pt: Point,
    width_pt: float,
    window: Window | None = None,
    *,
    over: NDArray[np.uint8] | None = None,
) -> None:
    """Draw what a camera sees on a page.

    Parameters
    ----------
    camera
        It is asked where it looks and how finely it draws; its pixels stay as they are.
    mobjects
        What is on the stage.
    page
        Where to draw.
    at_pt
        Upper left corner of the picture on the page, points.
    width_pt
        Width of the picture.
    window
        What of the frame is shown; all of it when omitted.
    over
        Pixels (H, W, 4) RGBA of a whole frame that they are drawn over, of any size; the empty
        ground when omitted.
    """
    window = window or Window(0.0, 0.0, camera.pixel_width, camera.pixel_height)
    scale = width_pt / window.width_px
    page.surface.set_device_scale(scale, scale)
    page.surface.set_device_offset(
        at_pt[0] - scale * window.left_px, at_pt[1] - scale * window.top_px
    )
    ctx = PaperContext(page.surface)
    page.drawn.append(ctx)
    _round_rectangle(ctx, window)
    ctx.clip()
    ground = Image.fromarray(np.asarray(camera.background if over is None else over, np.uint8))
    size_px = camera.pixel_width, camera.pixel_height
    _lay_ground(ctx, ground.reduce(_GROUND_SHRINKS) if over is None else ground, size_px)
    ctx.set_matrix(camera.context().get_matrix())
    camera.draw_all(in_order(mobjects), ctx)
    page.surface.set_device_offset(0.0, 0.0)
    page.surface.set_device_scale(1.0, 1.0)


def _lay_ground(ctx: PaperContext, picture: Image.Image, size_px: tuple[int, int]) -> None:
    ground = Picture(np.asarray(picture, dtype=np.uint8))
    ctx.save()
    ctx.scale(size_px[0] / picture.width, size_px[1] / picture.height)
    ctx.set_source_surface(ground.surface)
    ctx.paint()
    ctx.restore()


def _round_rectangle(ctx: PaperContext, window: Window) -> None:
    left, top, radius = window.left_px, window.top_px, window.radius_px
    right, bottom = left + window.width_px, top + window.height_px
    corners = ((right, top), (right, bottom), (left, bottom), (left, top))
    ctx.new_path()
    for quarter, (x, y) in enumerate(corners, start=-1):
        inward_x = x - radius if x == right else x + radius
        inward_y = y - radius if y == bottom else y + radius
        start = quarter * np.pi / 2
        ctx.arc(inward_x, inward_y, radius, start, start + np.pi / 2)
    ctx.close_path()
