"""The direction of imports is a failing test, not a habit."""

import shutil
import subprocess
import sys
import tomllib

import pytest

from tests.house.sources import PRODUCT, ROOT, files, imported_by, name_of, python_files

LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
PURE = (
    "competitions/draw/rules/", "competitions/eligibility/rules/", "scoring/rules/", "scoring/recount.py",
    "reports/documents/model.py",
)  # fmt: skip
IMPURE = {"random", "secrets", "time", "uuid", "os", "sqlite3", "socket", "subprocess", "pathlib"}
CLEAN = {
    "core/database.py": "import sqlalchemy\n",
    "core/clock.py": "import time\n",
    "accounts/models.py": "import sqlalchemy\n",
    "accounts/services.py": "from accounts import models\n",
    "accounts/views.py": "from accounts import services\n",
    "competitions/catalogue/models.py": "",
    "competitions/catalogue/services.py": "",
    "competitions/judges/models.py": "",
    "scoring/rules/panel.py": "import decimal\n",
    "scoring/sheets/services.py": "from scoring.rules import panel\n",
    "scoring/results/queries.py": "",
    "scoring/recount.py": "from scoring.rules import panel\n",
    "reports/documents/model.py": "import dataclasses\n",
    "reports/statistics/queries.py": "import sqlalchemy\n",
    "demonstration/commands.py": "from reports.statistics import queries\n",
}
PLANTED = {
    "demonstration, reports": ("core/planted.py", "import scoring\n"),
    "competitions runs": ("competitions/catalogue/planted.py", "from competitions.judges import models\n"),
    "scoring runs": ("scoring/sheets/planted.py", "from scoring.results import queries\n"),
    "rules and documents": ("scoring/rules/planted.py", "import random\n"),
    "inside a slice": ("accounts/queries.py", "from accounts import views\n"),
    "views and forms": ("competitions/catalogue/views.py", "from sqlalchemy import select\n"),
    "reports write nothing": ("reports/statistics/planted.py", "from scoring.sheets import services\n"),
}


@pytest.fixture
def house(tmp_path):
    """A small tree with the product's packages and its contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, text in CLEAN.items():
        _write(tmp_path, name, text)
    return tmp_path


def test_every_import_of_the_product_runs_one_way():
    code, printed = _lint(ROOT)
    assert code == 0, printed


def test_contracts_pass_a_clean_house(house):
    code, printed = _lint(house)
    assert code == 0, printed


def test_every_contract_refuses_a_planted_violation(house):
    for name, text in PLANTED.values():
        _write(house, name, text)
    code, printed = _lint(house)
    assert code == 1
    lines = printed.splitlines()
    headings = [line for line, below in zip(lines, lines[1:], strict=False) if line and set(below) == {"-"}]
    unbroken = [start for start in PLANTED if not any(line.startswith(start) for line in headings)]
    assert unbroken == [], printed


def test_every_contract_has_a_planted_violation():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    assert [c["name"] for c in contracts if not any(c["name"].startswith(start) for start in PLANTED)] == []


def test_nothing_imports_the_composition_root_but_what_stands_above_it():
    """Tests and benchmarks use the finished application; whatever it is made of does not know it."""
    below = [path for path in python_files() if not name_of(path).startswith("benchmarks/")]
    guilty = [name_of(p) for p in below if {"wsgi"} & {i.split(".")[0] for i in imported_by(p)}]
    assert guilty == []


def test_the_product_imports_neither_tools_nor_tests_nor_benchmarks():
    outside = {"tools", "tests", "benchmarks"}
    guilty = [
        name_of(path)
        for path in python_files()
        if name_of(path).startswith(PRODUCT) and outside & {i.split(".")[0] for i in imported_by(path)}
    ]
    assert guilty == []


def test_rules_use_the_standard_library_and_each_other_alone():
    guilty = [
        f"{name_of(path)} imports {imported}"
        for path in files()
        if path.name == "rules.py" or (path.suffix == ".py" and name_of(path).startswith(PURE))
        for imported in imported_by(path)
        if not _is_pure(imported, reads_files=path.name == "recount.py")
    ]
    assert guilty == []


def _is_pure(imported: str, *, reads_files: bool) -> bool:
    top, *rest = imported.split(".")
    if top in PRODUCT:
        return "rules" in rest or "recount" in rest
    return top in sys.stdlib_module_names and (reads_files or top not in IMPURE)


def _write(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in path.relative_to(root).parents:
        if folder.name:
            (root / folder / "__init__.py").touch()
    path.write_text(text, encoding="utf-8")


def _lint(folder):
    done = subprocess.run(LINT, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
