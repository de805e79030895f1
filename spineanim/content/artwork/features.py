"""What of a drawing would not be drawn as it looks, by layer, and what to do about it.

Each entry was found by drawing it with resvg and in Chromium, and comparing the pictures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import uharfbuzz as hb

from spineanim.content.artwork.layers import Box, in_a_line, layers_of, name_of, page_ratio
from spineanim.content.artwork.styles import declarations, rules_in
from spineanim.content.artwork.tree import NEVER_DRAWN, Node
from spineanim.content.fonts import TYPEFACE, font_file

_OUTLINES: Final = (
    "turn the text into paths (Illustrator: Type > Create Outlines; Inkscape: Path > Object to"
    " Path; Affinity: Convert to Curves)"
)
_EXPAND: Final = "expand it into plain shapes, or embed that part as a picture (PNG)"
_ATTRIBUTES: Final = "export with presentation attributes or plain classes"
_COLOURS: Final = "write the colour as #rrggbb, with opacity apart"


@dataclass(frozen=True)
class Finding:
    """Something that would not be drawn as it looks.

    Attributes
    ----------
    layer
        Name of the layer; empty for what belongs to none.
    line
        Where it stands in the file, from 1.
    what
        The feature.
    remedy
        What to do about it.
    """

    layer: str
    line: int
    what: str
    remedy: str


_TAGS: Final = {
    "meshgradient": ("a mesh gradient", _EXPAND),
    "meshGradient": ("a mesh gradient", _EXPAND),
    "hatch": ("a hatch", _EXPAND),
    "solidColor": ("a named colour (solidColor)", "give the shapes the colour itself"),
    "flowRoot": ("flowed text", _OUTLINES),
    "flowRegion": ("flowed text", _OUTLINES),
    "flowPara": ("flowed text", _OUTLINES),
    "font": ("a font within the file", _OUTLINES),
    "animate": ("an animation", "remove it; films are animated by their scenes"),
    "animateTransform": ("an animation", "remove it; films are animated by their scenes"),
    "animateMotion": ("an animation", "remove it; films are animated by their scenes"),
    "set": ("an animation", "remove it; films are animated by their scenes"),
    "feDiffuseLighting": ("a light filter, whose colours come out otherwise", _EXPAND),
    "feSpecularLighting": ("a light filter, whose colours come out otherwise", _EXPAND),
    "feDisplacementMap": ("a displacement filter", _EXPAND),
    "textArea": ("flowed text", _OUTLINES),
}
_DRAWN: Final = NEVER_DRAWN | {
    *("svg", "g", "a", "switch", "use", "view", "stop", "title", "image"),
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *("text", "tspan", "textPath"),
}
_ELSEWHERE: Final = frozenset(("x", "y", "cx", "cy", "r", "rx", "ry", "width", "height", "d"))
_DRAWN_WEIGHTS: Final = "regular, semibold or bold"
_SAME_SHAPE: Final = 0.02
_MOVES: Final = frozenset(("transform", "rotate", "scale", "translate"))
"""What CSS may say in browsers, and resvg reads from attributes alone."""
_UNREAD: Final = {
    "transform-box": "a turn about the shape's own box (transform-box)",
    "shape-inside": "text that flows in a shape",
    "inline-size": "text that breaks by itself (inline-size)",
    "backdrop-filter": "a filter of what lies behind (backdrop-filter)",
    "text-transform": "text in other letters than are written (text-transform)",
    "text-shadow": "a shadow of text (text-shadow)",
}
_PAINT: Final = ("fill", "stroke", "stop-color", "color", "flood-color", "lighting-color")
_NEW_COLOUR: Final = re.compile(
    r"(?:lab|lch|oklab|oklch|hwb|color|color-mix|device-cmyk|icc-color)\("
    r"|(?:rgb|hsl)a?\([^,)]{1,60}/[^)]{1,20}\)"
    r"|hsla?\([^,)]{0,20}(?:deg|rad|turn)|rgba?\((?:[^,%)]{1,20},){3}[^,%)]{1,20}%|rebeccapurple"
)
_OTHER_WEIGHT: Final = re.compile(r" (lighter|[1-9]\d\d?|1000) (?<! [4-7]00 )")
"""Weights of the typeface that are not drawn."""
_MEASURES: Final = (
    *sorted(_ELSEWHERE - {"d"}),
    "x1",
    "x2",
    "y1",
    "y2",
    "stroke-width",
    "font-size",
)
_OTHER_UNIT: Final = re.compile(r"[\d.+-]{1,30}(vw|vh|vmin|vmax|rem|ch)$", re.I)
_SIMPLE_SELECTOR: Final = re.compile(r"[\w\s.#>+*\[\]=\"'-]+(?::first-child)?$")
_AT_RULE: Final = re.compile(r"@([\w-]{1,40})")
_VALUE: Final = re.compile(r"\b(var|calc|env|attr|min|max|clamp)\(")


def findings_in(root: Node, alone: Node | None = None) -> list[Finding]:
    """Return everything that would not be drawn as it looks, in the order of the file.

    Parameters
    ----------
    root
        The drawing.
    alone
        A layer of it, to judge that and what it may refer to.
    """
    named = {id(node): name_of(node) for node in layers_of(root)}

    def layer(node: Node) -> str:
        return next((named[id(each)] for each in (node, *node.above) if id(each) in named), "")

    found = dict.fromkeys(
        Finding(layer(node), node.line, in_a_line(what), remedy)
        for node in root.walk()
        if alone is None or _matters(node, alone)
        for judge in _JUDGES
        for what, remedy in judge(node)
    )
    return list(found)


def _matters(node: Node, layer: Node) -> bool:
    """Tell whether a node is in a layer, or may be referred to by it."""
    around = (node, *node.above)
    return layer in around or any(each.tag in NEVER_DRAWN for each in around)


Told = Iterator[tuple[str, str]]


def _tags(node: Node) -> Told:
    if node.tag in _TAGS:
        yield _TAGS[node.tag]
    elif node.tag not in _DRAWN and not node.tag.startswith("fe"):
        yield f"<{node.tag}>, which is not drawn", _EXPAND


def _own_style(node: Node) -> Told:
    """Judge what an element says of itself."""
    yield from _style(node.style)
    css = set(declarations(node.attrs.get("style", "")))
    for name in sorted(css & _ELSEWHERE):
        yield f"a measure written as style ({name})", "write it as an attribute"
    for name in sorted(css & _MOVES):
        yield f"a move or turn written as style ({name})", "write it as an attribute"
    for name in _MEASURES:
        unit = _OTHER_UNIT.match(node.style.get(name, ""))
        if unit:
            yield f"a measure in {unit.group(1)} ({name})", "give it in units of the drawing"
    if node.tag == "use" and "%" in node.attrs.get("width", "") + node.attrs.get("height", ""):
        yield "a clone whose size is a percentage", "give it in units of the drawing"
    if "pathLength" in node.attrs and node.style.get("stroke-dasharray", "none") != "none":
        yield "dashes measured by pathLength", "give dashes in units of the drawing"


def _page(node: Node) -> Told:
    """Judge the page: what is drawn fills its viewBox, not another shape that it is fitted into."""
    if node.parent is None:
        ratio, page = page_ratio(node), Box.of_page(node)
        if ratio and abs(ratio * page.high / page.wide - 1.0) > _SAME_SHAPE:
            yield (
                "a page whose width and height have another shape than its viewBox",
                "give them the same (Inkscape: File > Document Properties)",
            )


def _style(style: dict[str, str]) -> Told:
    """Judge declarations, of an element or of a rule."""
    for name, what in _UNREAD.items():
        if style.get(name, "none") not in ("none", "auto", "view-box"):
            yield what, _OUTLINES if "text" in what else _ATTRIBUTES
    if style.get("vector-effect", "none") != "none":
        yield "a stroke that keeps its width (vector-effect)", "outline the stroke, or unset it"
    if "(" in style.get("clip-path", "").replace("url(", ""):
        yield "a clip written as a CSS shape", "clip by a path"
    if style.get("color-interpolation", "sRGB").lower() == "linearrgb":
        yield "a gradient mixed in linear light (color-interpolation)", "unset it"
    if style.get("mix-blend-mode") == "plus-lighter":
        yield "the blend mode plus-lighter", "choose another blend mode"
    if style.get("stroke-linejoin") == "arcs":
        yield "round outer corners (stroke-linejoin: arcs)", "choose miter, round or bevel"
    weight = _OTHER_WEIGHT.search(f" {style.get('font-weight', '')} {style.get('font', '')[:99]} ")
    if weight:
        yield f"text of the weight {weight.group(1)}", f"{_OUTLINES}, or set it {_DRAWN_WEIGHTS}"
    for name in _PAINT:
        if _NEW_COLOUR.match(style.get(name, "")[:200].lower()):
            yield f"a colour in a new notation ({style[name][:40]})", _COLOURS
    for name, value in style.items():
        if name.startswith("--"):
            continue
        called = _VALUE.search(value[:400])
        if called and name not in ("d", "points"):
            yield f"a value that CSS works out ({called.group(1)})", "write the value itself"


def _filters(node: Node) -> Told:
    if node.tag == "feGaussianBlur":
        told = node.attrs.get("stdDeviation", "0").replace(",", " ").split()
        if len(told) == 2 and told[0] != told[1]:
            yield "a blur along one axis", "blur both axes alike, or embed that part as a picture"
    if node.tag.startswith("fe"):
        for name in ("in", "in2"):
            if node.attrs.get(name, "").startswith(("Background", "FillPaint", "StrokePaint")):
                yield f"a filter of {node.attrs[name]}", _EXPAND


def _sheets(node: Node) -> Told:
    """Judge style sheets."""
    if node.tag != "style":
        return
    if node.attrs.get("media", "all").lower() not in ("all", "screen", ""):
        yield f"a style under a condition (media {node.attrs['media'][:40]})", _ATTRIBUTES
    for name in sorted(set(_AT_RULE.findall(node.text))):
        if name in ("font-face", "font"):
            yield "a font within the file (@font-face)", _OUTLINES
        elif name not in ("charset", "namespace"):
            yield f"a style under a condition (@{name})", _ATTRIBUTES
    for rule in rules_in(node.text):
        if rule.selector.startswith("@") or not rule.selector:
            continue
        if not _SIMPLE_SELECTOR.match(rule.selector[:200]):
            yield f"the style rule {rule.selector[:40]!r}", _ATTRIBUTES
        yield from _style(rule.style)
        for name in sorted(set(rule.style) & (_ELSEWHERE | _MOVES)):
            yield f"a measure or move written as style ({name})", "write it as an attribute"
        if "font" in rule.style or "font-family" in rule.style:
            yield from _font(rule.style)


def _texts(node: Node) -> Told:
    """Judge letters: only the typeface of the films is drawn, and what it has."""
    if node.tag not in ("text", "tspan", "textPath"):
        return
    letters = {each for piece in node.children if isinstance(piece, str) for each in piece}
    if node.tag == "text" and node.text.strip() and not _family_said(node):
        yield "text in no typeface of its own", _OUTLINES
    yield from _font(node.style)
    lacking = sorted(each for each in letters if not each.isspace() and not _has(each))
    if lacking:
        yield f"letters that {TYPEFACE} lacks ({''.join(lacking[:8])})", _OUTLINES
    if node.style.get("white-space", "").startswith(("pre", "break")) and "  " in node.text:
        yield "several spaces in a row", "space letters by moving them, or: " + _OUTLINES


def _family_said(node: Node) -> bool:
    """Tell whether a typeface is said for a text: by it, above it, in it, or by a class."""
    around = [node, *node.above, *node.walk()]
    return any({"font-family", "font", "class"} & set(each.style) for each in around)


def _font(style: dict[str, str]) -> Told:
    """Judge a typeface; that of the films is drawn, in its upright weights."""
    family = style.get("font-family", "")
    short = style.get("font", "")
    first = (family or short).split(",")[0].strip().strip("'\"")
    if (family and first != TYPEFACE) or (not family and short and TYPEFACE not in short):
        yield f"text in the typeface {first[:40]}", f"{_OUTLINES}, or set it in {TYPEFACE}"
    if "/" in short:
        yield "text whose font is told with a line height", "tell size and typeface apart"
    if style.get("font-style", "normal") != "normal" or "italic" in short:
        yield "text in italics", _OUTLINES


def _has(letter: str) -> bool:
    """Tell whether the typeface has a letter."""
    return bool(_typeface().get_nominal_glyph(ord(letter)))


@lru_cache(maxsize=1)
def _typeface() -> hb.Font:
    return hb.Font(hb.Face(hb.Blob(font_file("Regular").read_bytes())))


_JUDGES: Final[tuple[Callable[[Node], Told], ...]] = (
    _tags,
    _own_style,
    _page,
    _filters,
    _sheets,
    _texts,
)
