"""What is not drawn as it looks is named with its layer, line and remedy."""

from __future__ import annotations

import pytest

from spineanim.content.artwork.features import findings_in
from spineanim.content.artwork.layers import layer_named
from spineanim.content.artwork.reading import read_svg
from tests.content.artwork.drawings import FILES, HEAD, svg

RECT = '<rect width="50" height="50" {}/>'
TEXT = "<text {}>Pump</text>"
OWN = 'font-family="Source Sans Pro"'
NOT_DRAWN = {
    "mesh gradient": "<defs><meshgradient/></defs>",
    "hatch": "<defs><hatch/></defs>",
    "flowed text": "<flowRoot><flowPara>a</flowPara></flowRoot>",
    "font within the file": "<defs><font/></defs>",
    "font-face": "<style>@font-face{font-family:A}</style>",
    "animation": f"{RECT.format('')[:-2]}><animate/></rect>",
    "<widget>": "<widget/>",
    "light filter": "<filter><feDiffuseLighting/></filter>",
    "displacement": "<filter><feDisplacementMap/></filter>",
    "along one axis": '<filter><feGaussianBlur stdDeviation="3 0"/></filter>',
    "BackgroundImage": '<filter><feBlend in2="BackgroundImage"/></filter>',
    "measure written as style (width)": RECT.format('style="width:9px"'),
    "measure or move written as style (r)": "<style>circle{r:9px}</style>",
    "written as style (transform)": RECT.format('style="transform:rotate(9deg)"'),
    "written as style (rotate)": RECT.format('style="rotate:9deg"'),
    "transform-box": RECT.format('style="transform-box:fill-box"'),
    "keeps its width": RECT.format('style="vector-effect:non-scaling-stroke"'),
    "CSS shape": RECT.format('style="clip-path:circle(9px)"'),
    "linear light": '<linearGradient color-interpolation="linearRGB"/>',
    "plus-lighter": RECT.format('style="mix-blend-mode:plus-lighter"'),
    "arcs": RECT.format('stroke-linejoin="arcs"'),
    "pathLength": RECT.format('pathLength="9" stroke-dasharray="1"'),
    "notation (oklch": RECT.format('fill="oklch(60% .2 30)"'),
    "notation (hsl": RECT.format('fill="hsl(120 50% 40% / .5)"'),
    "works out (var)": RECT.format('style="fill:var(--a)"'),
    "works out (calc)": RECT.format('style="stroke-width:calc(1px + 1px)"'),
    "@media": "<style>@media print{rect{fill:red}}</style>",
    "':root'": "<style>:root{fill:red}</style>",
    "nth-child": "<style>rect:nth-child(2){fill:red}</style>",
    "typeface Myriad": TEXT.format("font-family=\"'Myriad'\""),
    "typeface Arial": "<style>.t{font-family:Arial}</style>",
    "no typeface": TEXT.format(""),
    "italics": TEXT.format(f'{OWN} font-style="italic"'),
    "lacks (☺)": f"<text {OWN}>☺</text>",
    "several spaces": f'<text {OWN} style="white-space:pre">a  b</text>',
    "weight 300": TEXT.format(f'{OWN} font-weight="300"'),
    "weight 900": TEXT.format("style=\"font:900 20px 'Source Sans Pro'\""),
    "weight lighter": f"<style>.t{{font-weight:lighter}}</style>{TEXT.format(OWN)}",
    "line height": TEXT.format("style=\"font:bold 20px/1.2 'Source Sans Pro'\""),
    "other letters": TEXT.format(f'{OWN} style="text-transform:uppercase"'),
    "shadow of text": TEXT.format(f'{OWN} style="text-shadow:1px 1px red"'),
    "notation (RebeccaPurple": RECT.format('fill="RebeccaPurple"'),
    "notation (hsl(200deg": RECT.format('fill="hsl(200deg, 50%, 50%)"'),
    "notation (rgba(1,2,3,50%": RECT.format('fill="rgba(1,2,3,50%)"'),
    "a measure in vw": RECT.format('x="5vw"'),
    "size is a percentage": '<symbol id="s"/><use href="#s" width="50%"/>',
    "(media print)": '<style media="print">rect{fill:red}</style>',
    "flows in a shape": TEXT.format(f'{OWN} style="shape-inside:url(#a)"'),
}


@pytest.mark.parametrize("what", NOT_DRAWN)
def test_it_is_named(what: str) -> None:
    inner = f'\n<g id="front">\n{NOT_DRAWN[what]}</g>'
    found = findings_in(read_svg(svg(inner).encode(), "art.svg"))
    assert found and what in " ".join(each.what for each in found)
    for each in found:
        assert each.layer == "front" and each.line == 3 and each.remedy


@pytest.mark.parametrize(
    "page", ['width="20" height="9"', 'width="2in" height="20mm" preserveAspectRatio="none"']
)
def test_a_page_of_another_shape_than_what_is_drawn_on_it_is_named(page: str) -> None:
    found = findings_in(read_svg(f"{HEAD} {page}>{RECT.format('')}</svg>".encode(), "art.svg"))
    assert ["another shape" in each.what for each in found] == [True]


@pytest.mark.parametrize("page", ['width="20mm" height="20mm"', 'width="100%"', 'width="5in"'])
def test_a_page_of_the_same_shape_is_right(page: str) -> None:
    assert findings_in(read_svg(f"{HEAD} {page}>{RECT.format('')}</svg>".encode(), "art.svg")) == []


def test_nothing_in_a_file_steers_the_terminal() -> None:
    strange = 'font-family="A&#10;&#x202e;B"'
    inner = f'<g id="a&#x9b;31m&#10;b">{TEXT.format(strange)}</g>'
    (found,) = findings_in(read_svg(svg(inner).encode(), "art.svg"))
    assert found.layer == "a 31m b" and "typeface A  B" in found.what


@pytest.mark.parametrize("file", ["inkscape.svg", "illustrator.svg"])
def test_plain_files_are_drawn_as_they_look(file: str) -> None:
    assert findings_in(read_svg((FILES / file).read_bytes(), file)) == []


def test_a_layer_alone_is_judged_with_what_it_may_refer_to() -> None:
    inner = (
        '<g id="one"><rect stroke-linejoin="arcs"/></g><g id="two"><rect/></g>'
        '<defs><hatch id="h"/></defs>'
    )
    root = read_svg(svg(inner).encode(), "art.svg")
    assert [each.layer for each in findings_in(root)] == ["one", ""]
    two = findings_in(root, layer_named(root, "two"))
    assert [each.what for each in two] == ["a hatch"]


def test_the_same_is_said_once() -> None:
    rect = RECT.format('fill="lab(1 2 3)"')
    assert len(findings_in(read_svg(svg(rect * 9).encode(), "art.svg"))) == 1
