"""The illustrations of the pages, and the page to print about all steps, in one language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from spineanim.content.page import PagePicture, PageWords, load_page_words, load_pictures
from spineanim.content.project import MASTER_LANGUAGE, Project
from spineanim.content.settings import Settings, load_settings
from spineanim.content.words import spoken
from spineanim.picture.kiln import watched
from spineanim.publish.listing import facts_of
from spineanim.publish.webp import webp
from spineanim.render.catalog import find_scene
from spineanim.render.encoding import web_film
from spineanim.render.files import written_aside
from spineanim.render.handout import draw_handout
from spineanim.render.illustrations import take_pictures
from spineanim.render.making import Making
from spineanim.render.order import Order
from spineanim.render.quality import QUALITIES, Quality
from spineanim.render.recipe import RecipeNames
from spineanim.render.renderer import Frame
from spineanim.render.there import facts_there
from spineanim.scene import SpineScene
from spineanim.upload import MANIFEST

LIST: Final = "pictures.json"
"""Name of the file that says what pictures are made from, and lists them."""
WIDE_PX: Final = 1600
_ILLUSTRATIONS, _HANDOUT = "illustrations", "handout"


@dataclass(frozen=True)
class SitePictures:
    """Pictures of scenes that lie in an upload folder.

    Attributes
    ----------
    project, language
        Whose, and in whose words.
    upload
        The upload folder.
    changes
        Parameters that are set for this time.
    draft
        Whether they are drawn at draft quality.
    """

    project: Project
    language: str
    upload: Path
    changes: Mapping[str, str]
    draft: bool = False

    @cached_property
    def illustrations(self) -> Mapping[str, PagePicture]:
        """Illustrations whose scenes are published."""
        chosen = self._listed(_ILLUSTRATIONS)
        return {name: each for name, each in chosen.items() if self._is_published(each)}

    @cached_property
    def steps(self) -> Mapping[str, PagePicture]:
        """Pictures of the page to print; none until all their scenes are published."""
        chosen = self._listed(_HANDOUT)
        return chosen if all(map(self._is_published, chosen.values())) else {}

    @property
    def are_wanted(self) -> bool:
        """Whether there is any picture to draw."""
        return bool(self.illustrations or self.steps)

    def are_there(self) -> bool:
        """Whether they are there, whole, and as they would be drawn now."""
        return facts_there(self._home, self._recipe, LIST) is not None

    @property
    def size_bytes(self) -> int:
        """Bytes of those that are there."""
        return sum((self._home / name).stat().st_size for name in self._names)

    def draw(self, making: Making) -> None:
        """Draw them.

        Raises
        ------
        SpineanimError
            A scene, a beat or a text is missing, or nothing can be written.
        """
        with written_aside(self._home, "--to") as aside, watched(making.baking):
            (aside / _ILLUSTRATIONS).mkdir()

            def take(_: SpineScene, picture: PagePicture, draw: Callable[[], Frame]) -> None:
                file = aside / _ILLUSTRATIONS / f"{picture.name}.webp"
                file.write_bytes(webp(draw(), WIDE_PX))

            take_pictures(
                self.project, self.illustrations.values(), self._settings, self._quality, take
            )
            if self.steps:
                told = {picture.scene: None for picture in self.steps.values()}
                draw_handout(
                    self.project,
                    self.steps,
                    self._words,
                    {scene: self._settings[scene] for scene in told},
                    self._quality,
                    aside / f"{_HANDOUT}.pdf",
                    baking=making.baking,
                )
            files = facts_of(aside, (aside / name for name in self._names))
            facts = {"kind": "pictures", "recipe": self._recipe, "files": files}
            text = json.dumps(facts, indent=1) + "\n"
            (aside / LIST).write_text(text, encoding="utf-8", newline="\n")

    @property
    def _home(self) -> Path:
        return self.upload / self.language

    @property
    def _names(self) -> list[str]:
        """Their files, from the language's folder on."""
        names = [f"{_ILLUSTRATIONS}/{name}.webp" for name in self.illustrations]
        return [*names, f"{_HANDOUT}.pdf"] if self.steps else names

    @property
    def _quality(self) -> Quality:
        return QUALITIES["draft" if self.draft else "high"]

    def _listed(self, table: str) -> Mapping[str, PagePicture]:
        return load_pictures(self.project, table) if self.project.pictures_file.is_file() else {}

    def _is_published(self, picture: PagePicture) -> bool:
        return (self._home / picture.scene / MANIFEST).is_file()

    @cached_property
    def _settings(self) -> Mapping[str, Settings]:
        pictures = (*self.illustrations.values(), *self.steps.values())
        return {
            scene: load_settings(scene, self.project, self.language, self.changes)
            for scene in dict.fromkeys(picture.scene for picture in pictures)
        }

    @property
    def _words(self) -> PageWords:
        parameters = next(iter(self._settings.values())).parameters
        say = spoken(parameters, self.project, self.language)
        return load_page_words(self.project, _HANDOUT, self.language, say.words)

    @cached_property
    def _recipe(self) -> str:
        """Digest of all that they are made from, code included."""
        digest = hashlib.sha256(" ".join(self._names).encode())
        for scene, settings in self._settings.items():
            entry, quality = find_scene(self.project, scene), self._quality
            order = Order(entry, settings, quality, web_film(quality))
            digest.update(RecipeNames(order).of_film(0, order.timeline.frame_count).encode())
        words = (
            self.project.page_file(_HANDOUT, each) for each in (MASTER_LANGUAGE, self.language)
        )
        for file in (self.project.pictures_file, *words):
            digest.update(hashlib.sha256(file.read_bytes() if file.is_file() else b"").digest())
        return digest.hexdigest()
