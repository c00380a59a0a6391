"""The rules against the coding manual: its examples, its hard cases."""

import re

import pytest

from rehearse.feedback.codes import AXES, Axis, Code
from rehearse.feedback.rules import find_by_rules

HARD_DAY = "My boss moved the deadline and never said a word to me."
COMPLAINT = "You never listen when I talk about my work."
BLAME = "You forgot my birthday again."

GIVEN = [
    # Labeling
    (HARD_DAY, "You sound worn out.", "labels_feeling"),
    (HARD_DAY, "That must have been scary.", "labels_feeling"),
    (COMPLAINT, "I feel anxious.", "names_own_feeling shares"),
    (COMPLAINT, "I'm hurt.", "names_own_feeling shares"),
    (BLAME, "Honestly I was embarrassed.", "names_own_feeling shares"),
    (COMPLAINT, "I feel like you don't care.", "pseudo_feeling counterattacks"),
    (COMPLAINT, "I feel attacked.", "pseudo_feeling"),
    (COMPLAINT, "I feel ignored.", "pseudo_feeling"),
    (COMPLAINT, "I feel disrespected.", "pseudo_feeling"),
    (COMPLAINT, "I feel manipulated.", "pseudo_feeling"),
    (BLAME, "I felt lonely when you left.", "names_own_feeling shares"),
    # Listening
    (HARD_DAY, "So he moved the deadline and didn't tell you.", "reflects"),
    (HARD_DAY, "What was that like?", "explores"),
    (HARD_DAY, "Tell me more.", "explores"),
    (HARD_DAY, "Want to talk about it?", "explores"),
    (HARD_DAY, "Of course you're angry.", "validates labels_feeling"),
    (HARD_DAY, "That sounds really hard.", "validates"),
    (HARD_DAY, "I'm here.", "stays_present"),
    (HARD_DAY, "I've got you.", "stays_present"),
    (HARD_DAY, "Take your time.", "stays_present"),
    (HARD_DAY, "It's not your fault, you did what you could.", "stays_present"),
    (HARD_DAY, "Do you want ideas, or should I just listen?", "asks_need"),
    (HARD_DAY, "Thank you for telling me.", "appreciates"),
    (HARD_DAY, "I love that you told me.", "appreciates"),
    # Fixing
    (HARD_DAY, "You should talk to him.", "advises"),
    (HARD_DAY, "Have you tried talking to him?", "advises"),
    (HARD_DAY, "Why don't you just quit?", "advises"),
    (HARD_DAY, "Let me call them.", "advises"),
    (HARD_DAY, "I'll call your boss.", "advises"),
    (HARD_DAY, "Want me to call him?", "advises"),
    (HARD_DAY, "Can I give you some advice? You should quit.", "asks_need advises"),
    ("I don't know how to tell him. What should I do?", "You should talk to him first.", "advises_with_leave"),
    (HARD_DAY, "It's not that bad.", "minimizes"),
    (HARD_DAY, "At least you have a job.", "minimizes"),
    (HARD_DAY, "Calm down.", "minimizes"),
    (HARD_DAY, "You'll be fine.", "minimizes"),
    (HARD_DAY, "Everyone goes through that.", "minimizes"),
    (HARD_DAY, "We'll get through this, and it's okay to be scared.", "stays_present validates"),
    (HARD_DAY, "That's nothing, my day was a disaster.", "minimizes turns_to_self"),
    (HARD_DAY, "I went through the same and I just quit.", "turns_to_self"),
    # Openness
    (COMPLAINT, "You're right, I wasn't listening. I'm sorry.", "owns"),
    (COMPLAINT, "I get scared I'll say the wrong thing.", "names_own_feeling shares"),
    (
        COMPLAINT,
        "I'm flooded. Can I have twenty minutes, and then I want to hear this?",
        "takes_space names_own_feeling shares",
    ),
    # Defensiveness
    (BLAME, "That's not true.", "denies"),
    (BLAME, "I never said that.", "denies"),
    (BLAME, "It's not my fault.", "denies"),
    (BLAME, "I'm sorry you feel that way.", "denies"),
    (BLAME, "I was just tired.", "excuses"),
    (BLAME, "I had no choice.", "excuses"),
    (BLAME, "I only did it because of work.", "excuses"),
    ("You were awful to me last night.", "I was short with you. I'd had no sleep, and that's on me.", "owns"),
    (BLAME, "You always do this.", "counterattacks"),
    (BLAME, "What about when you forgot mine?", "counterattacks"),
    (BLAME, "You're too sensitive.", "counterattacks"),
    (BLAME, "Oh, here we go again.", "contempt"),
    (BLAME, "Poor you.", "contempt"),
    (BLAME, "Whatever.", "withdraws"),
    (BLAME, "I'm fine, drop it.", "withdraws"),
    (BLAME, "Can we not do this?", "withdraws"),
    (BLAME, "I don't know.", "withdraws"),
    # Hard cases: cancelling
    (BLAME, "I hear you, but I was busy at work.", "excuses"),
    (BLAME, "Sorry, but you always do this.", "counterattacks"),
    (BLAME, "You're right, but you do it too.", "counterattacks"),
    (BLAME, "I hear you, and that's on me.", "owns"),
    (BLAME, "I was wrong, I'm sorry. You always make such a fuss though.", "owns counterattacks"),
    ("You rolled your eyes at me.", "I did not... hang on, I did. I'm sorry.", "denies owns"),
    (BLAME, "I did. You're right.", "owns"),
    # Hard cases: feelings
    (HARD_DAY, "You look like you've been hit by a truck.", "labels_feeling"),
    (COMPLAINT, "I've had a knot in my stomach all day.", "names_own_feeling shares"),
    (HARD_DAY, "That's humiliating.", "labels_feeling"),
    (HARD_DAY, "That must be lonely.", "labels_feeling"),
    (HARD_DAY, "That's brutal.", "validates"),
    (HARD_DAY, "That must be awful.", "validates"),
    (HARD_DAY, "Of course you're furious.", "validates labels_feeling"),
    (BLAME, "I feel so ashamed.", "names_own_feeling shares"),
    (BLAME, "I was jealous.", "names_own_feeling shares"),
    (COMPLAINT, "I'm overwhelmed.", "names_own_feeling shares"),
    (BLAME, "I'm angry.", "names_own_feeling"),
    ("I got the job!", "I'm so relieved.", "names_own_feeling"),
    (COMPLAINT, "I don't know what to say to that, and I want to get it right.", "shares"),
    (HARD_DAY, "I feel like you should quit.", "advises"),
    (HARD_DAY, "You're exhausted?", "labels_feeling"),
    (HARD_DAY, "Are you okay?", "explores"),
    (COMPLAINT, "You're obviously mad again.", "counterattacks"),
    # Hard cases: playing down, making it about oneself
    (HARD_DAY, "You're overreacting.", "minimizes"),
    (HARD_DAY, "Don't be so dramatic.", "minimizes"),
    (COMPLAINT, "Your skin's paper thin.", "counterattacks"),
    (COMPLAINT, "You're reading things into it.", "denies"),
    (HARD_DAY, "Mine was worse.", "turns_to_self"),
    # Hard cases: defending
    ("You never sent me the form.", "I did send it, let me forward it.", ""),
    ("You don't help around here.", "I do the dishes, I pay the rent, I cook dinner.", "excuses"),
    ("How are you? You seem quiet.", "I'm fine.", "withdraws"),
    (COMPLAINT, "Tomorrow at breakfast, I want to hear it properly.", "takes_space"),
    # Hard cases: questions, advice, reports
    (HARD_DAY, "What time did he send it?", ""),
    (HARD_DAY, "Have you talked to HR?", "advises"),
    (HARD_DAY, "You sound crushed. Have you talked to HR?", "labels_feeling advises"),
    ("Do you still love me?", "I don't feel anything.", "withdraws"),
    # Hard cases: speech
    (HARD_DAY, "um yeah i mean that sounds um really lonely", "labels_feeling"),
]

NOT_GIVEN = [
    (HARD_DAY, "You're not sad.", "labels_feeling"),
    (HARD_DAY, "I'm fine.", "names_own_feeling"),
    (HARD_DAY, "I'm okay, I'm good, I'm alright.", "names_own_feeling"),
    (HARD_DAY, "I feel that you left too early.", "names_own_feeling"),
    (HARD_DAY, "I see.", "reflects"),
    ("I felt stupid when you laughed.", "You felt stupid. You felt stupid.", "reflects labels_feeling"),
    (HARD_DAY, "Did you email HR?", "explores"),
    (COMPLAINT, "What do you want from me?", "explores"),
    (COMPLAINT, "I understand, but I had work.", "validates"),
    (HARD_DAY, "It's not that hard.", "validates"),
    (HARD_DAY, "I'll call your boss.", "stays_present"),
    (HARD_DAY, "Want me to call him?", "asks_need"),
    (HARD_DAY, "Thanks.", "appreciates"),
    (COMPLAINT, "I appreciate you telling me, but no.", "appreciates"),
    (HARD_DAY, "I had that once. What was it like for you?", "turns_to_self"),
    (COMPLAINT, "My day was hell too.", "turns_to_self"),
    (BLAME, "I'm sorry you feel that way.", "owns"),
    (BLAME, "Sorry, but I was at work.", "owns"),
    (BLAME, "Fine, it's all my fault, happy?", "owns"),
    (BLAME, "Sorry, okay? How many times?", "owns"),
    (HARD_DAY, "I have a meeting at four.", "shares names_own_feeling"),
    (COMPLAINT, "Not now.", "takes_space"),
    (HARD_DAY, "It's not your fault.", "denies"),
    (BLAME, "Could you tell me earlier next time?", "counterattacks"),
    (COMPLAINT, "You're obviously mad again.", "labels_feeling"),
    ("She said I had broken it.", "I told her it wasn't my fault.", "denies"),
    (HARD_DAY, "I'm not going to tell you what to do.", "advises"),
    ("I put the bins out.", "mm hm okay yeah", "withdraws"),
]

HURT = "You were on your phone all through dinner. I felt like I was eating alone."
ASKED = "What do you miss? Even a tiny thing."
CARELESS = "I feel so careless. I left the gate open and the dog got out."
CLUMSY = "I'm so clumsy. I broke her favourite vase."

BACKCHANNELS = (
    "Mm-hm.",
    "Uh-huh.",
    "Yeah.",
    "Okay.",
    "Right.",
    "Sure.",
    "I see.",
    "Got it.",
    "Alright.",
    "Of course.",
    "Oh. Okay.",
    "Yeah, okay.",
    "Yeah. Right.",
    "Yeah, sure.",
    "Okay. I see.",
)

NEAR = [
    # Missing somebody is a feeling, whatever it answers.
    (ASKED, "I miss hearing about your day.", "names_own_feeling shares"),
    (ASKED, "I miss our walks.", "names_own_feeling shares"),
    (ASKED, "Hearing about your day. I miss that.", "names_own_feeling shares"),
    ("You never ask about my day.", "I miss hearing about your day.", "names_own_feeling shares"),
    ("You don't miss me.", "I miss you.", "names_own_feeling shares"),
    # Flat, not a backchannel.
    (HURT, "Fine.", "withdraws"),
    (HURT, "Okay, whatever.", "withdraws"),
    (HURT, "Noted.", "withdraws"),
    (HURT, "I have nothing to say.", "withdraws"),
    ("How are you? You seem quiet.", "I'm okay.", "withdraws"),
    (HURT, "Could we leave it?", "withdraws"),
    (CARELESS, "He will forget it by Tuesday.", "minimizes"),
    (HURT, "Whatever time suits you.", ""),
    # A wish is no reason.
    (HURT, "I'd have loved that.", ""),
    (HURT, "I would have liked to be asked.", ""),
    (HURT, "I'd have enjoyed it too.", ""),
    # A fault denied of the partner comforts.
    (CARELESS, "You're not careless.", "stays_present"),
    (CARELESS, "You're not a careless person.", "stays_present"),
    (HURT, "You're not careless.", "stays_present"),
    (HURT, "You were not selfish.", "stays_present"),
    (CLUMSY, "You're not clumsy.", ""),
    (HURT, "You're not clumsy.", ""),
    ("I'm not sleeping at all.", "You're not sleeping.", "reflects"),
    (HURT, "You're careless.", "counterattacks"),
    (HURT, "You're not perfect.", "counterattacks"),
    # Not knowing what to say shuts down, unless it is said with the wish to.
    (HURT, "I don't know what to say.", "withdraws"),
    (HURT, "I really don't know what to say to that.", "withdraws"),
    (HURT, "I don't know what you want me to say.", "withdraws"),
    (HURT, "I don't know what to say, and I want to get it right.", "shares"),
    (HURT, "I just don't know what to say, but I want to try.", "shares"),
    (HURT, "I don't know how to say this.", "shares"),
    # Denials, and the calm correction of a fact.
    ("You never listen to me.", "That's not true, I listened to you.", "denies"),
    ("You never listen to me.", "I do listen.", "denies"),
    ("You didn't call on the day.", "I did call, around four.", ""),
    ("You never told me she was coming.", "I did tell you, it's in the message from the fourth.", ""),
    # Telling how it came about, beside what opens, wards nothing off.
    (HURT, "I was scared to talk to you because I had bad news.", "names_own_feeling shares"),
    (HURT, "Can you give me ten minutes to finish up, and then I want to hear this?", "takes_space"),
    (HURT, "My phone kept ringing.", "excuses"),
]


def bare(text: str) -> str:
    """The text as a recognizer may give it: no marks, no capitals."""
    return " ".join(re.sub(r"[^\w\s']", " ", text.lower()).split())


def names(partner: str, reply: str) -> set[str]:
    return {found.code.value for found in find_by_rules(partner, reply).evidence}


@pytest.mark.parametrize(("partner", "reply", "codes"), GIVEN)
def test_an_example_of_the_manual_gets_its_codes(partner: str, reply: str, codes: str) -> None:
    assert names(partner, reply) == set(codes.split())


@pytest.mark.parametrize(("partner", "reply", "codes"), GIVEN)
def test_an_example_without_marks_and_capitals_gets_the_same_codes(partner: str, reply: str, codes: str) -> None:
    assert names(bare(partner), bare(reply)) == set(codes.split())


@pytest.mark.parametrize(("partner", "reply", "codes"), NOT_GIVEN)
def test_an_exception_of_the_manual_does_not_get_the_code(partner: str, reply: str, codes: str) -> None:
    assert not names(partner, reply) & set(codes.split())


@pytest.mark.parametrize(("partner", "reply", "codes"), NOT_GIVEN)
def test_an_exception_holds_without_marks_and_capitals(partner: str, reply: str, codes: str) -> None:
    assert not names(bare(partner), bare(reply)) & set(codes.split())


@pytest.mark.parametrize(("partner", "reply", "codes"), NEAR)
def test_a_near_variant_gets_the_codes_of_its_case(partner: str, reply: str, codes: str) -> None:
    assert names(partner, reply) == set(codes.split())


@pytest.mark.parametrize("partner", [HURT, HARD_DAY, BLAME, ASKED, "Can we talk about us?"])
@pytest.mark.parametrize("reply", BACKCHANNELS)
def test_a_backchannel_gets_no_code(partner: str, reply: str) -> None:
    assert names(partner, reply) == set()
    assert names(bare(partner), reply.lower()) == set()


@pytest.mark.parametrize("nothing", ["", "   ", "...", "?!", "\n", "—", "um", "uh, mm."])
def test_nothing_said_gets_no_code(nothing: str) -> None:
    assert find_by_rules(COMPLAINT, nothing).evidence == ()


@pytest.mark.parametrize("reply", ["That's not true.", "I was just tired.", "You're too sensitive."])
def test_defensiveness_needs_something_to_defend_against(reply: str) -> None:
    assert not names("What time does the shop close?", reply) & AXES[Axis.DEFENSIVENESS]


def test_evidence_is_the_words_that_earned_the_code() -> None:
    reply = "Okay, hang on. You sound worn out! Did he say why?"
    (found,) = find_by_rules(HARD_DAY, reply).evidence
    assert (found.code, found.text) == (Code.LABELS_FEELING, "You sound worn out")
    assert reply[found.start : found.end] == found.text


def test_quoted_words_are_not_the_speakers() -> None:
    assert not names("What did he say?", 'He said, "You always make excuses, it\'s not my fault."')


def test_every_code_can_be_given() -> None:
    assert {code for _, _, codes in GIVEN for code in codes.split()} == {code.value for code in Code}


def test_the_axes_name_every_code_but_two() -> None:
    assert set(Code) - set().union(*AXES.values()) == {Code.PSEUDO_FEELING, Code.ADVISES_WITH_LEAVE}
