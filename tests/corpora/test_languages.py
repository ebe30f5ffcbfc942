"""What is known of languages holds together."""

from pathlib import Path

import pytest

from lexfloor.corpora.languages import Cues, known_languages, language_rules, nearest_language, read_language
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.reading import section_reader
from lexfloor.pipeline.words import folded, index_terms, terms_and_pairs

LANGUAGES = known_languages()
FOLDER = Path(__file__).resolve().parents[2] / "corpora" / "languages"
UNITS = ("days", "weeks", "months", "years", "percent")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_file_loads(code):
    """Each file is valid and carries the code of its name."""
    rules = language_rules(code)
    assert rules.code == code
    assert rules.name
    assert all(getattr(rules.units, unit) for unit in UNITS)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("one", "other"), [("entitlement", "refusal"), ("at_least", "at_most"), ("general_scope", "limited_scope")])
def test_opposites_share_no_phrase(code, one, other):
    """No phrase says a thing and its opposite, in the spelling in which phrases are compared."""
    cues = language_rules(code).cues
    assert {folded(phrase) for phrase in getattr(cues, one)} & {folded(phrase) for phrase in getattr(cues, other)} == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_word_is_one_unit(code):
    """No word means two units of time."""
    units = language_rules(code).units
    seen = {}
    double = [(word, name, seen[word.lower()]) for name in UNITS for word in getattr(units, name) if seen.setdefault(word.lower(), name) != name]
    assert not double


@pytest.mark.parametrize("code", LANGUAGES)
def test_numbers_are_numbers(code):
    """Words have one value, fractions are positive, the decimal mark groups no thousands."""
    numbers = language_rules(code).numbers
    values = {}
    for word, value in numbers.words.items():
        assert values.setdefault(word.lower(), value) == value, word
        assert value >= 0
    assert all(top > 0 and bottom > 0 for top, bottom in numbers.fractions.values())
    assert numbers.decimal not in numbers.thousands
    assert all(value > 0 for value in numbers.ordinals.values())


@pytest.mark.parametrize("code", LANGUAGES)
def test_tools_of_a_language_exist(code):
    """The stemmer and the tokenizer that a file names are there, and its phrases are found in a text."""
    import Stemmer

    rules = language_rules(code)
    assert not rules.stemmer or rules.stemmer in Stemmer.algorithms()
    reader = section_reader(code, "c102")
    assert index_terms("abc def 第一 العمل", rules)
    for label in Cues.model_fields:
        for phrase in getattr(rules.cues, label)[:2]:
            text = f"xx {phrase} xx" if rules.spaced else phrase
            hits = [text[hit.start : hit.end] for hit in reader.read(text).hits if hit.group == "cues"]
            assert any(folded(phrase) in folded(hit) for hit in hits), (label, phrase)


@pytest.mark.parametrize(("code", "nearest"), [("en", "en"), ("zz", "und"), ("und", "und"), ("", "und")])
def test_nearest_language(code, nearest):
    """A language without a file is read by layout and numbers only."""
    assert nearest_language(code) == nearest


def test_stands_for():
    """A language that stands for others is theirs, and no two stand for one."""
    claimed = {}
    for code in LANGUAGES:
        for other in language_rules(code).stands_for:
            assert claimed.setdefault(other, code) == code
            assert other not in LANGUAGES
            assert nearest_language(other) == code


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('code = "en"', 'code = "English"', "code"),
        ("[units]", "[unit]", "unit"),
        ("spaced = true", 'spaced = "perhaps"', "spaced"),
        ('decimal = "."', 'decimal = ".."', "decimal"),
        ("first = 1", 'first = "one"', "ordinals"),
        ("[structure]", "[structure", "TOML"),
    ],
)
def test_a_broken_language_names_its_field(old, new, field):
    """A defect is told with file and field."""
    source = (FOLDER / "en.toml").read_text(encoding="utf-8")
    assert old in source
    with pytest.raises(DataFileError) as caught:
        read_language(source.replace(old, new, 1), "en.toml")
    assert "en.toml" in str(caught.value)
    assert field in str(caught.value)


def test_an_unknown_language():
    """A code without a file names those there are."""
    with pytest.raises(DataFileError, match=r"known:.*en"):
        language_rules("tlh")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One is paid. Two is not.", ["One is paid.", "Two is not."]),
        ("See art. 5 of the Act. Then stop.", ["See art. 5 of the Act.", "Then stop."]),
        ("The rate is 5.5 per cent. It is paid.", ["The rate is 5.5 per cent.", "It is paid."]),
        ("First; second.", ["First;", "second."]),
        ("One\n\nTwo", ["One", "Two"]),
        ("", []),
        ("   ", []),
    ],
)
def test_sentences(text, sentences):
    """Sentences end where a reader stops, not at abbreviations."""
    reading = section_reader("en", "c102").read(text)
    assert [text[start:end] for start, end in reading.sentences] == sentences


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("she is not entitled to it", "refusal"),
        ("she is entitled to it", "entitlement"),
        ("not less than ten", "at_least"),
        ("not more than ten", "at_most"),
        ("A lump sum", "lump_sum"),
    ],
)
def test_the_longer_phrase_counts(text, label):
    """Of two phrases that overlap the longer is meant."""
    assert [hit.label for hit in section_reader("en", "c102").read(text).hits if hit.group == "cues"] == [label]


@pytest.mark.parametrize(
    ("language", "text", "hit"),
    [("fr", "l’assuré a droit à la pension", "entitlement"), ("es", "TENDRÁ DERECHO a la pensión", "entitlement"), ("de", "hat keinen Anspruch auf Geld", "refusal")],
)
def test_phrases_in_any_spelling(language, text, hit):
    """Accents, capitals and curly apostrophes do not hide a phrase, and places are the text's own."""
    hits = [found for found in section_reader(language, "c102").read(text).hits if found.group == "cues"]
    assert hit in {found.label for found in hits}
    assert all(0 <= found.start < found.end <= len(text) for found in hits)


def test_words_side_by_side_are_terms_too():
    """A pair tells a waiting period from a period in which somebody waits; single words are all kept."""
    rules = language_rules("en")
    assert terms_and_pairs("The waiting period", rules)[:3] == index_terms("The waiting period", rules)
    assert "wait period" in terms_and_pairs("waiting period", rules)
    assert "wait period" not in terms_and_pairs("period of waiting", rules)
    assert terms_and_pairs("", rules) == []
