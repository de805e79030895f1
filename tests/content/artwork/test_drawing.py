"""Each thing that Manim draws wrongly, or not at all, is drawn as browsers draw it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.content.artwork import raster
from spineanim.content.artwork.features import findings_in
from spineanim.content.artwork.layers import Box, alone, framed, layer_named
from spineanim.content.artwork.raster import RasterError, drawn, ink_boxes, inked
from spineanim.content.artwork.reading import read_svg, read_svg_file
from spineanim.content.artwork.tree import Node
from tests.content.artwork.drawings import FILES, picture_data, svg, turned_picture

Rgba = NDArray[np.uint8]
Draw = Callable[[str], Rgba]
RED, BLUE, GREEN, BLACK, CLEAR = (
    (255, 0, 0, 255), (0, 0, 255, 255), (0, 255, 0, 255), (0, 0, 0, 255), (0, 0, 0, 0)
)  # fmt: skip
STOPS = '<stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/>'
ALL = '<rect width="100" height="100" fill="red"'

DRAWINGS = {
    "linear": f'<linearGradient id="a">{STOPS}</linearGradient><rect width="100" height="100" '
    'fill="url(#a)"/>',
    "radial": f'<radialGradient id="a">{STOPS}</radialGradient><rect width="100" height="100" '
    'fill="url(#a)"/>',
    "clip": f'<clipPath id="c"><circle cx="50" cy="50" r="30"/></clipPath>{ALL} '
    'clip-path="url(#c)"/>',
    "mask": '<mask id="m"><rect width="50" height="100" fill="#fff"/><rect x="50" width="25" '
    f'height="100" fill="#808080"/></mask>{ALL} mask="url(#m)"/>',
    "pattern": '<pattern id="p" width="20" height="20" patternUnits="userSpaceOnUse"><rect '
    'width="10" height="20" fill="red"/></pattern><rect width="100" height="100" fill="url(#p)"/>',
    "filter": '<filter id="f" width="3"><feOffset dx="40"/></filter><rect width="30" '
    'height="100" fill="red" filter="url(#f)"/>',
    "opacity": f'<g opacity=".5">{ALL}/><rect width="50" height="100" fill="blue"/></g>',
    "no stroke-width": '<path d="M0 50.5H100" stroke="red"/>',
    "dash": '<path d="M0 50H100" stroke="red" stroke-width="20" stroke-dasharray="20 10"/>',
    "cap": '<path d="M40 50H60" stroke="red" stroke-width="20" stroke-linecap="square"/>',
    "join": '<path d="M20 90V20H90" fill="none" stroke="red" stroke-width="20" '
    'stroke-linejoin="bevel"/>',
    "text": '<text x="50" y="80" font-size="90" text-anchor="middle" font-weight="bold" '
    'font-family="Source Sans Pro" fill="red">I</text>',
    "image": f'<image width="100" height="50" preserveAspectRatio="none" href="{picture_data()}"/>',
    "even-odd": '<path fill-rule="evenodd" fill="red" d="M0 0H100V100H0z M30 30H70V70H30z"/>',
    "hidden": f'{ALL}/><g style="display:none"><rect width="100" height="100"/></g>',
    "class": "<style>.a{fill:#00f} .b .a{fill:#0f0}</style><rect class='a' width='50' "
    "height='100'/><g class='b'><rect class='a' x='50' width='50' height='100'/></g>",
    "moves": '<g transform="translate(50 50)"><g transform="rotate(90) scale(2 1)"><rect x="10" '
    'y="-5" width="10" height="10" fill="red"/></g></g>',
    "clone": '<defs><g id="u"><rect width="20" height="20"/></g></defs><use xlink:href="#u" x="60" '
    'y="10" fill="red"/>',
    "gradient of a turned one": f'<linearGradient id="a" gradientTransform="rotate(90)">{STOPS}'
    '</linearGradient><linearGradient id="b" href="#a" x2=".5"/><linearGradient id="c" '
    f'href="#b"/>{ALL.replace("red", "url(#c)")}/>',
    "pattern of a turned one": '<pattern id="p" width="20" height="20" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(90)"><rect width="10" height="20" '
    f'fill="red"/></pattern><pattern id="q" href="#p"/>{ALL.replace("red", "url(#q)")}/>',
    "one id twice": '<linearGradient id="a"><stop stop-color="red"/></linearGradient>'
    f'<linearGradient id="a"><stop/></linearGradient>{ALL.replace("red", "url(#a)")}/>',
    "lost filters": '<g filter="url(#no)"><rect width="50" height="100" fill="red"/></g>'
    '<rect x="50" width="50" height="100" style="filter:url(#no);fill:#00f"/>',
    "blanks": '<rect width=" 50 " height="100 " fill=" red " opacity=".5 "/>',
    "inks": f'<image width="100" height="100" href="{picture_data(kind="JPEG", mode="CMYK")}"/>',
    "turned by the camera": '<image width="100" height="100" preserveAspectRatio="none" '
    f'href="{turned_picture()}"/>',
    "named otherwise": '<image width="100" height="100" '
    f'href="{picture_data(kind="JPEG").replace("image/jpeg", "image/png;charset=utf-8")}"/>',
    "millimetres": '<rect width="10mm" height="1cm" fill="red"/>',
}  # fmt: skip


@pytest.fixture(scope="module")
def pictures() -> dict[str, Rgba]:
    """Draw all of them at once, 200 pixels wide."""
    asked = [(_framed(inner), 200, 200) for inner in DRAWINGS.values()]
    return dict(zip(DRAWINGS, drawn(asked), strict=True))


def _framed(inner: str) -> str:
    root = read_svg(svg(inner).encode(), "art.svg")
    return framed(root, Box.of_page(root), 200, 200)


PLACES: dict[str, dict[tuple[float, float], tuple[int, int, int, int]]] = {
    "linear": {(1, 50): (253, 0, 2, 255), (50, 50): (127, 0, 128, 255), (99, 9): (2, 0, 253, 255)},
    "radial": {(50, 50): RED, (75, 50): (127, 0, 128, 255), (1, 1): BLUE},
    "clip": {(50, 50): RED, (22, 50): RED, (25, 25): CLEAR},
    "mask": {(20, 50): RED, (60, 50): (128, 0, 0, 128), (90, 50): CLEAR},
    "pattern": {(5, 5): RED, (15, 5): CLEAR, (25, 95): RED, (35, 95): CLEAR},
    "filter": {(10, 50): CLEAR, (50, 50): RED},
    "opacity": {(25, 50): (0, 0, 128, 128), (75, 50): (128, 0, 0, 128)},
    "no stroke-width": {(50, 50.5): RED, (50, 49): CLEAR, (50, 52): CLEAR},
    "dash": {(10, 50): RED, (25, 50): CLEAR, (40, 50): RED, (55, 50): CLEAR},
    "cap": {(32, 42): RED, (68, 58): RED, (27, 50): CLEAR},
    "join": {(20, 50): RED, (18, 18): RED, (12, 12): CLEAR},
    "text": {(50, 50): RED, (20, 50): CLEAR, (80, 50): CLEAR},
    "image": {(50, 25): RED, (50, 75): CLEAR},
    "even-odd": {(10, 50): RED, (50, 50): CLEAR},
    "hidden": {(50, 50): RED},
    "class": {(25, 50): BLUE, (75, 50): GREEN},
    "moves": {(50, 80): RED, (50, 65): CLEAR, (80, 50): CLEAR},
    "clone": {(70, 20): RED, (10, 10): CLEAR},
    "gradient of a turned one": {
        (50, 1): (250, 0, 5, 255),
        (5, 25): (127, 0, 128, 255),
        (50, 75): BLUE,
    },
    "pattern of a turned one": {(50, 5): RED, (5, 15): CLEAR, (50, 25): RED},
    "one id twice": {(50, 50): RED},
    "lost filters": {(25, 50): RED, (75, 50): BLUE},
    "blanks": {(25, 50): (128, 0, 0, 128), (75, 50): CLEAR},
    "inks": {(50, 50): (254, 0, 0, 255)},
    "turned by the camera": {(25, 50): BLUE, (75, 50): (254, 0, 0, 255)},
    "named otherwise": {(50, 50): (254, 0, 0, 255)},
    "millimetres": {(36, 36): RED, (39, 20): CLEAR},
}


@pytest.mark.parametrize("kind", DRAWINGS)
def test_it_is_drawn_as_browsers_draw_it(pictures: dict[str, Rgba], kind: str) -> None:
    for (x, y), colour in PLACES[kind].items():
        found = pictures[kind][int(y * 2), int(x * 2)].astype(int)
        assert np.abs(found - colour).max() <= 4, f"{kind} at {x}, {y}: {found}"


@pytest.mark.parametrize("kind", DRAWINGS)
def test_nothing_is_said_against_what_is_drawn_right(kind: str) -> None:
    assert findings_in(read_svg(svg(DRAWINGS[kind]).encode(), "art.svg")) == []


def at(root: Node, x: float, y: float) -> list[int]:
    box = Box.of_page(root)
    high = round(100 * box.high / box.wide)
    found = drawn([(framed(root, box, 100, high), 100, high)])[0]
    values: list[int] = found[int(y), int(x)].tolist()
    return values


def test_a_layer_is_drawn_as_among_the_others() -> None:
    inner = (
        '<style>#deep rect{fill:#00f}</style><clipPath id="c"><rect width="50" height="100"/>'
        '</clipPath><rect id="beside" width="100" height="100"/><g id="deep" opacity=".5"'
        ' clip-path="url(#c)" transform="translate(10)"><circle id="other" r="200"/>'
        '<rect inkscape:label="leaf" width="80" height="100"/><use href="#far"/></g>'
        '<rect id="far" y="50" width="20" height="20" fill="#0f0"/>'
    )
    root = read_svg(svg(inner).encode(), "art.svg")
    leaf = alone(root, layer_named(root, "leaf"))
    assert at(leaf, 30, 50) == [0, 0, 128, 128]
    assert at(leaf, 5, 50) == at(leaf, 70, 50) == list(CLEAR)
    deep = alone(root, layer_named(root, "deep"))
    assert at(deep, 15, 60) == [0, 128, 0, 128], "what it refers to is drawn, wherever it stands"


@pytest.mark.parametrize(
    ("file", "layer", "place", "colour"),
    [
        ("inkscape.svg", "front", (58, 66), (127, 0, 128, 255)),
        ("inkscape.svg", "port", (50, 50), (255, 255, 255, 255)),
        ("inkscape.svg", "path2", (50, 50), (255, 255, 255, 255)),
        ("illustrator.svg", "pump_face", (8, 10), (255, 0x66, 0, 255)),
        ("illustrator.svg", "pump_x5F_face", (18, 25), (255, 255, 255, 255)),
        ("illustrator.svg", "case left", (18, 25), (255, 0x66, 0, 255)),
        ("illustrator.svg", "label", (75, 15), (0, 64, 0, 128)),
        ("illustrator.svg", "label_1_", (75, 25), (0, 0x33, 0x66, 255)),
    ],
)
def test_layers_of_inkscape_and_illustrator(
    file: str, layer: str, place: tuple[int, int], colour: tuple[int, int, int, int]
) -> None:
    root = read_svg_file(FILES / file)
    found = np.array(at(alone(root, layer_named(root, layer)), *place))
    assert np.abs(found - colour).max() <= 4, found


def test_what_is_drawn_has_no_empty_edges() -> None:
    root = read_svg(svg('<rect x="20" y="30" width="40" height="10"/>').encode(), "art.svg")
    box = ink_boxes([root])[0]
    assert box
    found = inked(root, box, 10.0)
    assert (found.box.left, found.box.top) == pytest.approx((20, 30), abs=0.05)
    assert (found.box.wide, found.box.high) == pytest.approx((40, 10), abs=0.05)
    assert found.rgba.shape[:2] == pytest.approx((100, 400), abs=1)
    assert found.rgba[50, 200].tolist() == list(BLACK)


def test_no_font_of_the_machine_is_asked() -> None:
    text = '<text y="80" font-size="90" font-family="{}">Ag</text>'
    own, others = (
        drawn([(_framed(text.format(name)), 100, 100)])[0]
        for name in ("Source Sans Pro", "DejaVu Sans, Arial, sans-serif")
    )
    assert own.any() and (not others.any() or (own == others).all())


def test_what_breaks_the_renderer_is_one_line() -> None:
    pattern = (
        '<pattern id="p" width="1000000" height="1000000" patternUnits="userSpaceOnUse"><rect '
        'width="1" height="1"/></pattern><rect width="100" height="100" fill="url(#p)"/>'
    )
    with pytest.raises(RasterError, match="breaks the renderer"):
        drawn([(_framed(pattern), 1000, 1000)])


@pytest.mark.slow
def test_what_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "_MOST_CPU_S", 1)
    blurs = '<feGaussianBlur stdDeviation="30"/>' * 100
    slow = f'<filter id="f">{blurs}</filter>{ALL} filter="url(#f)"/>'
    with pytest.raises(RasterError, match="takes too long"):
        drawn([(_framed(slow), 2000, 2000)])


def test_nothing_is_written_beside_the_art(tmp_path: Path) -> None:
    art, neighbour = tmp_path / "bone.svg", tmp_path / "bone_.svg"
    art.write_text(svg(f"{ALL}/>"), encoding="utf-8")
    neighbour.write_text("mine", encoding="utf-8")
    for file in (art, neighbour):
        file.chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        assert at(read_svg_file(art), 50, 50) == list(RED)
        assert sorted(each.name for each in tmp_path.iterdir()) == ["bone.svg", "bone_.svg"]
        assert neighbour.read_text(encoding="utf-8") == "mine"
    finally:
        tmp_path.chmod(0o700)
