"""Training of adapters: batches, low-rank layers, and a loop that goes on where it was ended."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from lexfloor.configs.training import StepsConfig
from lexfloor.models.training.examples import Example, batch_of, hash_of
from lexfloor.models.training.loop import rate_at, train
from lexfloor.models.training.low_rank import adapter_of, add_low_rank, parameters_of
from lexfloor.pipeline.errors import ModelError

EXAMPLES = st.lists(st.sampled_from(("XVA", "XVB", "XVC")), min_size=2, max_size=30).map(
    lambda groups: [Example(f"R:{index}", group, ("q",), (f"right {index}",), (f"wrong {index}", f"other {index}")) for index, group in enumerate(groups)]
)


@given(EXAMPLES, st.integers(2, 6), st.integers(0, 3), st.integers(0, 5))
def test_a_pass_takes_each_example_once(examples, size, negatives, seed):
    """In a pass no example comes twice, all come but those that fill no batch, and a batch holds what was asked for."""
    size = min(size, len(examples))
    batches = [batch_of(examples, step, size=size, negatives=negatives, seed=seed) for step in range(len(examples) // size)]
    keys = [item.key for batch in batches for item in batch]
    assert len(keys) == len(set(keys)) == len(examples) // size * size
    assert {len(batch) for batch in batches} == {size}
    assert {len(item.negatives) for batch in batches for item in batch} == {min(negatives, 2)}
    assert batches == [batch_of(examples, step, size=size, negatives=negatives, seed=seed) for step in range(len(batches))]


def test_batches_are_of_one_group_where_it_has_enough():
    """Eight examples of one country and eight of another make four batches of four, each of one country."""
    examples = [Example(f"R:{index}", "XVA" if index < 8 else "XVB", ("q",), ("right",)) for index in range(16)]
    group = {example.key: example.group for example in examples}
    assert all(len({group[item.key] for item in batch_of(examples, step, size=4, negatives=0, seed=1)}) == 1 for step in range(8))


def test_the_hash_tells_examples_apart():
    """Order and content count."""
    one, two = (Example(f"R:{index}", "XVA", ("q",), ("right",)) for index in range(2))
    assert hash_of([one, two]) == hash_of([one, two]) != hash_of([two, one])


def model_of(layers=2):
    torch.manual_seed(0)
    model = nn.Module()
    model.layer = nn.ModuleList([nn.Sequential(nn.Linear(4, 4), nn.Tanh()) for _ in range(layers)])
    model.forward = lambda values: [values := layer(values) for layer in model.layer][-1]
    return model


def test_low_rank_layers_change_the_upper_layers_alone():
    """At first nothing changes; what is learned is small, and of the upper layers."""
    model, values = model_of(), torch.ones(1, 4)
    before = model(values)
    added = add_low_rank(model, rank=1, scale=2.0, layers=1, seed=0)
    assert list(added) == ["layer.1.0"]
    assert torch.equal(model(values), before)
    assert [name for name, parameter in model.named_parameters() if parameter.requires_grad] == ["layer.1.0.down", "layer.1.0.up"]
    adapter = adapter_of(added, "base")
    assert adapter.down["layer.1.0"].shape == (1, 4)
    assert adapter.up["layer.1.0"].shape == (4, 1)


def test_a_model_without_numbered_layers_is_refused():
    """There is nothing that could be called upper."""
    with pytest.raises(ModelError, match="numbered layers"):
        add_low_rank(nn.Linear(2, 2), rank=1, scale=1.0, layers=1, seed=0)


@given(st.integers(1, 9), st.integers(1, 6))
def test_a_training_may_be_ended_anywhere(tmp_path_factory, ended, every):
    """Whatever step it was ended at and however often it was kept, it ends with the same numbers."""
    folder, outcomes = tmp_path_factory.mktemp("loop"), []

    def trained(name, kill=None):
        model = model_of()
        parameters = parameters_of(add_low_rank(model, rank=1, scale=2.0, layers=2, seed=0))

        def loss_of(step):
            if step == kill:
                raise KeyboardInterrupt
            return ((model(torch.full((1, 4), float(step % 3))) - 1) ** 2).mean()

        losses = train(parameters, loss_of, StepsConfig(steps=10, learning_rate=0.05, checkpoint_every=every), folder / name, "stamp", lambda *_: None)
        outcomes.append((losses, [parameter.detach().clone() for parameter in parameters.values()]))

    trained("whole")
    with pytest.raises(KeyboardInterrupt):
        trained("again", kill=ended)
    trained("again")
    assert outcomes[0][0] == outcomes[1][0]
    assert all(torch.equal(*pair) for pair in zip(outcomes[0][1], outcomes[1][1], strict=True))


def test_the_rate_rises_and_falls():
    """Ten steps of which a fifth is for warming up."""
    options = StepsConfig(steps=10, learning_rate=1.0, warmup=0.2)
    rates = [rate_at(step, options) for step in range(10)]
    assert rates[0] < rates[1] == max(rates) == 1.0
    assert rates[2:] == sorted(rates[2:], reverse=True)
