"""The server of the preview, as its page and as strangers meet it."""

from __future__ import annotations

import http.client
import io
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from starlette.responses import Response
from websockets.exceptions import ConnectionClosed, InvalidStatus

from spineanim.content.project import Project
from spineanim.editing.shelter import Shelter
from spineanim.editing.trouble import EditError
from spineanim.preview.guard import Guard
from spineanim.preview.messages import MOST_BYTES, message_from
from tests.conftest import demo_project
from tests.preview.running import Page, Said, page_at, preview_of
from tests.servers import running

pytestmark = [pytest.mark.render, pytest.mark.slow]

SCRIPT = "assets/script/en/demo.toml"
ODD_NUMBER = json.dumps(
    {"do": "keep", "changes": [{"file": SCRIPT, "path": ["title"], "value": "x", "before": "?"}]}
).replace('"?"', "?")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return demo_project(tmp_path_factory.mktemp("bench"))


@pytest.fixture(scope="module")
def address(project: Project) -> Iterator[str]:
    with preview_of(project, "demo") as found:
        yield found


@pytest.fixture(autouse=True)
def as_it_was(project: Project) -> Iterator[None]:
    """Put files back that a test has changed."""
    files = {each: each.read_bytes() for each in project.root.rglob("*.*") if each.is_file()}
    yield
    changed = [file for file, data in files.items() if file.read_bytes() != data]
    for file in changed:
        file.write_bytes(files[file])
    time.sleep(0.3 if changed else 0.0)  # until it is noticed; the next test shall not see it


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    with page_at(address) as found:
        yield found


def pixels(file: bytes) -> np.ndarray[Any, np.dtype[np.int16]]:
    return np.asarray(Image.open(io.BytesIO(file)).convert("RGB")).astype(np.int16)


def changed(old: bytes, new: bytes) -> int:
    """Count pixels that clearly differ."""
    return int((np.abs(pixels(old) - pixels(new)).max(axis=2) > 30).sum())


def title_change(title: str, before: str = "It is named") -> Said:
    return {"file": SCRIPT, "path": ["named", "title"], "value": title, "before": before}


def ask(address: str, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=sent)
    response = connection.getresponse()
    response.body = response.read()  # type: ignore[attr-defined]
    connection.close()
    return response


# -- a page of our own -------------------------------------------------------------------------


def test_a_page_is_told_of_the_project_the_film_and_the_panels(page: Page) -> None:
    assert page.wait("project")["scenes"][0]["name"] == "demo"
    film = page.open_whole()
    assert [each["name"] for each in film["chapters"]] == ["title_card", "named", "nearer"]
    assert film["frame_count"] == 150
    panels = page.told("panels")
    assert {each["name"] for each in panels["parameters"]} >= {"tip_level", "side"}
    assert any(each["token"] == "ink.label" for each in panels["colors"])
    assert [each["name"] for each in panels["beats"]] == ["", "named", "nearer"]
    assert Image.open(io.BytesIO(page.picture(70, film))).size == (960, 540)
    assert Image.open(io.BytesIO(page.picture(70, film, exact=True))).format == "PNG"


def test_a_tried_word_is_seen_and_not_written(page: Page, project: Project) -> None:
    film = page.open_whole()
    old = page.picture(70, film)
    text = (project.root / SCRIPT).read_text()
    page.say("try", changes=[title_change("Quite another heading")], id=1)
    tried = page.wait("film")
    assert changed(old, page.picture(70, tried)) > 100
    assert (project.root / SCRIPT).read_text() == text
    page.say("drop")
    again = page.wait("film")
    assert changed(old, page.picture(70, again)) == 0


def test_a_kept_word_is_written_with_comments_and_undone(page: Page, project: Project) -> None:
    film = page.open_whole()
    old = page.picture(70, film)
    script = project.root / SCRIPT
    text = f"# by hand\n{script.read_text()}"
    script.write_text(text)
    page.wait("panels")
    page.say("keep", changes=[title_change("Another heading")], group="a", id=7)
    kept = page.wait("kept")
    assert (kept["id"], kept["files"], kept["can_undo"]) == (7, [SCRIPT], True)
    assert script.read_text() == text.replace("It is named", "Another heading")
    new = page.wait("film")
    assert changed(old, page.picture(70, new)) > 100
    page.say("undo", id=8)
    assert page.wait("kept")["can_redo"]
    assert script.read_text() == text
    page.say("redo", id=9)
    page.wait("kept")
    assert "Another heading" in script.read_text()


def test_keeping_what_was_tried_plays_nothing_anew(page: Page, project: Project) -> None:
    page.open_whole()
    page.say("try", changes=[title_change("Once only")])
    tried = page.wait("film")
    page.say("keep", changes=[title_change("Once only")], group="")
    page.wait("kept")
    page.wait("panels")
    page.picture(70, tried)
    page.say("open", scene="demo", language="en", aspect="16:9", height_px=540)
    assert page.wait("film")["generation"] == tried["generation"]
    assert "Once only" in (project.root / SCRIPT).read_text()


def test_an_edit_by_somebody_else_is_noticed_and_never_overwritten(
    page: Page, project: Project
) -> None:
    page.open_whole()
    script = project.root / SCRIPT
    script.write_text(script.read_text().replace("It is named", "Theirs"))
    page.say("keep", changes=[title_change("Mine")], group="", id=3)
    refused = page.wait("refused")
    assert refused["id"] == 3
    assert refused["conflict"]["there"] == "Theirs" and refused["conflict"]["mine"] == "Mine"
    assert "Theirs" in script.read_text()


def test_a_broken_file_is_told_and_mended(page: Page, project: Project) -> None:
    film = page.open_whole()
    old = page.picture(100, film)
    theme = project.theme_file
    right = theme.read_text()
    theme.write_text(f"{right}\n[not closed\n")
    trouble = page.wait("trouble")
    assert trouble["file"] == "assets/theme.toml" and trouble["line"] > 0
    assert page.picture(100, film) == old
    theme.write_text(right)
    page.wait("well")
    assert changed(old, page.picture(100, page.wait("film"))) == 0


def test_two_windows_see_each_others_changes(page: Page, address: str) -> None:
    page.open_whole()
    with page_at(address) as other:
        other.open_whole(aspect="9:16")
        page.say("keep", changes=[title_change("For both")], group="")
        assert page.wait("film")["aspect"] == "16:9"
        film = other.wait("film")
        assert film["aspect"] == "9:16" and film["chapters"][1]["title"] == "For both"


def test_a_new_scene_appears_in_the_list(page: Page, project: Project) -> None:
    page.wait("project")
    shutil.copy(project.script_file("demo"), project.script_file("second"))
    scene = (project.scenes / "demo.py").read_text().replace("class Demo", "class Second")
    (project.scenes / "second.py").write_text(scene)
    names = {"demo", "second"}
    page.wait("project", lambda said: {each["name"] for each in said["scenes"]} == names)
    (project.scenes / "second.py").unlink()
    page.wait("project", lambda said: len(said["scenes"]) == 1)
    project.script_file("second").unlink()


def test_what_a_window_tried_goes_with_it(address: str) -> None:
    with page_at(address) as gone:
        gone.open_whole()
        gone.say("try", changes=[title_change("Only tried")])
        assert gone.wait("film")["chapters"][1]["title"] == "Only tried"
        with page_at(address) as page:
            page.open_whole()
            gone.line.close()
            page.wait("film", lambda said: said["chapters"][1]["title"] == "It is named")


def test_others_edits_are_seen_while_one_tries(page: Page, project: Project) -> None:
    page.open_whole()
    page.say("try", changes=[title_change("Only tried")])
    page.wait("film")
    script = project.root / SCRIPT
    script.write_text(script.read_text().replace("It comes nearer", "Theirs"))
    titles = [each["title"] for each in page.wait("film")["chapters"]]
    assert titles[1:] == ["Only tried", "Theirs"]
    script.write_text(script.read_text().replace("It is named", "Theirs too"))
    titles = [each["title"] for each in page.wait("film")["chapters"]]
    assert titles[1:] == ["Theirs too", "Theirs"], "what cannot be tried any more is shown"


@pytest.mark.parametrize(("file", "fault"), [("scenes/demo.py", "def ("), (SCRIPT, "[x")])
def test_scenes_stay_in_the_list_while_a_file_is_wrong(
    page: Page, project: Project, file: str, fault: str
) -> None:
    before = page.wait("project")["scenes"]
    path = project.root / file
    right = path.read_text()
    path.write_text(f"{right}\n{fault}\n")
    wrong = page.wait("project")
    assert wrong["problem"]["file"] == file
    assert wrong["scenes"] == before
    path.write_text(right)
    assert page.wait("project")["problem"] is None


def test_a_value_that_json_does_not_know_is_told_as_text(page: Page, project: Project) -> None:
    page.open_whole()
    file = project.parameters_file
    file.write_text(f"visit = 2030-01-02\n{file.read_text()}")
    change = {"file": "assets/anatomy.toml", "path": ["visit"], "value": "a", "before": None}
    page.say("keep", changes=[change], group="", id=4)
    assert page.wait("refused")["conflict"]["there"] == "2030-01-02"


def test_pictures_are_not_packed_a_second_time(page: Page) -> None:
    assert page.line.protocol.extensions == []


def test_only_the_newest_of_many_wishes_must_be_drawn(page: Page) -> None:
    film = page.open_whole()
    for frame in range(149):
        page.say("show", frame=frame, generation=film["generation"], why="scrub", seq=frame)
    page.picture(149, film)
    drawn = [head["frame"] for head, _ in page.pictures]
    assert len(drawn) < 60, "stale wishes are drawn"
    assert drawn[-1] == 149


def test_a_picture_of_a_film_that_is_gone_is_not_sent(page: Page) -> None:
    film = page.open_whole()
    page.say("show", frame=5, generation=film["generation"] + 7, why="scrub")
    page.picture(6, film)
    assert [head["frame"] for head, _ in page.pictures] == [6]


def test_small_pictures_come_nearest_first(page: Page) -> None:
    film = page.open_whole()
    page.picture(149, film)
    # All of one play: its mark draws them one after the other. Of two marks, either may be first.
    page.say("sheet", frames=[120, 148, 130, 140], generation=film["generation"])
    while len(page.pictures) < 5:
        page.hear("thumbs")
    thumbs = page.pictures[1:]
    assert [head["frame"] for head, _ in thumbs] == [148, 140, 130, 120]
    assert all(Image.open(io.BytesIO(file)).size == (240, 135) for _, file in thumbs)


# -- what nobody of ours would say ---------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '"open"',
        "{}",
        '{"do": "open", "scene": "../demo", "language": "en", "aspect": "16:9", "height_px": 540}',
        '{"do": "open", "scene": "demo", "language": "xx", "aspect": "16:9", "height_px": 540}',
        '{"do": "open", "scene": "demo", "language": "en", "aspect": "16:9", "height_px": 541}',
        '{"do": "show", "frame": -1, "generation": 1}',
        '{"do": "show", "frame": 1e9, "generation": 1}',
        '{"do": "keep", "changes": [{"file": "x"}], "group": "a"}',
        '{"do": "sheet", "frames": ' + json.dumps(list(range(601))) + ', "generation": 1}',
        "[" * 10000,
        ODD_NUMBER.replace("?", "NaN"),
        ODD_NUMBER.replace("?", "1e999"),
        b'{"do": "undo"}',
    ],
)
def test_an_odd_message_is_refused_in_words(page: Page, text: str | bytes) -> None:
    page.line.send(text)
    assert page.wait("refused")["message"]


@pytest.mark.parametrize(
    "file",
    [
        "../outside.toml",
        "/etc/passwd",
        "scenes/demo.py",
        "assets/../../outside.toml",
        "pyproject.toml",
    ],
)
def test_no_file_outside_is_written(page: Page, project: Project, file: str) -> None:
    outside = project.root.parent / "outside.toml"
    outside.write_text('a = "b"\n')
    for do in ("try", "keep"):
        page.say(do, changes=[{"file": file, "path": ["a"], "value": "c", "before": "b"}], id=2)
        assert page.wait("refused")["id"] == 2
    assert outside.read_text() == 'a = "b"\n'


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
    | st.fixed_dictionaries(
        {"do": st.sampled_from(["open", "show", "sheet", "try", "keep", "undo"])},
        optional={
            name: st.none() | st.integers() | st.text() | st.lists(st.integers())
            for name in ("scene", "frame", "generation", "frames", "changes", "group", "id", "seq")
        },
    )
)
def test_any_json_is_a_message_or_refused(raw: object) -> None:
    try:
        message_from(json.dumps(raw))
    except EditError as error:
        assert error.hint


def test_a_message_that_is_too_long_ends_the_line(page: Page) -> None:
    page.line.send("x" * (MOST_BYTES + 1))
    with pytest.raises(ConnectionClosed):
        while True:
            page.line.recv(10)


def test_only_so_many_windows_are_let_in(address: str) -> None:
    with ExitStack() as stack:
        pages = [stack.enter_context(page_at(address)) for _ in range(16)]
        for each in pages:
            each.wait("project")
        with page_at(address) as one_more, pytest.raises(ConnectionClosed):
            one_more.wait("project")


# -- strangers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/wrong/", "/wrong/socket", "//", "/%00/", "/é/"])
def test_who_does_not_know_the_token_gets_nothing(address: str, path: str) -> None:
    response = ask(address, path.encode().decode("latin-1") if path.isascii() else "/%C3%A9/")
    assert response.status == 404
    assert response.body == b""  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["..", "..%2fapp.py", "%2e%2e/app.py", "nothing.js", "../app.py"])
def test_no_other_file_is_given_out(address: str, name: str) -> None:
    assert ask(address, f"{urlsplit(address).path}static/{name}").status == 404


def test_the_page_says_what_it_may_load(address: str) -> None:
    response = ask(address, urlsplit(address).path)
    assert response.status == 200
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["cache-control"] == "no-store"


def test_requests_from_elsewhere_are_turned_away(address: str) -> None:
    path = urlsplit(address).path
    assert ask(address, path, Host="evil.example").status == 421
    assert ask(address, path, Origin="http://evil.example").status == 403
    assert ask(address, path, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors").status == 403
    assert ask(address, path, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").status == 200
    assert ask(address, path, "POST").status == 405
    assert ask(address, path, Content_Length="5").status == 413


@pytest.mark.parametrize("origin", ["http://evil.example", "null", None, "http://127.0.0.1:1"])
def test_a_line_from_another_page_is_refused(address: str, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refused, page_at(address, origin=origin):
        pass
    assert refused.value.response.status_code == 403


def test_a_line_without_the_token_is_refused(address: str) -> None:
    other = address.replace(urlsplit(address).path, "/guessed/")
    host = f"http://{urlsplit(address).netloc}"
    with pytest.raises(InvalidStatus) as refused, page_at(other, origin=host):
        pass
    assert refused.value.response.status_code == 404


def test_a_refused_line_says_nothing_in_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """A page of a preview that has ended asks its port again and again, also the next preview."""
    with running(Guard(Response(), "new"), most_bytes=MOST_BYTES) as own:
        host = own.removesuffix("/")
        with pytest.raises(InvalidStatus), page_at(f"{own}old/", origin=host):
            pass
        time.sleep(0.2)  # it would be said after the answer
    assert capsys.readouterr().err == ""


def test_nothing_of_the_test_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A trial's folder goes with the preview; that of one that was killed, with the next one."""
    project = demo_project(tmp_path / "project")
    here = tmp_path / "temporary"
    here.mkdir()
    monkeypatch.setenv("TMPDIR", str(here))
    monkeypatch.setattr(tempfile, "tempdir", None)  # found anew
    code = (
        "import os, signal; from spineanim.editing.shelter import Shelter\n"
        "Shelter(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    (left,) = here.glob("spineanim-trial-*")
    living = Shelter()
    with preview_of(project) as found, page_at(found) as page:
        page.wait("project")
        assert not left.exists()
        assert living.folder.is_dir(), "somebody tries something there"
        assert len(list(here.glob("spineanim-trial-*"))) == 2
    living.close()
    assert not list(here.glob("spineanim-trial-*"))
