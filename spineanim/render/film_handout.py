"""A film on paper: each of its beats in a picture and words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from spineanim.content.page import PagePicture, load_page_words
from spineanim.content.project import Project
from spineanim.content.settings import Settings
from spineanim.content.theme import Theme
from spineanim.content.words import spoken
from spineanim.errors import OutputError
from spineanim.picture.kiln import watched
from spineanim.render.files import written_aside
from spineanim.render.illustrations import take_pictures
from spineanim.render.making import Progress, say_nothing
from spineanim.render.pagination import Pages, Room, paginated
from spineanim.render.pdf import Page, pdf_page
from spineanim.render.quality import Quality
from spineanim.render.renderer import Frame
from spineanim.render.stationery import (
    PAPERS,
    Head,
    Place,
    draw_head,
    draw_named,
    outline_frame,
    page_type,
)
from spineanim.render.typeset import Desk, Letters
from spineanim.scene import SpineScene

_MARGIN_PT: Final = 40.0
_WINDOW_PX: Final = (44.0, 34.0, 1832.0, 830.0)
"""What of the frame is shown: all but the edge, and the room for captions, which is empty."""
_WIDEST_PT, _LEAST_WIDE_PT, _STEP_PT = 348.0, 314.0, 2.0
"""Width of pictures: on the least, labels are 6.5 points high."""
_BESIDE_PT: Final = 16.0
"""Between a picture and its words."""
_GAP_PT, _WIDEST_GAP_PT = 14.0, 36.0
_HEAD_GAP_PT: Final = 4.0
_TALK_PT, _TALK_GAP_PT, _PAD_PT = 34.0, 18.0, 14.0
_FOOT_PT: Final = 24.0
"""Room for the line with the page's number."""


@dataclass(frozen=True)
class Row:
    """A picture and its words.

    Attributes
    ----------
    moment
        Whose end state is shown.
    kicker
        Small line above the title; may be empty.
    title, text
        Its words.
    """

    moment: str
    kicker: str
    title: str
    text: str


def rows_of(settings: Settings) -> tuple[Row, ...]:
    """Return the beats of a film with their captions; of a programme its scenes."""
    if settings.parts:
        return tuple(
            Row(name, part.script.kicker, part.script.title, part.script.summary)
            for name, part in settings.parts.items()
        )
    return tuple(
        Row(beat.name, "", beat.title, " ".join(each.text for each in beat.captions))
        for beat in settings.script.beats
    )


@dataclass(frozen=True)
class RowType:
    """The sizes of type beside a picture, and at the foot."""

    kicker: Letters
    title: Letters
    text: Letters
    foot: Letters

    def in_order(self, row: Row) -> tuple[tuple[str, Letters], ...]:
        """Words of a row, from above, and how they are set."""
        words = ((row.kicker, self.kicker), (row.title, self.title), (row.text, self.text))
        return tuple(each for each in words if each[0])

    def height_pt(self, row: Row, width_pt: float) -> float:
        """Height of a row's words in a measure."""
        return sum(
            len(letters.broken(text, width_pt)) * letters.leading_pt
            for text, letters in self.in_order(row)
        )


def row_type(theme: Theme) -> RowType:
    """Return the type that rows in a theme are set in."""
    ink, soft = theme.color("ink.title"), theme.color("ink.label")
    return RowType(
        kicker=Letters(11.0, 15.0, "SemiBold", theme.color("accent.focus")),
        title=Letters(15.5, 19.0, "SemiBold", ink),
        text=Letters(12.8, 16.8, "Regular", soft),
        foot=Letters(11.0, 14.0, "Regular", theme.color("ink.secondary")),
    )


@dataclass(frozen=True)
class _Plan:
    """How wide pictures are, and which rows stand on which page."""

    picture_wide: float
    words_wide: float
    heights: tuple[float, ...]
    pages: Pages


def draw_film_handout(
    project: Project,
    scene: str,
    settings: Settings,
    quality: Quality,
    file: Path,
    *,
    paper: str = "a4",
    baking: Progress = say_nothing,
) -> Path:
    """Draw a film as a PDF to print: every beat's end state, its title and its captions.

    Of a programme its scenes are shown, each with its summary.

    Parameters
    ----------
    project
        Where the scene is.
    scene
        Its name.
    settings
        What it is told.
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
        The scene or a text is missing, a beat has more words than a page has room for, or the
        file cannot be written.
    """
    script, rows = settings.script, rows_of(settings)
    wide, high = PAPERS[paper]
    say = spoken(settings.parameters, project, script.language).words
    talk = load_page_words(project, "handout", script.language, say)
    logo, practice = settings.parameters.logo, settings.parameters.practice_name
    head = Head(
        script.kicker,
        script.title,
        script.summary,
        practice,
        project.artwork / logo if logo else None,
    )
    with (
        written_aside(file.parent) as aside,
        watched(baking),
        pdf_page(
            aside / file.name, wide, high, script.title, script.summary, script.language
        ) as page,
    ):
        desk = Desk(page)
        top = draw_head(desk, page_type(settings.theme), head, _MARGIN_PT, wide) + _HEAD_GAP_PT
        plan = _planned(rows, row_type(settings.theme), wide, high, top)
        sheets = _Sheets(page, desk, settings, rows, plan, top, wide, high)
        names = [PagePicture(row.moment, scene, row.moment) for row in rows]
        take_pictures(project, names, {scene: settings}, quality, sheets.take)
        sheets.end(talk.text("talk", "title"), talk.text("talk", "text"))
    return file


def _planned(rows: Sequence[Row], kinds: RowType, wide: float, high: float, top: float) -> _Plan:
    """Choose the fewest pages, and then the widest pictures."""
    bottom = high - _MARGIN_PT
    best: _Plan | None = None
    width = _WIDEST_PT
    while width >= _LEAST_WIDE_PT:
        words_wide = wide - 2 * _MARGIN_PT - width - _BESIDE_PT
        picture_high = width * _WINDOW_PX[3] / _WINDOW_PX[2]
        heights = tuple(max(picture_high, kinds.height_pt(row, words_wide)) for row in rows)
        pages = None
        for foot in (0.0, _FOOT_PT):
            whole = bottom - foot
            room = Room(whole - top, whole - _MARGIN_PT, _TALK_GAP_PT + _TALK_PT, _GAP_PT)
            pages = paginated(heights, room)
            if pages is not None and len(pages) == 1:
                break
        if pages is not None and (best is None or len(pages) < len(best.pages)):
            best = _Plan(width, words_wide, heights, pages)
        width -= _STEP_PT
    if best is None:
        raise OutputError(
            "a beat has more words than a page has room for", "shorten its captions or its title"
        )
    return best


@dataclass
class _Sheets:
    """Fills page after page as a film comes to the end states of its beats."""

    page: Page
    desk: Desk
    settings: Settings
    rows: Sequence[Row]
    plan: _Plan
    top: float
    wide: float
    high: float

    def __post_init__(self) -> None:
        self.kinds = row_type(self.settings.theme)
        self.tops = self._tops()

    @property
    def bottom(self) -> float:
        """Where rows and what follows them must end."""
        return self.high - _MARGIN_PT - (_FOOT_PT if len(self.plan.pages) > 1 else 0.0)

    def _tops(self) -> dict[str, tuple[int, float]]:
        """Page, from 1, and top of each row; the rows of a page are equally far apart."""
        plan, tops = self.plan, {}
        for number, some in enumerate(plan.pages):
            y = self.top if number == 0 else _MARGIN_PT
            end = _TALK_PT + _TALK_GAP_PT if number == len(plan.pages) - 1 else 0.0
            spare = self.bottom - y - end - sum(plan.heights[each] for each in some)
            gap = min(spare / max(len(some) - 1, 1), _WIDEST_GAP_PT)
            for each in some:
                tops[self.rows[each].moment] = number + 1, y
                y += plan.heights[each] + gap
        return tops

    def take(self, scene: SpineScene, picture: PagePicture, _draw: Callable[[], Frame]) -> None:
        """Draw the row of a moment; the scene stands in it."""
        number, top = self.tops[picture.name]
        if self.page.number < number:
            self._foot()
            self.page.turn()
        plan = self.plan
        place = Place(_WINDOW_PX, (_MARGIN_PT, top), plan.picture_wide)
        draw_named(self.page, scene, place)
        outline_frame(self.desk, self.settings.theme, place)
        row = next(each for each in self.rows if each.moment == picture.name)
        y, x = top, _MARGIN_PT + plan.picture_wide + _BESIDE_PT
        for text, letters in self.kinds.in_order(row):
            base = y + 0.76 * letters.leading_pt
            y = self.desk.block(text, letters, x, base, plan.words_wide) - base + y

    def end(self, title: str, text: str) -> None:
        """Draw what ends the last page: whom to talk with."""
        theme, kinds = self.settings.theme, page_type(self.settings.theme)
        wide, top = self.wide - 2 * _MARGIN_PT, self.bottom - _TALK_PT
        self.desk.rounded(_MARGIN_PT, top, wide, _TALK_PT, 9.0)
        self.desk.color(theme.color("accent.focus_soft"), 0.55)
        self.desk.ctx.fill()
        x, base = _MARGIN_PT + _PAD_PT, top + 22.0
        self.desk.line(title, self.kinds.title, x, base)
        x += self.kinds.title.width_pt(title) + 12.0
        self.desk.block(text, kinds.text, x, base, self.wide - _MARGIN_PT - _PAD_PT - x)
        self._foot()

    def _foot(self) -> None:
        """Draw the line with the page's number, if there are several."""
        count = len(self.plan.pages)
        if count == 1:
            return
        number, base = f"{self.page.number} / {count}", self.high - _MARGIN_PT
        letters = self.kinds.foot
        self.desk.line(self.settings.script.title, letters, _MARGIN_PT, base)
        right = self.wide - _MARGIN_PT - letters.width_pt(number)
        self.desk.line(number, letters, right, base)
