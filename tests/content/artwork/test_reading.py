"""Hostile files are refused at once, by one line that says where and what to do."""

from __future__ import annotations

import socket
import time
import tracemalloc
from pathlib import Path

import pytest

from spineanim.content.artwork.reading import MOST_BYTES, read_svg, read_svg_file
from spineanim.errors import ContentError
from tests.content.artwork.drawings import FILES, HEAD, picture_data, svg

WEB = "http://127.0.0.1:9/x"
RECT = '<rect width="9" height="9"/>'
MANY = " ".join(f'a{n}=""' for n in range(9000))
SAID = ";".join(f"a{n}:1" for n in range(900))
USED = '<use href="#i"/>'
LAUGHS = '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">'
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


def doubled(tag: str, attribute: str, levels: int = 16) -> str:
    """Return definitions of which each is used twice by the next, and a shape."""
    chain = f'<{tag} id="m0">{RECT}</{tag}>'
    for level in range(levels):
        inner = f'<rect width="9" height="9" {attribute}="url(#m{level})"/>' * 2
        chain += f'<{tag} id="m{level + 1}">{inner}</{tag}>'
    return svg(f'{chain}<rect width="9" height="9" {attribute}="url(#m{levels})"/>')


def uses(levels: int, times: int) -> str:
    """Return groups of which each is used so often by the next."""
    chain = f'<g id="u0">{RECT}</g>'
    for level in range(levels):
        inner = f'<use href="#u{level}"/>' * times
        chain += f'<g id="u{level + 1}">{inner}</g>'
    return svg(chain)


def turbulent(octaves: str) -> str:
    return svg(
        f'<filter id="f"><feTurbulence numOctaves="{octaves}"/></filter><rect filter="url(#f)"/>'
    )


HOSTILE = {
    "entity bomb": (f"<!DOCTYPE svg [{LAUGHS}]>{HEAD}><text>&j;</text></svg>", "entities"),
    "entity from a file": (
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{svg("&x;")}', "entities"
    ),
    "entity from a server": (
        f'<!DOCTYPE svg [<!ENTITY % x SYSTEM "{WEB}"> %x;]>{svg("")}', "entities"
    ),
    "script": (svg("<script>alert(1)</script>"), "script"),
    "script in an attribute": (svg('<rect onclick="alert(1)"/>'), "script"),
    "script in a link": (svg('<a href="java&#9;Script:alert(1)"><rect/></a>'), "script"),
    "page within": (svg("<foreignObject><body/></foreignObject>"), "foreignObject"),
    "frame": (svg("<iframe/>"), "web page"),
    "picture from a server": (svg(f'<image href="{WEB}"/>'), "outside the file"),
    "picture from a file": (svg('<image xlink:href="file:///etc/passwd"/>'), "outside the file"),
    "picture beside": (svg('<image href="photo.png"/>'), "outside the file"),
    "picture that is a drawing": (svg('<image href="data:image/svg+xml,%3Csvg/%3E"/>'), "PNG"),
    "picture that is none": (svg('<image href="data:image/png;base64,AAAA"/>'), "damaged"),
    "filter's picture": (svg(f'<filter><feImage href="{WEB}"/></filter>'), "outside the file"),
    "huge pictures": (svg(f'<image href="{picture_data((4100, 4100))}"/>'), "million pixels"),
    "clone of another file": (svg('<use href="other.svg#a"/>'), "outside the file"),
    "style sheet": (f'<?xml-stylesheet href="{WEB}"?>{svg("")}', "style sheet"),
    "imported style": (svg(f'<style>@import "{WEB}";</style>'), "style sheet"),
    "font from a server": (svg(f"<style>@font-face{{src:url({WEB})}}</style>"), "outside"),
    "fill from a server": (svg(f'<rect fill="url({WEB}#a)"/>'), "outside"),
    "fill from a server by style": (svg(f"<rect style=\"fill:url('{WEB}#a')\"/>"), "outside"),
    "itself within": (svg('<g id="a"><use href="#a"/></g>'), "itself"),
    "pattern of itself": (
        svg('<pattern id="p"><rect fill="url(#p)"/></pattern><rect fill="url(#p)"/>'), "itself"
    ),
    "clones of clones": (uses(8, 10), "too long"),
    "a chain of clones": (uses(3000, 1), "clones of clones"),
    "masks of masks": (doubled("mask", "mask"), "too long"),
    "clips of clips": (doubled("clipPath", "clip-path"), "too long"),
    "patterns of patterns": (doubled("pattern", "fill", 20), "too long"),
    "clips by a style": (
        svg("<style>.a{mask:url(#m)}</style><mask id='m'>" + RECT * 900 + "</mask>"
            + "<g class='a'/>" * 900), "too long"
    ),
    "markers": (
        svg('<marker id="m"><rect/><rect/></marker><path marker-mid="url(#m)" d="M0 0'
            + "L9 9" * 200_000 + '"/>'), "too long"
    ),
    "many octaves": (turbulent("100000"), "too long"),
    "octaves without number": (turbulent("1e400"), "too long"),
    "many points": (svg(f'<path d="M0 0{"h1" * 2_000_000}"/>'), "too long"),
    "many arcs": (svg(f'<path d="M0 0{"a1 1 0 0 1 1 1" * 20_000}"/>'), "too long"),
    "many shapes": (svg("<g/>" * 70_000), "elements"),
    "many layers": (svg("<g opacity='.5'/>" * 9_000), "too long"),
    "many groups": (svg("<g>" * 5_000 + "</g>" * 5_000), "groups in groups"),
    "many rules": (
        svg(f"<style>{''.join(f'.a{n}{{fill:red}}' for n in range(9000))}</style>{RECT * 900}"),
        "rules of style",
    ),
    "many rules for one": (
        svg(f"<style>{''.join(f'.a{n}{{fill:red}}' for n in range(99_000))}</style>{RECT}"),
        "rules of style",
    ),
    "one rule for many": (
        svg(f"<style>{'g,' * 900}g{{{SAID}}}</style>{RECT}"),
        "rules of style",
    ),
    "many attributes": (svg(f"<rect {MANY}/>"), "attributes"),
    "a large picture many times": (
        svg(f'<image id="i" href="{picture_data((3000, 3000))}"/>{USED * 99}'),
        "too long",
    ),
    "picture broken off": (
        svg(f'<image href="{picture_data((99, 99))[:-64]}"/>'), "damaged"
    ),
    "large file": (f"<!--{'x' * MOST_BYTES}-->{svg('')}", "MB"),
    "compressed": ("\x1f\x8b", "no SVG"),
    "broken off": (f"{HEAD}><rect", "no SVG"),
    "nothing": ("", "no SVG"),
    "another kind of file": ("<html/>", "no SVG"),
}  # fmt: skip
HARMLESS = {
    "document type": f'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "{WEB}">{svg(RECT)}',
    "link": svg(f'<a href="{WEB}">{RECT}</a>'),
    "embedded pictures": svg(f'<image href="{picture_data()}"/>')
    + f"<!-- {picture_data(kind='JPEG')} -->",
    "a sheet without end": svg(f"<style>{'a{' * 9_000}</style>"),
    "a sheet of comments": svg(f"<style>{'/*' * 400_000}</style>"),
    "a long selector": svg(f"<style>{'a' * 900_000}{{fill:red}}</style>"),
    "much room": svg(f'<rect fill="url({" " * 900_000}#a)"/>'),
    "what Inkscape writes": (FILES / "inkscape.svg").read_text(encoding="utf-8"),
    "what Illustrator writes": (FILES / "illustrator.svg").read_text(encoding="utf-8"),
}


@pytest.fixture(autouse=True)
def no_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for a connection fails a test."""

    def refuse(*_: object) -> None:
        raise AssertionError("something was asked from a server")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_at_once(kind: str) -> None:
    text, said = HOSTILE[kind]
    source, begun_s = text.encode(), time.process_time()
    with pytest.raises(ContentError, match=said) as caught:
        read_svg(source, "art.svg")
    assert time.process_time() - begun_s < 1.0
    line = str(caught.value)
    assert line.startswith("art.svg") and "cannot be drawn" in line and "\n" not in line
    assert caught.value.hint and len(line) < 350
    assert "root:" not in line


@pytest.mark.parametrize("kind", ["entity bomb", "clones of clones", "many groups", "large file"])
def test_a_bomb_takes_little_memory(kind: str) -> None:
    source = HOSTILE[kind][0].encode()
    tracemalloc.start()
    try:
        with pytest.raises(ContentError):
            read_svg(source, "art.svg")
        assert tracemalloc.get_traced_memory()[1] < 30e6
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", HARMLESS)
def test_a_harmless_file_is_read_at_once(kind: str) -> None:
    begun_s = time.process_time()
    assert read_svg(HARMLESS[kind].encode(), "art.svg").tag == "svg"
    assert time.process_time() - begun_s < 1.0


def test_the_line_is_named() -> None:
    with pytest.raises(ContentError, match=r"^art\.svg:3 cannot be drawn"):
        read_svg(svg("\n\n<script/>").encode(), "art.svg")


def test_illustrators_own_data_is_refused_with_its_remedy() -> None:
    with pytest.raises(ContentError, match="Preserve Illustrator Editing Capabilities") as caught:
        read_svg_file(FILES / "illustrator-editable.svg")
    assert "Export As > SVG" in caught.value.hint


def test_a_folder_is_named_as_one(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="is a folder"):
        read_svg_file(tmp_path)


def test_what_cannot_end_is_not_read(tmp_path: Path) -> None:
    for file in (Path("/dev/zero"), tmp_path, tmp_path / "none.svg"):
        with pytest.raises(ContentError, match=r"no such file|no plain file|a folder"):
            read_svg_file(file)


def test_only_what_svg_knows_is_kept() -> None:
    root = read_svg_file(FILES / "illustrator.svg")
    assert {node.tag for node in root.walk()} <= {
        *("svg", "style", "g", "rect", "circle", "line", "defs", "clipPath", "use"),
        *("linearGradient", "stop"),
    }
    assert not [name for node in root.walk() for name in node.attrs if name.startswith("i:")]
