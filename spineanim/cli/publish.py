"""`spineanim publish`: make a folder for a website."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from spineanim.cli.options import chosen_scenes, scenes_argument, set_option
from spineanim.cli.progress import FrameProgress
from spineanim.cli.table import table
from spineanim.cli.work_options import work_options
from spineanim.content.project import MASTER_LANGUAGE, Project, find_project
from spineanim.errors import ContentError, ParameterError, SpineanimError
from spineanim.publish.addresses import checked_base

if TYPE_CHECKING:
    from spineanim.publish.upload_films import Row
    from spineanim.render.making import Making

_HEADINGS = ("FILM", "LANGUAGE", "WHAT", "SECONDS", "MB")
_NUMBERS = ("SECONDS", "MB")


def _codes(ctx: click.Context, option: click.Parameter, given: str) -> tuple[str, ...]:
    """Split codes at commas; each counts once."""
    codes = tuple(dict.fromkeys(code.strip() for code in given.split(",") if code.strip()))
    if not codes:
        raise click.BadParameter("name at least one, such as en,es", ctx, option)
    return codes


def _day(ctx: click.Context, option: click.Parameter, given: str | None) -> str:
    """Check a day; today when none is given."""
    try:
        return (date.today() if given is None else date.fromisoformat(given)).isoformat()
    except ValueError:
        raise click.BadParameter(f"{given!r} is no day, such as 2026-01-31", ctx, option) from None


def _address(ctx: click.Context, option: click.Parameter, given: str) -> str:
    """Check an address; a slash at its end does not matter."""
    try:
        return checked_base(given)
    except ParameterError as error:
        raise click.BadParameter(str(error), ctx, option) from None


@click.command()
@scenes_argument
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    required=True,
    help="The folder to upload; what else lies in it is left alone.",
)
@click.option(
    "--language",
    "languages",
    default=MASTER_LANGUAGE,
    show_default=True,
    metavar="CODE,...",
    callback=_codes,
    help="Languages of the words, such as en,es.",
)
@set_option
@click.option(
    "--base-url",
    default="",
    metavar="URL",
    callback=_address,
    help="Address that DIR will have on the web, for search engines.",
)
@click.option(
    "--date",
    "today",
    metavar="YYYY-MM-DD",
    callback=_day,
    help="Day that films which are new or changed are dated (default: today).",
)
@click.option(
    "--quality",
    type=click.Choice(["high", "draft"]),
    default="high",
    show_default=True,
    help="draft is small and quick, to try things out; it is not fit for the web.",
)
@work_options
def command(
    scenes: tuple[str, ...],
    every: bool,
    folder: Path,
    languages: tuple[str, ...],
    changes: dict[str, str],
    base_url: str,
    today: str,
    quality: str,
    jobs: int | None,
    start_method: str | None,
    scheduler: str | None,
    no_cache: bool,
) -> int:
    """Make a folder for a website: films of scenes, all that goes with them, and pages.

    \b
    DIR/en/pump/   films (1080p, 720p, AV1), captions, chapters, descriptions, poster,
                   a still of each step, a page to print, the film's page, manifest.json
    DIR/en/        the list of all films, the pump page, its illustrations
    DIR/site/      style, player, the practice's logo

    Films that are there, whole and made of what there is now, are left alone. Pages show all
    films in DIR, whatever run made them. Captions stand beside the picture, so that people can
    enlarge them or switch them off; --set captions=burned puts them into it. A film that fails
    does not stop the others; exit code 1 if any failed.
    """  # noqa: D301 (Click reads the backspace itself)
    project = find_project()
    scenes = chosen_scenes(project, scenes, every)
    _refuse_unknown(project, languages)
    from spineanim.content.parameters import load_parameters
    from spineanim.publish.logo import publish_logo
    from spineanim.publish.upload_films import FAILED, NOT_TRIED, Upload, upload_films
    from spineanim.render.making import Making, Way, usual_start_method

    # A logo that is no plain picture stops here, before every film would stumble over it.
    publish_logo(load_parameters(project, changes).logo, folder)
    way = Way(jobs or os.cpu_count() or 1, start_method or usual_start_method(), scheduler)

    @contextmanager
    def attended(name: str) -> Iterator[Making]:
        with FrameProgress(name, announced=False) as progress:
            yield Making(way, not no_cache, progress.update, progress.bake, progress.say)

    upload = Upload(project, folder, scenes, languages, changes, quality == "draft", today)
    rows: list[Row] = []
    for row in upload_films(upload, attended):
        rows.append(row)
        if row.trouble is not None:
            click.echo(f"spineanim: {row.what} {row.language}: {row.trouble}", err=True)
    has_failed = any(row.state in (FAILED, NOT_TRIED) for row in rows)
    has_site = _build_pages(project, folder, base_url, changes)
    click.echo(table(_HEADINGS, map(_cells, rows), _NUMBERS))
    click.echo(f"next: spineanim verify {folder}")
    return 1 if has_failed or not has_site else 0


def _refuse_unknown(project: Project, languages: tuple[str, ...]) -> None:
    """Stop before anything is made if there are no words in a language.

    Raises
    ------
    ContentError
        There are none.
    """
    for language in languages:
        if language not in project.languages:
            close = get_close_matches(language, project.languages, 1)
            known = ", ".join(project.languages)
            raise ContentError(
                f"there are no words in language {language!r}",
                f"did you mean {close[0]}?" if close else f"there are {known}",
            )


def _build_pages(project: Project, folder: Path, base_url: str, changes: Mapping[str, str]) -> bool:
    """Make the pages of all films that lie in a folder; tell whether that went well."""
    from spineanim.publish.site import build_site

    try:
        build_site(project, folder, base_url, changes)
    except SpineanimError as error:
        click.echo(f"spineanim: {error}", err=True)
        return False
    return True


def _cells(row: Row) -> tuple[str, ...]:
    seconds = f"{row.duration_s:.1f}" if row.duration_s else "-"
    size = f"{row.size_bytes / 1e6:.1f}" if row.size_bytes else "-"
    return (row.what, row.language, row.state, seconds, size)
