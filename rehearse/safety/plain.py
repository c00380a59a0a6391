"""Speech as the screen compares it: lower case, no marks, contractions written out, fillers and restarts dropped."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ENDS = re.compile(r"[.!?;…]|\.\.\.")
_FILLERS = frozenset({"um", "umm", "uh", "uhh", "er", "erm", "hm", "hmm", "mm", "ah", "oh"})
_WRITTEN_OUT = {
    "i'm": "i am", "im": "i am", "i've": "i have", "ive": "i have", "i'd": "i would", "i'll": "i will",
    "you're": "you are", "youre": "you are", "you've": "you have", "you'd": "you would", "you'll": "you will",
    "he's": "he is", "hes": "he is", "she's": "she is", "shes": "she is", "it's": "it is", "that's": "that is",
    "he'd": "he would", "she'd": "she would", "he'll": "he will", "she'll": "she will", "it'll": "it will",
    "they're": "they are", "they've": "they have", "they'd": "they would", "they'll": "they will",
    "we're": "we are", "we've": "we have", "we'd": "we would", "we'll": "we will", "there's": "there is",
    "someone's": "someone is", "somebody's": "somebody is", "nobody's": "nobody is", "everyone's": "everyone is",
    "what's": "what is", "who's": "who is", "let's": "let us",
    "don't": "do not", "dont": "do not", "doesn't": "does not", "didn't": "did not", "didnt": "did not",
    "isn't": "is not", "aren't": "are not", "ain't": "is not", "wasn't": "was not", "weren't": "were not",
    "won't": "will not", "wont": "will not", "wouldn't": "would not", "can't": "can not", "cant": "can not",
    "cannot": "can not", "couldn't": "could not", "shouldn't": "should not", "haven't": "have not",
    "hasn't": "has not", "hadn't": "had not",
    "gonna": "going to", "wanna": "want to", "gotta": "got to", "cos": "because", "cuz": "because",
    "'cause": "because", "till": "until", "mum": "mom", "mummy": "mom", "mam": "mom", "anymore": "any more",
    "realise": "realize",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plain:
    """Something that was said, as it is compared."""

    text: str
    """Words with one space between them; where a sentence ends stands " . "."""
    spans: tuple[tuple[int, int, int], ...]
    """For each word of it: where it begins in `text`, and the characters in what was said that it stands for."""

    def said(self, start: int, end: int, original: str) -> str:
        """The characters of `original` for which `text[start:end]` stands."""
        touched = [span for at, *span in self.spans if start <= at < end] or [[0, len(original)]]
        return original[touched[0][0] : touched[-1][1]]


def plain(text: str) -> Plain:
    """`text` as it is compared."""
    words: list[str] = []
    spans: list[tuple[int, int, int]] = []
    length, last_end = 0, 0
    for match in _WORD.finditer(text):
        word = match.group().lower().replace("’", "'")
        if word in _FILLERS:
            continue
        if words and _ENDS.search(text, last_end, match.start()):
            words.append(".")
            length += 2
        last_end = match.end()
        written_out = _WRITTEN_OUT.get(word, word)
        if words and words[-1] == written_out:  # "I I just"
            continue
        words.append(written_out)
        spans.append((length, match.start(), match.end()))
        length += len(written_out) + 1
    return Plain(" ".join(words), tuple(spans))
