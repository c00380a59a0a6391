"""Which Whisper model, where nobody asked for one: `base.en` if it is quick enough on this machine, else `tiny.en`."""

from pathlib import Path
from time import perf_counter

from rehearse.audio.late_whisper import import_whisper
from rehearse.audio.weights import is_reachable
from rehearse.whole_files import replacing

BETTER, QUICKER = "base.en", "tiny.en"
QUICK_ENOUGH_S = 0.5
"""How long a reply of 5 s may take to transcribe, in seconds."""
_CHOICE = "chosen-model"
_TOKENS = 20
"""In a reply of 5 s."""
_TIMES = 3


def default_model(folder: Path) -> str:
    """The name of the model to use with the weights in `folder`: the one chosen before, else the better one that will
    do here, which is then remembered.

    Only the first choice measures (seconds) and asks whether the better one can be had; after that nothing goes online.
    """
    if chosen := chosen_model(folder):
        return chosen
    quick = is_reachable(BETTER) and seconds_for_a_reply() <= QUICK_ENOUGH_S
    name = BETTER if quick else QUICKER
    choose(name, folder)
    return name


def chosen_model(folder: Path) -> str | None:
    """The name of the model that was chosen for the weights in `folder`; None before the first choice."""
    try:
        return (folder / _CHOICE).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def choose(name: str, folder: Path) -> None:
    """Remember `name` as the model to use with the weights in `folder`.

    Raises:
        OutputError: it cannot be written.
    """
    with replacing(folder / _CHOICE) as temporary:
        temporary.write_text(f"{name}\n", encoding="utf-8")


def seconds_for_a_reply() -> float:
    """How long a reply of 5 s takes here with a model of base.en's size.

    Its weights are random, which makes no difference to the time. Of three times the shortest counts: the one that
    whatever else runs here has disturbed least.
    """
    import_whisper()
    import torch
    from whisper.model import ModelDimensions, Whisper

    from rehearse.audio.cut_encoder import prepare
    from rehearse.audio.greedy import GreedyDecoder
    from rehearse.audio.whisper_transcriber import CONTEXT_S

    base_en = ModelDimensions(
        n_mels=80,
        n_audio_ctx=1500,
        n_audio_state=512,
        n_audio_head=8,
        n_audio_layer=6,
        n_vocab=51864,
        n_text_ctx=448,
        n_text_state=512,
        n_text_head=8,
        n_text_layer=6,
    )
    model = prepare(Whisper(base_en))
    torch.nn.init.zeros_(model.decoder.positional_embedding)  # the only one that Whisper leaves as it finds it
    decoder = GreedyDecoder(model)
    mel = torch.zeros(1, base_en.n_mels, round(CONTEXT_S * 100))

    def timed() -> float:
        began = perf_counter()
        with torch.inference_mode():
            decoder.decode(model.encoder(mel), _TOKENS)
        return perf_counter() - began

    return min(timed() for _ in range(_TIMES))
