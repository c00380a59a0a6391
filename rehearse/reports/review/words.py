"""What a code says that a reply did, for somebody who reads about another."""

from rehearse.feedback.codes import MISSED, Code

DID: dict[str, str] = {
    Code.LABELS_FEELING: "named the other’s feeling",
    Code.NAMES_OWN_FEELING: "named a feeling of their own",
    Code.PSEUDO_FEELING: "put a judgement as a feeling",
    Code.REFLECTS: "gave back what was said",
    Code.EXPLORES: "asked for more",
    Code.VALIDATES: "said that it makes sense",
    Code.STAYS_PRESENT: "stayed",
    Code.ASKS_NEED: "asked what would help",
    Code.APPRECIATES: "said what they value",
    Code.ADVISES: "gave advice unasked",
    Code.ADVISES_WITH_LEAVE: "gave advice that was asked for",
    Code.MINIMIZES: "played it down",
    Code.TURNS_TO_SELF: "turned to their own story",
    Code.OWNS: "took their part of it",
    Code.SHARES: "showed something of themselves",
    Code.TAKES_SPACE: "asked for a break and said when they will be back",
    Code.DENIES: "rejected it",
    Code.EXCUSES: "gave reasons",
    Code.COUNTERATTACKS: "may have sounded like blame",
    Code.CONTEMPT: "may have sounded like looking down",
    Code.WITHDRAWS: "pulled back",
    MISSED: "left the feeling for later",
}
