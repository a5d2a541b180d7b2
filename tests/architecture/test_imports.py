"""Imports run downward only, and every library has one home; the contracts stand in pyproject.toml."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import grimp
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
COMMONPLACE = {"structlog"}  # libraries that any module outside the domain, presentation and the sandbox may use


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Who imports whom in bot/, libraries included."""
    return grimp.build_graph("bot", include_external_packages=True, cache_dir=None)


def contracts() -> list[dict[str, Any]]:
    """Read the contracts."""
    linter: dict[str, Any] = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]
    found: list[dict[str, Any]] = linter["contracts"]
    return found


def libraries_used_by(graph: grimp.ImportGraph, package: str) -> set[str]:
    """Name the libraries beyond the standard one that modules of `package` import themselves."""
    modules = {package, *graph.find_descendants(package)}
    imported = {one for module in modules for one in graph.find_modules_directly_imported_by(module)}
    return {one for one in imported if graph.is_module_squashed(one) and one not in sys.stdlib_module_names}


def test_the_import_contracts_are_kept() -> None:
    """What `make check` runs finds nothing."""
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache", "--no-logo"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_the_domain_needs_nothing_but_python(graph: grimp.ImportGraph) -> None:
    """No library whatever is imported by the domain, be it named in a contract or not."""
    assert libraries_used_by(graph, "bot.domain") == set()


def test_every_library_has_its_home(graph: grimp.ImportGraph) -> None:
    """A library that bot/ imports is kept in its place by a contract; none is left over in the contracts either."""
    kept = {
        module for one in contracts() for module in one.get("protected_modules", []) if not module.startswith("bot.")
    }
    assert kept | COMMONPLACE == libraries_used_by(graph, "bot")


def test_the_forbidden_list_of_the_domain_is_whole(graph: grimp.ImportGraph) -> None:
    """Not even by way of another module does the domain reach any library of the bot."""
    forbidden = next(
        set(one["forbidden_modules"]) for one in contracts() if one.get("source_modules") == ["bot.domain"]
    )
    assert libraries_used_by(graph, "bot") <= forbidden
