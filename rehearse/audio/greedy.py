"""Greedy decoding with Whisper, from a draft where there is one. Imports torch.

What `whisper.decode` gives at temperature 0 without timestamps, to the token; faster, and it can be given up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

import torch
import torch.nn.functional as F  # noqa: N812 (its name everywhere)
from torch import Tensor
from whisper.decoding import DecodingOptions, DecodingTask
from whisper.model import MultiHeadAttention, TextDecoder, Whisper

from rehearse.audio.cut_encoder import LANGUAGE
from rehearse.audio.transcriber import GivenUp, always

SIDE_BY_SIDE = 64
"""Texts that are looked at together, at most: the most promising."""


@dataclass(frozen=True, slots=True)
class Greedy:
    """The most probable tokens, one after the other."""

    tokens: tuple[int, ...]
    """Without the end of the text."""
    mean_logprob: float
    """Mean log-probability of the tokens; of the end of the text too, where it was reached."""
    no_speech: float
    """Whisper's probability that nothing was said."""
    cut_off: bool
    """Whether it stopped at the most tokens allowed, not at the end of the text."""


class GreedyDecoder:
    """A Whisper model's decoder. Holds nothing between two texts: safe to share between threads."""

    def __init__(self, model: Whisper) -> None:
        """`model` comes from `cut_encoder.prepare`."""
        task = DecodingTask(model, DecodingOptions(language=LANGUAGE, without_timestamps=True, fp16=False))
        self._tokenizer = task.tokenizer
        self._prompt = list(task.initial_tokens)
        self._sot = task.sot_index
        self._decoder = model.decoder
        self._ended = lru_cache(maxsize=None)(self._with_end)
        self._positions = model.dims.n_text_ctx
        vocabulary = torch.zeros(model.dims.n_vocab)
        self._suppressed = vocabulary.index_fill(0, torch.tensor(task._get_suppress_tokens()), -torch.inf)
        blank = torch.tensor([*self._tokenizer.encode(" "), self._tokenizer.eot])
        self._suppressed_first = self._suppressed.index_fill(0, blank, -torch.inf)

    def text(self, tokens: Sequence[int]) -> str:
        """What `tokens` say."""
        text: str = self._tokenizer.decode(list(tokens))
        return text.strip()

    def decode(
        self, encoded: Tensor, most: int, draft: Sequence[int] = (), go_on: Callable[[], bool] = always
    ) -> Greedy:
        """The text of one sound.

        `encoded`: (1, positions of 20 ms, width), from the encoder. `most`: tokens at most.
        `draft`: what the text probably begins with. It is read in one pass instead of token by token, and kept as far
        as every token is the one that would have been chosen (speculative decoding, https://arxiv.org/abs/2211.17192).

        Raises:
            GivenUp: `go_on` said no; it is asked before each pass. Carries the tokens so far.
        """
        eot = self._tokenizer.eot
        draft = list(draft)[: most - 1]
        if not go_on():
            raise GivenUp
        with torch.inference_mode():
            text = _Text(self._decoder, encoded, self._positions)
            hidden = text.read(self._prompt + draft)
            no_speech = float(self._logits(hidden[self._sot : self._sot + 1]).softmax(-1)[0, self._tokenizer.no_speech])
            ahead = self._logits(hidden[len(self._prompt) - 1 :])
            ahead[0] += self._suppressed_first
            ahead[1:] += self._suppressed
            tokens: list[int] = []
            logprobs = 0.0
            while True:
                for number, chosen in enumerate(ahead.argmax(-1).tolist()):
                    logprobs += float(ahead[number, chosen] - ahead[number].logsumexp(-1))
                    if chosen == eot:
                        return Greedy(tuple(tokens), logprobs / (len(tokens) + 1), no_speech, cut_off=False)
                    tokens.append(chosen)
                    if draft[len(tokens) - 1 : len(tokens)] != [chosen]:
                        break
                # Whisper's own limit, too: it stops when its positions are used up.
                if len(tokens) >= most or len(self._prompt) + len(tokens) > self._positions:
                    return Greedy(tuple(tokens), logprobs / (len(tokens) + 1), no_speech, cut_off=True)
                if not go_on():
                    raise GivenUp(tuple(tokens))
                text.cut_back(len(self._prompt) + len(tokens) - 1)
                ahead = self._logits(text.read(tokens[-1:])) + self._suppressed

    def logprob(self, encoded: Tensor, text: str) -> float:
        """How probable it is that `text` is all that is said in a sound: a logarithm, the end of the text included."""
        tokens = self._ended(text)
        start = len(self._prompt) - 1
        with torch.inference_mode():
            hidden = _Text(self._decoder, encoded, self._positions).read([*self._prompt, *tokens[:-1]])
            logits = self._logits(hidden[start:]) + self._suppressed
            logits[0] += self._suppressed_first
            return float(logits.log_softmax(-1).gather(1, torch.tensor(tokens)[:, None]).sum())

    def best_of(self, encoded: Tensor, least: Mapping[str, float]) -> str | None:
        """The text whose `logprob` exceeds the `least` given for it by most, or None where none does.

        All texts are read side by side, token by token, and left where they have become too improbable: sounds that
        are none of them cost least time.
        """
        eot = self._tokenizer.eot
        best = 0.0
        found: str | None = None
        with torch.inference_mode():
            text = _Text(self._decoder, encoded, self._positions)
            ahead = self._logits(text.read(self._prompt)[-1:]) + self._suppressed_first
            branches = [_Branch(tuple(least), 0.0)]
            depth = 0
            while branches:
                logprobs = ahead.log_softmax(-1)
                onward: list[tuple[float, int, int, _Branch]] = []
                for number, branch in enumerate(branches):
                    for token, texts in branch.by_next(self._ended, depth).items():
                        logprob = branch.logprob + float(logprobs[number, token])
                        surplus = logprob - min(least[each] for each in texts)
                        if token == eot and surplus > best:
                            best, found = surplus, texts[0]
                        elif token != eot and surplus > 0:
                            onward.append((surplus, number, token, _Branch(tuple(texts), logprob)))
                onward = sorted(onward, key=itemgetter(0), reverse=True)[:SIDE_BY_SIDE]
                branches = [branch for *_, branch in onward]
                if branches:
                    hidden = text.branch([token for _, _, token, _ in onward], [parent for _, parent, _, _ in onward])
                    ahead = self._logits(hidden) + self._suppressed
                depth += 1
        return found

    def _with_end(self, text: str) -> tuple[int, ...]:
        return (*self._tokenizer.encode(f" {text}"), self._tokenizer.eot)

    def _logits(self, hidden: Tensor) -> Tensor:
        logits: Tensor = hidden @ self._decoder.token_embedding.weight.T
        return logits


@dataclass(frozen=True, slots=True)
class _Branch:
    """Texts that begin with the same tokens, and how probable these are."""

    texts: tuple[str, ...]
    logprob: float

    def by_next(self, ended: Callable[[str], tuple[int, ...]], depth: int) -> dict[int, list[str]]:
        """The texts by their token after the first `depth`."""
        found: dict[int, list[str]] = {}
        for each in self.texts:
            found.setdefault(ended(each)[depth], []).append(each)
        return found


class _Text:
    """A text under way, or several with the same beginning: what the decoder remembers of it, and of the sound."""

    def __init__(self, decoder: TextDecoder, encoded: Tensor, positions: int) -> None:
        self._decoder = decoder
        self._length = 0
        self._sound = [
            (
                _heads(block.cross_attn.key(encoded), block.cross_attn),
                _heads(block.cross_attn.value(encoded), block.cross_attn),
            )
            for block in decoder.blocks
        ]
        first = decoder.blocks[0].attn
        shape = (1, first.n_head, positions, encoded.shape[-1] // first.n_head)
        self._past = [(encoded.new_empty(shape), encoded.new_empty(shape)) for _ in decoder.blocks]

    def cut_back(self, length: int) -> None:
        """Forget all but the first `length` tokens."""
        self._length = length

    def read(self, tokens: Sequence[int]) -> Tensor:
        """Take more tokens; what the decoder makes of each, (tokens, width). Several only at the beginning."""
        decoder, start = self._decoder, self._length
        end = self._length = start + len(tokens)
        x = decoder.token_embedding(torch.tensor([tokens])) + decoder.positional_embedding[start:end]
        for block, (keys, values), (sound_keys, sound_values) in zip(
            decoder.blocks, self._past, self._sound, strict=True
        ):
            normed, attn = block.attn_ln(x), block.attn
            keys[:, :, start:end] = _heads(attn.key(normed), attn)
            values[:, :, start:end] = _heads(attn.value(normed), attn)
            x = x + _attention(attn, normed, keys[:, :, :end], values[:, :, :end], causal=end - start > 1)
            x = x + _attention(block.cross_attn, block.cross_attn_ln(x), sound_keys, sound_values)
            x = x + block.mlp(block.mlp_ln(x))
        hidden: Tensor = decoder.ln(x)[0]
        return hidden

    def branch(self, tokens: Sequence[int], parents: Sequence[int]) -> Tensor:
        """Go on with each of `tokens` after the branch of that number (0 where there are none yet); what the decoder
        makes of each, (tokens, width). From then on there are as many branches."""
        decoder, start = self._decoder, self._length
        self._length += 1
        after = torch.tensor(parents)
        x = decoder.token_embedding(torch.tensor([tokens])) + decoder.positional_embedding[start]
        for number, block in enumerate(decoder.blocks):
            normed, attn = block.attn_ln(x), block.attn
            # What each has written is its own; the sound is the same for all, as for the tokens of one text.
            keys, values = (
                torch.cat([past[after, :, :start], _apart(new(normed), attn)], dim=2)
                for past, new in zip(self._past[number], (attn.key, attn.value), strict=True)
            )
            self._past[number] = (keys, values)
            mixed = F.scaled_dot_product_attention(_apart(attn.query(normed), attn), keys, values)
            x = x + attn.out(mixed.flatten(start_dim=1)[None])
            sound_keys, sound_values = self._sound[number]
            x = x + _attention(block.cross_attn, block.cross_attn_ln(x), sound_keys, sound_values)
            x = x + block.mlp(block.mlp_ln(x))
        hidden: Tensor = decoder.ln(x)[0]
        return hidden


def _apart(x: Tensor, attention: MultiHeadAttention) -> Tensor:
    """(1, branches, width) as (branches, heads, 1, width of a head)."""
    return x.view(x.shape[1], attention.n_head, 1, -1)


def _heads(x: Tensor, attention: MultiHeadAttention) -> Tensor:
    """(1, positions, width) as (1, heads, positions, width of a head), in that order in memory."""
    return x.view(1, x.shape[1], attention.n_head, -1).transpose(1, 2).contiguous()


def _attention(attention: MultiHeadAttention, x: Tensor, keys: Tensor, values: Tensor, causal: bool = False) -> Tensor:
    queries = attention.query(x).view(1, x.shape[1], attention.n_head, -1).transpose(1, 2)
    mixed = F.scaled_dot_product_attention(queries, keys, values, is_causal=causal)
    out: Tensor = attention.out(mixed.transpose(1, 2).flatten(start_dim=2))
    return out
