"""An upload folder with pages, whose films are none: what looks into films is tested apart."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import cairo
import numpy as np
import pytest
from PIL import Image

import tests.uploads
from spineanim.content.page import load_pictures
from spineanim.content.project import Project
from spineanim.publish.site import build_site
from tests.conftest import ROOT
from tests.uploads import film_folder

FILMS = ("en/posture", "en/pump", "es/pump")


@pytest.fixture(scope="session")
def whole_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nothing is wrong with it; do not touch it."""
    root = tmp_path_factory.mktemp("whole") / "upload"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tests.uploads, "_film", lambda file, encoding: file.write_bytes(b"no film"))
        for film in FILMS:
            language, scene = film.split("/")
            film_folder(root / film, scene, language)
    _beside(root)
    build_site(Project(ROOT), root)
    return root


def _beside(root: Path) -> None:
    """Put logo, illustrations and handouts there, as `publish` does before it makes pages."""
    grey = np.random.default_rng(0).integers(0, 256, (90, 160), np.uint8)
    picture = Image.fromarray(grey).resize((640, 360))
    (root / "site").mkdir()
    picture.resize((160, 90)).save(root / "site" / "logo.png")
    for language in ("en", "es"):
        folder = root / language / "illustrations"
        folder.mkdir()
        for name in load_pictures(Project(ROOT), "illustrations"):
            picture.save(folder / f"{name}.webp", quality=50)
        (root / language / "handout.pdf").write_bytes(pdf_bytes())


def pdf_bytes() -> bytes:
    """One page, as Cairo writes it."""
    file = io.BytesIO()
    surface = cairo.PDFSurface(file, 595.0, 842.0)
    ctx = cairo.Context(surface)
    ctx.rectangle(100.0, 100.0, 50.0, 50.0)
    ctx.fill()
    surface.finish()
    return file.getvalue()


@pytest.fixture
def site_folder(whole_site: Path, tmp_path: Path) -> Path:
    """One to damage."""
    return shutil.copytree(whole_site, tmp_path / "upload")


Change = Callable[[Path], None]


def edited(file: str, old: str, new: str) -> Change:
    """Damage that replaces the first of a text in a file."""

    def change(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text, f"{file} lacks {old}"
        (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def written(file: str, data: bytes | str) -> Change:
    """Damage that writes a file."""

    def change(root: Path) -> None:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes(data.encode() if isinstance(data, str) else data)

    return change


def removed(file: str) -> Change:
    """Damage that takes a file away."""
    return lambda root: (root / file).unlink()
