"""A whole run: files in, the output contract out."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

import pyarrow.parquet as pq
import pytest

from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.laws import country_folders
from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.runner import Runner
from lexfloor.pipeline.screen import screen
from lexfloor.pipeline.stages.export.shown import promise_text

FILES = {
    "findings.jsonl",
    "provisions.parquet",
    "parameters.parquet",
    "levels.parquet",
    "matches.parquet",
    "links.parquet",
    "definitions.parquet",
    "failures.jsonl",
    "run.json",
    "compliance.csv",
    "compliance.xlsx",
    "report.html",
}
FIELDS = [
    "country",
    "instrument",
    "requirement",
    "part",
    "article",
    "dimension",
    "contingency",
    "verdict",
    "confidence",
    "review",
    "evidence",
    "parameters",
    "rationale",
    "missing",
    "levels",
]
COLUMNS = ["country", "file", "provision", "parent", "level", "section", "path", "kind", "status", "start", "end", "language", "text", "dimension", "contingency"]
VERDICTS = {"compliant", "partial", "non_compliant", "needs_data", "not_addressed"}


def _lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_all_files_of_the_contract(screened):
    """A run leaves exactly the files that are promised."""
    out, _ = screened
    assert {path.name for path in out.iterdir()} == FILES


def test_findings_in_the_standards_order(screened, standard):
    """One finding for each requirement, in order, with every field."""
    findings = _lines(screened[0] / "findings.jsonl")
    assert [finding["requirement"] for finding in findings] == [requirement.id for requirement in standard.requirements]
    assert len(findings) == 67
    for finding in findings:
        assert set(FIELDS) <= set(finding)
        assert finding["country"] == "XVA"
        assert finding["verdict"] in VERDICTS
        assert 0 <= finding["confidence"] <= 1
        assert isinstance(finding["review"], bool)


def test_what_is_for_review_says_why(screened):
    """A finding is for review exactly where reasons are given, and every verdict says what weighed most."""
    findings = _lines(screened[0] / "findings.jsonl")
    assert all(finding["review"] == bool(finding["review_because"]) for finding in findings)
    assert all(len(finding["because"]) <= 3 for finding in findings)
    assert sum(bool(finding["because"]) for finding in findings) > 50
    assert {finding["decided_by"] for finding in findings} <= {"figure", "cues", "scores", "usual", "silence"}


def test_the_rate_promised_and_what_it_costs(screened):
    """run.json, the page and the workbook's summary tell how many findings are left without review; with an encoder that no country was judged with nothing is promised."""
    out, summary = screened
    findings = _lines(out / "findings.jsonl")
    promise = json.loads((out / "run.json").read_text(encoding="utf-8"))["assessments"]["XVA"]["promise"]
    assert promise["rate"] == 0.1
    assert promise["answered"] == pytest.approx(sum(not finding["review"] for finding in findings) / 67, abs=1e-4)
    assert all(finding["review"] or finding["confidence"] >= promise["least"] for finding in findings)
    assert "encoder" in promise["doubt"]
    told = promise_text(summary.assessments[0].promise, 67)
    assert "No rate of error is promised" in told
    assert told in (out / "report.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(out / "compliance.xlsx") as book:
        assert told in book.read("xl/sharedStrings.xml").decode()


def test_evidence_is_verbatim(screened, sample):
    """Every quote is what stands in the file between its offsets, white space collapsed."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sample.iterdir() if path.suffix in (".md", ".txt")}
    quotes = [item for finding in _lines(screened[0] / "findings.jsonl") for item in finding["evidence"]]
    assert len(quotes) > 67
    for item in quotes:
        assert collapsed(texts[item["file"]][item["start"] : item["end"]]) == item["quote"]
        assert item["quote"]
        assert {"file", "provision", "section", "start", "end", "quote", "score"} <= set(item)


def test_verdicts_show_their_evidence(screened):
    """Only silence may come without evidence; figures point at evidence and stand in it."""
    for finding in _lines(screened[0] / "findings.jsonl"):
        assert finding["evidence"] or finding["verdict"] == "not_addressed"
        assert finding["rationale"]
        if finding["verdict"] == "needs_data":
            assert finding["missing"]
        for figure in finding["parameters"]:
            assert {"parameter", "value", "unit", "qualifier", "quote"} <= set(figure)


def test_near_misses_of_silence(screened):
    """What is not addressed shows the nearest misses, marked as such."""
    silent = [finding for finding in _lines(screened[0] / "findings.jsonl") if finding["verdict"] == "not_addressed"]
    assert silent
    assert all(item["near_miss"] for finding in silent for item in finding["evidence"])


def test_provisions_table(screened, sample):
    """Every node has a row with the promised columns; a section's row holds the text of its subsections."""
    rows = pq.read_table(screened[0] / "provisions.parquet").to_pylist()
    assert set(COLUMNS) <= set(rows[0])
    texts = {path.name: path.read_text(encoding="utf-8") for path in sample.iterdir() if path.suffix in (".md", ".txt")}
    by_id = {(row["file"], row["provision"]): row for row in rows}
    assert len(by_id) == len(rows)
    inner = [row for row in rows if row["level"] in ("subsection", "paragraph", "item")]
    assert len(inner) > 200
    for row in inner:
        above = by_id[row["file"], row["parent"]]
        assert row["text"] in above["text"]
        assert row["section"] == above["section"]
    for row in rows:
        if row["level"] == "section":
            assert row["text"] == texts[row["file"]][row["start"] : row["end"]]
    assert {row["file"] for row in rows} == set(texts)


def test_the_samples_sections_are_found(screened):
    """The three acts of the sample come apart as their README says; three schedules are units of their own."""
    rows = pq.read_table(screened[0] / "provisions.parquet").to_pylist()
    counts = {}
    for row in rows:
        if row["level"] == "section" and row["section"]:
            counts.setdefault(row["file"], []).append(row)
    assert {file: len(found) for file, found in counts.items()} == {"social-insurance-act.md": 160, "health-services-act.txt": 49, "employment-act.txt": 59}
    assert [row["section"] for row in counts["social-insurance-act.md"] if row["status"] == "repealed"] == ["Section 57"]
    assert "Section 3A" in {row["section"] for row in counts["social-insurance-act.md"]}


def test_other_tables(screened, standard):
    """Parameters lie where they say; matches are ranked for each requirement."""
    out, _ = screened
    matches = pq.read_table(out / "matches.parquet").to_pylist()
    for requirement in standard.requirements:
        own = [row for row in matches if row["requirement"] == requirement.id]
        assert [row["rank"] for row in own] == list(range(1, len(own) + 1))
        shares = [row["relevance"] for row in own]
        assert 1 >= shares[0] >= shares[-1] >= 0
        assert shares == sorted(shares, reverse=True)
    assert pq.read_table(out / "parameters.parquet").num_rows > 30


def test_each_line_of_the_schedule_has_a_benefit_level(screened, standard):
    """The level of the finding and of the table are the same; what is not known is named."""
    findings = {finding["requirement"]: finding for finding in _lines(screened[0] / "findings.jsonl")}
    rows = pq.read_table(screened[0] / "levels.parquet").to_pylist()
    assert {(row["part"], row["beneficiary"]) for row in rows} == {(line.part, line.beneficiary) for line in standard.schedule}
    for row in rows:
        assert (row["met"] is None) == bool(row["missing"])
    for requirement, finding in findings.items():
        assert [level["rate"] for level in finding["levels"]] == [row["rate"] for row in rows if row["requirement"] == requirement]
    assert any(row["met"] for row in rows)


def test_parameters_point_at_their_figures(screened, sample):
    """A parameter's offsets hold its figure."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sample.iterdir() if path.suffix in (".md", ".txt")}
    for row in pq.read_table(screened[0] / "parameters.parquet").to_pylist():
        words = collapsed(texts[row["file"]][row["start"] : row["end"]])
        assert any(character.isdigit() for character in words) or words.isascii()
        assert words.split(" ")[0] in row["quote"] or len(row["quote"]) >= 400


def test_csv_and_findings_agree(screened):
    """The table for people says what the table for programs says."""
    out, _ = screened
    rows = list(csv.DictReader(io.StringIO((out / "compliance.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["requirement"], row["verdict"]) for row in rows] == [(finding["requirement"], finding["verdict"]) for finding in _lines(out / "findings.jsonl")]


def test_run_json(screened, sample):
    """The run's record has inputs with hashes, configuration, models, versions, counts and times."""
    out, summary = screened
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert run["models"]["ranking"]["evidence_of_other_countries"] is False  # the small encoder of the tests knows none
    assert len(run["models"]["ranking"]["fitted_on"]) > 10
    assert {"configuration", "models", "versions", "inputs", "counts", "times"} <= set(run)
    assert {item["file"] for item in run["inputs"]["XVA"]} == {path.name for path in sample.iterdir() if path.suffix in (".md", ".txt")}
    assert all(len(item["sha256"]) == 64 for item in run["inputs"]["XVA"])
    counts = run["counts"]
    assert (counts["countries"], counts["files"], counts["files_read"], counts["findings"], counts["failures"]) == (1, 3, 3, 67, 0)
    assert counts["provisions"] == pq.read_table(out / "provisions.parquet").num_rows
    assert summary.failed == 0


GOOD = {
    "act.txt": None,
    "sub/other.txt": "Section 1. Old age\n\nAn insured person who is sixty-five years of age is entitled to a pension for life.\n\nSection 2. Rate\n\nForty per cent.\n",
}
BAD = {
    "scan.pdf": b"%PDF-1.4",
    "empty.txt": b"",
    "photo.jpg": b"\xff\xd8\xff\xe0\x00",
    "page.html": b"<html></html>",
    "noise.txt": b"\x00\x01" * 900,
    "cut.xml": b"<?xml version='1.0'?><Statute><Body>",
}


@pytest.fixture
def mixed(write_country, maternity_act):
    """Return a folder of two countries with good and bad files."""
    write_country("XAA", {**GOOD, "act.txt": maternity_act, **BAD})
    return write_country("XBB", {"act.txt": maternity_act}).parent


def test_bad_files_cost_only_themselves(fake_models, mixed, tmp_path, config):
    """Good files are screened, each bad one is told with its reason."""
    summary = screen([mixed], tmp_path / "out", config)
    failures = _lines(tmp_path / "out" / "failures.jsonl")
    assert {failure["file"] for failure in failures} == set(BAD)
    assert all(failure["country"] == "XAA" and failure["stage"] == "ingest" and failure["message"] for failure in failures)
    assert summary.failed == len(BAD)
    assert len(_lines(tmp_path / "out" / "findings.jsonl")) == 2 * 67
    counts = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["counts"]["by_country"]["XAA"]
    assert (counts["files"], counts["files_read"], counts["failures"]) == (8, 2, 6)


def test_a_country_of_bad_files_only(fake_models, write_country, tmp_path, config):
    """Every requirement of a country without a readable law is not addressed, and the run says why."""
    write_country("XAA", {"scan.pdf": b"%PDF-1.4"})
    summary = screen([tmp_path / "laws" / "XAA"], tmp_path / "out", config)
    findings = _lines(tmp_path / "out" / "findings.jsonl")
    assert len(findings) == 67
    assert {finding["verdict"] for finding in findings} == {"not_addressed"}
    assert summary.failed >= 1


def test_a_law_in_any_language_is_screened(fake_models, write_country, tmp_path, config):
    """Languages with and without a file of their own give 67 findings each."""
    texts = {
        "zh": "第一条 工人参加保险。\n第二条 生育津贴支付九十八天。\n第三条 待遇按月支付。\n",
        "ar": "المادة 1\nيحمي هذا القانون العمال.\nالمادة 2\nتستحق العاملة إجازة أمومة لمدة تسعين يوما.\nالمادة 3\nيصرف كل شهر.\n",
        "xx": "§ 1. Xyzzy plugh\nFrotz gnusto rezrov.\n§ 2. Blorb\nNitfol 26 weeks.\n§ 3. Cleesh\nOzmoo.\n",
    }
    files = {f"{code}.md": f"---\nlanguage: {code}\n---\n{text}" for code, text in texts.items()}
    summary = screen([write_country("XAA", files)], tmp_path / "out", config)
    assert summary.failed == 0
    assert len(_lines(tmp_path / "out" / "findings.jsonl")) == 67


def test_one_section_is_enough(fake_models, write_country, tmp_path, config):
    """A law of one sentence is screened."""
    screen([write_country("XAA", {"a.txt": "A mother is paid for fourteen weeks."})], tmp_path / "out", config)
    assert len(_lines(tmp_path / "out" / "findings.jsonl")) == 67


def test_failure_in_mid_run_leaves_what_was_there(fake_models, mixed, tmp_path, config, monkeypatch):
    """A run that breaks off leaves the earlier results as they were and no half-written files."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "findings.jsonl").write_text("earlier\n", encoding="utf-8")
    whole = Runner.country

    def broken(self, folder):
        if folder.country == "XBB":
            raise KeyboardInterrupt
        return whole(self, folder)

    monkeypatch.setattr(Runner, "country", broken)
    with pytest.raises(KeyboardInterrupt):
        screen([mixed], out, config)
    assert [path.name for path in out.iterdir()] == ["findings.jsonl"]
    assert (out / "findings.jsonl").read_text(encoding="utf-8") == "earlier\n"


def test_a_new_run_replaces_the_old(fake_models, mixed, tmp_path, config):
    """Results of another country are gone after the second run into the same folder; a stranger's file stays."""
    out = tmp_path / "out"
    screen([mixed / "XBB"], out, config)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    screen([mixed / "XAA"], out, config)
    assert {finding["country"] for finding in _lines(out / "findings.jsonl")} == {"XAA"}
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_the_results_are_no_input(fake_models, write_country, maternity_act, tmp_path, config):
    """A run that writes into the laws' folder can be repeated: results are not taken for laws."""
    root = write_country("XAA", {"act.txt": maternity_act})
    first = screen([root], root / "results", config)
    second = screen([root], root / "results", config)
    assert first.counts == second.counts
    assert second.failed == 0


def test_out_that_cannot_be_written(fake_models, mixed, tmp_path, config):
    """A file where the folder should be is told, with what to do."""
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match="--out"):
        screen([mixed], tmp_path / "out", config)


def _tree(*folders):
    return {path: path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*") if path.is_file()}


def test_nothing_is_written_elsewhere(fake_models, mixed, tmp_path, config, monkeypatch):
    """A run writes into --out and nowhere else: not beside the laws, at home, in the current or a temporary folder."""
    places = [tmp_path / name for name in ("home", "here", "temporary")]
    for place in places:
        place.mkdir()
    monkeypatch.setenv("HOME", str(places[0]))
    monkeypatch.setenv("LEXFLOOR_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("TMPDIR", str(places[2]))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(places[1])
    before = _tree(mixed, *places)
    screen([mixed], tmp_path / "out", config)
    assert _tree(mixed, *places) == before
    assert {path.name for path in tmp_path.iterdir()} <= {"home", "here", "temporary", "laws", "out", "cache"}


def test_the_order_of_paths_changes_nothing(fake_models, mixed, tmp_path, config):
    """Countries come sorted, whichever was given first."""
    screen([mixed / "XAA", mixed / "XBB"], tmp_path / "one", config)
    screen([mixed / "XBB", mixed / "XAA"], tmp_path / "two", config)
    for name in sorted(FILES - {"run.json"}):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_two_processes_give_the_same_bytes(write_country, maternity_act, tmp_path, tiny_model, config, monkeypatch):
    """With a real encoder, other hash seeds and empty caches the tables are byte-identical; nothing is written outside --out and LEXFLOOR_CACHE."""
    root = write_country("XAA", {"act.txt": maternity_act})
    before = _tree(root)
    places = {name: tmp_path / name for name in ("home", "cache", "here", "temporary")}
    for folder in places.values():
        folder.mkdir()
    environment = {**os.environ, "PYTHONHASHSEED": "1", "HOME": str(places["home"]), "LEXFLOOR_CACHE": str(places["cache"]), "TMPDIR": str(places["temporary"])}
    environment |= {"HF_HUB_OFFLINE": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    settings = tmp_path / "settings.toml"
    settings.write_text('[embed]\ndevice = "cpu"\nprecision = "bfloat16"\n', encoding="utf-8")
    command = [sys.executable, "-m", "lexfloor", "screen", str(root), "--out", str(tmp_path / "one"), "--model", str(tiny_model), "--config", str(settings)]
    command += ["--precision", "float32"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, cwd=places["here"], timeout=200)
    assert done.returncode == 0, done.stderr[-2000:]
    assert _tree(places["home"], places["here"], places["temporary"]) == {}
    assert (places["cache"] / "vectors.sqlite").is_file()
    ran = json.loads((tmp_path / "one" / "run.json").read_text(encoding="utf-8"))["models"]["encoder"]
    assert (ran["precision"], ran["precision_because"]) == ("float32", "asked for"), "the command line decides before the configuration"
    assert _tree(root) == before
    monkeypatch.setenv("LEXFLOOR_CACHE", str(tmp_path / "other-cache"))
    embed = config.embed.model_copy(update={"model": str(tiny_model), "device": "cpu", "precision": "float32"})
    screen([root], tmp_path / "two", config.model_copy(update={"embed": embed}))
    for name in sorted(FILES - {"run.json"}):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


@pytest.mark.parametrize("place", ["the laws' own folder", "the folder above"])
def test_out_around_the_laws(fake_models, write_country, maternity_act, tmp_path, config, place):
    """Results may be written into the folder of the laws or one above it: the laws are read all the same."""
    root = write_country("XAA", {"act.txt": maternity_act})
    out = root if place.startswith("the laws") else tmp_path
    for _ in range(2):
        summary = screen([root], out, config)
        assert (summary.counts["XAA"]["files_read"], summary.failed) == (1, 0)
    assert (root / "act.txt").read_text(encoding="utf-8") == maternity_act


def test_one_file_changed_is_looked_at_as_if_it_had_been_so_from_the_start(sample, config, fake_models, tmp_path):
    """Looking again at a country with one law changed gives what a first look at the changed files gives."""
    changed = tmp_path / "XVA"
    shutil.copytree(sample, changed)
    act = changed / "employment-act.txt"
    act.write_text(act.read_text(encoding="utf-8").replace("weeks", "days"), encoding="utf-8")
    runner = Runner.of(config)
    before, wanted = (runner.look(country_folders([folder])[0][0]) for folder in (sample, changed))
    law = next(law for law in wanted.laws.laws if law.file == "employment-act.txt")
    after = runner.look_again(before, [law])
    assert before.matches != after.matches == wanted.matches
    assert before.parameters != after.parameters == wanted.parameters
    assert after.sections == wanted.sections
