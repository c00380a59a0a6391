"""How spoken words are written out: contractions, loose spellings, fillers, intensifiers."""

import re

from rehearse.feedback.phrases import word_list

SPELLINGS: dict[str, str] = {
    "im": "i am", "ive": "i have", "gonna": "going to", "wanna": "want to", "gotta": "have got to",
    "dunno": "do not know", "lemme": "let me", "gimme": "give me", "cuz": "because", "cos": "because", "coz": "because",
    "y'all": "you", "yall": "you", "ya": "you", "d'you": "do you", "d'ya": "do you",
    "ain't": "is not", "aint": "is not", "can't": "can not", "cant": "can not", "cannot": "can not",
    "won't": "will not", "wont": "will not", "shan't": "shall not", "let's": "let us", "lets": "let us",
    "c'mon": "come on", "cmon": "come on", "ok": "okay", "okey": "okay", "k": "okay", "yep": "yeah", "yup": "yeah",
    "yes": "yeah", "yea": "yeah", "nope": "no", "nah": "no", "thanks": "thank you", "thankyou": "thank you",
    "shoulda": "should have", "woulda": "would have", "coulda": "could have", "musta": "must have",
    "mam": "mum", "mom": "mum", "mama": "mum", "outta": "out of", "hafta": "have to",
    "tryna": "trying to", "whatcha": "what do you", "whaddya": "what do you", "bout": "about", "alright": "all right",
    "youre": "you are", "youve": "you have", "youll": "you will", "youd": "you would", "thats": "that is",
    "whats": "what is", "theres": "there is", "heres": "here is", "hes": "he is", "shes": "she is", "hows": "how is",
    "theyre": "they are", "theyve": "they have", "theyll": "they will", "theyd": "they would", "itll": "it will",
    "weve": "we have", "wouldve": "would have", "shouldve": "should have", "couldve": "could have",
    "everythings": "everything is", "em": "them", "sorta": "sort of",
    "kinda": "kind of", "gotcha": "got you", "til": "until", "ma'am": "madam",
    "xmas": "christmas", "s'pose": "suppose", "spose": "suppose", "innit": "is it not", "soz": "sorry",
}  # fmt: skip

_IS = "that|mine|it|he|she|what|who|where|how|there|here|when|why|everything|nothing|something|this"
CONTRACTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(\w+)n't"), "not"),
    (re.compile(r"(did|do|does|is|was|were|are|could|would|should|have|has|had|need|must)nt"), "not"),
    (re.compile(r"(\w+)'m"), "am"),
    (re.compile(r"(\w+)'re"), "are"),
    (re.compile(r"(\w+)'ve"), "have"),
    (re.compile(r"(\w+)'ll"), "will"),
    (re.compile(r"(\w+)'d"), "would"),
    (re.compile(rf"({_IS})'s"), "is"),
)
"""An ending, and the word it stands for."""

YOU_ARE = word_list(
    """
    right not so being too always never just obviously clearly probably really exhausted angry upset mad sad
    tired overreacting dramatic sensitive imagining the welcome going making trying doing feeling allowed
    scared worried
    """
)
"""After these a recognizer's "your" was "you're"."""

FILLERS = word_list("um umm uh uhh er erm uhm hmm mm mmm hm mhm eh ah mhmm")

MULTIWORD_FILLERS: tuple[tuple[tuple[str, ...], frozenset[str], frozenset[str]], ...] = (
    # phrase, words before which it is not one, words after which it is not one
    (
        ("you", "know"),
        word_list("do did as if let because that what how when think and i"),
        word_list("what how that i it why who me when about best he she the this where if . ?"),
    ),
    (("i", "mean"), word_list("what do did that know if"), word_list("it that . ?")),
    (("kind", "of"), word_list("what a this that the some any every"), frozenset()),
    (("sort", "of"), word_list("what a this that the some any every"), frozenset()),
    (("a", "little", "bit"), frozenset(), word_list("of")),
    (("a", "bit"), word_list("in for just quite"), word_list("of . ?")),
    (("a", "little"), word_list("in for just"), word_list("boy girl kid . ?")),
    (("to", "be", "honest"), frozenset(), frozenset()),
    (("if", "i", "am", "honest"), frozenset(), frozenset()),
    (("i", "have", "to", "say"), frozenset(), frozenset()),
    (("so", "much"), word_list("how that"), word_list("for as . ?")),
    (("pretty", "much"), frozenset(), frozenset()),
    (("you", "guys"), frozenset(), word_list(".")),
)

PAUSES = word_list("you i")
"""The fillers that begin with these, "you know" and "I mean", part what stands before them from what follows."""

INTENSIFIERS = word_list(
    """
    really very pretty quite totally absolutely completely utterly honestly actually literally bloody fucking
    freaking frigging damn damned super extremely incredibly genuinely truly deeply basically proper entirely
    seriously awfully terribly simply truthfully frankly
    """
)

MODALS_BEFORE_HAVE = word_list("should could would must might")
"""After these a misheard "of" was "have"."""

SO_STAYS_BEFORE = word_list(
    """
    i you he she they it we that what the then how now why when your my his her their our this there do did
    is are was were have has can could would if a an no not in far many just maybe be and basically let . ?
    """
)
"""Before these "so" joins or opens; before other words it is an intensifier and dropped."""

HAS_BEFORE = word_list("been got had gone never always")
"""Before these "'s" stands for "has"."""

IS_BEFORE = word_list("a an so too not just really the on in at full fried broken all always still")
"""Before these, and before a word in -ing, "'s" stands for "is", whatever word it is tied to."""

HAD_BEFORE = word_list(
    "been had gone put done got made taken given known said told left lost built spent better just already"
)
"""Before these, and before a participle in -ed, "'d" stands for "had"."""

SUBJECTS = word_list("i you he she they it we that there i'm you're he's she's it's that's")
"""Before these "cause" is "because"."""
