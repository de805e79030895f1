"""The tree is free of what ties it to one machine, and its promises about itself hold."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Written in pieces, so that this file does not hold what it forbids.
_FOLDERS = ("ro" + "ot", "ho" + "me", "Us" + "ers", "t" + "mp", "wo" + "rk", "o" + "pt", "m" + "nt")
_HOSTS = ("py" + "pi", "python" + "hosted", "npm" + "js")
MACHINE_PATH = re.compile(r"(?<![\w.}/~-])/(?:" + "|".join(_FOLDERS) + r")(?![\w-])")
REGISTRY = re.compile(
    r"(?:" + "|".join(_HOSTS) + r")\.(?:org|com)\b|--(?:extra-)?index" + r"-url|--find" + r"-links",
    re.IGNORECASE,
)


def _tracked() -> list[Path]:
    """Give the files git tracks or would track; outside a repository, all but the hidden ones."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        files = [path for path in ROOT.rglob("*") if not _is_hidden(path)]
    else:
        files = [ROOT / name for name in done.stdout.split("\0") if name]
    return sorted(path for path in files if path.is_file())


def _is_hidden(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return any(part.startswith(".") or part == "__pycache__" for part in parts)


def _text(path: Path) -> str:
    """Give a file's text; nothing for a picture or another binary file."""
    data = path.read_bytes()
    return "" if b"\0" in data else data.decode("utf-8", errors="replace")


def _finds(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in _tracked()
        for number, line in enumerate(_text(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_machine_path() -> None:
    assert _finds(MACHINE_PATH) == []


def test_no_file_names_a_package_registry() -> None:
    assert _finds(REGISTRY) == []


@pytest.mark.parametrize("folder", _FOLDERS)
def test_a_machine_path_is_found(folder: str) -> None:
    assert MACHINE_PATH.search(f"open('/{folder}/x')")
    assert MACHINE_PATH.search(f"in /{folder}")
    assert not MACHINE_PATH.search(f"assets/{folder}/x and either/{folder}")


@pytest.mark.parametrize("host", _HOSTS)
def test_a_registry_is_found(host: str) -> None:
    assert REGISTRY.search(f"https://{host}.org/simple")


def test_no_star_imports() -> None:
    stars = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in _tracked()
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(_text(path)))
        if isinstance(node, ast.ImportFrom) and any(name.name == "*" for name in node.names)
    ]
    assert stars == []


# --- Versions and pins -----------------------------------------------------------------------


def _version() -> str:
    project = tomllib.loads(_text(ROOT / "pyproject.toml"))["project"]
    return str(project["version"])


def test_changelog_starts_with_this_version() -> None:
    headings = re.findall(r"^## \[?(\d[^\]\s]*)", _text(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert headings[:1] == [_version()]


def test_package_gives_this_version() -> None:
    tree = ast.parse(_text(ROOT / "spineanim" / "__init__.py"))
    given = [
        node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        if [target.id for target in node.targets if isinstance(target, ast.Name)] == ["__version__"]
    ]
    assert given in ([], [_version()])


def _pins() -> dict[str, str]:
    """Give the lines of each pinned package by its name."""
    lines = [line for line in _text(ROOT / "constraints.txt").splitlines() if line[:1] != "#"]
    blocks = re.split(r"^(?=\w)", "\n".join(lines), flags=re.MULTILINE)
    return {re.split(r"[=\s]", block, maxsplit=1)[0]: block for block in blocks if block}


def test_every_package_is_pinned_with_hashes() -> None:
    loose = [
        name
        for name, block in _pins().items()
        if not re.match(r"[a-z0-9-]+==[0-9][\w.]*( ; [^\\]+)? \\\n    --hash=sha256:", block)
    ]
    assert loose == []


def test_what_pyproject_asks_for_is_pinned() -> None:
    pyproject = tomllib.loads(_text(ROOT / "pyproject.toml"))
    asked = [
        *pyproject["build-system"]["requires"],
        *pyproject["project"]["dependencies"],
        *pyproject["project"]["optional-dependencies"]["dev"],
        *pyproject["dependency-groups"]["build"],
    ]
    names = {re.split(r"[<>=!~; ]", requirement)[0].lower() for requirement in asked}
    assert names - set(_pins()) == set()


def test_the_build_tools_of_the_setup_are_pinned() -> None:
    tools = re.search(r"^BUILD_TOOLS='(.+)'$", _text(ROOT / "tools" / "setup.sh"), re.MULTILINE)
    assert tools is not None
    assert set(tools.group(1).split()) - set(_pins()) == set()


# --- The checks run --------------------------------------------------------------------------


def _rule(target: str) -> tuple[list[str], list[str]]:
    """Give a Makefile target's prerequisites and its recipe's lines."""
    rule = re.search(
        rf"^{target}:(?P<needs>[^#\n]*).*\n(?P<recipe>(?:\t.*\n?)*)",
        _text(ROOT / "Makefile"),
        re.MULTILINE,
    )
    assert rule is not None
    return rule["needs"].split(), [line.strip() for line in rule["recipe"].splitlines()]


def test_make_test_runs_every_check_and_ends_with_pytest() -> None:
    needs, recipe = _rule("test")
    assert needs == ["setup"]
    assert recipe == [
        "$(BIN)/ruff check .",
        "$(BIN)/ruff format --check .",
        "$(BIN)/mypy",
        "$(BIN)/lint-imports --no-logo",
        "$(BIN)/python -m pytest",
    ]


def test_the_continuous_check_is_make_test() -> None:
    script = _text(ROOT / ".ci" / "run").splitlines()
    assert script[0] == "#!/usr/bin/env bash"
    assert "set -eu" in script
    assert script[-1].split()[:2] == ["make", "test"]
