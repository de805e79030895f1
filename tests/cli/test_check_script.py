"""`spineanim check script` says what has to be put right, and its exit code says whether."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from spineanim.cli.main import cli
from spineanim.content.project import Project

ROOT = Path(__file__).parents[2]


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Make a project of its own with the shipped assets and scenes; tests may damage it."""
    for name in ("assets", "scenes"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)


def call(*arguments: str, today: str = "2026-12-01") -> Result:
    return CliRunner().invoke(
        cli, ["check", "script", "--today", today, *arguments], standalone_mode=False
    )


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_pump_is_well_in_both_languages(copy: Project) -> None:
    result = call("pump")
    assert result.return_value == 0, result.output
    lines = result.output.splitlines()
    assert any(line.startswith("pump (en): Flesch-Kincaid grade") for line in lines)
    assert any(line.startswith("pump (es): Szigriszt-Pazos index") for line in lines)
    assert lines[-1] == "all is well"


def test_all_of_them_are_the_default_and_unused_claims_are_a_note(copy: Project) -> None:
    edit(
        copy.claims_file,
        "\n[sources]\n",
        '\n[claims.zz]\nsays = "X."\nsources = [58]\nevidence = "R"\n'
        "reviewed = 2026-11-29\n\n[sources]\n",
    )
    result = call("--language", "en")
    notes = [line for line in result.output.splitlines() if "no script cites" in line]
    assert len(notes) == 1 and notes[0].endswith(", zz")
    assert notes[0].startswith("  note ")
    assert "(es)" not in result.output


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('claim = "battery_life"', 'claim = "batery_life"', "cites claim 'batery_life', which"),
        ('at_s = 4.4, text = "Then', 'at_s = 1.4, text = "Then', "stands 1.1 s and needs"),
        ("A soft tube, the", "A soft thing, the", "'catheter' is not explained in"),
        ("The cuts on the belly and", "Word " * 20 + "and", "caption is too long for 2 lines"),
    ],
)
def test_a_damaged_script_is_wrong(copy: Project, old: str, new: str, says: str) -> None:
    edit(copy.script_file("pump"), old, new)
    result = call("pump", "--language", "en")
    assert result.return_value == 1
    wrong = [line for line in result.output.splitlines() if line.startswith("  WRONG ")]
    assert any(says in line for line in wrong), result.output
    assert result.output.splitlines()[-1] == f"{len(wrong)} to put right"


def test_missing_words_of_another_language_are_wrong(copy: Project) -> None:
    edit(copy.script_file("pump", "es"), 'kicker = "Paso 3"\n', "")
    result = call("pump", "--language", "es")
    assert result.return_value == 1
    assert "lacks kicker; it stays English" in result.output


def test_reviews_grow_old(copy: Project) -> None:
    result = call("pump", "--language", "en", today="2029-01-01")
    assert result.return_value == 1
    assert "claim battery_life was last reviewed on 2026-11-29, more than 2 years" in result.output


def test_an_unknown_scene_or_language_is_one_error(copy: Project) -> None:
    assert "did you mean pump" in str(call("pumpe").exception)
    assert "no words in language 'xx'" in str(call("pump", "--language", "xx").exception)


def test_a_script_that_cites_no_claim_at_all_is_wrong(copy: Project) -> None:
    file = copy.script_file("pump")
    text = re.sub(r', claim = (?:"\w+"|\[[^\]]*\])', "", file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")
    result = call("pump")
    assert result.return_value == 1
    (wrong,) = [line for line in result.output.splitlines() if line.startswith("  WRONG ")]
    assert wrong.endswith("en/pump.toml: no caption cites the claim it makes")
