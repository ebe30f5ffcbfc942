"""What a user of the command line sees: texts, exit codes, JSON."""

import json
import subprocess
import sys

import pytest

INSTRUMENT = "# Invented instrument\n\nArticle 8\nThe first invented rule, as long as a rule is.\n\nArticle 9\nThe second invented rule.\n"


def _python(code):
    return subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60)


def test_importing_the_command_line_is_light():
    """--help needs no heavy library."""
    heavy = ("torch", "spacy", "transformers", "pyarrow", "faiss", "sklearn", "numpy")
    done = _python(f"import sys; from lexfloor.pipeline.cli import app; loaded = [n for n in {heavy} if n in sys.modules]; assert not loaded, loaded")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["screen", "--help"], ["standards", "--help"], ["standards", "show", "--help"], ["doctor", "--help"], ["segment", "--help"], ["eval", "segment", "--help"]],
)
def test_help(command, arguments):
    """Every command explains itself."""
    code, out, _ = command(*arguments)
    assert code == 0
    assert "Usage" in out


def test_module_and_script_run_alike():
    """python -m lexfloor is the command."""
    done = subprocess.run([sys.executable, "-m", "lexfloor", "--version"], check=False, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.split()[0]) == (0, "lexfloor")


def test_standards_list(command):
    """The shipped standard is listed with its size and languages."""
    code, out, _ = command("standards", "list")
    assert code == 0
    assert "c102" in out
    assert "67 requirements" in out
    (listed,) = [item for item in json.loads(command("standards", "list", "--json")[1]) if item["id"] == "C102"]
    assert listed["requirements"] == 67
    assert "en" in listed["languages"]


def test_standards_show(command):
    """All requirements, or one with its rule and wording."""
    code, out, _ = command("standards", "show", "c102")
    assert code == 0
    assert out.count("C102:") == 67
    code, out, _ = command("standards", "show", "c102", "C102:52")
    assert code == 0
    assert "maximum_duration >= 12 weeks" in out
    (item,) = json.loads(command("standards", "show", "c102", "C102:52", "--json")[1])
    assert (item["id"], item["rule"]["value"]) == ("C102:52", 12)
    assert item["as_law"]


def test_standards_show_in_another_language(command):
    """The wording comes in the language asked for, or the languages there are are named."""
    assert command("standards", "show", "c102", "C102:52", "--language", "fr")[1] != command("standards", "show", "c102", "C102:52")[1]
    code, _, err = command("standards", "show", "c102", "--language", "tlh")
    assert code == 2
    assert "en" in err


def test_standards_schema(command):
    """The schema for editors is JSON."""
    assert "requirements" in json.loads(command("standards", "schema")[1])["properties"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("standards", "show", "c999"), "c102"), (("standards", "show", "c102", "C102:999"), "no such requirement"), (("standards", "show", "/nowhere/x.toml"), "no such file")],
)
def test_wrong_names(command, arguments, words):
    """A name that is none is told on one line, with what there is."""
    code, _, err = command(*arguments)
    assert code == 2
    assert words in err
    assert "Traceback" not in err


def test_attach(command, tmp_path):
    """The user's text of the instrument is joined by article and what is missing is named."""
    path = tmp_path / "official.md"
    path.write_text(INSTRUMENT, encoding="utf-8")
    code, out, err = command("standards", "attach", "c102", path)
    assert code == 0
    assert "The first invented rule" in out
    assert "10" in err
    joined = json.loads(command("standards", "attach", "c102", path, "--json")[1])
    assert joined["articles"]["9"].endswith("The second invented rule.")
    assert "8" not in joined["missing"]
    assert "10" in joined["missing"]


def test_attach_json(command, tmp_path):
    """JSON by article, and JSON as a list of articles, are both read."""
    for content in ({"8": "One rule."}, {"articles": [{"article": "8", "text": "One rule."}]}, [{"number": 8, "text": "One rule."}], {"Article 8": "One rule."}):
        path = tmp_path / "official.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        assert json.loads(command("standards", "attach", "c102", path, "--json")[1])["articles"] == {"8": "One rule."}


@pytest.mark.parametrize("content", ["", "nothing here", "{broken", "[]", '{"a": null}', "1"])
def test_attach_refuses(command, tmp_path, content):
    """A file without articles is refused."""
    for name in ("official.json", "official.txt"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        code, _, err = command("standards", "attach", "c102", path)
        assert code == 2
        assert name in err


def test_attach_a_missing_file(command, tmp_path):
    """A path that is not there is told."""
    code, _, err = command("standards", "attach", "c102", tmp_path / "none.txt")
    assert code == 2
    assert "none.txt" in err


def test_screen_done(fake_models, command, write_country, maternity_act, tmp_path):
    """A run without failures ends with 0 and names the files to read."""
    root = write_country("XAA", {"act.txt": maternity_act})
    code, out, _ = command("screen", root, "--out", tmp_path / "out [draft]")
    assert code == 0
    assert "XAA" in out
    assert "out [draft]" in out.replace("\n", "")
    assert "compliance.xlsx" in out


def test_screen_some_failed(fake_models, command, write_country, maternity_act, tmp_path):
    """Unreadable files end the run with 3, after the rest is written."""
    root = write_country("XAA", {"act.txt": maternity_act, "scan.pdf": b"%PDF-1"})
    code, out, _ = command("screen", root, "--out", tmp_path / "out")
    assert code == 3
    assert "scan.pdf" in out
    assert (tmp_path / "out" / "findings.jsonl").is_file()


def test_screen_json(fake_models, command, write_country, maternity_act, tmp_path):
    """--json prints JSON and nothing else."""
    code, out, _ = command("screen", write_country("XAA", {"act.txt": maternity_act}), "--out", tmp_path / "out", "--json")
    assert code == 0
    assert json.loads(out)["countries"]["XAA"]["findings"] == 67


@pytest.mark.parametrize("name", ["[/red]", "[bold]x", "a&b"])
def test_country_names_are_shown_as_they_are(fake_models, command, write_country, maternity_act, tmp_path, name):
    """Names that look like the terminal library's markup are printed."""
    root = write_country("XAA", {"act.txt": maternity_act})
    code, out, _ = command("screen", root, "--out", tmp_path / "out", "--country", name)
    assert code == 0
    assert name in out


def test_screen_wrong_use(fake_models, command, tmp_path):
    """Wrong paths and missing options end with 2 and a message that helps."""
    code, _, err = command("screen", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert code == 2
    assert "nowhere" in err
    assert "Traceback" not in err
    (tmp_path / "empty").mkdir()
    code, _, err = command("screen", tmp_path / "empty", "--out", tmp_path / "out")
    assert code == 2
    assert "no files" in err
    assert command("screen", tmp_path)[0] == 2
    assert command("screen")[0] == 2
    assert command("nonsense")[0] == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[retrieve]\ntop_k = 0\n", "retrieve.top_k"),
        ("[retrieve]\nnope = 1\n", "nope"),
        ("= broken", "TOML"),
        ('[embed]\nprecision = "half"\n', "embed.precision"),
        (b"\xff\xfe", "TOML"),
    ],
)
def test_broken_configurations(command, write_country, maternity_act, tmp_path, content, words):
    """A configuration with a fault names its file and field."""
    path = tmp_path / "own.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    code, _, err = command("screen", write_country("XAA", {"act.txt": maternity_act}), "--out", tmp_path / "out", "--config", path)
    assert code == 2
    assert "own.toml" in err
    assert words in err


def test_an_own_configuration_is_used(fake_models, command, write_country, maternity_act, tmp_path):
    """What the file sets decides, and run.json keeps it."""
    path = tmp_path / "own.toml"
    path.write_text("[retrieve]\ntop_k = 2\nrank = false\n[classify]\npromised_error = 0.0\n", encoding="utf-8")
    assert command("screen", write_country("XAA", {"act.txt": maternity_act}), "--out", tmp_path / "out", "--config", path)[0] == 0
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert run["configuration"]["retrieve"]["top_k"] == 2
    assert run["models"]["ranking"] == {}
    assert run["counts"]["review"] == 67


@pytest.mark.parametrize(("option", "value", "words"), [("--model", "nonsense", "e5-small"), ("--standard", "c999", "c102"), ("--model", "missing.toml", "missing.toml")])
def test_wrong_names_of_models_and_standards(command, write_country, maternity_act, tmp_path, option, value, words):
    """Names that are none are told with what there is."""
    code, _, err = command("screen", write_country("XAA", {"act.txt": maternity_act}), "--out", tmp_path / "out", option, value)
    assert code == 2
    assert words in err


def test_doctor(command):
    """What is installed is told, in JSON too."""
    code, out, _ = command("doctor", "--json")
    assert code == 0
    assert {"software", "models", "cache"} <= set(json.loads(out))
    assert "cache:" in command("doctor")[1]


def test_segment_prints_a_tree(command, write_country, maternity_act):
    """Without --out the tree is printed, a line a provision, with what could not be read on stderr and exit code 3."""
    folder = write_country("XAA", {"act.txt": maternity_act, "broken.pdf": b"%PDF-1.4 nothing"})
    code, out, err = command("segment", folder)
    assert code == 3
    assert "    Section 3 Maternity benefit" in out
    assert "act.txt: " in out
    assert "broken.pdf" in err


@pytest.mark.parametrize(("form", "ending", "holds"), [("akn", ".akn.xml", "<akomaNtoso"), ("jsonl", ".jsonl", '"level": "section"'), ("html", ".html", "<!doctype html>")])
def test_segment_writes_a_file_a_law(command, write_country, maternity_act, tmp_path, form, ending, holds):
    """Each law becomes a file under its country's name, named after its own file."""
    folder = write_country("XAA", {"a/act.txt": maternity_act, "b/act.txt": maternity_act})
    code, out, _ = command("segment", folder, "--to", form, "--out", tmp_path / "out")
    written = sorted((tmp_path / "out" / "XAA").iterdir())
    assert code == 0
    assert [path.name for path in written] == [f"a__act.txt{ending}", f"b__act.txt{ending}"]
    assert all(holds in path.read_text(encoding="utf-8") for path in written)
    assert "2 laws" in out


def test_segment_wrong_use(command, tmp_path):
    """A missing path is told, with what to do."""
    code, _, err = command("segment", tmp_path / "nowhere")
    assert code == 2
    assert "no such file or folder" in err


def test_eval_reading_tells_what_holds(command, tmp_path, write_country, maternity_act):
    """The suite prints each figure with its bar, ends with 1 where one is missed, and gives JSON."""
    folder = write_country("XAA", {"act.txt": maternity_act})
    gold = tmp_path / "gold"
    gold.mkdir()
    quotes = [("Section 3", "for a period of fourteen weeks"), ("Section 4", "not among the words of the act")]
    evidence = [{"file": "act.txt", "section": section, "quote": quote} for section, quote in quotes]
    (gold / "XAA.json").write_text(json.dumps({"country": "XAA", "findings": [{"evidence": evidence}]}), encoding="utf-8")
    code, out, _ = command("eval", "reading", "--gold", gold, "--laws", folder.parent, "--check", "gold", "--check", "coverage", "--json")
    figures = {figure["name"]: figure for figure in json.loads(out)}
    assert code == 1
    assert figures["all: quotes inside one section"]["value"] == 0.5
    assert figures["all: quotes inside one section"]["holds"] is False
    assert figures["characters not covered exactly once"]["holds"] is True
    code, out, _ = command("eval", "reading", "--gold", gold, "--laws", folder.parent, "--check", "coverage")
    assert code == 0
    assert "holds" in out
