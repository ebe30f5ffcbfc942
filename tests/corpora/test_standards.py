"""Standards are data that say what is wrong with them."""

import shutil
from pathlib import Path

import pytest

from lexfloor.corpora.languages import known_languages
from lexfloor.corpora.standards import json_schema, load_standard, standard_names
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.records import Contingency
from lexfloor.pipeline.screen import screen

SHIPPED = Path(__file__).resolve().parents[2] / "corpora" / "standards"
OWN = """id = "T1"
title = "Test instrument"
adopted = 2020

[acceptance]
article = "2"
always = ["II"]
minimum = 1
choose_from = ["I"]
at_least_one_of = ["I"]

[[schedule]]
part = "I"
contingency = "maternity"
beneficiary = "woman"
percentage = 45

[[parts]]
id = "I"
contingency = "maternity"
articles = "1-2"

[[parts]]
id = "II"
contingency = "all"
articles = "3"

[[requirements]]
id = "T1:1"
part = "I"
contingency = "maternity"
dimension = "coverage"
article = "1"

[[requirements]]
id = "T1:2"
part = "I"
contingency = "maternity"
dimension = "benefit_level"
article = "2(1)"
rule = {parameter = "maximum_duration", op = ">=", value = 12, unit = "weeks"}

[[requirements]]
id = "T1:3"
part = "II"
contingency = "all"
dimension = "governance"
article = "3"

[wording.en]
language = "en"

[wording.en.parts]
I = "Maternity"
II = "Common"

[wording.en.contingencies]
maternity = ["maternity benefit"]

[wording.en.requirements."T1:1"]
statement = "Workers are covered."
as_law = ["Every worker is insured."]
terms = ["insured"]

[wording.en.requirements."T1:2"]
statement = "Benefit lasts twelve weeks."
as_law = ["Maternity benefit is paid for twelve weeks."]
terms = ["maternity"]

[wording.en.requirements."T1:3"]
statement = "There is an appeal."
as_law = ["A person may appeal to the Tribunal."]
terms = ["appeal"]
"""


def _written(tmp_path, text, name="own.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_c102(standard):
    """The 67 requirements stand in the order of the Convention's articles."""
    assert len(standard.requirements) == 67
    numbers = [int(requirement.main_article) for requirement in standard.requirements]
    assert numbers == sorted(numbers)
    assert (numbers[0], numbers[-1]) == (8, 72)
    order = [part.id for part in standard.parts]
    assert [requirement.part for requirement in standard.requirements] == sorted((requirement.part for requirement in standard.requirements), key=order.index)
    assert standard_names() == tuple(sorted(standard_names()))
    assert "c102" in standard_names()


@pytest.mark.parametrize("language", [code for code in known_languages() if code != "und"])
def test_c102_in_every_language(standard, language):
    """Each language has its own wording of all requirements, Parts and contingencies."""
    wording = standard.wording[language]
    assert list(wording.requirements) == [requirement.id for requirement in standard.requirements] or set(wording.requirements) == {r.id for r in standard.requirements}
    assert set(wording.parts) == {part.id for part in standard.parts}
    assert set(wording.contingencies) >= set(Contingency) - {Contingency.ALL}
    if language != "en":
        english = standard.wording["en"].requirements
        same = [wanted for wanted, words in wording.requirements.items() if words.statement == english[wanted].statement]
        assert not same


def test_c102_floor_figures(standard):
    """Some figures that every reader of the Convention knows. Source: C102, arts. 18, 28, 52, Schedule."""
    rules = {requirement.id: requirement.rule for requirement in standard.requirements}
    assert (rules["C102:52"].op, rules["C102:52"].value, rules["C102:52"].unit) == (">=", 12, "weeks")
    assert (rules["C102:18.waiting"].op, rules["C102:18.waiting"].value) == ("<=", 3)
    assert {line.part: line.percentage for line in standard.schedule if line.part != "VI"} == {"III": 45, "IV": 45, "V": 40, "VIII": 45, "IX": 40, "X": 40}


def test_an_own_standard_in_one_file(tmp_path):
    """A file that a user wrote loads by its path, wording included."""
    path = _written(tmp_path, OWN)
    own = load_standard(path)
    assert [requirement.id for requirement in own.requirements] == ["T1:1", "T1:2", "T1:3"]
    assert own.requirement("T1:2").rule.value == 12
    assert own.in_language("fr").requirements["T1:3"].statement == "There is an appeal."
    assert own.key == path


def test_an_own_standard_with_a_folder_of_languages(tmp_path):
    """Wording may stand in files beside, one a language."""
    head, _, words = OWN.partition("[wording.en]\n")
    path = _written(tmp_path, head)
    (tmp_path / "own").mkdir()
    for language in ("en", "fr"):
        (tmp_path / "own" / f"{language}.toml").write_text(words.replace("[wording.en.", "[").replace('language = "en"', f'language = "{language}"'), encoding="utf-8")
    assert sorted(load_standard(path).wording) == ["en", "fr"]


def test_an_own_standard_is_screened(fake_models, tmp_path, write_country, maternity_act, config):
    """A run against a user's standard gives its requirements."""
    path = _written(tmp_path, OWN)
    summary = screen([write_country("XAA", {"act.txt": maternity_act})], tmp_path / "out", config.model_copy(update={"standard": path}))
    assert summary.counts["XAA"]["findings"] == 3
    assert "T1:2" in (tmp_path / "out" / "compliance.csv").read_text(encoding="utf-8-sig")


DEFECTS = [
    ('dimension = "governance"', 'dimension = "goverance"', "T1:3", "dimension"),
    ('contingency = "all"\ndimension', 'contingency = "everything"\ndimension', "T1:3", "contingency"),
    ('article = "3"\n\n[wording', "\n[wording", "T1:3", "article"),
    ('article = "1"\n', 'article = "1"\ncolour = "red"\n', "T1:1", "colour"),
    ('id = "T1:2"', 'id = "T1-2"', "T1-2", "id"),
    ('id = "T1:2"', 'id = "T1:1"', "T1:1", "twice"),
    ('id = "T1:2"\npart = "I"', 'id = "T1:2"\npart = "V"', "T1:2", "part"),
    ('id = "T1:3"', 'id = "T2:3"', "T2:3", "T1:"),
    ('op = ">="', 'op = "=>"', "T1:2", "op"),
    ("value = 12", 'value = "twelve"', "T1:2", "value"),
    ('unit = "weeks"', 'unit = ""', "T1:2", "unit"),
    ("percentage = 45", "percentage = 145", "", "percentage"),
    ("minimum = 1", "minimum = 0", "", "minimum"),
    ('title = "Test instrument"\n', "", "", "title"),
    ("adopted = 2020", "adopted = 'long ago'", "", "adopted"),
    ('I = "Maternity"', "", "", "parts.I"),
    ('as_law = ["Every worker is insured."]', "as_law = []", "T1:1", "as_law"),
    ('terms = ["appeal"]', "", "T1:3", "terms"),
    ('[wording.en.requirements."T1:3"]', '[wording.en.requirements."T1:4"]', "T1:3", "no wording"),
    ('maternity = ["maternity benefit"]', 'maternaty = ["maternity benefit"]', "", "maternaty"),
    ('maternity = ["maternity benefit"]', "", "", "maternity"),
    ('choose_from = ["I"]', 'choose_from = ["I", "XX"]', "", "XX"),
    ('always = ["II"]', 'always = ["XX"]', "", "XX"),
    ('id = "T1"', 'id = "T1', "", "TOML"),
    ("[wording.en", "[wording.fr", "", "English"),
]


@pytest.mark.parametrize(("old", "new", "item", "words"), DEFECTS)
def test_one_defect_is_named(tmp_path, old, new, item, words):
    """A standard with one defect is refused, naming the file, the requirement where there is one, and the field."""
    assert old in OWN
    with pytest.raises(DataFileError) as caught:
        load_standard(_written(tmp_path, OWN.replace(old, new)))
    message = str(caught.value)
    assert "own.toml" in message
    assert item in message
    assert words in message


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("c102.toml", 'id = "C102:52"', 'id = "C102:520"', "C102:52"),
        ("c102/fr.toml", '"C102:52"', '"C102:520"', "C102:52"),
        ("c102/fr.toml", 'language = "fr"', 'language = "FR"', "language"),
        ("c102/fr.toml", 'language = "fr"', 'language = "fr"\nnotes = "x"', "notes"),
        ("c102/sw.toml", "[parts]", "[parts", "TOML"),
    ],
)
def test_a_defect_in_a_copy_of_c102(tmp_path, file, old, new, words):
    """The file of many in which the defect stands is named."""
    shutil.copytree(SHIPPED, tmp_path / "s")
    path = tmp_path / "s" / file
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load_standard(str(tmp_path / "s" / "c102.toml"))
    assert words in str(caught.value)
    assert (Path(file).name if "520" not in new or "/" in file else "c102") in str(caught.value)


@pytest.mark.parametrize("name", ["c999", "", "../c102", "/nowhere/x.toml"])
def test_no_such_standard(name):
    """A name that is none is refused."""
    with pytest.raises(DataFileError):
        load_standard(name)


def test_json_schema_knows_every_field():
    """The schema for editors names the fields of a requirement."""
    assert {"id", "part", "contingency", "dimension", "article", "rule"} <= set(json_schema()["$defs"]["Requirement"]["properties"])
