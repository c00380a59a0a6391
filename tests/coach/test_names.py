"""Names of people are found by rules, and masked; the person has the last word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.coach.names import Names


def masked(text: str, **said: list[str]) -> str:
    return Names([text], **said).mask(text)


@pytest.mark.parametrize(
    ("text", "without_names"),
    [
        ("I told Hannah about it.", "I told [person 1] about it."),
        ("i told peter about it", "i told [person 1] about it"),
        ("Hannah said so, and Hannah's mother too.", "[person 1] said so, and [person 1]'s mother too."),
        ("My boss, Mr. Kowalski, was there.", "My boss, Mr. [person 1], was there."),
        ("Kowalczyk shouted. Then I left.", "[person 1] shouted. Then I left."),
        ("I met Peter Kowalczyk. Peter was late.", "I met [person 1]. [person 1] was late."),
        ("Mark said no, and I asked Grace.", "[person 1] said no, and I asked [person 2]."),
        ("Will you mark this? Hope helps.", "Will you mark this? Hope helps."),
        ("On Monday I saw Mum in the English class.", "On Monday I saw Mum in the English class."),
        ("I was tired. Dinner was cold. Overthinking it.", "I was tired. Dinner was cold. Overthinking it."),
        ("“Anna-Lena,” I said.", "“[person 1],” I said."),
        ("We live in Bratislava, near Anne-Marie.", "We live in [person 1], near [person 2]."),
        ("Call 0151 234 5678 or a.b@mail.example.", "Call [number] or [address]."),
        ("See /home/anna/diary.txt and www.example.org/x.", "See [address] and [address]"),
        ("It was 10 to 12, in 2024.", "It was 10 to 12, in 2024."),
        ("He and/or she, his/her day.", "He and/or she, his/her day."),
        ("", ""),
    ],
)
def test_names_are_masked_and_words_stay(text: str, without_names: str) -> None:
    assert masked(text) == without_names


def test_a_person_has_one_number_in_all_texts() -> None:
    names = Names(["Hannah and Tom came.", "i saw tom"])
    assert names.mask("Hannah and Tom came.") == "[person 1] and [person 2] came."
    assert names.mask("Hannah came.") == "[person 1] came."
    assert names.count == 2


def test_the_people_of_a_scene_stay_and_the_person_decides() -> None:
    text = "Maya, this is Hannah, from Skylark."
    assert masked(text, allowed=["Maya"]) == "Maya, this is [person 1], from [person 2]."
    assert masked(text, allowed=["Maya"], keep=["Hannah Skylark"]) == text
    assert (
        masked(text, allowed=["Maya"], keep=["Skylark"], also=["maya"])
        == "[person 1], this is [person 2], from Skylark."
    )


def test_what_begins_a_sentence_is_known_by_where_it_stands_elsewhere() -> None:
    assert masked("Rowan left. I like Rowan.") == "[person 1] left. I like [person 1]."


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = masked(text)
    assert masked(once) == once


@given(st.lists(st.sampled_from(["Hannah", "Kowalczyk", "told", "Peter", "me", "I", "and", ".", "!"]), max_size=20))
def test_no_known_name_is_left(words: list[str]) -> None:
    text = masked(" ".join(words))
    assert not {"Hannah", "Kowalczyk", "Peter"} & set(text.replace(".", " ").split())
