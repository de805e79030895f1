"""What stands on a page of a PDF looks like the picture, and is drawn, not photographed."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from manim import Mobject, tempconfig
from numpy.typing import NDArray
from PIL import Image

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.picture.camera import StageCamera
from spineanim.picture.glow import Glow
from spineanim.picture.shape import Part, Shape, Sprite, Tones, Volume
from spineanim.render.pdf import Window, draw_stage, pdf_page
from spineanim.render.quality import QUALITIES
from spineanim.render.renderer import FrameSink
from tests.conftest import ROOT
from tests.tiles import worst_tile

SIZE = {"pixel_width": 640, "pixel_height": 360, "background_color": "#FFFFFF"}
SQUARE = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
CLOSE = 10.0
"""Two ways of smoothing edges differ by so much in the worst tile; a wrong colour by far more."""
Picture = NDArray[np.uint8]
PAGE_PT = 320.0


def shown(file: Path, width_px: int = 640) -> Picture:
    """Draw a page, its edges smoothed by our own halving."""
    page = pypdfium2.PdfDocument(file)[0]
    large = page.render(scale=2 * width_px / page.get_width()).to_pil().convert("RGB")
    return np.asarray(large.reduce(2), dtype=np.uint8)


def both(file: Path, *mobjects: Mobject, window: Window | None = None) -> tuple[Picture, Picture]:
    """Draw mobjects as pixels, and on a page."""
    with tempconfig(SIZE):
        camera = StageCamera()
        camera.capture_mobjects(mobjects)
        pixels = camera.pixels()[..., :3].copy()
        with pdf_page(file, PAGE_PT, PAGE_PT * 9 / 16, "A test") as page:
            draw_stage(camera, mobjects, page, (0.0, 0.0), PAGE_PT, window)
    return pixels, shown(file)


def _sprite() -> Sprite:
    rgba = np.zeros((200, 300, 4), dtype=np.uint8)
    down, across = np.mgrid[0:200, 0:300]
    rgba[..., 0], rgba[..., 1], rgba[..., 3] = across * 0.8, down, 255
    rgba[:, :75] = 0
    return Sprite(rgba, [[-3, 2, 0], [3, 2, 0], [-3, -2, 0]])


def _gradient(kind: str = "linear") -> Shape:
    stops = ((0.0, "#FF0000", 1.0), (1.0, "#0000FF", 0.3))
    return Shape(2 * SQUARE, fill="#000000").with_gradient(kind, [-2, 0, 0], [2, 0, 0], stops)


def _mesh() -> Shape:
    nodes = [[[-2, 2, 0], [2, 2, 0]], [[-2, -2, 0], [2, -2, 0]]]
    colors = [[("#FF0000", 1.0), ("#00FF00", 1.0)], [("#0000FF", 1.0), ("#FFFF00", 0.2)]]
    return Shape(2 * SQUARE, fill="#000000").with_mesh(np.array(nodes, float), colors)


def _cast() -> dict[str, list[Mobject]]:
    red, tones = (
        Shape(SQUARE * 2, fill="#D04020"),
        Tones("#FFEEDD", "#CC8844", "#663311", "#221100"),
    )
    ground = Shape(SQUARE * 3, fill="#80C0E0")
    line = Shape(SQUARE, closed=False, stroke="#2040C0", stroke_px=30, soft_px=20)
    return {
        "shape": [red, Shape(SQUARE, stroke="#123456", stroke_px=12)],
        "sprite": [ground, _sprite()],
        "faint sprite": [ground, Part(_sprite(), opacity=0.4)],
        "linear": [_gradient()],
        "radial": [_gradient("radial")],
        "mesh": [_mesh()],
        "volume": [Volume(2 * SQUARE, tones, depth_px=60)],
        "group": [ground, Part(red, Shape(SQUARE, fill="#2040C0"), opacity=0.5)],
        "clip": [ground, Part(_sprite(), red).clipped_to(Shape(SQUARE))],
        "mask": [ground, Part(red, _sprite()).masked_by(_gradient())],
        "multiply": [ground, Part(red).blended("multiply")],
        "screen": [ground, Part(red).blended("screen")],
        "soft": [ground, line],
        "glow": [ground, Glow([0.0, 0.0], "#FFEE88", reach=2.0, blend="screen")],
    }


@pytest.mark.parametrize("name", list(_cast()))
def test_a_page_shows_what_the_pixels_do(tmp_path: Path, name: str) -> None:
    pixels, page = both(tmp_path / "page.pdf", *_cast()[name])
    assert worst_tile(pixels, page) < CLOSE


def test_many_packed_pictures_survive_until_the_page_is_written(tmp_path: Path) -> None:
    faint = [Part(_sprite().scale(0.1 * k), opacity=0.9) for k in range(1, 9)]
    gradients = [_gradient().shift((0.1 * k, 0, 0)) for k in range(4)]
    pixels, page = both(tmp_path / "page.pdf", *gradients, *faint)
    assert worst_tile(pixels, page) < CLOSE


def test_a_window_fills_the_page_alone(tmp_path: Path) -> None:
    """The upper left quarter of the frame, on the whole page."""
    mobjects = _cast()["sprite"]
    window = Window(0.0, 0.0, 320.0, 180.0)
    pixels, page = both(tmp_path / "page.pdf", *mobjects, window=window)
    small = np.asarray(Image.fromarray(page).reduce(2), dtype=np.uint8)
    assert worst_tile(pixels[:180, :320], small) < CLOSE


def test_the_same_stage_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    both(one, *_cast()["mask"])
    both(two, *_cast()["mask"])
    assert one.read_bytes() == two.read_bytes()


class _OnPaper(FrameSink):
    """Puts every beat's end state on a page beside its picture."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.pixels = folder, dict[str, Picture]()

    def beat_finished(self, scene, name, draw) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        scene.overlay.show_settled(name)
        self.pixels[name] = draw()[..., :3].copy()
        with pdf_page(self.folder / f"{name}.pdf", 427.0, 240.0, name) as page:
            draw_stage(scene.stage_camera, scene.mobjects, page, (0.0, 0.0), 427.0)


@pytest.mark.slow
@pytest.mark.render
def test_every_kind_of_move_stands_on_a_page_as_in_the_film(tmp_path: Path) -> None:
    from spineanim.render.catalog import find_scene
    from spineanim.render.stage_scene import play_scene

    film = Path(__file__).parents[1] / "moves_project"
    shutil.copytree(film / "scenes", tmp_path / "scenes")
    shutil.copytree(film / "script", tmp_path / "assets" / "script" / "en")
    for name in ("theme.toml", "anatomy.toml", "words.toml"):
        shutil.copy(ROOT / "assets" / name, tmp_path / "assets" / name)
    project, sink = Project(tmp_path), _OnPaper(tmp_path)
    settings = load_settings("moves", project)
    play_scene(find_scene(project, "moves"), settings, QUALITIES["draft"], sink)
    worst = {
        name: worst_tile(pixels, shown(tmp_path / f"{name}.pdf", 854))
        for name, pixels in sink.pixels.items()
    }
    assert max(worst.values()) < 20.0, worst


@pytest.mark.render
def test_words_are_drawn_and_not_photographed(demo: Project, tmp_path: Path) -> None:
    """Of the demonstration only its one sprite and the ground are pictures."""
    from spineanim.render.catalog import find_scene
    from spineanim.render.stage_scene import play_scene

    sink = _OnPaper(tmp_path)
    settings = load_settings("demo", demo)
    play_scene(find_scene(demo, "demo"), settings, QUALITIES["draft"], sink)
    page = pypdfium2.PdfDocument(tmp_path / "named.pdf")[0]
    kinds = [each.type for each in page.get_objects(max_depth=8)]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 2
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_PATH) > 10
