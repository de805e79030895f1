"""Heading and captions: fixed in the frame, and a pure function of the film's frame number."""

from __future__ import annotations

import numpy as np

from spineanim.content.theme import Theme
from spineanim.content.timeline import TITLE_CARD, Span, Timeline, frame_at
from spineanim.errors import ContentError
from spineanim.mobjects.text import TextBlock
from spineanim.picture.lettering import wrap
from spineanim.picture.shape import Part, Shape
from spineanim.stage import CAPTION_FLOOR, FRAME_HEIGHT, frame_point, px

FADE_S = 0.25
LINES = 2
LINE_CHARACTERS = 37
"""Longest caption line people can take in while watching (DCMP 32, common practice 37-42)."""
_LETTER_EM = 0.5
"""Mean width of a letter with its share of spaces, in ems of the project's typeface."""
_HEADING_AT = (96.0, 118.0)


class Overlay(Part):
    """All headings and captions of a film; `show_frame` sets which are seen.

    Parameters
    ----------
    timeline
        When each comes and goes.
    theme
        How they look.
    """

    def __init__(self, timeline: Timeline, theme: Theme) -> None:
        super().__init__(fixed_in_frame=True)
        self.set_z_index(1000)
        self.fade_frames = max(frame_at(FADE_S, timeline.fps), 1)
        kicker = timeline.script.kicker
        self.headings = [
            (span, _heading(kicker, span.text, theme))
            for span in timeline.chapters
            if span.name != TITLE_CARD
        ]
        self.captions = [(span, _caption(span, theme)) for span in timeline.captions]
        for _, part in (*self.headings, *self.captions):
            self.add(part)
        self.show_frame(-1)

    def show_frame(self, frame: int) -> None:
        """Show what belongs to a frame; a negative frame shows nothing."""
        for spans in (self.headings, self.captions):
            for span, part in spans:
                part.opacity = self._opacity(span, frame)

    def show_settled(self, beat: str) -> None:
        """Show a beat's heading and last caption in full, as its still does."""
        for spans in (self.headings, self.captions):
            for _, part in spans:
                part.opacity = 0.0
            for _, part in [pair for pair in spans if pair[0].name == beat][-1:]:
                part.opacity = 1.0

    def hide_captions(self) -> None:
        """Take the captions away, as a poster does."""
        for _, part in self.captions:
            part.opacity = 0.0

    def state(self) -> tuple[float, ...]:
        """Opacities of all parts; equal states give equal pictures."""
        return tuple(part.opacity for _, part in (*self.headings, *self.captions))

    def _opacity(self, span: Span, frame: int) -> float:
        if not span.start <= frame < span.end:
            return 0.0
        return min(
            (frame - span.start + 1) / self.fade_frames, (span.end - frame) / self.fade_frames, 1.0
        )


def _heading(kicker: str, title: str, theme: Theme) -> Part:
    """Small line and beat title in the upper left corner."""
    x_px, y_px = _HEADING_AT
    small, large = theme.style("kicker"), theme.style("heading")
    block = TextBlock([kicker], small, theme.color(small.color))
    block.shift(frame_point(x_px, y_px))
    title_block = TextBlock([title], large, theme.color(large.color))
    title_block.shift(frame_point(x_px, y_px + large.line_px))
    return Part(block, title_block)


def _caption(span: Span, theme: Theme) -> Part:
    """One or two centred lines on a soft plate in the lower fifth."""
    style = theme.style("caption")
    lines = wrap(span.text, style, LINE_CHARACTERS * _LETTER_EM * px(style.size_px))
    widest = max(len(line) for line in lines)
    if len(lines) > LINES or widest > LINE_CHARACTERS + 5:
        raise ContentError(
            f"caption of beat {span.name} is too long for {LINES} lines of {LINE_CHARACTERS} "
            f"letters: {span.text!r}",
            "split it into two captions",
        )
    text = TextBlock(lines, style, theme.color(style.color), align="center")
    middle = (CAPTION_FLOOR - FRAME_HEIGHT / 2) / 2
    text.shift((0.0, middle - text.middle_units, 0.0))
    width = text.width_units + px(96)
    height = text.height_units + px(48)
    plate = rounded_plate(width, height, px(26))
    plate.set_fill(theme.color("panel.fill"), opacity=0.92)
    plate.set_stroke(theme.color("panel.stroke"), width=1.2)
    plate.shift((0.0, middle, 0.0))
    return Part(plate, text)


def rounded_plate(width: float, height: float, radius: float) -> Shape:
    """Return a rounded rectangle centred on the origin, without paint."""
    corners = []
    for x, y, turn in ((1, 1, 0.0), (-1, 1, 0.5), (-1, -1, 1.0), (1, -1, 1.5)):
        angles = np.pi * (turn + np.linspace(0.0, 0.5, 9))
        centre = np.array([x * (width / 2 - radius), y * (height / 2 - radius)])
        corners.append(centre + radius * np.column_stack([np.cos(angles), np.sin(angles)]))
    return Shape(np.concatenate(corners))
