"""A broken scenario file is named with its line and what to write."""

import os
from pathlib import Path
from time import process_time

import pytest

from rehearse.errors import InvalidScenario, UnknownScenario
from rehearse.scenarios import loader
from tests.conftest import SCENE

ALL_LINES = next(line.split("lines: ")[1] for line in SCENE.splitlines() if "awful" in line)
LINE_OF = {text: number for number, text in enumerate(SCENE.splitlines(), start=1)}


def line_with(part: str) -> int:
    return next(number for text, number in LINE_OF.items() if part in text)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ("labels_feeling", "label_feeling", line_with("labels_feeling"), "did you mean 'labels_feeling'?"),
        (
            "go: closer",
            "go: closr",
            line_with("go: closer"),
            "there is no state 'closr'; did you mean 'closer'?",
        ),
        ("start: tells", "start: tell", line_with("start:"), "did you mean 'tells'?"),
        ("then: fades", "then: tells", line_with("patience"), "is not an ending"),
        ("then: fades", "then: fade", line_with("patience"), "did you mean 'fades'?"),
        ("hint: Name", "hnt: Name", line_with("hint: Name"), "did you mean 'hint'?"),
        ("title: A small scene\n", "", 1, "`title` is missing"),
        (
            "outcome: up",
            "outcome: best",
            line_with("closer: {"),
            "'best' is not known here; there are up, level, down",
        ),
        ("outcome: up, ", "", line_with("closer: {"), "an ending needs an outcome"),
        ("[feeling, complaint]", "[feelings]", line_with("complaint"), "did you mean 'feeling'?"),
        ("trains: [listening]", "trains: [listning]", line_with("trains"), "did you mean 'listening'?"),
        (
            ALL_LINES,
            '["I had an awful day."]',
            line_with("awful"),
            "at least 2",
        ),
        ("id: small", "id: smal", 2, "make them the same"),
        ("title: A small scene", "title: A: small", 3, "check quotes, colons and indentation"),
        ("title: A small scene", "title: &a A small scene", 3, "anchors, aliases and tags are not allowed"),
        ("title: A small scene", "title: !!python/name:os.system x", 3, "anchors, aliases and tags"),
        ("title: A small scene", "title: a\ntitle: b", 4, "duplicate key"),
        ("visits: 2", "visits: two", line_with("visits"), "valid integer"),
        ("when: {any: [labels_feeling]}", "when: {}", line_with("labels_feeling"), "`when` is empty"),
        ("when: {any: [labels_feeling]}", "when: {any: []}", line_with("labels_feeling"), "`when` is empty"),
        ("when: {any: [labels_feeling]}", "when: {confidence: 0.5}", line_with("labels_feeling"), "`when` is empty"),
        (
            "          - go: tells\n    instead",
            "    instead",
            line_with("visits"),
            "the last rule has a `when`",
        ),
        ("fixing: {say", "fixin: {say", line_with("fixing: {say"), "did you mean 'fixing'?"),
        ("voice: female", "voice: femal", line_with("partner:"), "did you mean 'female'?"),
        ("voice: female", "voice: female, pronoun: her", line_with("partner:"), "did you mean 'he'?"),
        ("mood: tired", "feels: [overloked]", line_with("mood: tired"), "did you mean 'overlooked'?"),
        ("mood: tired", "feels: [upset]", line_with("mood: tired"), "'upset' names no feeling precisely"),
        ("mood: tired", "feels: [sad, hurt, lost, lonely]", line_with("mood: tired"), "at most 3"),
        ("outcome: up", "outcome: up, feels: [sad]", line_with("closer: {"), "an ending has no `feels`"),
        ("outcome: up", "outcome: up, answers: [Yes.]", line_with("closer: {"), "an ending has no `answers`"),
        ("title: A small scene", "titel: A small scene", 1, "`title` is missing"),
        ("summary: Two", "sumary: Two", 1, "`summary` is missing"),
        ("title: A small scene", "title: A small scene\nlevel: 6", 4, "less than or equal to 5"),
        ("title: A small scene", "title: A small scene\nlevel: easy", 4, "valid integer"),
        ("title: A small scene", "title: A small scene\nminutes: 0", 4, "greater than or equal to 1"),
        ("title: A small scene", "title: A small scene\nlevle: 3", 4, "did you mean 'level'?"),
        ("title: A small scene", "title: A small scene\nthemes: [repare]", 4, "did you mean 'repair'?"),
        ("title: A small scene", "title: A small scene\nbegins: me", 4, "'me' is not known here"),
        ("title: A small scene", "title: A small scene\nbegins: person", line_with("lines: [") + 1, "has no lines"),
        ("title: A small scene", "title: A small scene\nexamples: [{at: tells, reply: Hm.}]", 4, "nothing is expected"),
        ("title: A small scene", "title: A small scene\nexamples: [{at: tels, reply: Hm., go: opens}]", 4, "'tells'?"),
        ("title: A small scene", "title: A small scene\nexamples: [{at: fades, reply: A., go: opens}]", 4, "an ending"),
        (
            "title: A small scene",
            "title: A small scene\nexamples: [{at: tells, reply: A., go: op}]",
            4,
            "no state 'op'",
        ),
        (
            "title: A small scene",
            "title: A small scene\nexamples: [{at: tells, reply: A., codes: [own]}]",
            4,
            "did you mean 'owns'?",
        ),
        ("voice: female", "voice: female, age: old", line_with("partner:"), "valid integer"),
        ("voice: female", "voice: female, heart: {trust: 11}", line_with("partner:"), "less than or equal to 10"),
        ("voice: female", "voice: female, heart: {trst: 1}", line_with("partner:"), "did you mean 'trust'?"),
        ("voice: female", "voice: female, moved_by: {advices: {trust: 1}}", line_with("partner:"), "'advises'?"),
        (
            "voice: female",
            "voice: female, moved_by: {advises: {hrt: 1}}",
            line_with("partner:"),
            "did you mean 'hurt'?",
        ),
        ("visits: 2", "counts: {fixin: 2}", line_with("visits"), "did you mean 'fixing'?"),
        ("visits: 2", "counts: {fixing: 0}", line_with("visits"), "greater than or equal to 1"),
        ("visits: 2", "first: [own]", line_with("visits"), "did you mean 'owns'?"),
        ("visits: 2", "at_least: {trus: 2}", line_with("visits"), "did you mean 'trust'?"),
        ("visits: 2", "at_most: {hurt: 11}", line_with("visits"), "less than or equal to 10"),
        ("visits: 2", "pause_over: long", line_with("visits"), "valid number"),
        ("visits: 2", "confidence: 2", line_with("visits"), "less than or equal to 1"),
        ("visits: 2", "pause_ovr: 2", line_with("visits"), "did you mean 'pause_over'?"),
        ("go: opens", "go: opens\n        moves: {energie: 1}", line_with("go: opens") + 1, "did you mean 'energy'?"),
        ("go: opens", "go: opens\n        moves: {hurt: 20}", line_with("go: opens") + 1, "less than or equal to 10"),
        ('"What a day."', '"What a <labl>."', line_with("awful"), "write `<label>`"),
        (ALL_LINES, '[Oh., "<label> day."]', line_with("awful"), "need nothing"),
        (ALL_LINES, '[Oh., {say: "What a day.", when: {visits: 2}}]', line_with("awful"), "need nothing"),
        ('"What a day."', '{sai: "What a day."}', line_with("awful"), "did you mean 'say'?"),
        ('["You there?"]', '["You <there>?"]', line_with("You there"), "stands for nothing"),
    ],
)
def test_a_fault_is_named_with_its_line(scene_file: Path, right: str, wrong: str, line: int, says: str) -> None:
    text = SCENE.replace(right, wrong, 1)
    if "instead" in wrong:
        text = SCENE.replace("          - go: tells\n", "", 1).replace("      - go: tells\n", "", 1)
    assert text != SCENE
    scene_file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidScenario) as raised:
        loader.load(scene_file)
    first = str(raised.value).splitlines()[0]
    assert first.startswith(f"{scene_file}:{line}: ")
    assert says in first


def test_all_faults_are_named_at_once(scene_file: Path) -> None:
    scene_file.write_text(SCENE.replace("go: closer", "go: closr").replace("start: tells", "start: x"), "utf-8")
    with pytest.raises(InvalidScenario) as raised:
        loader.load(scene_file)
    assert len(str(raised.value).splitlines()) >= 2


def test_a_state_that_nothing_leads_to_is_named(scene_file: Path) -> None:
    scene_file.write_text(SCENE + '  lost: {ending: lost, outcome: down, lines: ["a", "b"]}\n', "utf-8")
    with pytest.raises(InvalidScenario, match="no rule leads to 'lost'"):
        loader.load(scene_file)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"- a\n- b\n",
        b"\xff\xfe\x00",
        b"a: \x00",
        b"[" * 5000,
        b"x" * 300_000,
        b"{a: 1",
        b"a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
        b"&a [*a]",
        b"? [a]\n: b",
        b"a: 1\n---\nb: 2\n",
        b"a: b\na: c",
        b"\x7fELF\x02\x01\x01\x00",
        b"%YAML 9.9\n---\na: b",
        b"!!python/object/apply:os.system [id]",
        b"a: !!binary x",
        b"a:\n" + b"".join(b" " * depth + b"-\n" for depth in range(1, 900)),
        b"- " * 90_000,
        b"{a: " * 60_000,
    ],
)
def test_what_is_no_scenario_at_all_is_refused(scene_file: Path, content: bytes) -> None:
    scene_file.write_bytes(content)
    began = process_time()
    with pytest.raises(InvalidScenario) as raised:
        loader.load(scene_file)
    assert process_time() - began < 1
    assert str(raised.value).startswith(f"{scene_file}:")


def test_a_file_of_100_mb_is_refused_unread(scene_file: Path) -> None:
    with scene_file.open("wb") as file:
        file.truncate(100_000_000)
    began = process_time()
    with pytest.raises(InvalidScenario, match="larger than 256 KiB"):
        loader.load(scene_file)
    assert process_time() - began < 0.1


@pytest.mark.parametrize("path", ["/dev/zero", "/", "/dev/null"])
def test_what_is_no_file_is_refused(path: str) -> None:
    with pytest.raises(UnknownScenario, match="is not a file"):
        loader.load(Path(path))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(UnknownScenario, match="is not a file"):
        loader.load(tmp_path / "pipe.yaml")


def test_a_state_from_which_nothing_ends_is_named(scene_file: Path) -> None:
    text = SCENE.replace("go: closer", "go: opens").replace("go: leaves", "go: opens")
    scene_file.write_text(text, "utf-8")
    with pytest.raises(InvalidScenario, match="no rules lead from 'tells' to an ending"):
        loader.load(scene_file)


def test_the_person_who_begins_is_not_asked_to_begin_again(scene_file: Path) -> None:
    text = SCENE.replace("start: tells", "start: tells\nbegins: person").replace(f"lines: {ALL_LINES}", "lines: []")
    scene_file.write_text(text, "utf-8")
    with pytest.raises(InvalidScenario, match="'tells' is where the person begins"):
        loader.load(scene_file)


def test_the_library_loads_at_once() -> None:
    """24 files in at most 300 ms, on a core of one's own."""
    paths = list(loader.library().values())
    began = process_time()
    for path in paths:
        loader.load(path)
    assert (process_time() - began) / len(paths) < 0.05  # a generous bound for a busy machine


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(UnknownScenario, match="did you mean 'hard-day'"):
        loader.find("hardday")
    with pytest.raises(UnknownScenario, match=r"closeness, .*, hard-day"):
        loader.find("zzzz")
    with pytest.raises(UnknownScenario, match=r"no scenario file 'gone\.yaml'"):
        loader.find("gone.yaml")


def test_a_file_can_be_practised_by_its_path(scene_file: Path) -> None:
    assert loader.find(str(scene_file)).id == "small"
