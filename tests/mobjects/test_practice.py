"""The practice's logo and name stand on the title card when they are set, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from spineanim.content.artwork.art import artwork_in
from spineanim.content.theme import Theme
from spineanim.errors import ContentError
from spineanim.mobjects.practice import PracticeMark, logo_of
from spineanim.picture.lettering import TextLine
from spineanim.picture.shape import Part
from spineanim.stage import FORMATS, SAFE_MARGIN, px

LONG = "Center for the Relief of Back Pain and Spasticity, Southtown"
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20">
<rect x="0" y="0" width="60" height="20" fill="#224466"/>
<path d="M 5 10 L 55 10" stroke="#ffffff" stroke-width="2" fill="none"/></svg>"""


@pytest.fixture(params=["svg", "png"])
def logo(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Make a logo three times as wide as high."""
    file = tmp_path / f"logo.{request.param}"
    if request.param == "svg":
        file.write_text(SVG, encoding="utf-8")
    else:
        Image.new("RGBA", (600, 200), "#224466").save(file)
    return file


def box(part: Part) -> tuple[float, float, float, float]:
    points = np.concatenate([each.points for each in part.get_family() if len(each.points)])
    (left, bottom), (right, top) = points.min(axis=0)[:2], points.max(axis=0)[:2]
    return float(left), float(bottom), float(right), float(top)


def test_a_logo_fits_its_room_about_the_origin(logo: Path) -> None:
    left, bottom, right, top = box(logo_of(artwork_in(logo)))
    assert (right - left, top - bottom) == pytest.approx((px(252), px(84)), rel=1e-3)
    assert (left + right, bottom + top) == pytest.approx((0.0, 0.0), abs=1e-6)
    assert [each.name for each in logo.parent.iterdir()] == [logo.name], "nothing is left beside it"


@pytest.mark.parametrize("aspect", list(FORMATS))
@pytest.mark.parametrize("name", ["", "Dr. Day", LONG])
def test_both_stand_in_the_frame_in_one_row(
    logo: Path, theme: Theme, aspect: str, name: str
) -> None:
    fmt = FORMATS[aspect]
    mark = PracticeMark(name, artwork_in(logo), theme, fmt)
    left, bottom, right, top = box(mark)
    assert left > SAFE_MARGIN - fmt.half[0] and right < fmt.half[0] - SAFE_MARGIN
    assert bottom > SAFE_MARGIN - fmt.half[1] and top < 0.0
    words = [each for each in mark.get_family() if isinstance(each, TextLine)]
    assert bool(words) == bool(name)
    if words:
        assert min(float(each.points[:, 0].min()) for each in words) > box(mark.logo)[2]
        assert len(words) <= 2


def test_a_name_alone_begins_where_the_title_does(theme: Theme) -> None:
    fmt = FORMATS["16:9"]
    mark = PracticeMark("Dr. Day", None, theme, fmt)
    assert box(mark)[0] == pytest.approx(float(fmt.point(150, 0)[0]), abs=px(6))


@pytest.mark.parametrize("text", ["", "<svg", '<svg xmlns="http://www.w3.org/2000/svg"/>'])
def test_a_logo_that_cannot_be_drawn_is_named(tmp_path: Path, text: str) -> None:
    for ending in ("svg", "png"):
        file = tmp_path / f"logo.{ending}"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ContentError, match=rf"logo\.{ending}(:1)? cannot be drawn"):
            logo_of(artwork_in(file))
