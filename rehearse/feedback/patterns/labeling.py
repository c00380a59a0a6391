"""Labeling: the partner's feeling, the speaker's own, and judgements dressed as feelings."""

from collections.abc import Iterator

from rehearse.feedback.codes import Code
from rehearse.feedback.patterns.cue import Exchange, Finding
from rehearse.feedback.patterns.named import YOU, Named
from rehearse.feedback.patterns.own_feelings import is_judgement, is_own, is_soft
from rehearse.feedback.patterns.partner_feelings import is_partners
from rehearse.feedback.phrases import phrases


def find_labeling(exchange: Exchange) -> Iterator[Finding]:
    """Feelings named, and what is passed off as one."""
    yield from _feels_like_you(exchange)
    for mention in exchange.mentions:
        if exchange.reply.anothers(mention.start, mention.end):
            continue
        named = Named(exchange, mention)
        if is_judgement(named):
            yield Finding(Code.PSEUDO_FEELING, named.start, named.end, 0.85)
        elif own := is_own(named):
            yield Finding(Code.NAMES_OWN_FEELING, named.start, named.end, own)
            if is_soft(named):
                yield Finding(Code.SHARES, named.start, named.end, own - 0.05)
        elif sure := is_partners(named):
            yield Finding(Code.LABELS_FEELING, named.start, named.end, sure)


_FEEL_LIKE = phrases(
    """
    i (just |do |always |still |also )?(feel|felt) (like|that|as if|as though) (you|he|she|they|your|nobody|no one|
        everyone|nothing i|no matter|whatever i|anything i|everything i)
    i (feel|felt) you (are|do not|never|always|just|only|were)
    it feels (like|as if) you
    (makes|made|making) me feel like you
    """
)
_NOT_BLAME = phrases(
    """
    you (should|need to|ought to|could|have to|must|would be better|might want|just need|would)
    you (are|must be|have been) ~(carrying|hurting|tired|exhausted|scared|sad|holding|trying|amazing|lonely|worried|
        right|upset)
    you deserve
    """
)


def _feels_like_you(exchange: Exchange) -> Iterator[Finding]:
    """A judgement that begins "I feel like you …", and after a complaint a blow struck back."""
    reply = exchange.reply
    for match in _FEEL_LIKE.finditer(reply.text):
        end = reply.clause_at(match.end() - 1).end
        said = reply.text[match.start() : end]
        if reply.negated(match.start()) or reply.anothers(match.start(), end) or _NOT_BLAME.search(said):
            continue
        yield Finding(Code.PSEUDO_FEELING, match.start(), end, 0.9)
        if exchange.partner.pressing and YOU.search(said):
            yield Finding(Code.COUNTERATTACKS, match.start(), end, 0.8)
