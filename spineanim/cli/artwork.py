"""`spineanim artwork`: what illustrators bring, and whether it is drawn as it looks."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from spineanim.cli.table import table
from spineanim.content.project import find_project

if TYPE_CHECKING:
    from spineanim.content.artwork.art import Artwork


@click.group()
def command() -> None:
    """Check drawings that stand for parts of the films, or list those parts.

    \b
    spineanim artwork list              parts that a drawing may stand for
    spineanim artwork check pump.svg    layers of a drawing, and what would not look as drawn
    """  # noqa: D301 (Click reads the backspace itself)


@command.command("list")
def list_() -> None:
    """List parts that a drawing may stand for, and which drawing does.

    Which one does is said in assets/artwork/parts.toml; docs/artwork.md says how.
    """
    from spineanim.content.artwork.parts import PARTS, load_parts

    project = find_project()
    own = load_parts(project)
    rows = []
    for name, kind in PARTS.items():
        artwork = own.get(name)
        drawing = "as it comes"
        if artwork:
            drawing = artwork.file.relative_to(project.artwork).as_posix()
            drawing += f", layer {artwork.layer}" if artwork.layer else ""
        rows.append((name, kind.place, kind.size, drawing))
    click.echo(table(("PART", "SEEN", "SIZE", "DRAWN BY"), rows))


@command.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--part", metavar="NAME", help="Judge what is drawn of it for this part.")
def check(file: Path, part: str | None) -> int:
    """Check a drawing: is it safe, what layers has it, what would not look as drawn.

    Prints every layer that has a name, with its size in units of the drawing, and a line for each
    feature that would not be drawn as it looks, with a remedy. The exit code is 1 if there is
    any, or if the file is refused. Nothing is written.
    """
    from spineanim.content.artwork.art import named
    from spineanim.content.artwork.features import findings_in
    from spineanim.content.artwork.judging import layers_seen
    from spineanim.content.artwork.layers import layer_named
    from spineanim.content.artwork.raster import rough_boxes
    from spineanim.content.artwork.reading import read_svg_file

    artwork = _drawing_of(part, file) if part else None
    if part and artwork is None:
        click.echo(f"{part} is not drawn by this file yet: name it in assets/artwork/parts.toml")
    root = read_svg_file(file)
    with named(file):
        rough_boxes([root])  # whether it can be drawn at all
        rows = [
            (each.name, str(each.line), *map(_length, each.size or ()), each.note)
            for each in layers_seen(root)
        ]
    if rows:
        headings = ("LAYER", "LINE", "WIDTH", "HEIGHT", "")
        full = [row if len(row) == 5 else (*row[:2], "", "", row[2]) for row in rows]
        click.echo(table(headings, full, numbers=headings[1:4]))
    layer = layer_named(root, artwork.layer) if artwork and artwork.layer else None
    findings = findings_in(root, layer)
    for each in findings:
        where = f"{file}:{each.line}: " + (f"layer {each.layer}: " if each.layer else "")
        click.echo(f"{where}{each.what} is not drawn as it looks; {each.remedy}")
    if artwork and artwork.anchor:
        left, bottom, right, top = artwork.in_mm(1.0).box_mm
        click.echo(f"as {part} it is {right - left:.1f} x {top - bottom:.1f} mm")
    if not findings:
        click.echo("everything is drawn as it looks")
    return 1 if findings else 0


def _drawing_of(part: str, file: Path) -> Artwork | None:
    """Return the drawing of a part if it is this file; None if the part has none, or another.

    Raises
    ------
    ContentError
        There is no such part.
    """
    from spineanim.content.artwork.parts import PARTS, load_parts
    from spineanim.errors import ContentError

    if part not in PARTS:
        close = get_close_matches(part, PARTS, 1, 0.5)
        hint = f"did you mean {close[0]}?" if close else "'spineanim artwork list' names them"
        raise ContentError(f"there is no part {part!r}", hint)
    found = load_parts(find_project()).get(part)
    return found if found and found.file.resolve() == file.resolve() else None


def _length(units: float) -> str:
    return f"{units:.3g}"
