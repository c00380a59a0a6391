"""Which transcripts are not to be believed: Whisper writes words for silence and noise, and gets caught in loops.

Decided from the text, from how sure the decoder was, and from how long somebody spoke.
"""

import re
import zlib

MAX_COMPRESSION_RATIO = 2.4
STRETCH = 500
"""Text that deflates by more is a loop; the default of `whisper.transcribe`. It looks at 30 s at a time, which are
about so many letters: any long text deflates well."""
MIN_MEAN_LOGPROB = -1.0
MAX_NO_SPEECH = 0.6
"""Where words are unsure, and where nobody speaks; the defaults of `whisper.transcribe`. On 193 clear recordings
tiny.en stayed above -0.9 and below 0.42; in white noise as loud as the voice, what was below -1 was wrong."""
LOOP_TIMES = 5
LOOP_WORDS = 8
"""A phrase is a loop from five times in a row and eight words on: people do say "no, no, no, no"."""
WORDS_PER_S = 8.0
SPARE_WORDS = 2
"""The fastest speech, in words a voiced second, and what voice activity may miss at the edges."""
SHORTEST_THANKS_S = 0.3
"""Below this much voice nobody has thanked or taken leave."""

LONGEST_SIGH_S = 0.6
"""An interjection with more voice than this was meant to be heard: sighs with a vowel had 0.3 to 0.5 s."""

_BRACKETED = re.compile(r"\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|♪[^♪]*♪")
_FROM_VIDEOS = re.compile(
    r"(thanks|thank you)( so much| very much| all)? for watching( everyone| this video| the video| my video)?"
    r"|(please |and |dont forget to )*(like|subscribe)( and subscribe)?( to (my|our|the|this) channel)?"
    r"|(ill |well )?see you( all| guys)? (next time|(in the|on the) next (video|one|episode|time))"
    r"|(subtitles|captions|closed captioning|transcription|transcribed|translated) (provided )?by .+"
)
_SIGHED = re.compile(r"(a+h+|o+h+|h+m+|m+|u+[hm]+|e+r+m?|u+gh+|ph?e+w+|ha+h*)( (a+h+|o+h+|h+m+|m+|u+[hm]+|e+r+m?))*")
_NOD = r"(m+ ?h+m*|u+h ?hu+h|a+h+|o+h+|h+m+|m+|yeah|yep|yes|right|okay|ok|sure|i see|really|wow|gosh|got it)"
_BACKCHANNEL = re.compile(rf"{_NOD}( {_NOD})*")
_MADE_UP_OR_SAID = re.compile(r"(thanks|thank you)( so much| very much)?|you|the|bye|bye bye|goodbye")


def rejection(text: str, *, voiced_s: float, mean_logprob: float, no_speech: float) -> str | None:
    """Why `text` is not to be believed, or None where it is.

    "silence": there are no words in it, or probably nobody spoke. "repetition": it goes round in a circle. "phantom":
    it is what Whisper makes up, or more than can have been said. "unclear": too unsure to act on.

    `voiced_s`: how many seconds of the sound were speech. `mean_logprob`: mean log-probability of the tokens.
    `no_speech`: Whisper's probability that nothing was said.
    """
    words = _words(text)
    plain = " ".join(words)
    unsure = mean_logprob < MIN_MEAN_LOGPROB
    nobody_spoke = no_speech > MAX_NO_SPEECH
    if not words or (unsure and nobody_spoke):
        return "silence"
    if is_loop(text):
        return "repetition"
    if _FROM_VIDEOS.fullmatch(plain) or len(words) > SPARE_WORDS + WORDS_PER_S * voiced_s:
        return "phantom"
    if _MADE_UP_OR_SAID.fullmatch(plain) and (nobody_spoke or voiced_s < SHORTEST_THANKS_S):
        return "phantom"
    return "unclear" if unsure else None


def is_sigh(text: str, voiced_s: float) -> bool:
    """Whether `text` is a breath with a vowel in it, of which `voiced_s` seconds were voice: no answer at all."""
    return voiced_s < LONGEST_SIGH_S and bool(_SIGHED.fullmatch(" ".join(_words(text))))


def is_backchannel(text: str) -> bool:
    """Whether `text` is one of the sounds and words by which people show that they listen, and nothing else."""
    return bool(_BACKCHANNEL.fullmatch(" ".join(_words(text))))


def is_loop(text: str) -> bool:
    """Whether the text goes round in a circle."""
    stretches = (text[start : start + STRETCH] for start in range(0, len(text), STRETCH))
    return any(compression_ratio(each) > MAX_COMPRESSION_RATIO for each in stretches) or _repeats(_words(text))


def compression_ratio(text: str) -> float:
    """How much shorter zlib makes the text; about 1.5 for a few sentences, less for fewer."""
    data = text.encode()
    return len(data) / len(zlib.compress(data))


def _words(text: str) -> list[str]:
    """What is left in lower case, without punctuation and the sounds that Whisper puts in brackets."""
    bare = re.sub(r"['’]", "", _BRACKETED.sub(" ", text).lower())
    return re.findall(r"\w+", bare)


def _repeats(words: list[str]) -> bool:
    for length in range(1, len(words) // LOOP_TIMES + 1):
        same = 0  # how many words in a row equal the one a phrase earlier
        for earlier, later in zip(words, words[length:], strict=False):
            same = same + 1 if earlier == later else 0
            if same >= max((LOOP_TIMES - 1) * length, LOOP_WORDS - length):
                return True
    return False
