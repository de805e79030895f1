"""The handout: the steps in pictures and words, on one page to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from spineanim.content.page import PagePicture, PageWords
from spineanim.content.parameters import Parameters
from spineanim.content.project import Project
from spineanim.content.settings import Settings
from spineanim.content.theme import Theme
from spineanim.errors import OutputError
from spineanim.picture.kiln import watched
from spineanim.render.files import written_aside
from spineanim.render.illustrations import take_pictures
from spineanim.render.logo import draw_logo
from spineanim.render.pdf import Page, Window, draw_stage, pdf_page
from spineanim.render.quality import Quality
from spineanim.render.renderer import Frame
from spineanim.render.typeset import Desk, Letters
from spineanim.scene import SpineScene

PAPERS: Final = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
"""Width and height of papers, points."""
_MARGIN_PT: Final = 45.0
_TITLE_PT: Final = 86.0
"""Height of the title with its lead's first line."""
_FOOT_PT: Final = 92.0
_NUMBER_PT, _NUMBER_RADIUS_PT = 40.0, 12.5
_GAP_PT: Final = 16.0
_LOGO_PT: Final = (120.0, 34.0)
_PICTURE_SHAPE: Final = 1.6
"""Width of a picture by its height."""
_FRAME_PX: Final = 1920.0


@dataclass(frozen=True)
class _Type:
    """The sizes of type of the page; none is under 11 points."""

    kicker: Letters
    title: Letters
    lead: Letters
    head: Letters
    text: Letters
    number: Letters
    practice: Letters


def _type(theme: Theme) -> _Type:
    ink, accent, soft = (
        theme.color(f"{each}") for each in ("ink.title", "accent.focus", "ink.label")
    )
    return _Type(
        kicker=Letters(12.0, 15.0, "SemiBold", accent),
        title=Letters(25.0, 29.0, "SemiBold", ink),
        lead=Letters(12.5, 16.5, "Regular", soft),
        head=Letters(15.5, 19.0, "SemiBold", ink),
        text=Letters(12.8, 16.8, "Regular", soft),
        number=Letters(14.0, 14.0, "SemiBold", "#FFFFFF"),
        practice=Letters(11.0, 14.0, "SemiBold", theme.color("ink.secondary")),
    )


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


def _layout(paper: str, steps: int) -> _Layout:
    """Return where everything stands on a paper with so many steps."""
    wide, high = PAPERS[paper]
    steps_top = _MARGIN_PT + _TITLE_PT + 20.0
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
    baking: Callable[[int, int], None] = lambda done, total: None,
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
    layout, kinds = _layout(paper, len(pictures)), _type(told.theme)
    title = words.text("", "title")
    with (
        written_aside(file.parent) as aside,
        watched(baking),
        pdf_page(
            aside / file.name, layout.wide, layout.high, title, words.text("", "lead")
        ) as page,
    ):
        desk = Desk(page.surface)
        _draw_head(desk, layout, kinds, words, told.parameters, project)
        _draw_steps(desk, layout, kinds, words, list(pictures), told.theme)
        _draw_foot(desk, layout, kinds, words, told.theme)
        tops = {name: layout.top_of(step) for step, name in enumerate(pictures)}

        def take(scene: SpineScene, picture: PagePicture, _draw: Callable[[], Frame]) -> None:
            _draw_picture(page, scene, picture, layout, tops[picture.name])

        take_pictures(project, pictures.values(), settings, quality, take)
        for name in pictures:
            _outline(desk, layout, tops[name], told.theme)
    return file


def _draw_head(
    desk: Desk,
    layout: _Layout,
    kinds: _Type,
    words: PageWords,
    parameters: Parameters,
    project: Project,
) -> None:
    """Title and lead on the left, the practice's logo and name on the right."""
    top, right = _MARGIN_PT, layout.wide - _MARGIN_PT
    desk.line(words.text("", "kicker"), kinds.kicker, _MARGIN_PT, top + 11.0)
    if parameters.logo:
        wide = draw_logo(desk.ctx, project.artwork / parameters.logo, right, top - 4.0, _LOGO_PT)
        right -= wide + 10.0 if wide else 0.0
    if parameters.practice_name:
        width = kinds.practice.width_pt(parameters.practice_name)
        desk.line(parameters.practice_name, kinds.practice, right - width, top + 11.0)
    desk.line(words.text("", "title"), kinds.title, _MARGIN_PT, top + 42.0)
    desk.block(words.text("", "lead"), kinds.lead, _MARGIN_PT, top + 66.0, layout.inner)


def _draw_steps(
    desk: Desk, layout: _Layout, kinds: _Type, words: PageWords, names: list[str], theme: Theme
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


def _draw_foot(desk: Desk, layout: _Layout, kinds: _Type, words: PageWords, theme: Theme) -> None:
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


def _draw_picture(
    page: Page, scene: SpineScene, picture: PagePicture, layout: _Layout, top: float
) -> None:
    """Draw a step's picture, without labels, which would be too small to read on paper."""
    camera = scene.stage_camera
    scale = camera.pixel_width / _FRAME_PX
    left, upper, wide, high = picture.window_px or (96.0, 0.0, 1728.0, 1080.0)
    shape = min(wide, high * _PICTURE_SHAPE)
    left, upper = left + (wide - shape) / 2, upper + (high - shape / _PICTURE_SHAPE) / 2
    corner = 7.0 * shape / layout.picture_wide
    window = Window(
        *(scale * each for each in (left, upper, shape, shape / _PICTURE_SHAPE, corner))
    )
    seen = [each for each in scene.mobjects if each not in set(scene.labels_shown)]
    draw_stage(camera, seen, page, (layout.picture_left, top), layout.picture_wide, window)


def _outline(desk: Desk, layout: _Layout, top: float, theme: Theme) -> None:
    desk.rounded(layout.picture_left, top, layout.picture_wide, layout.picture_high, 7.0)
    desk.color(theme.color("panel.stroke"))
    desk.ctx.set_line_width(0.75)
    desk.ctx.stroke()
