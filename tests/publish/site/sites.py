"""Small sites for tests: copies of one real film, given other names, words and languages."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import html5lib

from spineanim.content.project import Project
from spineanim.upload import MANIFEST, FilmFacts, film_facts
from tests.uploads import write_manifest

ROOT = Path(__file__).parents[3]
Element = Any
"""An element of `xml.etree`, as html5lib makes them."""


def web_project(root: Path) -> Project:
    """Put what pages are made of, but no scene, into a folder."""
    assets = root / "assets"
    assets.mkdir(parents=True)
    for name in ("theme.toml", "anatomy.toml", "words.toml"):
        shutil.copy(ROOT / "assets" / name, assets / name)
    shutil.copytree(ROOT / "assets" / "page", assets / "page")
    return Project(root)


def put_film(model: Path, site: Path, scene: str, language: str = "en", **other: Any) -> FilmFacts:
    """Copy a film into a site under another name; `other` are facts to state instead."""
    folder = site / language / scene
    shutil.copytree(model, folder)
    facts = film_facts(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    renditions = []
    for each in facts.renditions:
        file = f"{scene}-{each.name}.mp4"
        (folder / each.file).rename(folder / file)
        renditions.append(replace(each, file=file))
    stated = {"title": f"The test film {scene}", "renditions": tuple(renditions), **other}
    facts = replace(facts, scene=scene, language=language, **stated)
    write_manifest(folder, facts)
    return facts


def parsed(page: Path) -> Element:
    """Parse a page; any error of its HTML is raised."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(page.read_text(encoding="utf-8"))


def all_pages(site: Path) -> list[Path]:
    """Every page of a site."""
    return sorted(site.rglob("*.html"))


def texts(element: Element) -> str:
    """All text in an element, white space joined."""
    return " ".join("".join(element.itertext()).split())


def json_ld(page: Element) -> dict[str, Any]:
    """Return what a page tells search engines."""
    (script,) = page.findall(".//script[@type='application/ld+json']")
    data: dict[str, Any] = json.loads(script.text)
    return data


def contents(site: Path) -> dict[str, bytes]:
    """Bytes of every file, by path."""
    files = sorted(each for each in site.rglob("*") if each.is_file())
    return {each.relative_to(site).as_posix(): each.read_bytes() for each in files}
