"""Small SVGs for tests."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from PIL import Image

FILES = Path(__file__).with_name("files")
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 100 100"'
)


def svg(inner: str) -> str:
    """Return an SVG of 100 x 100 units."""
    return f"{HEAD}>{inner}</svg>"


def picture_data(size: tuple[int, int] = (2, 2), kind: str = "PNG", mode: str = "RGB") -> str:
    """Return a red picture as an address that holds it."""
    return _data(Image.new("RGB", size, (255, 0, 0)).convert(mode), kind)


def turned_picture() -> str:
    """Return a JPEG, red above and blue below, to be turned by a quarter to the right."""
    picture = Image.new("RGB", (32, 32), (255, 0, 0))
    picture.paste((0, 0, 255), (0, 16, 32, 32))
    turn = Image.Exif()
    turn[0x0112] = 6
    return _data(picture, "JPEG", exif=turn)


def _data(picture: Image.Image, kind: str, **options: object) -> str:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(file.getvalue()).decode()}"
