"""Labelled corpora as data sets: what load_dataset opens, without the net."""

import shutil
from hashlib import sha256
from pathlib import Path

import datasets
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.corpora.judgements import read_judgements
from lexfloor.eval.labelled.checked import laws_of
from lexfloor.eval.labelled.corpora import build, corpus_names, held_out, load_corpus
from lexfloor.eval.labelled.corpora.judged import evidence_rows, figure_rows, packed_countries
from lexfloor.eval.labelled.corpora.judged_rows import EvidenceTextRow
from lexfloor.eval.labelled.positions import packed, write_packed
from lexfloor.pipeline.errors import DataFileError, InputError
from lexfloor.pipeline.plain import readable

ROOT = Path(__file__).resolve().parents[3]
GOLD = ROOT / "corpora" / "gold" / "XVA.json"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the folder of the sample as a corpus."""
    out = tmp_path_factory.mktemp("corpus") / "sample"
    build("sample", out, Path("nowhere"))
    return out


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """Return load_dataset as a machine without the net has it, with a cache of its own."""
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)

    def load(folder, *args, **options):
        return datasets.load_dataset(str(folder), *args, cache_dir=str(tmp_path / "cache"), **options)

    return load


def test_the_sample_opens_as_a_data_set(built, opened, standard):
    """The folder opens by its path alone: the findings; the other tables by name."""
    findings = opened(built)["dev"]
    gold = read_judgements(GOLD, standard)
    assert findings["requirement"] == [item.requirement for item in gold.findings]
    assert findings["verdict"] == [str(item.verdict) for item in gold.findings]
    assert findings["rationale"] == [item.rationale for item in gold.findings]
    assert set(findings["language"]) == {"en"}
    evidence = opened(built, "evidence", split="dev")
    figures = opened(built, "figures", split="dev")
    assert evidence.num_rows == sum(len(item.evidence) for item in gold.findings) == sum(findings["quotes"]) + sum(findings["near_misses"])
    assert figures.num_rows == sum(findings["figures"]) > 50
    assert set(evidence["verdict"]) <= set(findings["verdict"])


def test_positions_hold_the_quotes(built, opened, sample):
    """Between its offsets each quote stands in the file of that hash; its section holds it."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sample.iterdir()}
    for row in opened(built, "evidence", split="dev"):
        assert row["file_sha256"] == sha256(texts[row["file"]].encode()).hexdigest()
        assert readable(texts[row["file"]][row["start"] : row["end"]]) == row["quote"]
        assert row["section_start"] <= row["start"] < row["end"] <= row["section_end"]
        assert row["quote"] in readable(row["section_text"])


def test_same_data_same_bytes(built, tmp_path):
    """Building again gives the very bytes, also over an older copy."""
    before = {path.name: path.read_bytes() for path in built.iterdir()}
    build("sample", built, Path("nowhere"))
    build("sample", tmp_path / "again", Path("nowhere"))
    for folder in (built, tmp_path / "again"):
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_card_tells_what_is_inside(built):
    """Front matter is YAML with configurations, licence and language; every column of every table is described."""
    text = (built / "README.md").read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("---\n")[1])
    assert (front["license"], front["language"]) == ("apache-2.0", ["en"])
    assert [config["config_name"] for config in front["configs"]] == ["findings", "evidence", "figures"]
    assert [config.get("default", False) for config in front["configs"]] == [True, False, False]
    for config in front["configs"]:
        schema = datasets.Dataset.from_parquet(str(built / config["data_files"][0]["path"])).features
        assert all(f"| {column} |" in text for column in schema)
    assert "revision `" in text
    for heading in ("## Made", "## Licence", "## Citation", "## Splits"):
        assert heading in text


def test_c102_holds_no_word_of_law(tmp_path, opened):
    """Judgements of real law are kept as positions and hashes: no column holds a quote, a rationale or a section."""
    counts = build("c102", tmp_path / "c102", Path("nowhere"))
    assert counts["findings"] == 13 * 67
    evidence = opened(tmp_path / "c102", "evidence", split="dev")
    assert not {"quote", "section_text"} & set(evidence.features)
    assert max(len(value) for row in evidence for name, value in row.items() if isinstance(value, str) and name != "file") <= 80
    assert set(opened(tmp_path / "c102", split="dev")["rationale"]) == {""}
    assert "on your own disk" not in (tmp_path / "c102" / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def packed_sample(tmp_path, sample, standard):
    """Return a folder of packed judgements and one of laws, both of the sample."""
    laws = tmp_path / "laws"
    shutil.copytree(sample, laws / "XVA")
    judged = read_judgements(GOLD, standard)
    write_packed(tmp_path / "packed" / "XVA.json", packed(judged, laws_of(judged, laws)))
    return tmp_path / "packed", laws


def test_words_come_back_where_the_laws_are(packed_sample, standard):
    """With the laws at hand the quotes are those of the gold file, each with its section; without, rows are positions."""
    folder, laws = packed_sample
    (country,) = packed_countries(folder, laws)
    quotes = [item.quote for finding in read_judgements(GOLD, standard).findings for item in finding.evidence]
    rows = list(evidence_rows(country))
    assert [row.quote for row in rows] == quotes
    assert all(row.section_text for row in rows)
    assert {row.quote for row in figure_rows(country)} <= set(quotes)
    (bare,) = packed_countries(folder, None)
    assert [(row.start, row.end) for row in evidence_rows(bare)] == [(row.start, row.end) for row in rows]
    assert not any(isinstance(row, EvidenceTextRow) for row in evidence_rows(bare))


def test_other_laws_are_refused(packed_sample):
    """Positions in one version of a law are not looked up in another."""
    folder, laws = packed_sample
    act = laws / "XVA" / "employment-act.txt"
    act.write_text(act.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"XVA/employment-act\.txt: not the file that was judged"):
        list(packed_countries(folder, laws))


def test_a_country_is_held_out_whole():
    rows = datasets.Dataset.from_dict({"country": ["XVA", "XVB", "XVA", "XVC"], "n": [1, 2, 3, 4]})
    train, test = held_out(rows, "XVA")
    assert (list(train["n"]), list(test["n"])) == ([2, 4], [1, 3])
    with pytest.raises(InputError, match="no country 'XVD' in this corpus; it has XVA, XVB, XVC"):
        held_out(rows, "XVD")
    with pytest.raises(InputError, match="XVA is the only country"):
        held_out(test, "XVA")


@given(st.lists(st.sampled_from(["XVA", "XVB", "XVC"]), min_size=2, max_size=30).filter(lambda names: len(set(names)) > 1))
def test_holding_out_splits_no_country(names):
    """Every row is in one of both, and no country in both, whichever is held out."""
    rows = datasets.Dataset.from_dict({"country": names, "n": list(range(len(names)))})
    for country in set(names):
        train, test = held_out(rows, country)
        assert sorted([*train["n"], *test["n"]]) == list(range(len(names)))
        assert not set(train["country"]) & set(test["country"])
        assert set(test["country"]) == {country}


def test_what_cannot_be_built(tmp_path):
    """Faults say what is missing and what to do."""
    with pytest.raises(DataFileError, match="no such corpus; known: c102, contract_nli"):
        build("nothing", tmp_path, tmp_path)
    with pytest.raises(InputError, match=r"its data are not at .*obliqa; give the folder of data with --shared"):
        build("obliqa", tmp_path / "out", tmp_path)
    with pytest.raises(InputError, match="has its text already"):
        build("sample", tmp_path / "out", tmp_path, laws=tmp_path)
    (tmp_path / "README.md").write_text("# My work\n", encoding="utf-8")
    with pytest.raises(InputError, match="is no dataset card; choose another folder"):
        build("sample", tmp_path, tmp_path)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "# My work\n"


@pytest.mark.parametrize("name", corpus_names())
def test_cards_are_whole(name):
    """Each card names itself and where its data lie."""
    card = load_corpus(name)
    assert card.name == name
    assert card.path.startswith("lexfloor.corpora:") or not Path(card.path).is_absolute()


@pytest.mark.shared
@pytest.mark.parametrize("name", ["obliqa", "contract_nli", "maternity", "instruments"])
def test_benchmarks_open_as_data_sets(name, shared, tmp_path, opened):
    """Each table of a benchmark opens, with as many rows as were built."""
    counts = build(name, tmp_path / name, shared)
    for table, count in counts.items():
        assert opened(tmp_path / name, table, split="dev").num_rows == count > 0


@pytest.mark.shared
def test_spans_of_contracts_show_their_words(shared, tmp_path, opened):
    """The spans of a label are stretches of its contract's text."""
    build("contract_nli", tmp_path / "out", shared)
    texts = {row["contract"]: row["text"] for row in opened(tmp_path / "out", "documents", split="dev")}
    labels = opened(tmp_path / "out", split="dev")
    for row in labels:
        assert all(texts[row["contract"]][start:end] for start, end in zip(row["starts"], row["ends"], strict=True))
        assert bool(row["spans"]) == (row["choice"] != "NotMentioned")
