"""Where a project keeps its scenes, assets and renders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from spineanim.errors import ContentError

MASTER_LANGUAGE = "en"
"""Language of the scripts that hold the seconds; it stands in where another lacks words."""
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

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages there are words in; English, the master, comes first."""
        found = sorted(each.name for each in (self.assets / "script").iterdir() if each.is_dir())
        return tuple(sorted(found, key=lambda code: code != MASTER_LANGUAGE))

    @property
    def words_file(self) -> Path:
        """How parameters read in each language."""
        return self.assets / "words.toml"

    @property
    def claims_file(self) -> Path:
        """Medical claims and their sources."""
        return self.assets / "claims.toml"

    @property
    def glossary_file(self) -> Path:
        """Medical terms and the words that explain them."""
        return self.assets / "glossary.toml"

    @property
    def artwork(self) -> Path:
        """Folder of pictures that the practice brings, such as its logo."""
        return self.assets / "artwork"

    @property
    def pictures_file(self) -> Path:
        """Which stills the page and the handout show."""
        return self.assets / "page" / "pictures.toml"

    @property
    def pronunciation_file(self) -> Path:
        """What synthesised speech would read wrongly, and how to say it."""
        return self.assets / "pronunciation.toml"

    @property
    def voices(self) -> Path:
        """Folder of recordings: a folder a language, in it a folder a scene, a file a beat."""
        return self.assets / "voice"

    def page_file(self, page: str, language: str) -> Path:
        """Words of the illustrations, or of the handout, in one language."""
        return self.assets / "page" / language / f"{page}.toml"

    def script_file(self, scene: str, language: str = MASTER_LANGUAGE) -> Path:
        """Words of one scene in one language; the English file has the seconds as well."""
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
