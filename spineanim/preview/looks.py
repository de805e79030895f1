"""What a window looks at, and what it is shown: plain data, without Manim."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

HEIGHTS_PX = (540, 1080)
"""Shorter sides of the frame that one may look at."""


@dataclass(frozen=True)
class Look:
    """What a window looks at.

    Attributes
    ----------
    scene
        Name of the scene.
    language
        Code of the language of words.
    aspect
        Shape of the frame, such as `16:9`.
    height_px
        Shorter side of the frame, one of `HEIGHTS_PX`.
    """

    scene: str
    language: str = "en"
    aspect: str = "16:9"
    height_px: int = HEIGHTS_PX[0]


@dataclass(frozen=True)
class Chapter:
    """A beat, or a title card.

    Attributes
    ----------
    name, title
        As in the script.
    start, end
        First frame, and the frame after the last.
    part
        Scene of a programme; empty in a scene.
    """

    name: str
    title: str
    start: int
    end: int
    part: str = ""


@dataclass(frozen=True)
class Caption:
    """A caption and the frames that it stands in, from `start` to before `end`."""

    text: str
    start: int
    end: int
    beat: str


@dataclass(frozen=True)
class Moment:
    """A place in a film that it keeps when its times change.

    Attributes
    ----------
    part, name
        Of a chapter.
    offset
        Frames from its first.
    """

    part: str
    name: str
    offset: int


@dataclass(frozen=True)
class Film:
    """Facts of a film that stands.

    Attributes
    ----------
    generation
        Number that its pictures go by; a film that has changed has another.
    scene, language, aspect, width_px, height_px, fps, frame_count
        See `Look` and `Quality`.
    chapters, captions
        In order; chapters without a gap.
    burned
        Whether captions are drawn in the picture already.
    poster
        Frame of the poster.
    """

    generation: int
    scene: str
    language: str
    aspect: str
    width_px: int
    height_px: int
    fps: int
    frame_count: int
    chapters: tuple[Chapter, ...]
    captions: tuple[Caption, ...]
    burned: bool
    poster: int

    def moment_of(self, frame: int) -> Moment:
        """Return where a frame is."""
        at = next(each for each in reversed(self.chapters) if each.start <= max(frame, 0))
        return Moment(at.part, at.name, max(frame, 0) - at.start)

    def frame_of(self, moment: Moment) -> int:
        """Return the frame of a moment; the first if its chapter is gone."""
        for each in self.chapters:
            if (each.part, each.name) == (moment.part, moment.name):
                return max(each.start, min(each.start + moment.offset, each.end - 1))
        return 0


class Form(Enum):
    """How a picture comes."""

    MOVING = "jpeg"
    EXACT = "png"
    THUMB = "thumb"


@dataclass(frozen=True)
class Picture:
    """A frame as a file.

    Attributes
    ----------
    frame, generation
        Which.
    kind
        `jpeg` or `png`.
    data
        The file's bytes.
    is_rough
        Whether anything seen in it may have been made roughly; a finer one comes by itself.
    """

    frame: int
    generation: int
    kind: str
    data: bytes
    is_rough: bool = False


@dataclass(frozen=True)
class Trouble:
    """Why something cannot be shown.

    Attributes
    ----------
    message, hint
        As in `SpineanimError`.
    file, line
        Where, from the project's folder; nothing and 0 if that is not known.
    """

    message: str
    hint: str = ""
    file: str = ""
    line: int = 0
