"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from spineanim.content.narration import Narration
from spineanim.content.project import MASTER_LANGUAGE, Project
from spineanim.render.catalog import find_scene, find_scenes
from spineanim.render.quality import QUALITIES

if TYPE_CHECKING:
    from spineanim.content.page import PageWords
    from spineanim.content.parameters import Parameters
    from spineanim.content.settings import Settings

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
    help="Shape of the frame: wide, square or tall (default: the parameter aspect).",
)

language_option = click.option(
    "--language",
    default=MASTER_LANGUAGE,
    show_default=True,
    metavar="CODE",
    help="Language of the words, such as es; what it lacks stays English.",
)

narration_option = click.option(
    "--narration",
    type=click.Choice([each.value for each in Narration]),
    callback=lambda ctx, option, value: Narration(value),
    default=Narration.FILES.value,
    show_default=True,
    help="Who speaks: voice files in assets/voice, espeak-ng where there is no file, or nobody.",
)


def _pairs(ctx: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Split NAME=VALUE; the last of a name counts."""
    for each in given:
        if "=" not in each:
            raise click.BadParameter(f"{each!r} is not NAME=VALUE", ctx, option)
    split = (each.partition("=") for each in given)
    return {name.strip(): value.strip() for name, _, value in split}


set_option = click.option(
    "--set",
    "changes",
    metavar="NAME=VALUE",
    multiple=True,
    callback=_pairs,
    help="Set a parameter for this time (several times if need be); see 'spineanim params'.",
)


def settings_of(
    project: Project,
    scenes: tuple[str, ...],
    language: str,
    changes: Mapping[str, str],
    narration: Narration = Narration.FILES,
) -> dict[str, Settings]:
    """Load what scenes need, before anything is made.

    A line on standard error for each script names the words that the language lacks.
    """
    from spineanim.content.settings import load_settings

    found = {scene: load_settings(scene, project, language, changes, narration) for scene in scenes}
    alone = [part for each in found.values() for part in (each, *each.parts.values())]
    for script in {each.script.path: each.script for each in alone}.values():
        if script.missing:
            line = f"{script.words_path} lacks {', '.join(script.missing)}; these stay English"
            click.echo(f"spineanim: warning: {line}", err=True)
    return found


def page_words_of(project: Project, page: str, language: str, parameters: Parameters) -> PageWords:
    """Load the words of illustrations or handout; what the language lacks is named in a line."""
    from spineanim.content.page import load_page_words
    from spineanim.content.words import spoken

    say = spoken(parameters, project, language)
    words = load_page_words(project, page, language, say.words)
    if words.missing:
        file = project.page_file(page, language)
        line = f"{file} lacks {', '.join(words.missing)}; these stay English"
        click.echo(f"spineanim: warning: {line}", err=True)
    return words


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
