"""The network that is trained: MiniLM under a head that finds, for each code, the words that earn it.

`rehearse/feedback/encoder.py` computes the same with NumPy; its parity is tested.
"""

from pathlib import Path

import torch
from torch import Tensor, nn

RULES_WORTH = 3.0
"""What a certain rule adds to its code's log-odds before anything is learned."""
WIDTH, HEADS, LAYERS, INNER, POSITIONS, WORDS = 384, 12, 6, 1536, 512, 30_522


class Network(nn.Module):
    """From tokens and rule findings to one logit a code, and one a token and code."""

    def __init__(self, codes: int) -> None:
        super().__init__()
        self.words = nn.Embedding(WORDS, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.segments = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.1)
        layer = nn.TransformerEncoderLayer(
            WIDTH, HEADS, INNER, 0.1, activation="gelu", layer_norm_eps=1e-12, batch_first=True
        )
        self.body = nn.TransformerEncoder(layer, LAYERS, enable_nested_tensor=False)
        self.evidence = nn.Linear(WIDTH, codes)
        self.pooled = nn.Parameter(torch.zeros(codes, WIDTH))
        self.whole = nn.Linear(WIDTH, codes)
        self.rules = nn.Linear(2 * codes, codes, bias=False)
        self.ends = nn.Linear(2 * WIDTH, 1)
        nn.init.normal_(self.pooled, std=0.02)
        with torch.no_grad():  # a rule that found its code is believed from the first step
            self.rules.weight.copy_(torch.cat([RULES_WORTH * torch.eye(codes), torch.zeros(codes, codes)], dim=1))

    def forward(
        self, tokens: Tensor, segments: Tensor, padding: Tensor, in_reply: Tensor, rules: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of the codes (batch, codes), of each token's being evidence (batch, tokens, codes), and of the reply's
        ending here (batch).

        `padding` and `in_reply` are masks (batch, tokens); `rules` what the rules found (batch, 2 ×
        codes).
        """
        places = torch.arange(tokens.shape[1], device=tokens.device)
        hidden = self.words(tokens) + self.positions(places) + self.segments(segments)
        hidden = self.body(self.dropout(self.norm(hidden)), src_key_padding_mask=padding).float()
        evidence = self.evidence(hidden)
        share = evidence.masked_fill(~in_reply[:, :, None], -1e4).softmax(dim=1)
        pooled = torch.einsum("btc,btw->bcw", share, hidden)
        logits = (
            (self.dropout(pooled) * self.pooled).sum(-1) + self.whole(self.dropout(hidden[:, 0])) + self.rules(rules)
        )
        last = hidden[torch.arange(len(tokens), device=tokens.device), (~padding).sum(1) - 1]
        ends = self.ends(self.dropout(torch.cat([hidden[:, 0], last], dim=1)))[:, 0]
        return logits, evidence, ends


def pretrained(network: Network, file: Path) -> None:
    """Give `network` the weights of all-MiniLM-L6-v2, whose layout is BERT's."""
    from safetensors.torch import load_file

    weights = load_file(file)
    known = {name.removeprefix("bert."): tensor for name, tensor in weights.items()}

    def put(parameter: nn.Parameter, *names: str) -> None:
        with torch.no_grad():
            parameter.copy_(torch.cat([known[name] for name in names])[: parameter.shape[0]])

    for table, name in (("words", "word"), ("positions", "position"), ("segments", "token_type")):
        put(getattr(network, table).weight, f"embeddings.{name}_embeddings.weight")
    for kind in ("weight", "bias"):
        put(getattr(network.norm, kind), f"embeddings.LayerNorm.{kind}")
        for number, layer in enumerate(network.body.layers):
            at = f"encoder.layer.{number}"
            put(
                getattr(layer.self_attn, f"in_proj_{kind}"),
                *(f"{at}.attention.self.{part}.{kind}" for part in ("query", "key", "value")),
            )
            put(getattr(layer.self_attn.out_proj, kind), f"{at}.attention.output.dense.{kind}")
            put(getattr(layer.norm1, kind), f"{at}.attention.output.LayerNorm.{kind}")
            put(getattr(layer.linear1, kind), f"{at}.intermediate.dense.{kind}")
            put(getattr(layer.linear2, kind), f"{at}.output.dense.{kind}")
            put(getattr(layer.norm2, kind), f"{at}.output.LayerNorm.{kind}")
