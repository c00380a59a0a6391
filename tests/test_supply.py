"""What the program is made of: locked with hashes, under licences that go with MIT, and written down."""

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from scripts.supply import bill, licence_of, listed, normal, pins
from tests.conftest import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LEFT_OUT = re.compile("triton|setuptools|(nvidia|cuda)-.*")
"""For GPUs, and for compiling on them: `scripts/install`."""
GOES_WITH_MIT = {
    *("MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "Zlib", "BSL-1.0", "PSF-2.0", "CNRI-Python"),
    *("Apache-2.0", "Apache-2.0 WITH LLVM-exception", "CC0-1.0", "LicenseRef-Public-Domain"),
    *("MPL-2.0", "LGPL-2.1-or-later", "LGPL-3.0-only"),  # used as they are published
}
APART = {"espeakng-loader": "GPL-3.0-or-later", "phonemizer": "GPL-3.0-or-later"}
"""What runs in a process of its own."""
RUN_APART = {"espeakng_loader", "phonemizer", "kokoro_onnx", "pyttsx3", "onnxruntime"}
"""What loads it; no other module may import it."""
PROCESSES = {"speech_worker.py", "kokoro_worker.py"}


def named(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found
    return normal(found[0])


def asked_for() -> set[str]:
    """What pyproject.toml names, for the program and for every extra."""
    extras = PROJECT["optional-dependencies"]
    return {named(each) for each in (*PROJECT["dependencies"], *(line for lines in extras.values() for line in lines))}


def needed_by(name: str) -> Iterator[str]:
    """What an installed package needs here, leaving out its extras."""
    try:
        requires = importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:
        return
    for each in requires:
        marker = each.partition(";")[2]
        if "extra" not in marker and holds(marker):
            yield named(each)


def holds(marker: str) -> bool:
    from pip._vendor.packaging.markers import Marker

    return not marker.strip() or Marker(marker).evaluate()


def test_everything_that_is_needed_is_locked() -> None:
    locked = {pin.normal_name for pin in pins()}
    todo = asked_for()
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        assert name in locked, f"{name} is in no lock file; run scripts/lock"
        seen.add(name)
        todo |= {each for each in needed_by(name) if not LEFT_OUT.fullmatch(each)} - seen


def test_every_version_is_locked_with_its_hashes_and_only_one() -> None:
    versions: dict[str, str] = {}
    for pin in pins():
        assert pin.hashes, f"{pin.name} has no hash; run scripts/lock"
        assert versions.setdefault(pin.normal_name, pin.version) == pin.version, pin.name


def test_every_licence_goes_with_mit_or_runs_apart() -> None:
    for name, (licence, _) in listed().items():
        if APART.get(name) != licence:
            for part in licence.split(" AND "):
                assert any(each in GOES_WITH_MIT for each in part.split(" OR ")), (name, licence)


def test_the_page_lists_what_is_locked_with_the_licence_that_it_has() -> None:
    page = listed()
    assert set(page) == {pin.normal_name for pin in pins()}
    for name, (licence, _) in page.items():
        assert licence_of(name) in {None, licence}, name


def test_what_is_gpl_is_imported_by_processes_of_their_own_alone() -> None:
    for source in (ROOT / "rehearse").rglob("*.py"):
        if source.name not in PROCESSES:
            for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert not {name.split(".")[0] for name in names} & RUN_APART, source


@pytest.mark.process
def test_the_bill_of_materials_is_made_and_is_the_same_each_time() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "scripts.supply", "sbom"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = json.loads(made.stdout)
    assert found == bill()
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    assert {each["purl"] for each in found["components"]} == {f"pkg:pypi/{p.normal_name}@{p.version}" for p in pins()}
    refs = [each["bom-ref"] for each in found["components"]]
    assert len(refs) == len(set(refs))
    scopes = {each["name"]: each["scope"] for each in found["components"]}
    assert (scopes["torch"], scopes["pytest"], scopes["phonemizer"]) == ("required", "excluded", "optional")
