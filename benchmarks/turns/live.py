"""Clips as answers to the running program: how long until it answers, whether it cuts in, and what it took for a reply.

Everything is measured on the recording: voice-to-voice is from the last sample of the clip's speech at the microphone
to the first sample of the answer at the loudspeaker. The terminal only tells who speaks, and the report which words
became which reply.
"""

import random
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.turns.card import Card
from benchmarks.turns.clips import NOISES, Clip, make, room_noise
from benchmarks.turns.figures import Share, finite, in_ms
from benchmarks.turns.hearing import place_of
from benchmarks.turns.plan import Kind, plan
from benchmarks.turns.talk import ANSWER_S, START_S, Choice, Played, Settings, Talk, talk
from benchmarks.turns.transcripts import Transcripts
from benchmarks.turns.words import assigned, recall
from rehearse.audio.frames import SAMPLE_RATE

ALL_WORDS = 0.8
"""A fragment has arrived when so many of the words are there that Whisper hears in the whole clip."""
ONSET_S = 0.6
"""A sound of the program this long after a pause was still caused by it: it was under way."""
_NOISE_S = 300.0

Answer = Callable[[Talk, Clip, str, bool, bool], Played | None]
"""Plays a clip in its noise; whether it counts, and whether it is in its place."""


def whole_clip(talking: Talk, clip: Clip, noise: str, counts: bool, in_place: bool) -> Played | None:
    """Play it as it is."""
    return talking.answer(clip, noise, counts=counts, in_place=in_place)


def goes_on_after_the_start(talking: Talk, clip: Clip, noise: str, counts: bool, in_place: bool) -> Played | None:
    """Play the first fragment, wait until the partner has begun to answer, and go on with the rest 0.1 to 0.9 s
    later."""
    if not clip.planned.pauses:
        return whole_clip(talking, clip, noise, False, in_place)
    recording = talking.recording
    recording.wait(0.4)
    start = recording.length
    first, rest = clip.sound[slice(*clip.speech[0])], clip.sound[clip.speech[1][0] :]
    player = talking.card.play(first)
    begun = talking.sound_after(start, ANSWER_S + clip.seconds)
    player.wait(20)
    if begun is None:
        return None
    wanted_s = random.Random(clip.planned.name).uniform(0.1, 0.9)
    recording.wait_until(begun.start + round((wanted_s - 0.1) * SAMPLE_RATE))  # paplay takes a tenth of a second
    again = recording.length
    talking.card.play(rest).wait(clip.seconds + 20)
    recording.wait(0.1)
    heard = recording.microphone(start)
    head, tail = place_of(first, heard[: again - start]), place_of(rest, heard[again - start :])
    if head is None or tail is None:
        return None
    shift = again + tail - clip.speech[1][0]
    speech = [(start + head, start + head + len(first))]
    speech += [(begin + shift, end + shift) for begin, end in clip.speech[1:]]
    played = Played(clip, speech, noise, counts, in_place, resumed_after=begun.start)
    talking.listen_for_answer(played)
    return played


def play_all(
    card: Card, settings: Settings, clips: Sequence[Clip], noises: Sequence[str], answer: Answer = whole_clip
) -> list[Played]:
    """Play every clip as an answer, in as many runs of the program as that takes; the noise changes from run to
    run."""
    bridges = make([each for each in plan() if each.scenario == settings.scenario and each.whole_thought])
    choice = Choice([clip for clip in clips if clip.planned.scenario == settings.scenario], bridges)
    everything: list[Played] = []
    idle = run = 0
    while not choice.done and idle < 3:
        noise = noises[run % len(noises)]
        run += 1
        snr_db = NOISES[noise]
        room = None if snr_db is None else room_noise(_NOISE_S, snr_db, run)
        with card.noise(room), talk(card, settings, seed=run) as (talking, turns):
            played = _one_run(talking, choice, noise, answer)
        for each, replies in zip(
            played,
            assigned([each.clip.planned.text for each in played], [t["reply"]["text"] for t in turns]),
            strict=True,
        ):
            each.replies = replies
        everything += played
        idle = 0 if any(each.counts for each in played) else idle + 1
        print(f"  {settings.scenario}, {noise}, run {run}: {len(played)} clips", flush=True)
    return everything


def _one_run(talking: Talk, choice: Choice, noise: str, answer: Answer) -> list[Played]:
    played: list[Played] = []
    line = talking.next_line(START_S)
    state = ""
    while line and not choice.done:
        said, state = line
        if not talking.hear_line(said):
            break
        clip, counts, in_place = choice.next(state)
        one = answer(talking, clip, noise, counts, in_place)
        if one is None:
            if counts:
                choice.put_back(clip)
        else:
            played.append(one)
            if one.answer is None and not one.cut_in:
                break  # it has not answered at all
        talking.wait_until_quiet()
        talking.skip_seen()
        asked_again = one is None or one.answered_by == "Coach"
        line = talking.next_line(1.0) or (line if asked_again and talking.program.running else None)
    return played


def cut_offs(played: Sequence[Played]) -> list[tuple[Played, int, bool]]:
    """Every pause that was tried, and whether the program began to speak in it. A pause is not tried where the program
    was speaking already."""
    tried = []
    for each in played:
        for number, (_, silent_from) in enumerate(each.speech[:-1]):
            silent_until = each.speech[number + 1][0]
            if any(cut.start < silent_from < cut.end for cut in each.cut_in):
                continue
            late = min(silent_until + round(ONSET_S * SAMPLE_RATE), each.speech[number + 1][1])
            tried.append((each, number, any(silent_from <= cut.start < late for cut in each.cut_in)))
    return tried


def voice_to_voice_s(played: Sequence[Played]) -> list[float]:
    """Seconds from the true end to the first sound of the answer, where nothing had been said before."""
    return [
        (each.answer.start - each.speech[-1][1]) / SAMPLE_RATE for each in played if each.answer and not each.cut_in
    ]


def is_one_reply(played: Played, transcripts: Transcripts) -> bool:
    """Whether the program took the clip for one reply with all of its words."""
    expected = transcripts.of(played.clip.sound, played.clip.seconds).text
    return len(played.replies) == 1 and recall(expected, played.replies[0]) >= ALL_WORDS


def figures(played: Sequence[Played], transcripts: Transcripts) -> dict[str, Any]:
    """What the answers came to."""
    counted = [each for each in played if each.counts]
    whole = [each for each in counted if each.clip.planned.whole_thought]
    paused = [each for each in counted if not each.clip.planned.whole_thought]
    tried = cut_offs(counted)
    whole_replies = {id(each): is_one_reply(each, transcripts) for each in counted}
    noises = sorted({each.noise for each in counted}, key=list(NOISES).index)
    return {
        "voice_to_voice_ms": {
            "whole thoughts": in_ms(voice_to_voice_s(whole)),
            "with pauses": in_ms(voice_to_voice_s(paused)),
            **{
                f"whole thoughts, {noise}": in_ms(voice_to_voice_s([e for e in whole if e.noise == noise]))
                for noise in noises
            },
        },
        "asked_again": Share(sum(e.answered_by == "Coach" for e in counted), len(counted)).entry(),
        "unanswered": Share(sum(e.answer is None and not e.cut_in for e in counted), len(counted)).entry(),
        "out_of_place": sum(not each.in_place for each in counted),
        "false_cut_offs": {
            "all": _share([cut for _, _, cut in tried]),
            **{
                kind.value: _share(
                    [cut for each, number, cut in tried if each.clip.planned.pauses[number].kind is kind]
                )
                for kind in Kind
            },
            **{noise: _share([cut for each, _, cut in tried if each.noise == noise]) for noise in noises},
        },
        "cut_off_for_good": _share([cut and not whole_replies[id(each)] for each, _, cut in tried]),
        "whole_thoughts_cut_off": _share([bool(each.cut_in) for each in whole]),
        "in_one_reply": _share(list(whole_replies.values())),
    }


def resumption(played: Sequence[Played], transcripts: Transcripts) -> dict[str, Any]:
    """Whether speech that goes on within a second of the partner's first sound becomes one reply with all words, and
    how soon the partner stops."""
    tried = [each for each in played if each.counts and each.resumed_after is not None and _resumed_s(each) <= 1.0]
    merged, whole = [], []
    stopped_s: list[float] = []
    for each in tried:
        merged.append(len(each.replies) == 1)
        whole.append(is_one_reply(each, transcripts))
        stopped_s.append(_stopped_s(each))
    return {
        "one_reply": _share(merged),
        "one_reply_with_all_words": _share(whole),
        "partner_stops_ms": in_ms(stopped_s),
        "answer_after_the_end_ms": in_ms([(e.answer.start - e.speech[-1][1]) / SAMPLE_RATE for e in tried if e.answer]),
        "went_on_after_ms": finite(1000 * max((_resumed_s(each) for each in tried), default=0)),
    }


def _resumed_s(played: Played) -> float:
    assert played.resumed_after is not None
    return (played.speech[1][0] - played.resumed_after) / SAMPLE_RATE


def _stopped_s(played: Played) -> float:
    """From the first sample of the speech that goes on until the partner is silent."""
    return max(0.0, (played.cut_in[0].end - played.speech[1][0]) / SAMPLE_RATE) if played.cut_in else 0.0


def _share(found: Sequence[bool]) -> dict[str, Any]:
    return Share(sum(found), len(found)).entry()
