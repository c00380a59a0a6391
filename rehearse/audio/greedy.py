"""Greedy decoding with Whisper, from a draft where there is one. Imports torch.

What `whisper.decode` gives at temperature 0 without timestamps, to the token; faster, and it can be given up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import torch
import torch.nn.functional as F  # noqa: N812 (its name everywhere)
from torch import Tensor
from whisper.decoding import DecodingOptions, DecodingTask
from whisper.model import MultiHeadAttention, TextDecoder, Whisper

from rehearse.audio.cut_encoder import LANGUAGE
from rehearse.audio.transcriber import GivenUp, always


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

        A text is left at the token where it has become too improbable: sounds that are none of them cost least time.
        """
        eot = self._tokenizer.eot
        best = 0.0
        found: str | None = None

        def go_down(texts: Sequence[str], depth: int, logprob: float, ahead: Tensor) -> None:
            """Look at `texts`, of which the first `depth` tokens are the same, the most promising first."""
            nonlocal best, found
            logprobs = ahead.log_softmax(-1)[0].tolist()
            by_next: dict[int, list[str]] = {}
            for each in texts:
                by_next.setdefault(self._ended(each)[depth], []).append(each)
            surplus = {
                token: logprob + logprobs[token] - min(least[each] for each in those)
                for token, those in by_next.items()
            }
            for token in sorted(surplus, key=surplus.__getitem__, reverse=True):
                if surplus[token] <= best:
                    return
                if token == eot:
                    best, found = surplus[token], by_next[token][0]
                else:
                    text.cut_back(len(self._prompt) + depth)
                    so_far = logprob + logprobs[token]
                    go_down(by_next[token], depth + 1, so_far, self._logits(text.read([token])) + self._suppressed)

        with torch.inference_mode():
            text = _Text(self._decoder, encoded, self._positions)
            ahead = self._logits(text.read(self._prompt)[-1:])
            go_down([*least], 0, 0.0, ahead + self._suppressed_first)
        return found

    def _with_end(self, text: str) -> tuple[int, ...]:
        return (*self._tokenizer.encode(f" {text}"), self._tokenizer.eot)

    def _logits(self, hidden: Tensor) -> Tensor:
        logits: Tensor = hidden @ self._decoder.token_embedding.weight.T
        return logits


class _Text:
    """A text under way: what the decoder remembers of it, and of the sound."""

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


def _heads(x: Tensor, attention: MultiHeadAttention) -> Tensor:
    """(1, positions, width) as (1, heads, positions, width of a head), in that order in memory."""
    return x.view(1, x.shape[1], attention.n_head, -1).transpose(1, 2).contiguous()


def _attention(attention: MultiHeadAttention, x: Tensor, keys: Tensor, values: Tensor, causal: bool = False) -> Tensor:
    queries = attention.query(x).view(1, x.shape[1], attention.n_head, -1).transpose(1, 2)
    mixed = F.scaled_dot_product_attention(queries, keys, values, is_causal=causal)
    out: Tensor = attention.out(mixed.transpose(1, 2).flatten(start_dim=2))
    return out
