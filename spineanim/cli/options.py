"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

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


def quality_option(default: str) -> Callable[[Command], Command]:
    """`--quality` with a default of the command's own."""
    return click.option(
        "--quality",
        type=click.Choice(list(QUALITIES)),
        default=default,
        show_default=True,
        help=f"Size and frames a second: {_SIZES}.",
    )
