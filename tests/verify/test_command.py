"""`spineanim verify`: one line a finding, an exit code, JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, run
from tests.verify.conftest import written

__all__ = ["run"]
_QUICK = ("--only", "hashes", "--only", "unlisted", "--only", "links")


def test_a_whole_folder_is_well(whole_site: Path, run: Run) -> None:
    result = run("verify", str(whole_site), *_QUICK)
    assert result.returncode == 0, result.stdout
    (line,) = result.stdout.splitlines()
    assert line.startswith("all is well (") and "3 films of 24 s" in line
    assert result.stderr == ""


def test_each_finding_is_a_line(site_folder: Path, run: Run) -> None:
    written("site/player.js", "")(site_folder)
    written("notes.txt", "")(site_folder)
    result = run("verify", str(site_folder), *_QUICK)
    assert result.returncode == 1
    warning, error, last = result.stdout.splitlines()
    assert warning.startswith("warning notes.txt: no manifest lists it; remove it")
    assert error.startswith("error site/player.js: it has 0 bytes, manifest.json says ")
    assert last.startswith("1 error, 1 warning (")


def test_a_warning_alone_fails_nothing(site_folder: Path, run: Run) -> None:
    written("notes.txt", "")(site_folder)
    assert run("verify", str(site_folder), *_QUICK).returncode == 0


@pytest.mark.parametrize("damaged", [False, True])
def test_json_is_one_document(damaged: bool, site_folder: Path, run: Run) -> None:
    if damaged:
        written("site/player.js", "")(site_folder)
    result = run("verify", str(site_folder), "--json", *_QUICK)
    told = json.loads(result.stdout)
    assert result.returncode == int(damaged)
    assert told["ok"] is not damaged
    assert told["checked"]["films"] == 3 and told["checked"]["film_s"] == 24.0
    assert [set(each) for each in told["findings"]] == [
        {"check", "file", "what", "remedy", "failure"}
    ] * damaged


def test_what_is_no_upload_folder_is_one_line(tmp_path: Path, run: Run) -> None:
    result = run("verify", str(tmp_path / "nowhere"), "--json")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1 and "there is no folder" in result.stderr


def test_a_check_that_there_is_not_is_refused(tmp_path: Path, run: Run) -> None:
    result = run("verify", str(tmp_path), "--only", "hashs")
    assert result.returncode == 2
    assert "did you mean hashes?" in result.stderr
