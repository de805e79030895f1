"""`spineanim atlas`: look at every part of the model from all sides, and at its measures."""

from __future__ import annotations

from pathlib import Path

import click

from spineanim.cli.progress import FrameProgress
from spineanim.content.project import find_project


@click.command()
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of the sheets (default: renders/atlas of the project).",
)
@click.option("--part", "parts", metavar="NAME", multiple=True, help="Only this part, large.")
@click.option("--sheet", "sheets", metavar="NAME", multiple=True, help="Only this sheet.")
@click.option(
    "--quality",
    type=click.Choice(["low", "high"]),
    default="high",
    show_default=True,
    help="Size of the pictures: low is half as large.",
)
@click.option(
    "--workers",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Processes to bake in (default: one a core).",
)
def command(
    to: Path | None, parts: tuple[str, ...], sheets: tuple[str, ...], quality: str, workers: int
) -> None:
    """Draw every part of the body and of the devices in every view.

    The result is contact sheets as PNG, and measurements.csv and measurements.md, which set
    each measure of the model beside its published value. --part and --sheet may be given
    several times; the measurements are written when neither is given.
    """
    project = find_project()
    from spineanim.render.atlas import Wanted, make_atlas

    with FrameProgress("atlas", "pictures of parts") as progress:
        made = make_atlas(
            project,
            Wanted(parts, sheets),
            to or project.renders / "atlas",
            quality,
            workers,
            progress.update,
        )
    click.echo(made.sentence)
