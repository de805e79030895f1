"""What counts as a change: saved content, nothing that editors leave beside it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from spineanim.content.project import Project
from spineanim.editing.change import Change
from spineanim.editing.trial import Trial
from spineanim.preview.watch import content_digest, saved_files
from tests.conftest import demo_project


def test_a_touch_is_no_change_and_content_is(demo: Project) -> None:
    before = content_digest(demo)
    os.utime(demo.theme_file, (1, 1))
    assert content_digest(demo) == before
    with demo.theme_file.open("a") as theme:
        theme.write("# a remark\n")
    assert content_digest(demo) != before


@pytest.mark.parametrize(
    "name",
    [
        ".demo.toml.swp",
        "demo.toml~",
        "#demo.toml#",
        ".#demo.toml",
        "demo___jb_tmp___",
        "a.tmp",
    ],
)
def test_what_editors_put_beside_a_file_is_no_content(demo: Project, name: str) -> None:
    before = content_digest(demo)
    (demo.script_file("demo").parent / name).write_text("half")
    assert content_digest(demo) == before


def test_what_lies_in_a_hidden_folder_is_no_content(demo: Project) -> None:
    before = content_digest(demo)
    deep = demo.assets / ".git" / "objects" / "ab" / "cd"
    deep.mkdir(parents=True)
    (deep / "ef").write_text("x")
    assert content_digest(demo) == before


def test_a_file_that_moves_is_a_change(demo: Project) -> None:
    (demo.assets / "a").mkdir()
    (demo.assets / "a" / "art.svg").write_text("x")
    before = content_digest(demo)
    (demo.assets / "a").rename(demo.assets / "aa")
    assert content_digest(demo) != before


def test_a_trial_that_changes_nothing_has_the_same_content(demo: Project) -> None:
    with Trial(demo) as trial:
        assert content_digest(trial.project) == content_digest(demo)
        change = Change("assets/script/en/demo.toml", ("title",), "Another", "A demonstration")
        trial.change([change])
        assert content_digest(trial.project) != content_digest(demo)


def test_a_folder_that_leads_to_itself_is_read_once(demo: Project) -> None:
    for name in ("one", "two"):  # 2 to the 40th folders, if one follows them
        (demo.assets / name).symlink_to(demo.assets, target_is_directory=True)
    before = content_digest(demo)
    demo.theme_file.write_text("x")
    assert content_digest(demo) != before


def heard_of(project: Project, save: Callable[[], object], last: Path) -> set[Path]:
    """Watch a project; return what is heard of until the last file that is saved."""

    async def listened() -> set[Path]:
        heard: set[Path] = set()

        async def listen() -> None:
            async for files in saved_files(project):
                heard.update(files)
                if last in files:
                    return

        task = asyncio.create_task(listen())
        await _begun(task)
        save()
        last.write_text("last")
        await asyncio.wait_for(task, 20)
        return heard

    return asyncio.run(listened())


async def _begun(task: Awaitable[None]) -> None:
    """Wait until the system has been asked to watch."""
    await asyncio.sleep(0.5)


def test_a_project_in_a_hidden_folder_is_watched(tmp_path: Path) -> None:
    (tmp_path / ".practice").mkdir()
    project = demo_project(tmp_path / ".practice")
    scene = project.scenes / "demo.py"
    files = heard_of(project, lambda: project.theme_file.write_text("x"), scene)
    assert files == {project.theme_file, scene}


def test_what_editors_put_beside_a_file_is_not_heard_of(demo: Project) -> None:
    beside = demo.scenes / "#demo.py#"
    last = demo.scenes / "demo.py"
    assert heard_of(demo, lambda: beside.write_text("half"), last) == {last}
