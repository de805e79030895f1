"""`spineanim verify`: prove that an upload folder is right, by what is in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from spineanim.cli.progress import FrameProgress

if TYPE_CHECKING:
    from spineanim.verify.run import Checked


def _known(ctx: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse names of checks that there are not."""
    from difflib import get_close_matches

    from spineanim.verify.run import check_names

    known = check_names()
    for name in (each for each in given if each not in known):
        close = get_close_matches(name, known, 1)
        guess = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}"
        raise click.BadParameter(f"no check {name!r} ({guess})", ctx, option)
    return given


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option(
    "--only",
    metavar="CHECK",
    multiple=True,
    callback=_known,
    help="Run this check alone (several times if need be).",
)
def command(folder: Path, as_json: bool, only: tuple[str, ...]) -> int:
    """Prove that a folder is ready to be uploaded.

    Everything in it is decoded, parsed and measured: films, captions, pages, links, pictures,
    handouts, hashes. Each thing that is wrong is a line with its file, what is wrong and what
    to do; an error must be put right, a warning is worth a look. Nothing is changed.
    The exit code is 1 if there is any error.
    """
    from spineanim.verify.run import verify

    with FrameProgress(f"verify {folder.name}", "checks", announced=False) as progress:

        def shown(done: int, total: int) -> None:
            if progress.on_terminal:
                progress.update(done, total)

        checked = verify(folder, shown, only)
    click.echo(_as_json(checked) if as_json else _as_text(checked))
    return 1 if any(each.is_failure for each in checked.findings) else 0


def _as_text(checked: Checked) -> str:
    """Lines for people: each finding, then what was looked at."""
    lines = [f"{'error' if each.is_failure else 'warning'} {each}" for each in checked.findings]
    errors = sum(each.is_failure for each in checked.findings)
    warnings = len(lines) - errors
    counts = [f"{number} {word}{'s' * (number != 1)}" for number, word in (
        (checked.files, "file"), (checked.pages, "page"), (checked.films, "film"),
    )]  # fmt: skip
    looked = f"{', '.join(counts)} of {checked.film_s:.0f} s in all"
    wrong = [
        f"{number} {word}{'s' * (number != 1)}"
        for number, word in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    return "\n".join([*lines, f"{', '.join(wrong) or 'all is well'} ({looked})"])


def _as_json(checked: Checked) -> str:
    findings = [
        {
            "check": each.check,
            "file": each.file,
            "what": each.what,
            "remedy": each.remedy,
            "failure": each.is_failure,
        }
        for each in checked.findings
    ]
    looked = {
        "files": checked.files,
        "pages": checked.pages,
        "films": checked.films,
        "film_s": round(checked.film_s, 3),
    }
    is_ok = not any(each.is_failure for each in checked.findings)
    return json.dumps({"ok": is_ok, "checked": looked, "findings": findings}, indent=2)
