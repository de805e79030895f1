"""Reads an SVG and refuses what no plain drawing has, before any big library sees it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NoReturn
from xml.parsers import expat

from spineanim.content.artwork.cost import TooMuchError, refuse_costly
from spineanim.content.artwork.embedded import MOST_PX, DamagedError, embedded, is_picture
from spineanim.content.artwork.evened import make_even
from spineanim.content.artwork.tree import LABEL, SVG, Node
from spineanim.errors import ContentError

MOST_BYTES: Final = 5_000_000
_MOST_NODES: Final = 60_000
_DEEPEST: Final = 64
_MOST_ATTRIBUTES: Final = 500
"""Of one element: resvg compares each with each."""
_XLINK: Final = "http://www.w3.org/1999/xlink"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_INKSCAPE: Final = "http://www.inkscape.org/namespaces/inkscape"
_PLAIN: Final = "save it as plain SVG (docs/artwork.md says how, for each program)"
_ILLUSTRATOR: Final = (
    "in Illustrator, save it by File > Export > Export As > SVG, or switch off"
    " 'Preserve Illustrator Editing Capabilities'"
)
_EMBED: Final = "embed the picture in the file, as PNG or JPEG"
_REFUSED: Final = {
    "script": "runs a script",
    "handler": "runs a script",
    "foreignobject": "holds another program's data (foreignObject)",
    "iframe": "holds a web page",
    "audio": "holds sound",
    "video": "holds a video",
}
_URL: Final = re.compile(r"url\(\s{0,9}['\"]?\s{0,9}([^'\")\s]*)", re.I)


class _UnfitError(Exception):
    """What is wrong, and what to do about it."""

    def __init__(self, what: str, remedy: str = _PLAIN) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


def read_svg(source: bytes, name: str) -> Node:
    """Read an SVG: only SVG's own elements and attributes, and nothing that names other files.

    Nothing is expanded or fetched on the way, and it takes no time.

    Parameters
    ----------
    source
        The file's bytes.
    name
        What to call it in messages.

    Returns
    -------
    Its root.

    Raises
    ------
    ContentError
        It is no plain drawing: it declares entities, names files or servers, holds scripts or
        data of other programs, repeats itself without end, or would take too long to draw.
    """
    reader = _Reader()
    try:
        if source[:2] == b"\x1f\x8b":
            raise _UnfitError("it is compressed", "save it as .svg, not as .svgz")
        if len(source) > MOST_BYTES:
            raise _UnfitError(
                f"it takes {len(source) / 1e6:.1f} MB, more than {MOST_BYTES / 1e6:.0f}",
                "make embedded pictures smaller, or paths simpler",
            )
        reader.parser.Parse(source, True)
        root = _root(reader)
        refuse_costly(root)
        make_even(root)
    except _UnfitError as unfit:
        where = f"{name}:{reader.line}" if reader.line else name
        raise ContentError(f"{where} cannot be drawn: {unfit.what}", unfit.remedy) from None
    except TooMuchError as much:
        raise ContentError(f"{name}:{much.line} cannot be drawn: {much}", much.remedy) from None
    except (expat.ExpatError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", 0)
        said = " ".join(str(error).split(": line")[0].split())
        where = f"{name}:{line}" if line else name
        raise ContentError(f"{where} cannot be drawn: it is no SVG ({said})", _PLAIN) from None
    return root


def read_svg_file(file: Path) -> Node:
    """Read an SVG file, see `read_svg`.

    Raises
    ------
    ContentError
        It is missing, or no plain drawing.
    """
    return read_svg(bytes_of(file), str(file))


def bytes_of(file: Path) -> bytes:
    """Read a file, but no more of it than an SVG may have, and one byte.

    Raises
    ------
    ContentError
        It is missing or cannot be read.
    """
    try:
        if file.exists() and not file.is_file():  # a pipe or a device might never end
            what = "a folder" if file.is_dir() else "no plain file"
            raise ContentError(f"{file}: is {what}", "name an SVG file")
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise ContentError(f"{file}: no such file", "check its name and folder") from None
    except OSError as error:
        raise ContentError(f"{file}: cannot be read ({error.strerror})") from None


def _root(reader: _Reader) -> Node:
    if reader.root is None or reader.root.tag != "svg":
        raise _UnfitError("it is no SVG")
    return reader.root


class _Reader:
    """Builds the tree and stops at the first thing that no plain drawing has."""

    def __init__(self) -> None:
        self.parser = parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        self.root: Node | None = None
        self.line = 0
        self._open: list[Node | None] = []
        """Elements that are not closed yet; None for those of other programs."""
        self._count = self._pictures_px = 0

    def _refuse(self, what: str, remedy: str = _PLAIN) -> NoReturn:
        self.line = self.parser.CurrentLineNumber
        raise _UnfitError(what, remedy)

    def _doctype(self, name: str, system: str | None, public: str | None, internal: int) -> None:
        if internal:
            self._refuse("it declares entities of its own", _ILLUSTRATOR)

    def _entity(self, *_: object) -> None:
        self._refuse("it declares entities of its own", _ILLUSTRATOR)

    def _instruction(self, target: str, data: str) -> None:
        if target.lower() == "xml-stylesheet":
            self._refuse("it names a style sheet outside the file", "put the styles into the file")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition("}")
        self._count += 1
        if self._count > _MOST_NODES:
            self._refuse(f"it has more than {_MOST_NODES} elements", "simplify it")
        if len(self._open) >= _DEEPEST:
            self._refuse("it has too many groups in groups", "ungroup some")
        if tag.lower() in _REFUSED:
            remedy = _ILLUSTRATOR if tag.lower() == "foreignobject" else _PLAIN
            self._refuse(f"it {_REFUSED[tag.lower()]}", remedy)
        above = self._open[-1] if self._open else None
        foreign = space not in ("", SVG) or (self._open and above is None)
        if foreign:
            self._open.append(None)
            return
        if len(attributes) > _MOST_ATTRIBUTES:
            self._refuse(f"an element has more than {_MOST_ATTRIBUTES} attributes", "simplify it")
        before_px = self._pictures_px
        node = Node(tag, self._attributes(tag, attributes), self.parser.CurrentLineNumber, above)
        node.pixels = self._pictures_px - before_px
        if above is None:
            self.root = node
        else:
            above.children.append(node)
        self._open.append(node)

    def _attributes(self, tag: str, given: dict[str, str]) -> dict[str, str]:
        """Keep SVG's own attributes, and Inkscape's names of layers."""
        kept: dict[str, str] = {}
        for name, text in given.items():
            space, _, plain = name.rpartition("}")
            if plain.lower().startswith("on") and space in ("", SVG):
                self._refuse(f"it runs a script ({plain})")
            if plain == "href" and space in ("", _XLINK):
                if tag == "a":  # where a link leads to is not drawn
                    if "".join(text.split()).lower().startswith("javascript:"):
                        self._refuse("it runs a script (a link)")
                else:
                    kept["href"] = self._referred(tag, text.strip())
            elif space in ("", SVG):
                self._refuse_outside(text)
                kept[plain] = text.strip()  # with blanks round it, resvg reads no number
            elif space == _XML and plain == "space":
                kept["xml:space"] = text
            elif space == _INKSCAPE and plain == "label":
                kept[LABEL] = text
        return kept

    def _referred(self, tag: str, href: str) -> str:
        """Return a reference; refuse what leads out of the file, and pictures that are none."""
        if href.startswith("#") or not href:
            return href
        if tag not in ("image", "feImage") or not is_picture(href):
            what = "embeds something that is no PNG or JPEG"
            outside = f"names something outside the file ({href[:40]!r})"
            self._refuse(f"it {what if href[:5].lower() == 'data:' else outside}", _EMBED)
        try:
            picture = embedded(href, MOST_PX - self._pictures_px)
        except DamagedError:
            self._refuse("it embeds a picture that is damaged", _EMBED)
        self._pictures_px += picture.pixels
        if self._pictures_px > MOST_PX:
            self._refuse(
                f"it embeds pictures of more than {MOST_PX / 1e6:.0f} million pixels",
                "make them smaller",
            )
        return picture.href

    def _refuse_outside(self, text: str) -> None:
        """Refuse a style that names files or servers."""
        for place in _URL.findall(text):
            if place and not place.startswith("#"):
                self._refuse(f"a style names something outside the file ({place[:40]!r})")
        if "@import" in text.lower():
            self._refuse("a style names a style sheet outside the file")

    def _end(self, name: str) -> None:
        node = self._open.pop()
        if node is not None and node.tag == "style":
            self._refuse_outside(node.text)

    def _text(self, text: str) -> None:
        node = self._open[-1] if self._open else None
        if node is not None:
            node.children.append(text)
