"""Fuzzes one target with Atheris (libFuzzer), beginning with the corpus, to which it adds what reaches new code.

    pip install atheris
    python -m fuzz scenario_file|audio_file|feedback_lines|command [-max_total_time=60 …]

What fails is written to `crash-…` in the current folder: mend it, and put it into the corpus.
`tests/test_fuzz_corpus.py` goes through the corpus without Atheris.
"""

import sys
from pathlib import Path

from fuzz import CORPUS


def main() -> None:
    """Fuzz until it fails, or for as long as libFuzzer is told."""
    import atheris

    with atheris.instrument_imports(include=["rehearse"]):
        from fuzz.targets import TARGETS

    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"name a target: {', '.join(TARGETS)}")
    target = sys.argv.pop(1)
    corpus: Path = CORPUS / target
    atheris.Setup([*sys.argv, str(corpus)], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
