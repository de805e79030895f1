"""Code stays small enough to be read: lines of a file, of a scene, of a function."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULE_LINES = 400
SCENE_LINES = 250
FUNCTION_LINES = 60


def _sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _long_functions(tree: ast.AST, limit: int) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > limit:
                yield f"{node.name} (line {node.lineno}) has {lines} lines"


@pytest.mark.parametrize("path", _sources("spineanim"), ids=_name)
def test_module_fits_its_budget(path: Path) -> None:
    assert _line_count(path) <= MODULE_LINES


@pytest.mark.parametrize("path", _sources("scenes"), ids=_name)
def test_scene_fits_its_budget(path: Path) -> None:
    assert _line_count(path) <= SCENE_LINES


@pytest.mark.parametrize("path", [*_sources("spineanim"), *_sources("scenes")], ids=_name)
def test_functions_fit_a_screen(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert list(_long_functions(tree, FUNCTION_LINES)) == []


def test_a_long_function_is_found() -> None:
    body = "\n".join("    x = 1" for _ in range(3))
    tree = ast.parse(f"class A:\n  def short(self): ...\n\nasync def long():\n{body}\n")
    assert list(_long_functions(tree, 3)) == ["long (line 4) has 4 lines"]
