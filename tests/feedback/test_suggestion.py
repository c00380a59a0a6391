"""What could have been said, where no scenario knows the moment."""

import pytest

from rehearse.feedback.codes import Code, CodedReply
from rehearse.feedback.suggestion import suggestion
from tests.coding import coded

DAY = "Rick tore my page apart in front of everybody. I'm so tired."
HURT = "You forgot my birthday again."


@pytest.mark.parametrize(
    ("line", "reply", "words"),
    [
        ("The call went badly.", coded(Code.MINIMIZES), "Do you want ideas, or should I just listen?"),
        (HURT, coded(Code.EXCUSES, Code.OWNS), "Tell me how it was for you"),
        (HURT, coded(Code.WITHDRAWS), "Give me twenty minutes"),
        (HURT, coded(Code.PSEUDO_FEELING), "I feel hurt"),
        ("You hurt me when you laughed.", coded(), "You're right to tell me"),
        (DAY, coded(), "What was that like for you?"),
    ],
)
def test_each_way_of_going_wrong_has_its_words(line: str, reply: CodedReply, words: str) -> None:
    could_say = suggestion(line, reply)
    assert could_say
    assert words in could_say.say
    assert could_say.why.endswith(".")


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        (DAY, coded(Code.LABELS_FEELING)),
        ("What should I do?", coded(Code.ADVISES_WITH_LEAVE)),
        ("", coded(Code.ADVISES)),
        ("What time is it?", coded()),
        ("You did great today.", coded()),
        ("I saw you at the station.", coded()),
        ("I got the job! I'm so happy!", coded()),
        (DAY, CodedReply("Ach so.", (), language="de")),
    ],
)
def test_where_nothing_went_wrong_nothing_is_suggested(line: str, reply: CodedReply) -> None:
    assert suggestion(line, reply) is None
