"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from spineanim.content.project import Project
from spineanim.render.catalog import find_scene, find_scenes
from spineanim.render.quality import QUALITIES

_SIZES = ", ".join(f"{q.name} {q.width_px}x{q.height_px}@{q.fps}" for q in QUALITIES.values())

Command = TypeVar("Command", bound=Callable[..., Any])

output_option = click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of all renders (default: renders/ of the project).",
)

aspect_option = click.option(
    "--aspect",
    type=click.Choice(["16:9", "1:1", "9:16"]),
    default="16:9",
    show_default=True,
    help="Shape of the frame: wide, square or tall.",
)


def scenes_argument(command: Command) -> Command:
    """`SCENE...`, or `--all` for every scene."""
    named = click.argument("scenes", metavar="SCENE...", nargs=-1)
    every = click.option("--all", "every", is_flag=True, help="All scenes of the project.")
    return named(every(command))


def chosen_scenes(project: Project, scenes: tuple[str, ...], every: bool) -> tuple[str, ...]:
    """Names of the scenes asked for; a wrong one stops before anything is made.

    Raises
    ------
    UsageError
        No scene is named and not all are meant, or both.
    SceneError
        A scene is named that there is not.
    """
    if every:
        if scenes:
            raise click.UsageError("give scenes or --all, not both")
        return tuple(find_scenes(project))
    if not scenes:
        raise click.UsageError("Missing argument 'SCENE...' (or --all).")
    for scene in scenes:
        find_scene(project, scene)
    return scenes


def quality_option(default: str) -> Callable[[Command], Command]:
    """`--quality` with a default of the command's own."""
    return click.option(
        "--quality",
        type=click.Choice(list(QUALITIES)),
        default=default,
        show_default=True,
        help=f"Size and frames a second: {_SIZES}.",
    )
