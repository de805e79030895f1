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


def picture_data(size: tuple[int, int] = (2, 2), kind: str = "PNG") -> str:
    """Return a red picture as an address that holds it."""
    file = io.BytesIO()
    Image.new("RGB", size, (255, 0, 0)).save(file, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(file.getvalue()).decode()}"
