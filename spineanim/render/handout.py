"""The handout: the steps in pictures and words, on one page to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from spineanim.content.page import PagePicture, PageWords
from spineanim.content.project import Project
from spineanim.content.settings import Settings
from spineanim.content.theme import Theme
from spineanim.errors import OutputError
from spineanim.render.illustrations import take_pictures
from spineanim.render.making import Progress, say_nothing
from spineanim.render.quality import Quality
from spineanim.render.renderer import Frame
from spineanim.render.stationery import (
    PAPERS,
    PageType,
    Place,
    draw_head,
    draw_unnamed,
    head_of,
    outline_frame,
    page_type,
    paper_page,
)
from spineanim.render.typeset import Desk
from spineanim.scene import SpineScene

_MARGIN_PT: Final = 45.0
_TITLE_PT: Final = 86.0
"""Height of the title with its lead's first line; more where a name needs a line of its own."""
_FOOT_PT: Final = 92.0
_NUMBER_PT, _NUMBER_RADIUS_PT = 40.0, 12.5
_GAP_PT: Final = 16.0
_PICTURE_SHAPE: Final = 1.6
"""Width of a picture by its height."""


@dataclass(frozen=True)
class _Layout:
    """Where things stand on a page, points from its upper left corner."""

    wide: float
    high: float
    steps_top: float
    row: float

    @property
    def picture_high(self) -> float:
        """Height of a step's picture."""
        return self.row - _GAP_PT

    @property
    def picture_wide(self) -> float:
        """Width of a step's picture."""
        return self.picture_high * _PICTURE_SHAPE

    @property
    def picture_left(self) -> float:
        """Left edge of all pictures."""
        return _MARGIN_PT + _NUMBER_PT

    @property
    def words_left(self) -> float:
        """Left edge of the steps' words."""
        return self.picture_left + self.picture_wide + 20.0

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.wide - 2 * _MARGIN_PT

    def top_of(self, step: int) -> float:
        """Top of a step's row, counted from 0."""
        return self.steps_top + step * self.row


def _layout(paper: str, steps: int, head_end: float) -> _Layout:
    """Return where everything stands on a paper with so many steps, below the head."""
    wide, high = PAPERS[paper]
    steps_top = max(_MARGIN_PT + _TITLE_PT + 20.0, head_end)
    row = (high - _MARGIN_PT - _FOOT_PT - steps_top) / steps
    return _Layout(wide, high, steps_top, row)


def draw_handout(
    project: Project,
    pictures: Mapping[str, PagePicture],
    words: PageWords,
    settings: Mapping[str, Settings],
    quality: Quality,
    file: Path,
    *,
    paper: str = "a4",
    baking: Progress = say_nothing,
) -> Path:
    """Draw the handout as a PDF of one page.

    Parameters
    ----------
    project
        Where the scenes are.
    pictures
        One for each step, in order.
    words
        `title` and `text` of each picture, and of the page.
    settings
        What each scene is told, by its name.
    quality
        How finely the pictures are made, 16:9.
    file
        The file to write.
    paper
        `a4` or `letter`.
    baking
        Told of the bakes.

    Raises
    ------
    SpineanimError
        A scene, beat or text is missing, words lack room, or the file cannot be written.
    """
    told = next(iter(settings.values()))
    wide, kinds = PAPERS[paper][0], page_type(told.theme)
    title, lead, language = words.text("", "title"), words.text("", "lead"), told.script.language
    head = head_of(told.parameters, words.text("", "kicker"), title, lead)
    with paper_page(file, paper, title, lead, language, baking) as desk:
        layout = _layout(paper, len(pictures), draw_head(desk, kinds, head, _MARGIN_PT, wide))
        _draw_steps(desk, layout, kinds, words, list(pictures), told.theme)
        _draw_foot(desk, layout, kinds, words, told.theme)
        places = {
            picture.name: _place(picture, layout, step)
            for step, picture in enumerate(pictures.values())
        }

        def take(scene: SpineScene, picture: PagePicture, _draw: Callable[[], Frame]) -> None:
            draw_unnamed(desk.page, scene, places[picture.name])

        take_pictures(project, pictures.values(), settings, quality, take)
        for place in places.values():
            outline_frame(desk, told.theme, place)
    return file


def _draw_steps(
    desk: Desk, layout: _Layout, kinds: PageType, words: PageWords, names: list[str], theme: Theme
) -> None:
    """Numbers on a line down the page, and the words beside each picture."""
    x = _MARGIN_PT + _NUMBER_RADIUS_PT
    first, last = (layout.top_of(step) + _NUMBER_RADIUS_PT for step in (0, len(names) - 1))
    desk.color(theme.color("accent.focus_soft"))
    desk.ctx.set_line_width(2.5)
    desk.ctx.move_to(x, first)
    desk.ctx.line_to(x, last)
    desk.ctx.stroke()
    for step, name in enumerate(names):
        top = layout.top_of(step)
        desk.color(theme.color("accent.focus"))
        desk.ctx.arc(x, top + _NUMBER_RADIUS_PT, _NUMBER_RADIUS_PT, 0.0, 6.2832)
        desk.ctx.fill()
        number = str(step + 1)
        left = x - kinds.number.width_pt(number) / 2
        desk.line(number, kinds.number, left, top + _NUMBER_RADIUS_PT + 4.8)
        width = layout.wide - _MARGIN_PT - layout.words_left
        y = desk.block(words.text(name, "title"), kinds.head, layout.words_left, top + 15.0, width)
        y = desk.block(words.text(name, "text"), kinds.text, layout.words_left, y + 2.0, width)
        if y - kinds.text.leading_pt > top + layout.row - 4.0:
            raise OutputError(
                f"the words of step {number} ({name}) do not fit the page",
                "shorten them under assets/page",
            )


def _draw_foot(
    desk: Desk, layout: _Layout, kinds: PageType, words: PageWords, theme: Theme
) -> None:
    """Draw two fields side by side: what to talk about, and when to call."""
    top, high = layout.high - _MARGIN_PT - _FOOT_PT + 12.0, _FOOT_PT - 12.0
    wide = (layout.inner - _GAP_PT) / 2
    for number, name in enumerate(("talk", "call")):
        left = _MARGIN_PT + number * (wide + _GAP_PT)
        desk.rounded(left, top, wide, high, 9.0)
        desk.color(theme.color("accent.focus_soft"), 0.55)
        desk.ctx.fill()
        desk.line(words.text(name, "title"), kinds.head, left + 14.0, top + 23.0)
        y = desk.block(words.text(name, "text"), kinds.text, left + 14.0, top + 42.0, wide - 28.0)
        if y - kinds.text.leading_pt > top + high - 4.0:
            raise OutputError(
                f"the words of [{name}] do not fit the page", "shorten them under assets/page"
            )


def _place(picture: PagePicture, layout: _Layout, step: int) -> Place:
    """Return where a step's picture stands, and what of the frame it shows."""
    left, upper, wide, high = picture.window_px or (96.0, 0.0, 1728.0, 1080.0)
    shape = min(wide, high * _PICTURE_SHAPE)
    left, upper = left + (wide - shape) / 2, upper + (high - shape / _PICTURE_SHAPE) / 2
    window_px = left, upper, shape, shape / _PICTURE_SHAPE
    return Place(window_px, (layout.picture_left, layout.top_of(step)), layout.picture_wide)
