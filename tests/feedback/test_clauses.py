"""Plain words and clauses: what every rule stands on."""

from hypothesis import given
from hypothesis import strategies as st

from rehearse.feedback.clauses import read
from rehearse.feedback.plain import plain, plain_words


def clauses(said: str) -> list[str]:
    return [clause.text for clause in read(said).clauses]


def test_contractions_and_loose_spellings_are_written_out() -> None:
    assert plain_words("I'm gonna, and you've, don’t, that's, should of") == (
        "i am going to and you have do not that is should have"
    )


def test_fillers_intensifiers_and_restarts_are_dropped() -> None:
    assert plain_words("um I I was, you know, I was really kind of scared") == "i was scared"


def test_what_i_know_is_no_filler() -> None:
    assert plain_words("you know what I mean") == "you know what i mean"
    assert plain_words("I didn't mean it, not really.") == "i did not mean it not really"


def test_a_misheard_your_is_you_are() -> None:
    assert plain_words("your right, your dog") == "you are right your dog"


def test_offsets_lead_back_to_what_was_said() -> None:
    said = "Well — you’re REALLY, um, tired."
    text = plain(said)
    start = text.text.index("you are")
    first, last = text.said(start, start + len("you are tired"))
    assert said[first:last] == "you’re REALLY, um, tired"


def test_clauses_are_found_without_marks() -> None:
    assert clauses("i know i should have called but my phone died and i'm sorry what was it like") == [
        "i know i should have called",
        "but my phone died",
        "and i am sorry",
        "what was it like",
    ]


def test_questions_are_known_with_and_without_their_mark() -> None:
    assert [clause.asks for clause in read("You're tired?").clauses] == [True]
    assert [clause.asks for clause in read("okay how are you").clauses] == [False, True]
    assert [clause.asks for clause in read("What a day.").clauses] == [False]


def test_reported_and_quoted_words_are_anothers() -> None:
    told = read("I told her it was not my fault, and I was wrong")
    assert told.reported(told.text.index("not my fault"))
    assert not told.reported(told.text.index("i was wrong"))
    quoted = read('He goes "you always lie" and laughs')
    start = quoted.text.index("you always lie")
    assert quoted.quoted(start, start + len("you always lie"))
    assert not quoted.anothers(quoted.text.index("laughs"), len(quoted.text))


def test_a_negation_governs_its_clause_alone() -> None:
    reading = read("I'm not telling you to leave. You should stay.")
    assert reading.negated(reading.text.index("to leave"))
    assert not reading.negated(reading.text.index("you should stay"))


@given(st.text(max_size=300))
def test_clauses_follow_each_other_and_lead_back_to_the_text(said: str) -> None:
    reading = read(said)
    for clause in reading.clauses:
        assert reading.text[clause.start : clause.end] == clause.text
        start, end = reading.plain.said(clause.start, clause.end)
        assert 0 <= start < end <= len(said)
        assert clause in reading.sentence_of(clause)
        assert reading.clause_at(clause.start) == clause
    starts = [clause.start for clause in reading.clauses]
    assert starts == sorted(starts)
