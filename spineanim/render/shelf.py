"""What is kept of a film between renders: segments by content, and which recipe gave which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from spineanim.render.recipe import RecipeNames
from spineanim.render.segments import Segment
from spineanim.vault.kinds import RECIPES, SEGMENTS
from spineanim.vault.places import default_recipes, default_segments
from spineanim.vault.recipes import Recipes
from spineanim.vault.vault import Vault


@dataclass
class Shelf:
    """The kept segments of one film.

    Attributes
    ----------
    recipes
        Names of the film's segments.
    contents, known
        Where bytes are kept by their content, and what is known by recipe.
    used
        Names of the contents that this film needs.
    """

    recipes: RecipeNames
    contents: Vault
    known: Recipes
    used: set[str] = field(default_factory=set)
    _costs_s: dict[Segment, float | None] = field(default_factory=dict)

    def find(self, segments: Iterable[Segment]) -> dict[Segment, str]:
        """Names of the contents of segments that are there and undamaged."""
        found = {}
        for segment in segments:
            told = self.known.get(self.recipes.of(segment))
            if told is not None and self.has(told["content"]):
                found[segment] = told["content"]
                self.used.add(told["content"])
        return found

    def has(self, key: str) -> bool:
        """Whether a content is there and undamaged."""
        return self.contents.get(key) is not None

    def remember(self, segment: Segment, key: str, cost_s: float | None = None) -> None:
        """Note what a segment's recipe gave, and what it cost to draw."""
        self.used.add(key)
        self.known.put(self.recipes.of(segment), {"content": key})
        if cost_s is not None:
            self.known.put(self.recipes.place_of(segment), {"cost_s": cost_s})

    def cost_s(self, segment: Segment) -> float | None:
        """Return what the segment at this place cost when it was last drawn, if it ever was."""
        if segment not in self._costs_s:
            told = self.known.get(self.recipes.place_of(segment))
            self._costs_s[segment] = None if told is None else float(told["cost_s"])
        return self._costs_s[segment]

    def poster(self, poster: str) -> bytes | None:
        """Return the poster's file if it is known."""
        return self.contents.get(self.recipes.of_poster(poster))

    def keep_poster(self, poster: str, png: bytes) -> None:
        """Keep the poster's file; it is drawn again if there is no room for it."""
        self.contents.put(self.recipes.of_poster(poster), png)


@contextmanager
def shelf_for(
    recipes: RecipeNames, aside: Path, *, cached: bool, say: Callable[[str], None]
) -> Iterator[Shelf]:
    """Give the shelf of a film; without a cache, an empty one that is gone afterwards.

    A cache that has grown beyond its bound loses what was longest unused, but nothing of this film.

    Parameters
    ----------
    recipes
        Names of the film's segments.
    aside
        Folder in which an empty one may be.
    cached
        Whether what was kept before is used, and what is drawn is kept.
    say
        Told if nothing can be kept.
    """
    shelf = Shelf(recipes, default_segments(), default_recipes())
    if cached and shelf.contents.can_keep():
        yield shelf
        shelf.contents.trim(spared=shelf.used)
        shelf.known.vault.trim()
        return
    with TemporaryDirectory(dir=aside) as folder:
        contents = Vault(Path(folder) / SEGMENTS.name, SEGMENTS, limit_bytes=2**62)
        known = Recipes(Vault(Path(folder) / RECIPES.name, RECIPES, limit_bytes=2**62))
        yield Shelf(recipes, contents, known)
    if cached:
        where, why = shelf.contents.folder, shelf.contents.trouble
        say(f"{where} cannot be written to ({why}); nothing is kept for the next render")
