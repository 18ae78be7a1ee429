"""Who may know whom; import-linter's contracts are run too, and these say what it cannot."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"


def imported(path: Path) -> set[str]:
    """Modules that a file imports at run time, as dotted names."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("layer", ["domain", "application", "adapters", "cli"])
def test_qt_lives_in_viewmodels_and_ui_only(layer: str) -> None:
    guilty = {
        str(path.relative_to(ROOT))
        for path in (APP / layer).rglob("*.py")
        if any(name.split(".")[0] in ("PySide6", "shiboken6", "pyqtgraph") for name in imported(path))
    }
    assert not guilty


def test_viewmodels_know_qtcore_only() -> None:
    for path in (APP / "viewmodels").rglob("*.py"):
        qt = {name for name in imported(path) if name.split(".")[0] == "PySide6"}
        assert qt <= {"PySide6.QtCore"}, path


def test_domain_needs_nothing_but_the_standard_library() -> None:
    for path in (APP / "domain").rglob("*.py"):
        foreign = {name for name in imported(path) if name.split(".")[0] not in {*sys.stdlib_module_names, "app"}}
        assert not foreign, path


def test_domain_and_application_load_no_screen_store_or_network() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for layer in ("domain", "application")
        for path in sorted((APP / layer).rglob("*.py"))
        if path.name != "__init__.py"
    ]
    code = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print(*sorted({'PySide6', 'sqlalchemy', 'httpx', 'ollama', 'msgspec', 'numpy'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""


def test_the_window_loads_no_dialog_and_nothing_heavy_before_it_is_painted() -> None:
    code = (
        "import sys, app.ui.application\n"
        "heavy = {'numpy', 'pyqtgraph', 'sqlalchemy', 'httpx', 'ollama', 'jsonschema'} & set(sys.modules)\n"
        "dialogs = {name for name in sys.modules if name.startswith('app.ui.') and name.endswith('dialog')}\n"
        "print(*sorted(heavy | dialogs - {'app.ui.widgets.file_dialog'}))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""


def test_import_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    if not linter.exists():
        pytest.skip("import-linter is not installed here")
    result = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_packaging_is_no_package() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
