"""What is learned of judged law: the invented sample country, looked at by the pipeline with a small encoder."""

import pytest

from lexfloor.configs.training import JudgedSource
from lexfloor.eval.training.judged import judged_files
from lexfloor.eval.training.law_examples import law_examples
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.runner import Runner


@pytest.fixture
def examples(judged, standard, config, tmp_path, fake_models):
    """Return the examples of the sample country."""
    gold, laws = judged()
    file, _ = judged_files([JudgedSource(gold=str(gold), laws=str(laws))], standard, tmp_path / "unpacked")
    return law_examples(Runner.of(config), file, 6)


def test_examples_hold_what_people_cite_and_what_comes_near(examples, standard):
    """Every example asks as the standard words it; what people cite is right, and never a wrong one as well."""
    wording = standard.in_language("en").requirements
    assert len(examples) > 30
    for example in examples:
        assert example.group == "XVA"
        assert example.questions[-1] == wording[example.key].statement
        assert example.negatives
        assert not set(example.positives) & set(example.negatives)
        assert len(example.ordered) == len(example.prior) == 6
        assert list(example.prior) == sorted(example.prior, reverse=True)
        assert set(example.ordered) <= set(example.positives) | set(example.negatives)


def test_other_rules_of_the_benefit_are_wrong(examples):
    """What is cited for another requirement of the same Part is among the negatives of some, whatever the search found."""
    assert any(set(example.negatives) - set(example.ordered) for example in examples)


def test_the_last_source_of_a_country_counts(judged, standard, tmp_path):
    """A user's own judgements of a country stand in place of others."""
    gold, laws = judged()
    own = tmp_path / "own"
    own.mkdir()
    (own / "any.json").write_text((gold / "XVA.json").read_text(encoding="utf-8"), encoding="utf-8")
    sources = [JudgedSource(gold=str(folder), laws=str(laws)) for folder in (gold, own)]
    assert {file.country: file.source for file in judged_files(sources, standard, tmp_path)} == {"XVA": str(own), "XVB": str(gold)}
    assert [file.country for file in judged_files(sources, standard, tmp_path, ["XVB"])] == ["XVB"]
    with pytest.raises(InputError, match="XVC"):
        judged_files(sources, standard, tmp_path, ["XVC"])


def test_judgements_on_some_laws_stand_beside_those_on_all(judged, standard, tmp_path):
    """A country may be judged on all of its laws and on some; neither takes the other's place."""
    gold, laws = judged()
    sources = [JudgedSource(gold=str(gold), laws=str(laws), incomplete=incomplete) for incomplete in (False, True)]
    found = [file for file in judged_files(sources, standard, tmp_path) if file.country == "XVA"]
    assert [file.incomplete for file in found] == [False, True]
    assert [file.stamp().get("incomplete") for file in found] == [None, True]


def test_missing_folders_are_told(judged, standard, tmp_path):
    """Folders that are not there are named, with what makes them."""
    gold, laws = judged()
    with pytest.raises(InputError, match=r"nowhere.*corpus judgements"):
        judged_files([JudgedSource(gold="nowhere", laws=str(laws))], standard, tmp_path)
    with pytest.raises(InputError, match=r"nowhere.*no such folder of laws"):
        judged_files([JudgedSource(gold=str(gold), laws="nowhere")], standard, tmp_path)
