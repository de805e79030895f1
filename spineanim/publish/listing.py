"""The files of a folder as its manifest lists them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spineanim.render.files import sha256_of
from spineanim.upload import MANIFEST


def listed(folder: Path) -> dict[str, dict[str, Any]]:
    """Size and SHA-256 of every file in a folder and below, but its manifest, by relative path."""
    files = (each for each in folder.rglob("*") if each.is_file())
    return facts_of(folder, (each for each in files if each != folder / MANIFEST))


def facts_of(folder: Path, files: Iterable[Path]) -> dict[str, dict[str, Any]]:
    """Size and SHA-256 of some files in a folder, by relative path, in the order of that."""
    return {
        name: {"bytes": file.stat().st_size, "sha256": sha256_of(file)}
        for name, file in sorted((each.relative_to(folder).as_posix(), each) for each in files)
    }
