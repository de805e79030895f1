"""A film on paper: each of its beats in a picture and words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from spineanim.content.page import PagePicture, PageWords, load_page_words
from spineanim.content.project import Project
from spineanim.content.settings import Settings
from spineanim.content.theme import Theme
from spineanim.content.words import spoken
from spineanim.render.film_rows import (
    BESIDE_PT,
    MARGIN_PT,
    WINDOW_PX,
    Plan,
    Row,
    Space,
    planned,
    row_type,
    rows_of,
)
from spineanim.render.illustrations import take_pictures
from spineanim.render.making import Progress, say_nothing
from spineanim.render.quality import Quality
from spineanim.render.renderer import Frame
from spineanim.render.stationery import (
    PAPERS,
    PageType,
    Place,
    draw_head,
    draw_named,
    head_of,
    outline_frame,
    page_type,
    paper_page,
)
from spineanim.render.typeset import Desk
from spineanim.scene import SpineScene

_BELOW_HEAD_PT: Final = 4.0
_PAD_PT: Final = 14.0
_ABOVE_NOTES_PT: Final = 30.0
_ABOVE_FOOT_PT: Final = 8.0
_NOTE_PT, _FEWEST_NOTES = 30.0, 3
"""Height of a line to write on, and how many there are at least, if any."""
_CAP_SHARE: Final = 0.76
"""Of a line's height lies above its base line."""


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
    script, rows, paper_pt = settings.script, rows_of(settings), PAPERS[paper]
    said = script.title, script.summary, script.language
    say = spoken(settings.parameters, project, script.language).words
    words = load_page_words(project, "handout", script.language, say)
    head = head_of(settings.parameters, script.kicker, script.title, script.summary)
    with paper_page(file, paper, *said, baking) as desk:
        top = draw_head(desk, page_type(settings.theme), head, MARGIN_PT, paper_pt[0])
        end = _End.of(settings, words, paper_pt[0])
        space = Space(*paper_pt, top + _BELOW_HEAD_PT, end.high)
        plan = planned(rows, row_type(settings.theme), space)
        sheets = _Sheets(desk, settings, {row.moment: row for row in rows}, plan, end, *paper_pt)
        names = [PagePicture(row.moment, scene, row.moment) for row in rows]
        take_pictures(project, names, {scene: settings}, quality, sheets.take)
        sheets.end()
    return file


@dataclass(frozen=True)
class _End:
    """What ends the last page: whom to talk with, and of what."""

    title: str
    lines: tuple[str, ...]
    left: float
    kinds: PageType

    @classmethod
    def of(cls, settings: Settings, words: PageWords, wide: float) -> _End:
        """Return the end of a film's pages on a paper of a width."""
        kinds = page_type(settings.theme)
        is_procedure = settings.parts or settings.script.step
        table = "talk" if is_procedure else "ask"
        title, left = words.text(table, "title"), MARGIN_PT + _PAD_PT
        left += kinds.head.width_pt(title) + 12.0
        lines = kinds.text.broken(words.text(table, "text"), wide - MARGIN_PT - _PAD_PT - left)
        return cls(title, tuple(lines), left, kinds)

    @property
    def high(self) -> float:
        """Its height."""
        return 17.2 + len(self.lines) * self.kinds.text.leading_pt

    def draw(self, desk: Desk, theme: Theme, top: float, wide: float) -> None:
        """Draw it with its upper edge at a height."""
        desk.rounded(MARGIN_PT, top, wide - 2 * MARGIN_PT, self.high, 9.0)
        desk.color(theme.color("accent.focus_soft"), 0.55)
        desk.ctx.fill()
        base = top + 22.0
        desk.line(self.title, self.kinds.head, MARGIN_PT + _PAD_PT, base)
        for line in self.lines:
            desk.line(line, self.kinds.text, self.left, base)
            base += self.kinds.text.leading_pt


@dataclass(frozen=True)
class _Sheets:
    """Fills page after page as a film comes to the end states of its beats."""

    desk: Desk
    settings: Settings
    rows: dict[str, Row]
    plan: Plan
    ending: _End
    wide: float
    high: float

    def take(self, scene: SpineScene, picture: PagePicture, _draw: Callable[[], Frame]) -> None:
        """Draw the row of a moment; the scene stands in it."""
        plan, page = self.plan, self.desk.page
        number, y = plan.tops[picture.name]
        if page.number < number:
            self._foot()
            page.turn()
        place = Place(WINDOW_PX, (MARGIN_PT, y), plan.picture_wide_pt)
        draw_named(page, scene, place)
        outline_frame(self.desk, self.settings.theme, place)
        x = MARGIN_PT + plan.picture_wide_pt + BESIDE_PT
        for text, letters in row_type(self.settings.theme).in_order(self.rows[picture.name]):
            above = _CAP_SHARE * letters.leading_pt
            y = self.desk.block(text, letters, x, y + above, plan.words_wide_pt) - above

    def end(self) -> None:
        """Draw what ends the last page, and lines to write on where there is room for some."""
        plan, end = self.plan, self.ending
        top, theme = plan.rows_end_pt + _ABOVE_NOTES_PT, self.settings.theme
        room = plan.bottom_pt - top - end.high
        if room < _FEWEST_NOTES * _NOTE_PT:
            top, room = plan.bottom_pt - end.high, 0.0
        end.draw(self.desk, theme, top, self.wide)
        self.desk.color(theme.color("ink.hairline"))
        self.desk.ctx.set_line_width(0.6)
        for number in range(int((room - _ABOVE_FOOT_PT) / _NOTE_PT)):
            y = top + end.high + (number + 1) * _NOTE_PT
            self.desk.ctx.move_to(MARGIN_PT, y)
            self.desk.ctx.line_to(self.wide - MARGIN_PT, y)
        self.desk.ctx.stroke()
        self._foot()

    def _foot(self) -> None:
        """Draw the line with the page's number, if there are several."""
        count = self.plan.page_count
        if count == 1:
            return
        number, base = f"{self.desk.page.number} / {count}", self.high - MARGIN_PT
        letters = page_type(self.settings.theme).foot
        self.desk.line(self.settings.script.title, letters, MARGIN_PT, base)
        self.desk.line(number, letters, self.wide - MARGIN_PT - letters.width_pt(number), base)
