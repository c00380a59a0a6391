"""The views in which the network sees a reply keep the words that earned its codes."""

from pathlib import Path

from training.corpus import advice, flattened, recognized, replies


def test_flattening_moves_no_letter() -> None:
    for each in replies():
        flat = flattened(each.reply)
        assert len(flat) == len(each.reply)
        assert flat == flat.lower()
        assert not set(".,;:!?—") & set(flat)


def test_recognized_replies_keep_their_codes_and_mostly_the_words() -> None:
    written = {each.id: each for each in replies()}
    heard = recognized(list(written.values()))
    assert len({each.id for each in heard if each.part == "test"}) == sum(e.part == "test" for e in written.values())
    near = 0
    for each in heard:
        assert each.codes == written[each.id].codes
        for (_, start, end), (_, first, last) in zip(each.evidence, written[each.id].evidence, strict=True):
            assert 0 <= start < end <= len(each.reply)
            near += bool(
                set(each.reply[start:end].lower().split()) & set(written[each.id].reply[first:last].lower().split())
            )
    assert near > 0.9 * sum(len(each.evidence) for each in heard)


def test_sentences_of_the_advice_corpora_are_joined_as_people_write(tmp_path: Path) -> None:
    file = tmp_path / "some_train.tsv"
    rows = [
        "ID\tMajority_label\tDS_Label\tSentence",
        "a\t1\t1\tDo n't wait , ask her ( today ) .",
        "b\t0\t1\tI did that .",
    ]
    file.write_text("\n".join([*rows, "c\t0\t0\tShe ’s in the back garden !"]) + "\n", encoding="utf-8")
    found = advice(file)
    assert [(each.reply, each.advice) for each in found] == [
        ("Don't wait, ask her (today).", True),
        ("She’s in the back garden!", False),
    ]
