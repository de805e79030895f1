"""`spineanim cache`: what is kept for the next time, whether it is sound, how to be rid of it."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import asdict
from datetime import datetime

import click

from spineanim.errors import OutputError
from spineanim.vault.kinds import KINDS
from spineanim.vault.places import LIMIT_VARIABLE, ROOT_VARIABLE, cache_root, vault_of
from spineanim.vault.tend import Stock, clear, stock_of, verify

_DAY_S = 86400.0

kinds_argument = click.argument(
    "kinds", metavar=f"[{'|'.join(KINDS)}]...", nargs=-1, type=click.Choice(list(KINDS))
)


@click.group()
def command() -> None:
    """Look after what is kept for the next time: bakes, segments, recipes.

    \b
    bakes      pictures of parts, baked once
    segments   stretches of films, drawn and encoded
    recipes    which segment comes of which script, scene and settings

    They lie in the folder SPINEANIM_CACHE, else in the usual cache folder, and take
    SPINEANIM_CACHE_LIMIT_GB at most (7); what was not used for longest goes first.
    """  # noqa: D301 (Click reads the backspace itself)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def info(as_json: bool) -> None:
    """Say where, how many, how large, when used, how large at most."""
    vaults = {name: vault_of(kind) for name, kind in KINDS.items()}
    stocks = {name: stock_of(vault) for name, vault in vaults.items()}
    if as_json:
        facts = {
            name: {**asdict(stock), "limit_bytes": vaults[name].limit_bytes}
            for name, stock in stocks.items()
        }
        click.echo(json.dumps({"folder": str(cache_root()), **facts}, indent=2))
        return
    click.echo(f"{cache_root()} (moved by {ROOT_VARIABLE}, bounded by {LIMIT_VARIABLE})")
    for name, stock in stocks.items():
        size = f"{_spoken(stock.size_bytes):>8} of {_spoken(vaults[name].limit_bytes):>8}"
        click.echo(f"{name:<8} {stock.count:>6}  {size}{_use(stock)}")


@command.command("verify")
@kinds_argument
def verify_command(kinds: tuple[str, ...]) -> int:
    """Read everything that is kept; remove what is damaged.

    All kinds, or those named. Each damaged file is a line; the exit code is 1 if there was any.
    What was removed is made again when it is needed.
    """
    seen = Counter[bool]()
    for name in kinds or KINDS:
        before = seen.total()
        verify(vault_of(KINDS[name]), lambda is_sound: seen.update([is_sound]))
        click.echo(f"{name}: {seen.total() - before} read")
    click.echo(f"{seen[False]} damaged" if seen[False] else "all is well")
    return 1 if seen[False] else 0


@command.command("clear")
@kinds_argument
@click.option(
    "--older-than",
    "days",
    type=click.FloatRange(min=0.0),
    default=0.0,
    metavar="DAYS",
    help="Only what was not used for so many days.",
)
def clear_command(kinds: tuple[str, ...], days: float) -> None:
    """Remove what is kept, and say how much room that gives.

    All kinds, or those named. Nothing is lost but time: it is made again when it is needed.
    Other files in the folder are left alone.
    """
    if not math.isfinite(days):
        raise click.BadParameter("it must be a number of days", param_hint="'--older-than'")
    stuck = 0
    for name in kinds or KINDS:
        vault = vault_of(KINDS[name])
        cleared = clear(vault, days * _DAY_S)
        stuck += cleared.stuck
        click.echo(f"{name}: {cleared.count} removed, {_spoken(cleared.freed_bytes)} freed")
    if stuck:
        raise OutputError(
            f"{stuck} files in {cache_root()} could not be removed",
            "look at who owns that folder, or remove it by hand",
        )


def _use(stock: Stock) -> str:
    """Say when a stock was used."""
    if stock.oldest_use_s is None or stock.newest_use_s is None:
        return ""
    oldest, newest = (
        datetime.fromtimestamp(used_s).isoformat(" ", "minutes")
        for used_s in (stock.oldest_use_s, stock.newest_use_s)
    )
    return f"  used {oldest} to {newest}"


def _spoken(size_bytes: int) -> str:
    """Say a size; the units are those of the bound, powers of 1024."""
    size = float(size_bytes)
    for unit in ("B", "KB", "MB"):
        if size < 1000.0:
            return f"{size:.0f} {unit}"
        size /= 1024.0
    return f"{size:.1f} GB"
