"""Contact sheets of a scene: a row a beat, from its start to its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from spineanim.content.fonts import font_file
from spineanim.content.project import Project
from spineanim.content.settings import Settings, load_settings
from spineanim.content.timeline import Span, Timeline
from spineanim.errors import SceneError
from spineanim.picture.kiln import watched
from spineanim.render.catalog import find_scene
from spineanim.render.files import written_aside
from spineanim.render.pictures import Moment, PictureSink
from spineanim.render.quality import Quality, folder_name
from spineanim.render.renderer import Frame
from spineanim.render.stage_scene import play_scene

FEWEST: Final = 3
"""Pictures a beat: its start, one between, its end."""
_CELL_PX: Final = 640
_WORDS_PX: Final = 34
_GAP_PX: Final = 8
_LETTERS_PX: Final = 21
_TALLEST_PX: Final = 6000
_GROUND, _INK = "#22313A", "#F2EEE6"


@dataclass(frozen=True)
class Cell:
    """One picture of a sheet: what stands under it, and the moment it shows."""

    words: str
    moment: Moment


def render_sheets(
    project: Project,
    scene: str,
    quality: Quality,
    output: Path,
    *,
    beat: str | None = None,
    columns: int = FEWEST,
    baking: Callable[[int, int], None] = lambda done, total: None,
    settings: Settings | None = None,
) -> list[Path]:
    """Draw contact sheets of a scene as PNG; the scene is played once.

    Parameters
    ----------
    project
        Where the scene and its content are.
    scene
        Its name.
    quality
        Size and rate it is played at; cells are 640 pixels wide whatever it is.
    output
        Folder of all renders.
    beat
        Only this beat (`title_card` is one too).
    columns
        Pictures a beat, evenly spaced: the first frame, some between, and the end state.
    baking
        Told of the pictures that have to be baked before.
    settings
        Theme, words and parameters; the project's own, in English, when omitted.

    Returns
    -------
    The files written, in `output/scene/sheets` with language and shape in the folder's name: one,
    or several when it would be very tall.

    Raises
    ------
    SpineanimError
        The scene or beat does not exist, or a file cannot be written.
    """
    entry = find_scene(project, scene)
    settings = settings or load_settings(scene, project)
    timeline = settings.timeline(quality.fps)
    rows = [cells_of(span, quality.fps, columns) for span in _spans(timeline, beat)]
    sink = PictureSink((cell.moment for row in rows for cell in row), _cell_picture)
    with watched(baking):
        play_scene(entry, settings, quality, sink)
    folder = output / scene / folder_name("sheets", settings.script, quality)
    high = next(iter(sink.pictures.values())).shape[0] + _WORDS_PX + _GAP_PX
    stem = scene if beat is None else f"{scene}-{beat}"
    most = max(_TALLEST_PX // high, 1)
    parts = [rows[first : first + most] for first in range(0, len(rows), most)]
    names = [f"{stem}.png", *(f"{stem}-{number}.png" for number in range(2, len(parts) + 1))]
    with written_aside(folder) as aside:
        for name, some in zip(names, parts, strict=True):
            _laid_out(some, sink).save(aside / name, format="PNG")
    return [folder / name for name in names]


def cells_of(span: Span, fps: int, columns: int) -> list[Cell]:
    """Return a beat's row: its first frame, frames between, and its end state."""
    count = span.end - span.start
    frames = [span.start + count * step // (columns - 1) for step in range(columns - 1)]
    cells = [Cell(_words(span.name, frame / fps), frame) for frame in frames]
    return [*cells, Cell(_words(f"{span.name} · end", span.end / fps), span.name)]


def _words(name: str, moment_s: float) -> str:
    return f"{name} · {moment_s:.1f} s"


def _spans(timeline: Timeline, beat: str | None) -> Sequence[Span]:
    if beat is None:
        return timeline.chapters
    spans = [span for span in timeline.chapters if span.name == beat]
    if not spans:
        names = ", ".join(span.name for span in timeline.chapters)
        raise SceneError(f"no beat {beat!r} in {timeline.script.path}", f"beats: {names}")
    return spans


def _cell_picture(pixels: Frame) -> Frame:
    """Shrink a frame to a cell's width."""
    picture = Image.fromarray(np.ascontiguousarray(pixels[..., :3]))
    high = round(_CELL_PX * pixels.shape[0] / pixels.shape[1])
    return np.asarray(picture.resize((_CELL_PX, high), Image.Resampling.LANCZOS), dtype=np.uint8)


def _laid_out(rows: Sequence[Sequence[Cell]], sink: PictureSink) -> Image.Image:
    """Lay rows of cells under one another, each with its words below."""
    letters = ImageFont.truetype(str(font_file("Regular")), _LETTERS_PX)
    step_x = _CELL_PX + _GAP_PX
    step_y = next(iter(sink.pictures.values())).shape[0] + _WORDS_PX + _GAP_PX
    size = (len(rows[0]) * step_x + _GAP_PX, len(rows) * step_y + _GAP_PX)
    sheet = Image.new("RGB", size, _GROUND)
    pen = ImageDraw.Draw(sheet)
    for down, row in enumerate(rows):
        for right, cell in enumerate(row):
            x, y = _GAP_PX + right * step_x, _GAP_PX + down * step_y
            picture = Image.fromarray(sink.pictures[cell.moment])
            sheet.paste(picture, (x, y))
            base = y + picture.height + round(0.72 * _WORDS_PX)
            pen.text((x + 2, base), cell.words, fill=_INK, font=letters, anchor="ls")
    return sheet
