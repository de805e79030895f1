"""Make the folder of one film for a website."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from shutil import rmtree

from spineanim.content.project import MASTER_LANGUAGE, Project
from spineanim.content.settings import Settings
from spineanim.content.timeline import Span
from spineanim.picture.kiln import watched
from spineanim.publish.beat_ends import Shown, shown_at_ends
from spineanim.publish.codec_strings import media_type
from spineanim.publish.even_places import most_colourful
from spineanim.publish.film_words import beats_of, descriptions_of
from spineanim.publish.listing import listed
from spineanim.publish.sizes import coarser, orders_of
from spineanim.publish.webp import poster, webp
from spineanim.render.catalog import find_scene
from spineanim.render.files import written_aside
from spineanim.render.job import render_film
from spineanim.render.making import Making
from spineanim.render.order import Order
from spineanim.render.recipe import RecipeNames
from spineanim.render.there import facts_there
from spineanim.render.webvtt import webvtt
from spineanim.upload import (
    MANIFEST,
    FilmFacts,
    Rendition,
    film_facts,
    most_bytes,
    read_manifest,
)

OPTION = "--to"
Attended = Callable[[str], AbstractContextManager[Making]]
"""Gives the way something is made, by its name, for as long as that takes."""


@dataclass(frozen=True)
class FilmFolder:
    """The folder of a film in an upload folder, and what would be in it now.

    Attributes
    ----------
    project, scene, settings
        The film.
    upload
        The upload folder.
    draft
        Whether all is made at draft quality.
    """

    project: Project
    scene: str
    settings: Settings
    upload: Path
    draft: bool = False

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.upload / self.settings.script.language / self.scene

    @cached_property
    def orders(self) -> Mapping[str, Order]:
        """Its films by name, the one that all facts are about first."""
        entry = find_scene(self.project, self.scene)
        return orders_of(entry, self.settings, draft=self.draft)

    @property
    def order(self) -> Order:
        """The largest of its films."""
        return next(iter(self.orders.values()))

    @cached_property
    def recipe(self) -> str:
        """Digest of all that its files are made from, code included."""
        digest = hashlib.sha256()
        for name, order in self.orders.items():
            recipe = RecipeNames(order).of_film(0, order.timeline.frame_count)
            digest.update(f"{name} {recipe} ".encode())
        for language in (MASTER_LANGUAGE, self.settings.script.language):
            file = self.project.page_file("handout", language)  # it lends the page to print words
            digest.update(hashlib.sha256(file.read_bytes() if file.is_file() else b"").digest())
        return digest.hexdigest()

    def facts_there(self) -> FilmFacts | None:
        """Return what its manifest states if it is whole and would be made as it is."""
        raw = facts_there(self.path, self.recipe)
        try:
            return None if raw is None else film_facts(raw)
        except ValueError:
            return None


def publish_film(folder: FilmFolder, attended: Attended, today: str) -> FilmFacts:
    """Write a film's folder, unless it is there, whole and as it would be made now.

    What is in it besides is left alone.

    Parameters
    ----------
    folder
        Which film, and where to.
    attended
        Gives the way each of its files is made.
    today
        Day it is published, `YYYY-MM-DD`, unless it was before.

    Raises
    ------
    SpineanimError
        The scene or its words are wrong, or nothing can be written.
    """
    return folder.facts_there() or _made(folder, attended, today)


def _made(folder: FilmFolder, attended: Attended, today: str) -> FilmFacts:
    name = f"{folder.scene} {folder.settings.script.language}"
    with written_aside(folder.path, OPTION) as aside:
        renditions = tuple(
            _rendition(folder, which, order, aside, attended)
            for which, order in folder.orders.items()
        )
        _write_tracks(folder.order, aside)
        with attended(f"{name} pictures") as making, watched(making.baking):
            shown = shown_at_ends(folder.order)
        (aside / "stills").mkdir()
        for beat, pixels in shown.stills.items():
            (aside / "stills" / f"{beat}.webp").write_bytes(webp(pixels))
        assert shown.poster is not None
        (aside / "poster.webp").write_bytes(poster(shown.poster))
        with attended(f"{name} handout") as making:
            _write_handout(folder, aside, making)
        facts = _facts(folder, renditions, shown, _day_before(folder) or today)
        (aside / MANIFEST).write_text(facts.as_json(listed(aside)), encoding="utf-8", newline="\n")
    return facts


def _rendition(
    folder: FilmFolder, name: str, order: Order, aside: Path, attended: Attended
) -> Rendition:
    """Render one of a film's files; coarser, step by step, if it is too large for the web."""
    renders, file = aside / "renders", aside / f"{folder.scene}-{name}.mp4"
    for encoding in coarser(order.encoding):
        with attended(f"{folder.scene} {folder.settings.script.language} {name}") as making:
            film = render_film(
                folder.project,
                folder.scene,
                order.quality,
                renders,
                making,
                settings=folder.settings,
                encoding=encoding,
            )
        film.video.replace(file)
        rmtree(renders)
        if file.stat().st_size <= most_bytes(name, film.duration_s):
            break
    encoding = order.encoding
    return Rendition(name, file.name, media_type(file), encoding.width_px, encoding.height_px)


def _write_tracks(order: Order, aside: Path) -> None:
    """Write captions, chapters and descriptions."""
    timeline, fps = order.timeline, order.quality.fps
    tracks: Mapping[str, Iterable[Span]] = {
        "captions": timeline.captions,
        "chapters": timeline.chapters,
        "descriptions": descriptions_of(order.settings, fps),
    }
    for name, spans in tracks.items():
        (aside / f"{name}.vtt").write_text(webvtt(spans, fps), encoding="utf-8", newline="\n")


def _write_handout(folder: FilmFolder, aside: Path, making: Making) -> None:
    """Draw the film as a page to print."""
    from spineanim.render.film_handout import draw_film_handout

    draw_film_handout(
        folder.project,
        folder.scene,
        folder.settings,
        folder.order.quality,
        aside / "handout.pdf",
        baking=making.baking,
    )


def _day_before(folder: FilmFolder) -> str | None:
    """Day on which the film was published before as it would be made now, if it was."""
    try:
        facts = film_facts(read_manifest(folder.path))
    except (OSError, ValueError):
        return None
    return facts.uploaded if facts.recipe == folder.recipe else None


def _facts(
    folder: FilmFolder, renditions: tuple[Rendition, ...], shown: Shown, uploaded: str
) -> FilmFacts:
    order, script = folder.order, folder.settings.script
    fps = order.quality.fps
    return FilmFacts(
        scene=folder.scene,
        title=script.title,
        summary=script.summary,
        kicker=script.kicker,
        language=script.language,
        recipe=folder.recipe,
        uploaded=uploaded,
        fps=fps,
        frame_count=order.timeline.frame_count,
        has_sound=bool(folder.settings.voices_at(fps)),
        burned_captions=folder.settings.parameters.captions == "burned",
        step=script.step,
        renditions=renditions,
        beats=beats_of(folder.settings, fps),
        words=tuple(shown.words),
        patches=most_colourful(shown.places),
    )
