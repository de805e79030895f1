"""Whether a finished film is what would be made now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from spineanim.render.files import sha256_of

MANIFEST = "manifest.json"


def facts_there(folder: Path, recipe: str, manifest: str = MANIFEST) -> dict[str, Any] | None:
    """Return the manifest of a film that is whole, unchanged, and made of what there is now.

    Parameters
    ----------
    folder
        Where the film would be.
    recipe
        Name of all that it is made from, see `RecipeNames.of_film`.
    manifest
        Name of the file in it that states its recipe and its files.
    """
    try:
        facts = json.loads((folder / manifest).read_text(encoding="utf-8"))
        is_there = facts["recipe"] == recipe and all(
            sha256_of(folder / name) == said["sha256"] for name, said in facts["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return dict(facts) if is_there else None
