"""`spineanim check anatomy`: whether every fact holds for what the practice chose."""

from __future__ import annotations

from dataclasses import fields, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from spineanim.content.project import find_project
from spineanim.errors import ParameterError

if TYPE_CHECKING:
    from spineanim.geometry.params import Anatomy, Procedure


@click.command("anatomy")
@click.option(
    "--posture",
    type=click.Choice(["standing", "lying", "hunched"]),
    default="standing",
    show_default=True,
    help="Posture to judge; lying is on the side with the knees drawn up.",
)
@click.option(
    "--set",
    "changes",
    metavar="NAME=VALUE",
    multiple=True,
    help="Try a number, such as lumbar_lordosis_deg=40 (several times if need be).",
)
@click.option("--measures", is_flag=True, help="Print every measure beside its published value.")
def anatomy(posture: str, changes: tuple[str, ...], measures: bool) -> int:
    """Check the anatomy that assets/anatomy.toml asks for.

    Prints one line for every fact that does not hold, or one line that all do. The exit
    code is 1 if any does not.
    """
    from spineanim.content.parameters import load_parameters
    from spineanim.geometry import params

    chosen = load_parameters(find_project())
    postures = {
        "standing": chosen.anatomy.alignment,
        "lying": params.SIDE_LYING_FLEXED,
        "hunched": params.HUNCHED,
    }
    posed = replace(chosen.anatomy, alignment=postures[posture])
    patient, procedure = _changed(posed, params.PROCEDURE, changes)
    failed = _print_measures(patient) if measures else 0
    from spineanim.geometry.facts import CHECKS, find_violations

    violations = find_violations(patient, chosen.pump, procedure)
    for sentence in violations:
        click.echo(sentence)
    if not violations:
        click.echo(f"all facts hold ({len(CHECKS)} checks)")
    return 1 if violations or failed else 0


def _changed(
    anatomy: Anatomy, procedure: Procedure, changes: tuple[str, ...]
) -> tuple[Anatomy, Procedure]:
    """Put numbers asked for on the command line in place.

    Raises
    ------
    click.UsageError
        If one is not NAME=VALUE with a known name and a number.
    ParameterError
        If a number lies outside its range.
    """
    places = {
        item.name: place
        for place, kind in (
            ("alignment", anatomy.alignment),
            ("anatomy", anatomy),
            ("procedure", procedure),
        )
        for item in fields(kind)
        if "limits" in item.metadata
    }
    found: dict[str, dict[str, float]] = {"alignment": {}, "anatomy": {}, "procedure": {}}
    for change in changes:
        name, _, text = change.partition("=")
        if name not in places:
            close = get_close_matches(name, places, 1, 0.5)
            guess = f"; did you mean {close[0]}?" if close else f"; there are {', '.join(places)}"
            raise ParameterError(f"--set {change}: no number is called {name!r}{guess}")
        try:
            found[places[name]][name] = float(text)
        except ValueError:
            raise click.UsageError(f"--set {change}: {text!r} is no number") from None
    alignment = replace(anatomy.alignment, **found["alignment"])
    # the command line knows only names of numbers, so no choice can be set by mistake
    stature = found["anatomy"].get("stature_factor", anatomy.stature_factor)
    return (
        replace(anatomy, alignment=alignment, stature_factor=stature),
        replace(procedure, **found["procedure"]),
    )


def _print_measures(anatomy: Anatomy) -> int:
    """Print the table of measures; give how many lie outside their bands."""
    from spineanim.geometry.measures import measure_all

    rows = measure_all(anatomy)
    wide = max(len(row.name) for row in rows)
    for row in rows:
        published = row.published if isinstance(row.published, str) else f"{row.published:g}"
        mark = "ok " if row.holds else "OUT"
        click.echo(
            f"{mark} {row.name:<{wide}} {row.value:8.2f} {row.unit:<10}"
            f" {row.low:g} to {row.high:g} (published {published}) {row.source}"
        )
    failed = sum(not row.holds for row in rows)
    click.echo(f"{len(rows) - failed} of {len(rows)} measures lie within their published bands")
    return failed
