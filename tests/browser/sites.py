"""Upload folders for the browser: every page of the site, around one small film."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from spineanim.content.artwork.art import artwork_in
from spineanim.content.project import Project
from spineanim.publish.logo import publish_logo
from spineanim.publish.site import build_site
from spineanim.upload import FilmFacts, film_facts, read_manifest
from tests.uploads import write_manifest

SCENES: Final = ("film", "trial", "catheter", "pump", "recovery", "posture")
LANGUAGES: Final = ("en", "es")
PAGES: Final = (
    "en/index.html",
    "en/pain-pump.html",
    "en/pump/index.html",
    "en/pump/transcript.html",
    "es/pump/index.html",
)
TURNS_FRAME: Final = {"en": 120, "es": 150}
"""Where the second part begins: a translation may need longer."""

LOGO: Final = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 80">
<style>.sign { fill: #0b6e8c }</style>
<circle class="sign" cx="40" cy="40" r="40"/><rect x="100" y="30" width="140" height="20"/></svg>
"""
"""Has a style, as drawings of some programs do; a strict policy would not let a page use it."""

Change = Callable[[FilmFacts], FilmFacts]


def make_upload(reel: Path, folder: Path, project: Project, change: Change | None = None) -> None:
    """Put films into a folder, all of them `reel` under other names, and make the pages.

    Parameters
    ----------
    reel
        What `film_folder` has written, of the scene `pump`.
    folder
        Where to; must not exist.
    project
        Words and colours.
    change
        Of what each film states.
    """
    for language in LANGUAGES:
        for scene in SCENES:
            _copy(reel, folder / language / scene, scene, language, change)
        (folder / language / "illustrations").mkdir()
        for name in ("pump_inside", "signal_is_stopped", "system_from_the_side"):
            shutil.copy(reel / "poster.webp", folder / language / "illustrations" / f"{name}.webp")
        (folder / language / "handout.pdf").write_bytes(b"%PDF-1.4\n")
    drawing = folder / "logo.svg"
    drawing.write_text(LOGO, encoding="utf-8")
    publish_logo(artwork_in(drawing), folder)
    drawing.unlink()
    build_site(project, folder)


def _copy(reel: Path, folder: Path, scene: str, language: str, change: Change | None) -> None:
    shutil.copytree(reel, folder, copy_function=os.link)
    facts = film_facts(read_manifest(folder))
    (folder / "manifest.json").unlink()  # a link to that of the reel, which must stay as it is
    for file in folder.glob("pump-*"):
        file.rename(folder / file.name.replace("pump-", f"{scene}-"))
    turn = TURNS_FRAME[language]
    first, second = facts.beats
    facts = replace(
        facts,
        scene=scene,
        title=f"The test film {scene}",
        language=language,
        renditions=tuple(
            replace(each, file=each.file.replace("pump-", f"{scene}-")) for each in facts.renditions
        ),
        beats=(replace(first, end_frame=turn), replace(second, start_frame=turn)),
    )
    write_manifest(folder, change(facts) if change else facts)
