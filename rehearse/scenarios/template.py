"""A small scenario that works as it stands: what a writer starts from."""

import json
import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Idea:
    """What has to be known before there is anything to write."""

    title: str
    partner: str
    """Their name."""
    voice: Literal["female", "male"]
    age: int
    relation: str
    """What they are to the person."""
    briefing: str
    first_line: str
    question: str

    @property
    def id(self) -> str:
        """The title as the name of a file."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-").lstrip("0123456789-")[:60] or "my-scene"


def scenario_from(idea: Idea) -> str:
    """The text of a scenario file that holds together; its lines are there to be replaced."""
    filled = {
        "ID": idea.id,
        "TITLE": _quoted(idea.title),
        "SUMMARY": _quoted(f"{idea.partner} has something to say. Can you listen?"),
        "NAME": _quoted(idea.partner),
        "VOICE": idea.voice,
        "AGE": str(idea.age),
        "RELATION": _quoted(idea.relation),
        "BRIEFING": _quoted(idea.briefing),
        "QUESTION": _quoted(idea.question),
        "FIRST": _quoted(idea.first_line),
    }
    return re.sub(r"\$([A-Z]+)", lambda place: filled[place[1]], _TEMPLATE)


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


_TEMPLATE = """\
format: rehearse.scenario/1
id: $ID
title: $TITLE
summary: $SUMMARY
level: 1
minutes: 3
themes: [listening]
trains: [listening, labeling]
partner:
  name: $NAME
  voice: $VOICE
  age: $AGE
  relation: $RELATION
  heart: {trust: 5, hurt: 2, energy: 6}
briefing: $BRIEFING
question: $QUESTION
start: begins
patience: {turns: 10, then: later}

states:
  # The first words. Write three ways to say each line: none is said twice in a session.
  begins:
    carries: [feeling]
    feels: [worn out]
    mood: tired
    lines:
      - $FIRST
      - "It's been a long day. I don't know where to start."
      - "Can I tell you something? It's been going round in my head."
    waits:
      - "Give me a second."
      - "I'm getting there."
    hint: "Say how they seem to you, before anything else."
    answers:
      - "You look worn out. What happened?"
      - "That sounds hard. Tell me."
    on:
      - {when: {any: [takes_space]}, go: later}
      - {when: {any: [fixing, defensiveness]}, go: hurt}
      - {when: {any: [labeling, listening, openness]}, go: tells}
      - {when: {visits: 2}, go: hurt}
      - {go: begins}
    instead:
      fixing: {say: "You look worn out. What happened?", why: "It lets them tell before anything is solved."}
      missed: {say: "That sounds hard. Tell me.", why: "It shows that you want to hear it."}

  tells:
    carries: [feeling]
    feels: [hurt, let down]
    mood: open
    lines:
      - "That's the thing. I thought somebody would ask, and nobody did."
      - "I keep thinking about it. I just stood there."
      - "I haven't told anybody yet."
      - "<label>, you said. Yes. That's it, really."
    waits:
      - "It's a small thing, I know."
      - "That's all."
    hint: "Stay with how that felt."
    answers:
      - "So nobody asked. That must have been lonely."
      - "I'm glad you told me. What was that like?"
    on:
      - {when: {any: [takes_space]}, go: later}
      - {when: {any: [fixing, defensiveness]}, go: hurt}
      - {when: {any: [labeling, listening, openness], at_least: {trust: 5}}, go: closer}
      - {when: {visits: 2}, go: later}
      - {go: tells}
    instead:
      fixing: {say: "So nobody asked. That must have been lonely.", why: "A feeling wants company before a plan."}
      missed: {say: "I'm glad you told me. What was that like?", why: "It asks for the rest."}

  hurt:
    carries: [hurt, complaint]
    feels: [let down]
    mood: flat
    lines:
      - "Never mind. I only wanted you to listen."
      - "You're not hearing me."
      - "Forget I said anything."
    waits:
      - "It's fine."
      - "Leave it."
    hint: "Own your part, without a but."
    answers:
      - "You're right, I wasn't listening. I'm sorry."
      - "You sound let down. I want to hear it."
    on:
      - {when: {any: [takes_space]}, go: later}
      - {when: {any: [fixing, defensiveness], visits: 2}, go: apart}
      - {when: {any: [fixing, defensiveness]}, go: hurt}
      - {when: {any: [labeling, listening, openness]}, go: tells}
      - {go: later}
    instead:
      fixing: {say: "I jumped in. I'm sorry. Tell me.", why: "It goes back to where you left them."}
      defensiveness: {say: "You're right, I wasn't listening. I'm sorry.", why: "Owning it ends the argument."}
      missed: {say: "You sound let down. I want to hear it.", why: "It names what is there."}

  closer:
    ending: closer
    outcome: up
    mood: warm
    lines:
      - "Thanks. I needed that."
      - "It helps, saying it to you."

  later:
    ending: later
    outcome: level
    mood: gentle
    lines:
      - "Let's leave it for now. We can talk later."
      - "Okay. Another time, then."

  apart:
    ending: apart
    outcome: down
    mood: flat
    lines:
      - "I'm going out for a bit."
      - "I don't want to talk any more."

# Tried by `rehearse scenarios test`: what a reply has to be heard as, and where it leads.
examples:
  - {at: begins, reply: "You sound worn out.", codes: [labels_feeling], go: tells}
  - {at: hurt, reply: "You're right, I wasn't listening. I'm sorry.", codes: [owns], go: tells}
"""
