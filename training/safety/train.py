"""Train the safety screen's network, choose its threshold, and write the file that ships.

    python -m training.safety.train rehearse/safety/model/screen.npz

Layers of BERT, begun from those of the coder's encoder, and a head for each danger that weighs the words. The words'
vectors are not trained: at run time they are the coder's. Beside the utterances of `utterances.jsonl`, ordinary replies
of `training/replies.jsonl` teach it what is no danger. Prints the SHA-256 that `rehearse/safety/screen.py` names.
"""

import hashlib
import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import torch
import typer
from torch import nn

from rehearse.bert import HEADS
from rehearse.feedback.coder import shipped
from rehearse.feedback.encoder import Encoder
from rehearse.safety.patterns import DANGERS
from training.corpus import recognized, replies
from training.mishearing import Mishearing

FOLDER = Path(__file__).parent
ENCODER = FOLDER.parent.parent / "rehearse" / "feedback" / "model" / "encoder.npz"
CLASSES = ("none", *DANGERS)
ORDINARY, ORDINARY_WEIGHT = 8000, 0.6
"""How many ordinary replies, drawn anew, are among what an epoch teaches, and how much each counts."""
BATCH, RATE, HEAD_RATE = 32, 1.5e-4, 1.5e-3
MASKED, MASK = 0.1, 103
"""How many word parts are hidden at each step, and the number of the part that stands for them."""
MISHEARD = 0.3
"""How many are misheard, each time that they are seen, as the recognizer mishears."""
AMONG_OTHERS, AT_MOST_WORDS = 0.4, 60
"""How many are seen among one or two ordinary replies, as people say such things; not too long for one piece."""
LAYERS = 4
AVERAGED_OVER = 0.998
"""What ships is the running average of the weights, which forgets so slowly."""
FALSE_ALARMS_IN_ARGUMENTS, FALSE_ALARMS_IN_REPLIES = 0.015, 0.003
"""The threshold is the lowest with which no more of the dev part's hot arguments, and of ordinary replies that it has
not seen, are taken for danger."""


@dataclass(frozen=True, slots=True)
class Example:
    """Something that was said."""

    text: str
    label: int
    """Index in `CLASSES`."""
    form: str
    weight: float = 1.0


def utterances(part: str) -> list[Example]:
    """Those of a `part` (train, dev)."""
    lines = (FOLDER / "utterances.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Example(each["text"], CLASSES.index(name_of(each)), each["form"])
        for each in map(json.loads, lines)
        if each["part"] == part
    ]


def name_of(utterance: dict[str, str]) -> str:
    """The class of an utterance."""
    label, direction = utterance["label"], utterance.get("direction")
    return f"{label}_{direction}" if direction else label


class Layer(nn.Module):
    """A layer of BERT."""

    def __init__(self, encoder: Encoder, number: int) -> None:
        super().__init__()
        weights = encoder._weights
        self.parts: Any = nn.ModuleDict()
        for name in ("in", "out", "up", "down"):
            start = torch.tensor(weights[f"{number}.{name}.weight"])
            linear = nn.Linear(*start.shape)
            linear.weight.data, linear.bias.data = start.T.clone(), torch.tensor(weights[f"{number}.{name}.bias"])
            self.parts[name] = linear
        for name in ("norm1", "norm2"):
            norm = nn.LayerNorm(len(weights[f"{number}.{name}.weight"]), 1e-12)
            norm.weight.data = torch.tensor(weights[f"{number}.{name}.weight"])
            norm.bias.data = torch.tensor(weights[f"{number}.{name}.bias"])
            self.parts[name] = norm
        self.drop = nn.Dropout(0.1)

    def forward(self, hidden: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """`hidden` (batch, words, width), where `there`."""
        batch, words, width = hidden.shape
        parts = self.parts["in"](hidden).split(width, 2)
        query, key, value = (part.view(batch, words, HEADS, -1).transpose(1, 2) for part in parts)
        attended = nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=there[:, None, None, :])
        hidden = self.parts["norm1"](
            hidden + self.drop(self.parts["out"](attended.transpose(1, 2).reshape(batch, words, width)))
        )
        inner = self.parts["down"](nn.functional.gelu(self.parts["up"](hidden)))
        result: torch.Tensor = self.parts["norm2"](hidden + self.drop(inner))
        return result


class Network(nn.Module):
    """As `rehearse.safety.network`."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        weights = encoder._weights
        self.positions = torch.tensor(weights["positions"]) + torch.tensor(weights["segments"])[1]
        self.norm = nn.LayerNorm(self.positions.shape[1], 1e-12)
        self.norm.weight.data, self.norm.bias.data = (
            torch.tensor(weights[f"norm.{kind}"]) for kind in ("weight", "bias")
        )
        self.norm.requires_grad_(requires_grad=False)
        self.layers = nn.ModuleList(Layer(encoder, number) for number in range(LAYERS))
        self.attend = nn.Linear(self.positions.shape[1], len(CLASSES))
        self.heads = nn.Parameter(torch.zeros(len(CLASSES), self.positions.shape[1]))
        self.bias = nn.Parameter(torch.zeros(len(CLASSES)))
        self.drop = nn.Dropout(0.2)
        nn.init.normal_(self.attend.weight, 0, 0.02)
        nn.init.normal_(self.heads, 0, 0.02)

    def forward(self, words: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """The log-odds of each class."""
        hidden = self.norm(words + self.positions[: words.shape[1]])
        for layer in self.layers:
            hidden = layer(hidden, there)
        hidden = self.drop(hidden)
        weights = self.attend(hidden).masked_fill(~there[..., None], -1e4).softmax(1)
        pooled = torch.einsum("bwc,bwd->bcd", weights, hidden)
        result: torch.Tensor = (pooled * self.heads).sum(2) + self.bias
        return result


Batch = tuple[list[Example], torch.Tensor, torch.Tensor]


def batches(examples: Sequence[Example], size: int, *, shuffled: bool) -> Iterator[Batch]:
    """Those of about the same length together."""
    chosen = random.sample(examples, len(examples)) if shuffled else list(examples)
    near = [
        sorted(chosen[at : at + 20 * size], key=lambda each: len(each.text)) for at in range(0, len(chosen), 20 * size)
    ]
    groups = [some[at : at + size] for some in near for at in range(0, len(some), size)]
    for group in random.sample(groups, len(groups)) if shuffled else groups:
        vectors = [torch.tensor(shipped().word_vectors(each.text)[0][0]) for each in group]
        there = nn.utils.rnn.pad_sequence(
            [torch.ones(len(each), dtype=torch.bool) for each in vectors], batch_first=True
        )
        yield group, nn.utils.rnn.pad_sequence(vectors, batch_first=True), there


def train(
    network: Network, examples: Sequence[Example], ordinary: Sequence[Example], epochs: int
) -> dict[str, torch.Tensor]:
    """Teach `network`; the running average of its weights."""
    layers = list(network.layers.parameters())
    head = [*network.attend.parameters(), network.heads, network.bias]
    optimizer = torch.optim.AdamW(
        [{"params": layers, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], weight_decay=0.05
    )
    steps = epochs * math.ceil((len(examples) + ORDINARY) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda at: min(1, at / (0.06 * steps + 1)) * max(0, 1 - at / steps)
    )
    average = {name: value.clone() for name, value in network.state_dict().items()}
    by_id = {each.id: each for each in replies()}
    mishearing = Mishearing((by_id[each.id].reply, each.reply) for each in recognized([*by_id.values()]))
    blank = replace(next(iter(by_id.values())), evidence=())
    chance = random.Random(0)  # noqa: S311

    def heard(example: Example) -> Example:
        if chance.random() < AMONG_OTHERS:
            example = among_others(example, ordinary, chance)
        if chance.random() >= MISHEARD:
            return example
        return replace(example, text=mishearing.of(replace(blank, reply=example.text), chance).reply)

    hidden = torch.tensor(Encoder(ENCODER).word_vectors([MASK])[0])
    step = 0
    for epoch in range(epochs):
        network.train()
        seen = [*examples, *random.sample(ordinary, ORDINARY)]
        for group, words, there in batches([*map(heard, seen)], BATCH, shuffled=True):
            labels = torch.tensor([each.label for each in group])
            masked = (torch.rand(there.shape) < MASKED) & there
            masked[:, 0] = False
            words[masked] = hidden
            with torch.autocast("cpu", dtype=torch.bfloat16):
                odds = network(words, there)
            losses = nn.functional.cross_entropy(odds.float(), labels, reduction="none", label_smoothing=0.05)
            loss = (losses * torch.tensor([each.weight for each in group])).mean()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            kept = min(AVERAGED_OVER, (step + 1) / (step + 20))
            for name, value in network.state_dict().items():
                average[name].mul_(kept).add_(value, alpha=1 - kept)
        print(f"epoch {epoch + 1} of {epochs}: loss {loss.item():.3f}", flush=True)
    return average


def among_others(example: Example, ordinary: Sequence[Example], chance: random.Random) -> Example:
    """`example` with one or two of `ordinary` before or after it, where that is not too long."""
    said = [example.text]
    for other in chance.sample(ordinary, chance.choice((1, 1, 2))):
        said.insert(chance.choice((0, len(said))), other.text)
    text = " ".join(each if each[-1] in ".!?" else f"{each}." for each in said)
    return replace(example, text=text) if len(text.split()) <= AT_MOST_WORDS else example


def dangers(network: Network, examples: Sequence[Example]) -> np.ndarray:
    """How likely danger is in each of `examples`."""
    network.eval()
    found: dict[str, float] = {}
    with torch.no_grad():
        for group, words, there in batches(examples, 64, shuffled=False):
            odds = 1 - network(words, there).softmax(1)[:, 0]
            found.update(zip((each.text for each in group), odds.tolist(), strict=True))
    return np.array([found[each.text] for each in examples])


def threshold(network: Network, dev: Sequence[Example], ordinary: Sequence[Example]) -> float:
    """As the two marks above have it."""
    arguments = [each for each in dev if each.form == "argument"]
    return float(
        max(
            np.quantile(dangers(network, arguments), 1 - FALSE_ALARMS_IN_ARGUMENTS),
            np.quantile(dangers(network, ordinary), 1 - FALSE_ALARMS_IN_REPLIES),
        )
    )


def write(network: Network, mark: float, file: Path) -> str:
    """Write what ships, weights as int8 with a scale for each row; its SHA-256."""
    stored: dict[str, np.ndarray] = {
        "threshold": np.array([mark], dtype=np.float32),
        "positions": network.positions.numpy()[:128].astype(np.float16),
        "norm.weight": network.norm.weight.data.numpy(),
        "norm.bias": network.norm.bias.data.numpy(),
        "attend.weight": network.attend.weight.data.numpy().T,
        "attend.bias": network.attend.bias.data.numpy(),
        "heads": network.heads.data.numpy(),
        "bias": network.bias.data.numpy(),
    }
    for number, layer in enumerate(network.layers):
        parts: Any = layer.parts
        for name in ("in", "out", "up", "down"):
            linear = parts[name]
            rows = linear.weight.data.numpy()
            scale = np.abs(rows).max(axis=1) / 127
            stored[f"{number}.{name}.weight"] = np.round(rows / scale[:, None]).astype(np.int8)
            stored[f"{number}.{name}.weight.scale"] = scale.astype(np.float32)
            stored[f"{number}.{name}.bias"] = linear.bias.data.numpy()
        for name in ("norm1", "norm2"):
            stored[f"{number}.{name}.weight"] = parts[name].weight.data.numpy()
            stored[f"{number}.{name}.bias"] = parts[name].bias.data.numpy()
    np.savez_compressed(file, **stored)  # type: ignore[arg-type]
    return hashlib.sha256(file.read_bytes()).hexdigest()


def main(
    file: Path,
    start: Annotated[Path | None, typer.Option(help="weights to go on from")] = None,
    weights: Annotated[Path | None, typer.Option(help="where to keep the weights, to go on from")] = None,
    epochs: int = 12,
    threads: int = 1,
) -> None:
    """Train, choose, write."""
    torch.manual_seed(0)
    torch.set_num_threads(threads)
    random.seed(0)
    network = Network(Encoder(ENCODER))
    if start:
        network.load_state_dict(torch.load(start, weights_only=True))
    said = [Example(each.reply, 0, "reply", ORDINARY_WEIGHT) for each in replies() if each.part == "train"]
    unseen = [Example(each.reply, 0, "reply") for each in replies() if each.part == "dev"]
    network.load_state_dict(train(network, utterances("train"), said, epochs))
    if weights:
        torch.save(network.state_dict(), weights)
    print(write(network, threshold(network, utterances("dev"), unseen), file))


if __name__ == "__main__":
    typer.run(main)
