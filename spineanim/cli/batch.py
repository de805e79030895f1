"""`spineanim batch`: make all the films a website wants."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from spineanim.cli.options import output_option
from spineanim.cli.progress import FrameProgress
from spineanim.cli.table import table
from spineanim.cli.work_options import work_options
from spineanim.content.project import find_project

if TYPE_CHECKING:
    from spineanim.render.batch import Row
    from spineanim.render.making import Making

_HEADINGS = (
    *("SCENE", "LANGUAGE", "SIDE", "SHAPE", "QUALITY", "FORMAT"),
    *("FRAMES", "SECONDS", "MB", "STATE"),
)
_NUMBERS = ("FRAMES", "SECONDS", "MB")


@click.command()
@click.argument("file", metavar="FILE.toml", type=click.Path(path_type=Path))
@output_option
@work_options
def command(
    file: Path,
    output: Path | None,
    jobs: int | None,
    start_method: str | None,
    scheduler: str | None,
    no_cache: bool,
) -> int:
    """Render every film that a file asks for.

    \b
    [steps]                              # any name; a file may have several
    scenes = ["trial", "pump"]           # or "all"
    languages = ["en", "es"]             # "en" when left out
    sides = ["left", "right"]            # the project's own when left out
    shapes = ["16:9", "9:16"]            # the project's own when left out
    qualities = "high"                   # that when left out
    formats = ["mp4", "webm"]            # "mp4" when left out
    set = { skin_tone = ["light", "deep"], trial_days = 5 }

    Each combination is a film. Where a side or parameter is a list, the folder is named for it:
    DIR/side=left,skin_tone=deep/pump/high-es-9x16. Films that are there, whole and made of what
    there is now, are left alone, so a batch that was stopped goes on where it was. A film that
    fails does not stop the others. A table of all films comes last; exit code 1 if any failed.
    """  # noqa: D301 (Click reads the backspace itself)
    project = find_project()
    from spineanim.render.batch_file import read_batch

    films = read_batch(file, project)
    from spineanim.render.batch import FAILED, NOT_TRIED, make_batch
    from spineanim.render.making import Making, Way, usual_start_method

    way = Way(jobs or os.cpu_count() or 1, start_method or usual_start_method(), scheduler)

    @contextmanager
    def attended(row: Row) -> Iterator[Making]:
        with FrameProgress(f"{len(rows) + 1} of {len(films)}: {_name(row)}") as progress:
            yield Making(way, not no_cache, progress.update, progress.bake, progress.say)

    rows: list[Row] = []
    for row in make_batch(project, films, output or project.renders, attended):
        rows.append(row)
        if row.trouble is not None:
            click.echo(f"spineanim: {_name(row)}: {row.trouble}", err=True)
    click.echo(_table(rows))
    return 1 if any(row.state in (FAILED, NOT_TRIED) for row in rows) else 0


def _name(row: Row) -> str:
    wanted = row.wanted
    words = (wanted.scene, wanted.language, row.side, row.shape, wanted.quality, wanted.format)
    return " ".join(word for word in (*words, _others(row)) if word)


def _others(row: Row) -> str:
    """Parameters that are set, besides the side."""
    changes = row.wanted.changes.items()
    return " ".join(f"{name}={value}" for name, value in changes if name != "side")


def _table(rows: list[Row]) -> str:
    """One line a film; parameters have a column if any is set."""
    headings = [*_HEADINGS]
    lines = [_cells(row) for row in rows]
    if any(_others(row) for row in rows):
        headings.insert(-1, "SET")
        for row, line in zip(rows, lines, strict=True):
            line.insert(-1, _others(row))
    return table(headings, lines, _NUMBERS)


def _cells(row: Row) -> list[str]:
    wanted = row.wanted
    numbers = [str(row.frames), f"{row.duration_s:.1f}", f"{row.size_bytes / 1e6:.1f}"]
    return [
        wanted.scene,
        wanted.language,
        row.side or "-",
        row.shape or "-",
        wanted.quality,
        wanted.format,
        *(numbers if row.frames else ["-", "-", "-"]),
        row.state,
    ]
