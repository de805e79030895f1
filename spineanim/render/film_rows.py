"""What a film's page to print says and shows, and how it is laid out in rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from spineanim.content.settings import Settings
from spineanim.content.theme import Theme
from spineanim.errors import OutputError
from spineanim.render.pagination import Room, paginated
from spineanim.render.typeset import Letters

MARGIN_PT: Final = 40.0
FOOT_PT: Final = 24.0
"""Room for the line with the page's number, where there are several pages."""
END_GAP_PT: Final = 18.0
"""Distance of what ends the last page from the rows."""
BESIDE_PT: Final = 16.0
"""Between a picture and its words."""
WINDOW_PX: Final = (44.0, 40.0, 1832.0, 844.0)
"""What of the frame is shown: all but its edge and most of the empty room for captions."""
_WIDEST_PT, _LEAST_WIDE_PT, _STEP_PT = 348.0, 314.0, 2.0
"""Width of pictures; in the narrowest, labels are 6.5 points high."""
_GAP_PT, _WIDEST_GAP_PT = 12.0, 36.0


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
        Its words; the text may be empty.
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
    """The sizes of type beside a picture; none is under 11 points."""

    kicker: Letters
    title: Letters
    text: Letters

    def in_order(self, row: Row) -> Iterator[tuple[str, Letters]]:
        """Give the words of a row, from above, and how they are set."""
        words = ((row.kicker, self.kicker), (row.title, self.title), (row.text, self.text))
        return (each for each in words if each[0])

    def height_pt(self, row: Row, width_pt: float) -> float:
        """Height of a row's words in a measure."""
        return sum(
            len(letters.broken(text, width_pt)) * letters.leading_pt
            for text, letters in self.in_order(row)
        )

    def least_width_pt(self, row: Row) -> float:
        """Width of the longest word of a row."""
        return max(
            letters.width_pt(word) for text, letters in self.in_order(row) for word in text.split()
        )


def row_type(theme: Theme) -> RowType:
    """Return the type that rows in a theme are set in."""
    ink, soft = theme.color("ink.title"), theme.color("ink.label")
    return RowType(
        kicker=Letters(11.0, 15.0, "SemiBold", theme.color("accent.focus")),
        title=Letters(15.5, 19.0, "SemiBold", ink),
        text=Letters(12.8, 16.8, "Regular", soft),
    )


@dataclass(frozen=True)
class Plan:
    """Where rows stand.

    Attributes
    ----------
    picture_wide_pt, words_wide_pt
        Width of pictures and of the words beside them.
    bottom_pt
        Where the rows of a page, and what ends the last, must end.
    page_count
        How many pages there are.
    tops
        Page, from 1, and top of each row, by its moment.
    rows_end_pt
        Where the last row ends.
    """

    picture_wide_pt: float
    words_wide_pt: float
    bottom_pt: float
    page_count: int
    tops: dict[str, tuple[int, float]]
    rows_end_pt: float


@dataclass(frozen=True)
class Space:
    """What a paper leaves for rows.

    Attributes
    ----------
    wide_pt, high_pt
        Size of the paper.
    top_pt
        Where rows begin on the first page, below its head.
    end_pt
        Height of what ends the last page.
    """

    wide_pt: float
    high_pt: float
    top_pt: float
    end_pt: float


def planned(rows: Sequence[Row], kinds: RowType, space: Space) -> Plan:
    """Lay rows on the fewest pages there can be, with pictures as wide as they can be there.

    Parameters
    ----------
    rows
        What is shown, in order.
    kinds
        Their type.
    space
        Where they may stand.

    Raises
    ------
    OutputError
        A word is wider, or a row higher, than there is room for.
    """
    inner = space.wide_pt - 2 * MARGIN_PT - BESIDE_PT
    longest = max(rows, key=kinds.least_width_pt)
    if kinds.least_width_pt(longest) > inner - _LEAST_WIDE_PT:
        raise OutputError(
            f"a word of {longest.moment} is wider than the room beside its picture",
            "choose a shorter word, or divide it with a hyphen and a space",
        )
    best: Plan | None = None
    width = min(_WIDEST_PT, inner - kinds.least_width_pt(longest))
    while width >= _LEAST_WIDE_PT:
        plan = _plan(rows, kinds, space, (width, inner - width))
        if plan and (best is None or plan.page_count < best.page_count):
            best = plan
        width -= _STEP_PT
    if best is None:
        raise OutputError(
            "a beat has more words than a page has room for", "shorten its captions or its title"
        )
    return best


def _plan(
    rows: Sequence[Row], kinds: RowType, space: Space, widths: tuple[float, float]
) -> Plan | None:
    """Lay rows on pages, for pictures and words of a width; nothing if there is no room."""
    picture_high = widths[0] * WINDOW_PX[3] / WINDOW_PX[2]
    heights = [max(picture_high, kinds.height_pt(row, widths[1])) for row in rows]
    for foot in (0.0, FOOT_PT):
        bottom, end = space.high_pt - MARGIN_PT - foot, END_GAP_PT + space.end_pt
        room = Room(bottom - space.top_pt, bottom - MARGIN_PT, end, _GAP_PT)
        pages = paginated(heights, room)
        if pages is not None and (foot or len(pages) == 1):
            starts = [space.top_pt, *[MARGIN_PT] * (len(pages) - 1)]
            ends = [*[bottom] * (len(pages) - 1), bottom - end]
            tops = {
                rows[each].moment: (number, y)
                for number, (some, *within) in enumerate(zip(pages, starts, ends, strict=True), 1)
                for each, y in _spaced(some, heights, *within)
            }
            last = tops[rows[-1].moment][1] + heights[-1]
            return Plan(*widths, bottom, len(pages), tops, last)
    return None


def _spaced(
    some: Sequence[int], heights: Sequence[float], y: float, end: float
) -> Iterator[tuple[int, float]]:
    """Give the rows of a page and their tops, equally far apart."""
    spare = end - y - sum(heights[each] for each in some)
    gap = min(spare / max(len(some) - 1, 1), _WIDEST_GAP_PT)
    for each in some:
        yield each, y
        y += heights[each] + gap
