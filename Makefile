# Needs only make (GNU 3.81 or newer) and a POSIX shell; `make setup` brings the rest.
.DEFAULT_GOAL := help
.PHONY: help setup pump test test-browser bench format clean constraints

BIN := .venv/bin

# Another project's Python settings must not reach this one's.
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1@\2/p' Makefile | awk -F@ '{printf "%-18s %s\n", $$1, $$2}'

setup:  ## make .venv with the pinned packages (does nothing when it is there and current)
	@sh tools/setup.sh

pump: setup  ## render the film "pump" at high quality into renders/
	$(BIN)/spineanim render pump --quality high

test: setup  ## every check: style, format, types, layers, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest

test-browser: setup  ## only the tests in a browser; they need Chromium
	$(BIN)/python -m pytest tests/browser

bench: setup  ## print what films cost: plain scenes beside stock Manim, and pump
	$(BIN)/python -m benchmarks

format: setup  ## put the Python files into the house format and order
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

clean:  ## remove what was set up, rendered or cached
	rm -rf .venv build dist media .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find renders -mindepth 1 ! -name .gitkeep -exec rm -rf {} +

constraints: setup  ## pin the dependencies anew (UPGRADE=1 takes newer versions)
	@sh tools/constraints.sh $(if $(UPGRADE),--upgrade)
