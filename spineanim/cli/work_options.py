"""Options that say which part of a film is made, and with how many hands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def clip_options(command: Command) -> Command:
    """`--from` and `--to`: a part of the film."""
    where = "BEAT|SECONDS"
    begin = click.option(
        "--from", "begin", metavar=where, help="Begin with this beat, or at a moment."
    )
    finish = click.option("--to", "finish", metavar=where, help="End with this beat, or moment.")
    return begin(finish(command))


def work_options(command: Command) -> Command:
    """`--jobs`, `--start-method`, `--scheduler`, `--no-cache`: who draws, and what anew."""
    jobs = click.option(
        "--jobs",
        type=click.IntRange(1),
        metavar="N",
        help="Draw so many segments at once (default: one a core).",
    )
    start = click.option(
        "--start-method",
        type=click.Choice(["fork", "replay"]),
        help="How workers come to their place in the film: as copies of the first process, or by "
        "playing up to it (default: fork on Linux, replay elsewhere).",
    )
    cache = click.option(
        "--no-cache",
        is_flag=True,
        help="Draw everything anew, and keep nothing of it.",
    )
    scheduler = click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Have the workers of a Dask cluster draw, such as tcp://10.0.0.5:8786 (needs "
        "spineanim[farm]; the same spineanim on every machine).",
    )
    return jobs(start(scheduler(cache(command))))
