"""`spineanim params`: what a practice may set."""

from __future__ import annotations

import click

from spineanim.content.project import MASTER_LANGUAGE, find_project

_HEADINGS = ("NAME", "NOW", "DEFAULT", "ALLOWED", "MEANING")


@click.command()
def command() -> None:
    """List the parameters: value now, default, what is allowed, meaning.

    Values are those of assets/anatomy.toml; --set NAME=VALUE of render and still changes
    one for a time.
    """
    from spineanim.content.parameters import DEFINITIONS, read_values

    project = find_project()
    values = read_values(project)
    rows = [_HEADINGS]
    for each in DEFINITIONS:
        follows = f"follows {each.follows}"
        now, usual = (_shown(value, follows) for value in (values[each.name], each.default))
        rows.append((each.name, now, usual, each.kind.allowed(project), each.meaning))
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)]
        click.echo("  ".join(cells).rstrip())


def _shown(value: object, follows: str) -> str:
    """One cell: a value as it is written, words in the master language, - for nothing."""
    if value is None:
        return follows
    if isinstance(value, dict):
        return str(value.get(MASTER_LANGUAGE) or next(iter(value.values())))
    return f"{value:g}" if isinstance(value, float) else str(value) or "-"
