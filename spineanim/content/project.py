"""Where a project keeps its scenes, assets and renders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from spineanim.errors import ContentError

_CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Project:
    """A folder that holds `scenes/` and `assets/`.

    Attributes
    ----------
    root
        The absolute path of the folder.
    """

    root: Path

    @property
    def scenes(self) -> Path:
        """Folder of scene files, one film a file."""
        return self.root / "scenes"

    @property
    def assets(self) -> Path:
        """Folder of theme and scripts."""
        return self.root / "assets"

    @property
    def renders(self) -> Path:
        """Folder that results go to unless told otherwise."""
        return self.root / "renders"

    @property
    def theme_file(self) -> Path:
        """Colours and type."""
        return self.assets / "theme.toml"

    @property
    def parameters_file(self) -> Path:
        """What the practice set."""
        return self.assets / "anatomy.toml"

    def script_file(self, scene: str, language: str = "en") -> Path:
        """Words and cue times of one scene in one language."""
        return self.assets / "script" / language / f"{scene}.toml"


def find_project(start: Path | None = None) -> Project:
    """Find the project around a folder, else the checkout this package belongs to.

    Parameters
    ----------
    start
        Where to look first; the current folder when omitted.

    Raises
    ------
    ContentError
        No folder with `scenes/` and `assets/` is found.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, _CHECKOUT):
        if (folder / "scenes").is_dir() and (folder / "assets").is_dir():
            return Project(folder)
    raise ContentError(
        f"no folder with scenes/ and assets/ in or above {here}",
        "change into a checkout of spineanim and try again",
    )
