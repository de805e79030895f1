"""Where things are kept on this machine, and how much room they may take."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Final

from spineanim.errors import ParameterError
from spineanim.vault.kinds import BAKES, RECIPES, SEGMENTS, Kind
from spineanim.vault.recipes import Recipes
from spineanim.vault.vault import Vault

ROOT_VARIABLE: Final = "SPINEANIM_CACHE"
LIMIT_VARIABLE: Final = "SPINEANIM_CACHE_LIMIT_GB"
LIMIT_GB: Final = 7.0
"""Room for all kinds: 3 GB of bakes, nearly 4 of segments, an eighth of one for recipes."""


def cache_root() -> Path:
    """Folder of all that is kept: SPINEANIM_CACHE, else in the system's usual cache folder."""
    asked = os.environ.get(ROOT_VARIABLE)
    if asked:
        return Path(asked).expanduser()
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "spineanim"


def limit_bytes(kind: Kind) -> int:
    """Room for one kind: its share of SPINEANIM_CACHE_LIMIT_GB.

    Raises
    ------
    ParameterError
        That is set, and not to a number of gigabytes.
    """
    asked = os.environ.get(LIMIT_VARIABLE)
    try:
        limit_gb = float(asked) if asked else LIMIT_GB
    except ValueError:
        limit_gb = math.nan
    if not 0.0 <= limit_gb < math.inf:
        raise ParameterError(
            f"{LIMIT_VARIABLE} is {asked!r}, which is no number of gigabytes",
            f"set it to a number such as {LIMIT_GB:g}, or unset it",
        )
    return round(limit_gb * kind.share * 1024**3)


def vault_of(kind: Kind) -> Vault:
    """Vault of a kind on this machine."""
    return Vault(cache_root() / kind.name, kind, limit_bytes(kind))


def default_bakes() -> Vault:
    """Vault of baked arrays, packed."""
    return vault_of(BAKES)


def default_segments() -> Vault:
    """Vault of encoded segments, packed, by the content of their frames."""
    return vault_of(SEGMENTS)


def default_recipes() -> Recipes:
    """Facts about segments by all that they are made from."""
    return Recipes(vault_of(RECIPES))
