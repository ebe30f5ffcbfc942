"""Batches: every text once, padded to few lengths, shapes that follow from the length alone."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.models.batches import STEP, batches, packs, padded


class Words:
    """A tokenizer of words: a text's tokens are its words' lengths; a pair's second text has another type."""

    pad_token_id = 99
    pad_token_type_id = 7

    def __call__(self, texts, truncation, max_length):
        found = {"input_ids": [], "token_type_ids": [], "attention_mask": []}
        for text in texts:
            parts = (text,) if isinstance(text, str) else text
            tokens = [(len(word), place) for place, part in enumerate(parts) for word in part.split()][:max_length]
            found["input_ids"].append([token for token, _ in tokens])
            found["token_type_ids"].append([place for _, place in tokens])
            found["attention_mask"].append([1] * len(tokens))
        return found


def _words(count):
    return " ".join(["word"] * count)


TEXTS = st.lists(st.integers(1, 60).map(_words), max_size=40)


@given(TEXTS, st.integers(16, 64), st.integers(1, 300))
def test_every_text_is_in_one_batch(texts, most, budget):
    """No text is lost or computed twice, the shortest come first, and a batch keeps to its budget unless it is one text."""
    found = list(batches(Words(), texts, most, budget))
    assert sorted(place for batch in found for place in batch.places) == list(range(len(texts)))
    lengths = [batch.features["input_ids"].shape[1] for batch in found]
    assert lengths == sorted(lengths)
    for batch in found:
        rows, length = batch.features["input_ids"].shape
        assert rows * length <= budget or rows == 1
        assert all(length == padded(min(most, len(texts[place].split())), most) for place in batch.places)
        assert (batch.features["attention_mask"][: len(batch.places)].sum(axis=1) > length - STEP).all()


@given(TEXTS, st.integers(1, 300))
def test_a_text_alone_has_the_shape_that_it_has_among_others(texts, budget):
    """The shape of a text's batch does not depend on what else is asked for."""
    for batch in batches(Words(), texts, 64, budget):
        for row, place in enumerate(batch.places):
            (alone,) = batches(Words(), [texts[place]], 64, budget)
            for name, values in batch.features.items():
                assert alone.features[name].shape == values.shape
                assert np.array_equal(alone.features[name][0], values[row])


@given(TEXTS, st.integers(16, 64), st.integers(1, 300))
def test_packs_hold_what_there_is_room_for(texts, most, budget):
    """Every text is in one pack, the shortest first; a pack keeps to its budget of tokens unless it is one text, and the next text had no room in it."""
    found = list(packs(Words(), texts, most, budget))
    assert sorted(place for batch in found for place in batch.places) == list(range(len(texts)))
    counts = [batch.features["attention_mask"].sum(axis=1).tolist() for batch in found]
    assert [count for pack in counts for count in pack] == sorted(min(most, len(text.split())) for text in texts)
    for pack, later in zip(counts, [*counts[1:], [budget + 1]], strict=False):
        assert sum(pack) <= budget or len(pack) == 1
        assert sum(pack) + later[0] > budget


def test_pairs_keep_their_types():
    """Pairs are padded as texts are: with the tokenizer's own fillers, and no attention to these."""
    (batch,) = batches(Words(), [("a bb", "ccc")], 512, 32)
    assert batch.features["input_ids"][0].tolist() == [1, 2, 3] + [99] * 13
    assert batch.features["token_type_ids"][0].tolist() == [0, 0, 1] + [7] * 13
    assert batch.features["attention_mask"].tolist() == [[1] * 3 + [0] * 13] * 2


def test_nothing_gives_no_batch():
    """No texts, no batches."""
    assert list(batches(Words(), [], 512, 64)) == list(packs(Words(), [], 512, 64)) == []
