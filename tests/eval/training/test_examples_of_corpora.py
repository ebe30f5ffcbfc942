"""What is learned of labelled corpora, as `lexfloor corpus build` writes them; and the example configurations that come with lexfloor."""

from pathlib import Path

import pytest

from lexfloor.configs.training import ClassifierTraining, EncoderTraining, RerankerTraining, load_training
from lexfloor.eval.labelled.corpora import benchmark_rows as rows
from lexfloor.eval.labelled.corpora.cards import dataset_card, load_corpus, table_file
from lexfloor.eval.labelled.corpora.columns import write_rows
from lexfloor.eval.training.corpus_examples import corpus_examples
from lexfloor.pipeline.errors import InputError

CONFIGS = Path(__file__).resolve().parents[3] / "configs" / "train"
TEXTS = ("A pear is weighed before it is sold.", "Apples are counted twice a day.", "", "A pear that is not weighed is given away.", "Plums are dried.")


@pytest.fixture
def built(tmp_path):
    """Return a function that writes a corpus of a name from the rows of its tables."""

    def written(name, tables):
        folder = tmp_path / name
        folder.mkdir()
        for table, (record, content) in tables.items():
            write_rows(folder / table_file(table), record, content)
        told = dataset_card(load_corpus(name), {table: record for table, (record, _) in tables.items()}, dict.fromkeys(tables, 1), "0", with_laws=False)
        (folder / "README.md").write_text(told, encoding="utf-8")
        return folder

    return written


@pytest.fixture
def questions(built):
    """Return a corpus of two questions on five passages, one of which has no words."""
    passages = [rows.PassageRow(passage=f"p{number}", document=1 + number // 3, label=str(number), text=text) for number, text in enumerate(TEXTS)]
    asked = [
        rows.QuestionRow(question="q0", text="When is a pear weighed?", group=1, answers=1),
        rows.QuestionRow(question="q1", text="What is done with plums?", group=1, answers=1),
    ]
    answers = [rows.RelevanceRow(question="q0", passage="p0", document=1), rows.RelevanceRow(question="q1", passage="p4", document=2)]
    return built("obliqa", {"questions": (rows.QuestionRow, asked), "passages": (rows.PassageRow, passages), "relevance": (rows.RelevanceRow, answers)})


def test_questions_with_their_answers(questions):
    """A question's answer is right, what shares its words and does not answer is wrong; its group is the document of the answer."""
    first, second = corpus_examples(questions, 2)
    assert (first.key, first.group, first.questions, first.positives) == ("q0", "1", ("When is a pear weighed?",), (TEXTS[0],))
    assert first.negatives == (TEXTS[3],)
    assert first.ordered == (TEXTS[0], TEXTS[3])
    assert first.prior[0] > first.prior[1] > 0
    assert (second.group, second.positives) == ("2", (TEXTS[4],))


def test_articles_ask_for_each_other(built):
    """The same article in two languages gives two examples, one each way, of one key."""
    pair = rows.PairRow(instrument="Pears", article="1", occurrence=1, language="de", other="en", text="Birnen", other_text="Pears")
    article = rows.ArticleRow(instrument="Pears", article="1", occurrence=1, language="de", part="", heading="", text="Birnen")
    folder = built("instruments", {"articles": (rows.ArticleRow, [article]), "pairs": (rows.PairRow, [pair])})
    examples = corpus_examples(folder, 5)
    assert [(example.questions, example.positives) for example in examples] == [(("Birnen",), ("Pears",)), (("Pears",), ("Birnen",))]
    assert {example.key for example in examples} == {"Pears 1 1"}
    assert {example.group for example in examples} == {"Pears"}


def test_other_folders_are_refused(tmp_path):
    """What can be learned from is named."""
    with pytest.raises(InputError, match=r"lexfloor corpus build.*obliqa"):
        corpus_examples(tmp_path, 5)


@pytest.mark.parametrize(("kind", "name"), [(EncoderTraining, "encoder"), (RerankerTraining, "reranker"), (ClassifierTraining, "classifier"), (ClassifierTraining, "shipped")])
def test_the_example_configurations_are_valid(kind, name):
    """What people copy to begin with can be read."""
    assert load_training(kind, CONFIGS / f"{name}.toml")
