"""What all pages to print have in common: papers, type, head, and pictures in their frames."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from manim import Mobject
from PIL import Image

from spineanim.content.artwork.art import Artwork
from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.picture.camera import StageCamera
from spineanim.picture.kiln import watched
from spineanim.render.files import written_aside
from spineanim.render.logo import draw_logo
from spineanim.render.making import Progress
from spineanim.render.pdf import Page, Window, draw_stage, pdf_page
from spineanim.render.typeset import Desk, Letters
from spineanim.scene import SpineScene

PAPERS: Final = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
"""Width and height of papers, points."""
RADIUS_PT: Final = 7.0
"""Of the corners of pictures."""
_LOGO_PT: Final = (120.0, 34.0)
_BESIDE_PT: Final = 12.0
"""Least room between what stands in one line of the head."""
_FRAME_PX: Final = 1920.0
_PRINTED_DPI: Final = 300.0
"""Pictures are no finer: nobody would see more."""


@dataclass(frozen=True)
class PageType:
    """The sizes of type of a page; none is under 11 points."""

    kicker: Letters
    title: Letters
    lead: Letters
    head: Letters
    text: Letters
    number: Letters
    practice: Letters
    foot: Letters


def page_type(theme: Theme) -> PageType:
    """Return the type that pages in a theme are set in."""
    ink, accent, soft = (
        theme.color(f"{each}") for each in ("ink.title", "accent.focus", "ink.label")
    )
    return PageType(
        kicker=Letters(12.0, 15.0, "SemiBold", accent),
        title=Letters(25.0, 29.0, "SemiBold", ink),
        lead=Letters(12.5, 16.5, "Regular", soft),
        head=Letters(15.5, 19.0, "SemiBold", ink),
        text=Letters(12.8, 16.8, "Regular", soft),
        number=Letters(14.0, 14.0, "SemiBold", "#FFFFFF"),
        practice=Letters(11.0, 14.0, "SemiBold", theme.color("ink.secondary")),
        foot=Letters(11.0, 14.0, "Regular", theme.color("ink.secondary")),
    )


@contextmanager
def paper_page(
    file: Path, paper: str, title: str, subject: str, language: str, baking: Progress
) -> Iterator[Desk]:
    """Give the first page of a PDF on a paper; the file is there when the block ends well.

    Parameters
    ----------
    file
        Where to.
    paper
        Name of the paper.
    title, subject, language
        What the file says of itself.
    baking
        Told of the bakes.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    with (
        written_aside(file.parent) as aside,
        watched(baking),
        pdf_page(aside / file.name, *PAPERS[paper], title, subject, language) as page,
    ):
        yield Desk(page)


@dataclass(frozen=True)
class Head:
    """What stands at the top of the first page: its words, and who gives it.

    Attributes
    ----------
    kicker, title, lead
        Small line above the title, title, and what it is about.
    practice_name
        Name of the practice; may be empty.
    logo
        Its logo, if there is one.
    """

    kicker: str
    title: str
    lead: str
    practice_name: str
    logo: Artwork | None


def head_of(parameters: Parameters, kicker: str, title: str, lead: str) -> Head:
    """Return a head with the practice's name and logo."""
    return Head(kicker, title, lead, parameters.practice_name, parameters.logo)


def draw_head(desk: Desk, kinds: PageType, head: Head, margin_pt: float, wide_pt: float) -> float:
    """Draw a head, words on the left, practice on the right; return the next line's base line.

    Parameters
    ----------
    desk
        Of the page.
    kinds
        Its type.
    head
        What is said.
    margin_pt
        Room at the page's edges.
    wide_pt
        Width of the page.

    Raises
    ------
    ContentError
        The logo cannot be drawn.
    """
    top = margin_pt
    base, right, inner = top + 11.0, wide_pt - margin_pt, wide_pt - 2 * margin_pt
    if head.logo:
        wide = draw_logo(desk.ctx, head.logo, right, top - 4.0, _LOGO_PT)
        right -= wide + 10.0 if wide else 0.0
    if head.practice_name:
        width = kinds.practice.width_pt(head.practice_name)
        desk.line(head.practice_name, kinds.practice, right - width, base)
        right -= width + _BESIDE_PT
    if margin_pt + kinds.kicker.width_pt(head.kicker) > right:
        base += kinds.practice.leading_pt + 10.0
    desk.line(head.kicker, kinds.kicker, margin_pt, base)
    y = desk.block(head.title, kinds.title, margin_pt, base + 31.0, inner)
    return desk.block(head.lead, kinds.lead, margin_pt, y - kinds.title.leading_pt + 24.0, inner)


@dataclass(frozen=True)
class Place:
    """Where a part of the frame stands on a page.

    Attributes
    ----------
    window_px
        Left, top, width and height of what is shown, in pixels of a frame 1920 wide.
    at_pt
        Upper left corner on the page.
    width_pt
        Width on the page.
    """

    window_px: tuple[float, float, float, float]
    at_pt: tuple[float, float]
    width_pt: float

    @property
    def height_pt(self) -> float:
        """Height on the page."""
        return self.width_pt * self.window_px[3] / self.window_px[2]

    def window(self, camera: StageCamera) -> Window:
        """Return the same window in pixels of a camera, with round corners."""
        scale = camera.pixel_width / _FRAME_PX
        corner = RADIUS_PT * self.window_px[2] / self.width_pt
        return Window(*(scale * each for each in (*self.window_px, corner)))


def draw_unnamed(page: Page, scene: SpineScene, place: Place) -> None:
    """Draw a scene as it stands without its labels, which would be too small to read."""
    camera = scene.stage_camera
    draw_stage(camera, _unnamed(scene), page, place.at_pt, place.width_pt, place.window(camera))


def draw_named(page: Page, scene: SpineScene, place: Place) -> None:
    """Draw a scene as it stands: its labels in vectors over one picture of all else.

    Parts in vectors with pictures and masks of their own, as `draw_unnamed` has them, would make a
    page of several scenes heavy to send and to print.
    """
    camera = scene.stage_camera
    camera.reset()
    camera.capture_mobjects(_unnamed(scene))
    frame = Image.fromarray(camera.pixels())
    window = place.window(camera)
    share = min(place.width_pt / 72.0 * _PRINTED_DPI / window.width_px, 1.0)
    size_px = round(share * frame.width), round(share * frame.height)
    pixels = np.asarray(frame.resize(size_px, Image.Resampling.LANCZOS), dtype=np.uint8)
    draw_stage(
        camera,
        scene.labels_shown,
        page,
        place.at_pt,
        place.width_pt,
        window,
        over=pixels,
    )


def _unnamed(scene: SpineScene) -> list[Mobject]:
    named = set(scene.labels_shown)
    return [each for each in scene.mobjects if each not in named]


def outline_frame(desk: Desk, theme: Theme, place: Place) -> None:
    """Draw the thin line around a picture."""
    desk.rounded(*place.at_pt, place.width_pt, place.height_pt, RADIUS_PT)
    desk.color(theme.color("panel.stroke"))
    desk.ctx.set_line_width(0.75)
    desk.ctx.stroke()
