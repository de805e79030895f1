"""Heading and captions: fixed in the frame, and a pure function of the film's frame number."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spineanim.content.script import CAPTION_LINES, LINE_LETTERS, Script
from spineanim.content.theme import Theme
from spineanim.content.timeline import TITLE_CARD, Span, Timeline, frame_at
from spineanim.errors import ContentError
from spineanim.mobjects.plate import rounded_plate
from spineanim.mobjects.steps import StepStrip
from spineanim.mobjects.text import TextBlock
from spineanim.picture.lettering import TextLine, text_width, wrap
from spineanim.picture.shape import Part, Shape
from spineanim.stage import SAFE_MARGIN, Format, px

FADE_S = 0.25
CAPTION_MIDDLE_PX = 108.0
"""Captions stand so far below the floor of the picture."""
HEADING_LATE_S = 0.3
"""A heading waits until the picture before has gone."""
_TITLE_AT = ((150.0, 430.0), (96.0, 190.0), (96.0, 400.0))
_TITLE_WIDTH_PX = (760.0, 888.0, 888.0)
"""Upper left corner and width of the film's title in a wide, a square and a tall frame."""
_HEADING_AT = ((96.0, 118.0), (72.0, 112.0), (72.0, 190.0))
_STRIP_OVER_PX = 74.0
"""The middle of the strip of steps stands so far over the small line's feet."""
_GLOW_BELOW_PX = 212.0
"""The light behind a heading reaches so far below its small line."""


class Overlay(Part):
    """All headings and captions of a film; `show_frame` sets which are seen.

    Parameters
    ----------
    timeline
        When each comes and goes.
    theme
        How they look.
    fmt
        The frame they stand in.
    captioned
        Whether captions are part of the picture; they may stand in a file alone.
    mark
        What else stands on the title card, such as the practice's name.
    """

    def __init__(
        self,
        timeline: Timeline,
        theme: Theme,
        fmt: Format,
        *,
        captioned: bool = True,
        mark: Part | None = None,
    ) -> None:
        super().__init__(fixed_in_frame=True)
        self.set_z_index(1000)
        self.fade_frames = max(frame_at(FADE_S, timeline.fps), 1)
        self.late_frames = frame_at(HEADING_LATE_S, timeline.fps)
        script = timeline.script
        self.headings = [
            (
                span,
                _title(script, theme, fmt)
                if span.name == TITLE_CARD
                else _heading(script.kicker, span.text, theme, fmt),
            )
            for span in timeline.chapters
        ]
        if mark is not None:
            self.headings[0][1].add(mark)
        spans = timeline.captions if captioned else ()
        self.captions = [(span, _caption(span, theme, fmt)) for span in spans]
        for _, part in (*self.headings, *self.captions):
            self.add(part)
        self.show_frame(-1)

    def show_frame(self, frame: int) -> None:
        """Show what belongs to a frame; a negative frame shows nothing."""
        for span, part in self.headings:
            part.opacity = self._opacity(span, frame, self.late_frames)
        for span, part in self.captions:
            part.opacity = self._opacity(span, frame, 0)

    def show_settled(self, beat: str) -> None:
        """Show a beat's heading and last caption in full, as its still does."""
        for spans in (self.headings, self.captions):
            for _, part in spans:
                part.opacity = 0.0
            for _, part in [pair for pair in spans if pair[0].name == beat][-1:]:
                part.opacity = 1.0

    def heading_box(self, beat: str) -> NDArray[np.float64]:
        """Left, bottom, right, top (4,) of a beat's heading in frame units."""
        part = next(part for span, part in self.headings if span.name == beat)
        lines = [each for each in part.get_family() if isinstance(each, TextLine)]
        points = np.concatenate([each.points[:, :2] for each in lines])
        return np.concatenate([points.min(axis=0), points.max(axis=0)])

    def hide_captions(self) -> None:
        """Take the captions away, as a poster does."""
        for _, part in self.captions:
            part.opacity = 0.0

    def hide(self) -> None:
        """Take headings and captions away."""
        self.show_frame(-1)

    def state(self) -> tuple[float, ...]:
        """Opacities of all parts; equal states give equal pictures."""
        return tuple(part.opacity for _, part in (*self.headings, *self.captions))

    def _opacity(self, span: Span, frame: int, late: int) -> float:
        start = span.start + (late if span.start else 0)
        if not start <= frame < span.end:
            return 0.0
        return min(
            (frame - start + 1) / self.fade_frames, (span.end - frame) / self.fade_frames, 1.0
        )


def _title(script: Script, theme: Theme, fmt: Format) -> Part:
    """Title card: the small line and the film's title, large, beside or over the picture.

    Over them stands the strip of steps if the film shows one of several.
    """
    x_px, y_px = fmt.pick(*_TITLE_AT)
    small, large = theme.style("kicker"), theme.style("title")
    above = TextBlock([script.kicker], small, theme.color(small.color))
    lines = wrap(script.title, large, px(fmt.pick(*_TITLE_WIDTH_PX)))
    below = TextBlock(lines, large, theme.color(large.color))
    card = Part(above.shift(fmt.point(x_px, y_px)))
    card.add(below.shift(fmt.point(x_px, y_px + large.line_px)))
    if script.step is not None:
        card.add(StepStrip(script.step, theme).shift(fmt.point(x_px, y_px - _STRIP_OVER_PX)))
    return card


def _heading(kicker: str, title: str, theme: Theme, fmt: Format) -> Part:
    """Small line and beat title in the upper left corner."""
    x_px, y_px = fmt.pick(*_HEADING_AT)
    small, large = theme.style("kicker"), theme.style("heading")
    above = TextBlock([kicker], small, theme.color(small.color)).shift(fmt.point(x_px, y_px))
    lines = wrap(title, large, fmt.width - px(x_px) - SAFE_MARGIN)
    below = TextBlock(lines, large, theme.color(large.color))
    below.shift(fmt.point(x_px, y_px + large.line_px))
    words = max(above.width_units, below.width_units)
    deep = px(y_px + _GLOW_BELOW_PX + (len(lines) - 1) * large.line_px)
    return Part(_glow(theme, fmt, px(x_px) + words, deep), above, below)


def _glow(theme: Theme, fmt: Format, reach: float, depth: float) -> Shape:
    """Light behind a heading that reaches so far from the frame's left edge and below its top.

    It is unseen on the ground; over a figure it keeps the words clear.
    """
    ground = theme.color("background.top")
    corner = fmt.point(0.0, 0.0)
    size = np.array([1.55 * reach, -depth])
    turns = np.linspace(0.0, np.pi / 2, 40)
    arc = corner[:2] + size * np.column_stack([np.cos(turns), np.sin(turns)])
    stops = ((0.0, ground, 0.95), (0.45, ground, 0.82), (0.75, ground, 0.35), (1.0, ground, 0.0))
    glow = Shape(np.vstack([corner[:2], arc]))
    return glow.with_gradient("oval", corner, corner + np.array([*size, 0.0]), stops)


def caption_lines(text: str, theme: Theme) -> list[str]:
    """Break a caption into lines, as it stands in the picture.

    Raises
    ------
    ContentError
        It is too long.
    """
    if len(text) <= LINE_LETTERS:
        return [text]
    style, words = theme.style("caption"), text.split()
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    fitting = [pair for pair in halves if max(map(len, pair)) <= LINE_LETTERS]
    if not fitting:
        raise ContentError(
            f"caption is too long for {CAPTION_LINES} lines of {LINE_LETTERS} letters: {text!r}",
            "shorten it or split it into two captions",
        )
    return list(min(fitting, key=lambda pair: max(text_width(each, style) for each in pair)))


def _caption(span: Span, theme: Theme, fmt: Format) -> Part:
    """One or two centred lines on a soft plate in the room for captions."""
    style = theme.style("caption")
    try:
        lines = caption_lines(span.text, theme)
    except ContentError as error:
        raise ContentError(f"beat {span.name}: {error.message}", error.hint) from None
    text = TextBlock(lines, style, theme.color(style.color), align="center")
    middle = fmt.caption_floor - px(CAPTION_MIDDLE_PX)
    text.shift((0.0, middle - text.middle_units, 0.0))
    width = text.width_units + px(96)
    height = text.height_units + px(48)
    plate = rounded_plate(width, height, px(26))
    plate.set_fill(theme.color("panel.fill"), opacity=0.92)
    plate.set_stroke(theme.color("panel.stroke"), width=1.2)
    plate.shift((0.0, middle, 0.0))
    return Part(plate, text)
