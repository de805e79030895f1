"""A waiting copy of a play: it draws any frame of it, whenever it is asked."""

from __future__ import annotations

import gc
import io
from pathlib import Path
from typing import Final, cast

from PIL import Image

from spineanim.preview.looks import Form
from spineanim.preview.theatre.line import Line
from spineanim.render.renderer import FilmRenderer, Frame
from spineanim.render.stage_scene import scene_error
from spineanim.scene import SpineScene

THUMB_WIDTH_PX: Final = 240
_JPEG_QUALITY: Final = 90
_QUICK: Final = 1
"""How hard a PNG is squeezed: it goes no further than to the next window."""


def stand(scene: SpineScene, first: int, server: Line, file: Path) -> None:
    """Draw frames of the current play until nobody listens.

    Parameters
    ----------
    scene
        Stands at the beginning of a play.
    first
        Number of its first frame in the film.
    server
        Asks for `frame` in a `form`, one at a time; gets its file. Without a form it gets nothing,
        but the next frame comes much faster: what stands still is drawn by then. Of a frame that
        cannot be drawn it gets a `message`.
    file
        The scene's.
    """
    renderer = cast(FilmRenderer, scene.renderer)  # in a programme, what passes all on to it
    gc.freeze()  # what is there now is left alone, so it stays shared
    gc.enable()
    while (asked := server.hear()) is not None:
        form = asked.head.get("form")
        try:
            pixels = renderer.picture_of(scene, asked.head["frame"] - first)
        except Exception as error:  # a move is asked for shares here that the play left out
            server.say({"message": scene_error(file, error).message})
            continue
        server.say({}, picture_file(pixels, Form(form)) if form else b"")


def picture_file(pixels: Frame, form: Form) -> bytes:
    """Return a picture as a file.

    Parameters
    ----------
    pixels
        (H, W, 4) RGBA; nothing in it is clear.
    form
        How it is wanted.
    """
    picture = Image.fromarray(pixels).convert("RGB")
    file = io.BytesIO()
    if form is Form.EXACT:
        picture.save(file, "PNG", compress_level=_QUICK)
        return file.getvalue()
    if form is Form.THUMB:
        size_px = (THUMB_WIDTH_PX, round(THUMB_WIDTH_PX * picture.height / picture.width))
        picture = picture.resize(size_px, Image.Resampling.BOX)
    picture.save(file, "JPEG", quality=_JPEG_QUALITY, subsampling=0)  # thin coloured lines stay
    return file.getvalue()
