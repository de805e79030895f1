from __future__ import annotations

import subprocess
import sys

import pytest

from spineanim.content.project import Project
from spineanim.errors import SceneError
from spineanim.render.catalog import find_scene, find_scenes, list_scenes


def test_scenes_are_found_by_their_base_class(demo: Project) -> None:
    (demo.scenes / "helper.py").write_text("class NotAScene:\n    pass\n")
    assert [entry.class_name for entry in find_scenes(demo).values()] == ["Demo"]


def test_the_listing_has_title_and_length(demo: Project) -> None:
    (listing,) = list_scenes(demo)
    assert (listing.name, listing.title, listing.length_s) == ("demo", "A demonstration", 5.0)


def test_an_unknown_scene_offers_close_ones(demo: Project) -> None:
    with pytest.raises(SceneError, match=r"no scene 'dmo' .*did you mean demo\?"):
        find_scene(demo, "dmo")
    with pytest.raises(SceneError, match="there are: demo"):
        find_scene(demo, "zzzzzz")


def test_a_scene_file_that_is_no_python_names_its_line(demo: Project) -> None:
    (demo.scenes / "broken.py").write_text("import x\nclass A(:\n")
    with pytest.raises(SceneError, match=r"broken\.py:2: "):
        find_scenes(demo)
    with pytest.raises(SceneError, match=r"broken\.py:2: "):
        find_scene(demo, "broken")
    assert find_scene(demo, "demo").class_name == "Demo", "others can be worked on meanwhile"


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"# caf\xc3\xa9\n# caf\xe9\n", 2), (b"x = 1\0\n", 1), ("x".encode("utf-16"), 1)],
)
def test_a_scene_file_that_is_no_text_is_one_line(demo: Project, data: bytes, line: int) -> None:
    file = demo.scenes / "broken.py"
    file.write_bytes(data)
    with pytest.raises(SceneError) as caught:
        find_scenes(demo)
    assert str(caught.value) == f"{file}:{line}: not UTF-8 text; save the file as UTF-8"
    assert find_scene(demo, "demo").class_name == "Demo", "others can be worked on meanwhile"


def test_a_scene_file_of_an_editor_that_marks_utf_8_is_read(demo: Project) -> None:
    file = demo.scenes / "demo.py"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert find_scene(demo, "demo").class_name == "Demo"


def test_listing_does_not_import_manim(demo: Project) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from spineanim.content.project import Project\n"
        "from spineanim.render.catalog import list_scenes\n"
        f"print(list_scenes(Project(Path({str(demo.root)!r}))))\n"
        "sys.exit('manim' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
