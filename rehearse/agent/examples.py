"""A scenario's own examples, tried: what a reply is heard as, and where it leads."""

from random import Random

from rehearse.agent.foresight import Coder
from rehearse.agent.partner import Partner
from rehearse.scenarios.schema import Example, Scenario


def fault_of(scenario: Scenario, example: Example, coder: Coder) -> str | None:
    """What came of an example that was not expected, and what to do; None where all of it was.

    The scene begins in the example's state, with the partner as the scenario begins.
    """
    partner = Partner(scenario, Random(0), start=example.at)  # noqa: S311  variety, not secrecy
    coded = coder(partner.say().text, example.reply)
    partner.hear(coded)
    found = ", ".join(sorted(coded.codes)) or "nothing"
    if missing := set(example.codes) - coded.codes:
        return f"heard {found}, and not {', '.join(sorted(missing))}; say it more plainly, or expect less"
    if example.go and partner.state != example.go:
        return f"heard {found} and went to {partner.state!r}, and not to {example.go!r}; look at the rules' order"
    return None
