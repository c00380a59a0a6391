"""How long the coder takes and how much memory, on one core: `make bench-feedback`.

    python -m benchmarks.feedback_speed

The replies are those of the test part of `training/replies.jsonl`. Beside the time of the whole stands that of the
rules alone, in the same run. Memory is
that of a fresh process, at its peak.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
for name in THREADS:
    os.environ[name] = "1"

from rehearse.feedback.coder import shipped  # noqa: E402
from rehearse.feedback.rules import find_by_rules  # noqa: E402
from training.corpus import Example, replies  # noqa: E402

LINES = 1000


def main() -> None:
    """Measure and print."""
    test = [each for each in replies() if each.part == "test"]
    started = time.perf_counter()
    coder = shipped()
    loaded = time.perf_counter() - started
    for each in test[:50]:
        coder.code(each.partner, each.reply)
    whole, rules = timed(coder.code, test), timed(find_by_rules, test)
    print(f"{'':28}{'median':>9}{'95th':>9}   milliseconds a reply, one core, {len(test)} replies")
    for what, times in (("the coder", whole), ("the rules alone", rules)):
        print(f"{what:28}{statistics.median(times):9.1f}{statistics.quantiles(times, n=20)[-1]:9.1f}")
    held, with_rules = peak_mb("rehearse.feedback.coder.code_reply"), peak_mb("rehearse.feedback.rules.find_by_rules")
    print(f"loading {loaded:.2f} s; memory at its peak {held:.0f} MB, with the rules alone {with_rules:.0f} MB")
    print(f"{LINES} replies through --jsonl: {through_jsonl(test):.1f} s, start included, all cores")


def peak_mb(code: str) -> float:
    """The most memory that a fresh process holds that codes one reply with the function `code` (Linux)."""
    module, name = code.rsplit(".", 1)
    script = (
        f"from {module} import {name}; {name}('What a day.', 'You sound worn out. What happened?'); "
        "print(open('/proc/self/status').read())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    (peak,) = (line for line in done.stdout.splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1000


def timed(code: Callable[[str, str], object], examples: list[Example]) -> list[float]:
    """Milliseconds for each of `examples`."""
    times = []
    for each in examples:
        started = time.perf_counter()
        code(each.partner, each.reply)
        times.append((time.perf_counter() - started) * 1000)
    return times


def through_jsonl(examples: list[Example]) -> float:
    """Seconds for `LINES` replies in a process of its own."""
    rows = [{"id": at, "partner": each.partner, "reply": each.reply} for at, each in enumerate(examples)]
    lines = "".join(json.dumps(rows[at % len(rows)]) + "\n" for at in range(LINES))
    environment = {name: value for name, value in os.environ.items() if name not in THREADS}
    started = time.perf_counter()
    command = [sys.executable, "-m", "rehearse", "feedback", "--jsonl"]
    subprocess.run(command, input=lines, text=True, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
